// The user's own folders, as the desktop names them.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string_view>

namespace tokendeck::files {

struct UserFolder {
    std::string_view variable;  // "XDG_DOCUMENTS_DIR"
    const char* usual_name;     // "Documents"
};

// The first of `wanted` that exists, else the home folder, else the root. Blocks on the disk.
[[nodiscard]] std::filesystem::path user_folder(std::initializer_list<UserFolder> wanted);

}  // namespace tokendeck::files
