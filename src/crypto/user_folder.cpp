#include "crypto/user_folder.hpp"

#include "crypto/paths.hpp"

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>

namespace tokendeck::crypto {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

std::optional<fs::path> home() {
#if defined(_WIN32)
    const wchar_t* const folder = _wgetenv(L"USERPROFILE");
#else
    const char* const folder = std::getenv("HOME");
#endif
    if (folder == nullptr || *folder == 0) return std::nullopt;
    return fs::path(folder);
}

// The user's folders as the desktop names them, in the user's language: lines XDG_…_DIR="$HOME/…" or "/…".
// Source: freedesktop.org, xdg-user-dirs, user-dirs.dirs(5).
std::optional<fs::path> folder_of_desktop(const fs::path& home_folder, std::string_view variable) {
    const char* const config = std::getenv("XDG_CONFIG_HOME");
    std::ifstream file((config != nullptr && *config == '/' ? fs::path(config) : home_folder / ".config") /
                       "user-dirs.dirs");
    const std::string start = std::string(variable) + "=\"";
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(start) || line.size() <= start.size() || line.back() != '"') continue;
        std::string_view value = std::string_view(line).substr(start.size(), line.size() - start.size() - 1);
        constexpr std::string_view in_home = "$HOME/";
        if (value.starts_with(in_home)) return home_folder / path_of(value.substr(in_home.size()));
        if (value.starts_with('/')) return path_of(value);
    }
    return std::nullopt;
}

}  // namespace

fs::path user_folder(std::initializer_list<UserFolder> wanted) {
    const auto home_folder = home();
    if (!home_folder) return fs::path("/");
    for (const auto& [variable, usual_name] : wanted) {
        const auto named = folder_of_desktop(*home_folder, variable);
        if (named && is_folder(*named)) return *named;
        if (is_folder(*home_folder / usual_name)) return *home_folder / usual_name;
    }
    return *home_folder;
}

}  // namespace tokendeck::crypto
