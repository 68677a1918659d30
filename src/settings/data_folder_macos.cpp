#include "settings/data_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <sys/stat.h>

namespace tokendeck::settings {

std::string data_folder() {
    namespace fs = std::filesystem;
    const char* home = std::getenv("HOME");
    if (home == nullptr || !fs::path(home).is_absolute()) return {};
    const fs::path folder = fs::path(home) / "Library" / "Application Support" / "tokendeck";
    (void)mkdir(folder.c_str(), S_IRWXU);
    std::error_code problem;
    return fs::is_directory(folder, problem) ? folder.string() : std::string{};
}

// macOS has no folder of its own for settings that are a text file.
std::string config_folder() {
    return data_folder();
}

}  // namespace tokendeck::settings
