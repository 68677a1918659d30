#include "settings/settings_file_writer.hpp"

#include "base/paths.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include <windows.h>

namespace tokendeck::settings {

// The folder belongs to the user alone, and the file inherits that.
std::string replace_private_file(const std::string& path, const std::string& text) {
    const std::filesystem::path target = base::path_of(path);
    std::filesystem::path beside = target;
    beside += L".new";
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        file << text;
        file.close();
        if (!file) return "it cannot be written";
    }
    if (MoveFileExW(beside.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0) return {};
    const std::error_code problem(static_cast<int>(GetLastError()), std::system_category());
    (void)DeleteFileW(beside.c_str());
    return problem.message();
}

}  // namespace tokendeck::settings
