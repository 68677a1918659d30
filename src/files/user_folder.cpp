#include "files/user_folder.hpp"

#include "base/outside_file.hpp"
#include "base/paths.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <system_error>

namespace tokendeck::files {
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

// The user's folders as the desktop names them, in the user's language: lines XDG_…_DIR="$HOME/…" or "/…". Where they
// cannot be read, they are looked for under their usual names.
// Source: freedesktop.org, xdg-user-dirs, user-dirs.dirs(5).
std::optional<fs::path> folder_of_desktop(const fs::path& home_folder, std::string_view variable) {
    constexpr std::size_t bytes_most = std::size_t{64} * 1024;  // usual: 600
    const char* const config = std::getenv("XDG_CONFIG_HOME");
    const fs::path file =
        (config != nullptr && *config == '/' ? fs::path(config) : home_folder / ".config") / "user-dirs.dirs";
    const auto content = base::read_outside_file(base::utf8_of(file), bytes_most);
    if (!content) return std::nullopt;
    const std::string start = std::string(variable) + "=\"";
    for (std::string_view rest = base::text_of(content.value()); !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (!line.starts_with(start) || line.size() <= start.size() || line.back() != '"') continue;
        std::string_view value = line.substr(start.size(), line.size() - start.size() - 1);
        constexpr std::string_view in_home = "$HOME/";
        if (value.starts_with(in_home)) return home_folder / base::path_of(value.substr(in_home.size()));
        if (value.starts_with('/')) return base::path_of(value);
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

}  // namespace tokendeck::files
