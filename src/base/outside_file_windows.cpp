#include "base/growing_bytes.hpp"
#include "base/outside_file.hpp"
#include "base/paths.hpp"

#include <exception>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace tokendeck::base {
namespace {

ErrorCode code_of(DWORD number) {
    switch (number) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_NAME: return errors::file_not_found;
        case ERROR_ACCESS_DENIED: return errors::file_no_permission;
        default: return errors::file_unreadable;
    }
}

// With the flag for folders, so that one is told from a file that may not be read.
HANDLE opened(const std::string& path, DWORD more_flags) {
    try {
        if (path.find('\0') == std::string::npos)
            return CreateFileW(path_of(path).c_str(), GENERIC_READ,
                               FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                               FILE_FLAG_BACKUP_SEMANTICS | more_flags, nullptr);
    } catch (const std::exception&) {  // no UTF-8
    }
    SetLastError(ERROR_FILE_NOT_FOUND);
    return INVALID_HANDLE_VALUE;
}

bool read_into(GrowingBytes& bytes, HANDLE handle) {
    while (!bytes.too_many()) {
        const auto room = bytes.room();
        DWORD step = 0;
        const auto wanted = static_cast<DWORD>(std::min<std::size_t>(room.size(), 1 << 20));
        if (ReadFile(handle, room.data(), wanted, &step, nullptr) == 0) return GetLastError() == ERROR_BROKEN_PIPE;
        if (step == 0) return true;
        bytes.came(step);
    }
    return true;
}

std::optional<std::uint64_t> size_of(HANDLE handle) {
    LARGE_INTEGER size;
    if (GetFileSizeEx(handle, &size) == 0) return std::nullopt;
    return static_cast<std::uint64_t>(size.QuadPart);
}

HANDLE handle_of(std::intptr_t number) {
    return reinterpret_cast<HANDLE>(number);
}

Result<SecretBytes> read_stream(HANDLE handle, const std::string& path, std::size_t bytes_most) {
    GrowingBytes bytes(0, bytes_most);
    if (!read_into(bytes, handle)) return about_file(errors::file_unreadable, path);
    if (bytes.too_many()) return too_large(path, std::nullopt, bytes_most);
    return bytes.take();
}

}  // namespace

Result<OutsideFile> OutsideFile::open(const std::string& path, Links links) {
    const HANDLE handle = opened(path, links == Links::refused ? FILE_FLAG_OPEN_REPARSE_POINT : 0);
    if (handle == INVALID_HANDLE_VALUE) return about_file(code_of(GetLastError()), path);
    OutsideFile file(path, reinterpret_cast<std::intptr_t>(handle));
    BY_HANDLE_FILE_INFORMATION what;
    if (GetFileType(handle) != FILE_TYPE_DISK || GetFileInformationByHandle(handle, &what) == 0)
        return about_file(errors::file_not_regular, path);
    if ((what.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return about_file(errors::file_is_folder, path);
    if (links == Links::refused && (what.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
        return about_file(errors::file_not_regular, path);
    file.size_ = std::uint64_t{what.nFileSizeHigh} << 32 | what.nFileSizeLow;
    file.own_ = true;
    return file;
}

OutsideFile::OutsideFile(OutsideFile&& other) noexcept
    : path_(std::move(other.path_)), handle_(std::exchange(other.handle_, -1)), size_(other.size_), own_(other.own_) {}

OutsideFile::~OutsideFile() {
    if (handle_ != -1) CloseHandle(handle_of(handle_));
}

Result<SecretBytes> OutsideFile::read(std::size_t bytes_most) {
    if (size_ > bytes_most) return too_large(path_, size_, bytes_most);
    GrowingBytes bytes(size_, bytes_most);
    if (!read_into(bytes, handle_of(handle_))) return about_file(errors::file_unreadable, path_);
    const auto size_now = size_of(handle_of(handle_));
    if (!size_now) return about_file(errors::file_unreadable, path_);
    if (bytes.too_many()) return too_large(path_, std::max<std::uint64_t>(*size_now, bytes.filled()), bytes_most);
    if (*size_now != size_) return about_file(errors::file_changing, path_);
    return bytes.take();
}

Result<SecretBytes> read_outside_file(const std::string& path, std::size_t bytes_most) {
    auto file = OutsideFile::open(path);
    if (!file) return std::move(file).error();
    return file.value().read(bytes_most);
}

Result<SecretBytes> read_outside_stream(const std::string& path, std::size_t bytes_most) {
    const HANDLE handle = opened(path, 0);
    if (handle == INVALID_HANDLE_VALUE) return about_file(code_of(GetLastError()), path);
    auto content = read_stream(handle, path, bytes_most);
    CloseHandle(handle);
    return content;
}

Result<SecretBytes> read_standard_input(std::size_t bytes_most) {
    return read_stream(GetStdHandle(STD_INPUT_HANDLE), {}, bytes_most);
}

}  // namespace tokendeck::base
