#include "app/settings_file_writer.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include <windows.h>

namespace tokendeck::app {

namespace {

std::filesystem::path path_of(const std::string& utf8) {
    return {std::u8string(utf8.begin(), utf8.end())};
}

}  // namespace

FileText read_private_file(const std::string& path, std::size_t bytes_most) {
    FileText file;
    std::error_code problem;
    if (!std::filesystem::exists(path_of(path), problem)) {
        if (problem) file.problem = problem.message();
        return file;
    }
    std::ifstream stream(path_of(path), std::ios::binary);
    file.there = true;
    file.text.resize(bytes_most);
    stream.read(file.text.data(), static_cast<std::streamsize>(bytes_most));
    if (stream.bad() || (stream.fail() && !stream.eof())) {
        file.problem = "it cannot be read";
        file.text.clear();
        return file;
    }
    file.text.resize(static_cast<std::size_t>(stream.gcount()));
    return file;
}

// The folder belongs to the user alone, and the file inherits that.
std::string replace_private_file(const std::string& path, const std::string& text) {
    const std::filesystem::path target = path_of(path);
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

}  // namespace tokendeck::app
