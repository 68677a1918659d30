#include "app/data_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <sys/stat.h>

namespace tokendeck::app {

// Source: XDG Base Directory Specification. A relative path there is to be ignored; new folders get mode 0700.
std::string data_folder() {
    namespace fs = std::filesystem;
    fs::path base;
    const char* data_home = std::getenv("XDG_DATA_HOME");
    if (data_home != nullptr && fs::path(data_home).is_absolute()) {
        base = data_home;
    } else if (const char* home = std::getenv("HOME"); home != nullptr && fs::path(home).is_absolute()) {
        base = fs::path(home) / ".local" / "share";
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

}  // namespace tokendeck::app
