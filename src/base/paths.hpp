// Paths as UTF-8, whatever the system's own form is.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tokendeck::base {

[[nodiscard]] inline std::filesystem::path path_of(std::string_view utf8) {
    return std::filesystem::path(std::u8string(reinterpret_cast<const char8_t*>(utf8.data()), utf8.size()));
}

[[nodiscard]] inline std::string utf8_of(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {reinterpret_cast<const char*>(text.data()), text.size()};
}

// The last part of a path: the file's or folder's own name.
[[nodiscard]] inline std::string last_name(std::string_view utf8) {
    const std::filesystem::path path = path_of(utf8);
    return utf8_of(path.has_filename() ? path.filename() : path.parent_path().filename());
}

}  // namespace tokendeck::base
