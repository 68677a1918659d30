#include "settings/data_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace tokendeck::settings {

// %LOCALAPPDATA% is private to the user already, and does not roam to other machines.
std::string data_folder() {
    namespace fs = std::filesystem;
    wchar_t* local = nullptr;
    std::size_t length = 0;
    if (_wdupenv_s(&local, &length, L"LOCALAPPDATA") != 0 || local == nullptr) return {};
    const fs::path folder = fs::path(local) / "tokendeck";
    std::free(local);
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (!fs::is_directory(folder, problem)) return {};
    const std::u8string text = folder.u8string();
    return {text.begin(), text.end()};
}

// Not %APPDATA%: window places and scales belong to this machine.
std::string config_folder() {
    return data_folder();
}

}  // namespace tokendeck::settings
