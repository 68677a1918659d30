#include "files/new_file.hpp"

#include "base/paths.hpp"

#include <windows.h>

namespace tokendeck::files {
namespace {

NewFile outcome_of(DWORD number) {
    switch (number) {
        case ERROR_FILE_EXISTS:
        case ERROR_ALREADY_EXISTS: return NewFile::exists;
        case ERROR_PATH_NOT_FOUND: return NewFile::no_folder;
        case ERROR_ACCESS_DENIED:
        case ERROR_WRITE_PROTECT: return NewFile::refused;
        case ERROR_DISK_FULL: return NewFile::disk_full;
        default: return NewFile::failed;
    }
}

}  // namespace

// In the user's own folders only the user may read, as Windows sets them up.
NewFile write_new_file(const std::string& path, std::span<const std::uint8_t> content) {
    const std::wstring name = base::path_of(path).wstring();
    const HANDLE file =
        CreateFileW(name.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE) return outcome_of(GetLastError());
    NewFile outcome = NewFile::written;
    while (outcome == NewFile::written && !content.empty()) {
        DWORD step = 0;
        if (WriteFile(file, content.data(), static_cast<DWORD>(content.size()), &step, nullptr) == 0)
            outcome = outcome_of(GetLastError());
        else content = content.subspan(step);
    }
    if (outcome == NewFile::written && FlushFileBuffers(file) == 0) outcome = outcome_of(GetLastError());
    CloseHandle(file);
    if (outcome != NewFile::written) DeleteFileW(name.c_str());
    return outcome;
}

}  // namespace tokendeck::files
