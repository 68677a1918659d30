#include "settings/data_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <sys/stat.h>

namespace tokendeck::settings {

namespace {

namespace fs = std::filesystem;

// Source: XDG Base Directory Specification. A relative path in the variable is to be ignored; new folders get mode
// 0700.
std::string own_folder(const char* variable, const fs::path& below_home) {
    fs::path base;
    const char* named = std::getenv(variable);
    if (named != nullptr && fs::path(named).is_absolute()) {
        base = named;
    } else if (const char* home = std::getenv("HOME"); home != nullptr && fs::path(home).is_absolute()) {
        base = home / below_home;
    } else {
        return {};
    }
    const fs::path folder = base / "tokendeck";
    fs::path step;
    for (const fs::path& part : folder) {
        step /= part;
        std::error_code ignored;
        if (!fs::exists(step, ignored)) (void)mkdir(step.c_str(), S_IRWXU);
    }
    std::error_code problem;
    return fs::is_directory(folder, problem) ? folder.string() : std::string{};
}

}  // namespace

std::string data_folder() {
    return own_folder("XDG_DATA_HOME", ".local/share");
}

std::string config_folder() {
    return own_folder("XDG_CONFIG_HOME", ".config");
}

}  // namespace tokendeck::settings
