#include "base/errors.hpp"
#include "base/paths.hpp"
#include "simulator/state_file.hpp"
#include "wire/transport.hpp"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace tokendeck::simulator {
namespace {

class File {
  public:
    explicit File(HANDLE handle) : handle_(handle) {}

    File(const File&) = delete;
    File& operator=(const File&) = delete;

    ~File() { close(); }

    void close() {
        if (open()) CloseHandle(handle_);
        handle_ = INVALID_HANDLE_VALUE;
    }

    [[nodiscard]] bool open() const { return handle_ != INVALID_HANDLE_VALUE; }

    [[nodiscard]] HANDLE get() const { return handle_; }

    [[nodiscard]] std::optional<FileIdentity> identity() const {
        BY_HANDLE_FILE_INFORMATION info;
        if (!GetFileInformationByHandle(handle_, &info)) return std::nullopt;
        const auto join = [](DWORD high, DWORD low) { return std::uint64_t{high} << 32 | low; };
        return FileIdentity{
            info.dwVolumeSerialNumber, join(info.nFileIndexHigh, info.nFileIndexLow),
            join(info.nFileSizeHigh, info.nFileSizeLow),
            static_cast<std::int64_t>(join(info.ftLastWriteTime.dwHighDateTime, info.ftLastWriteTime.dwLowDateTime)) *
                100};
    }

  private:
    HANDLE handle_;
};

File open_to_read(const std::string& path) {
    return File(CreateFileW(base::path_of(path).c_str(), GENERIC_READ,
                            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                            FILE_ATTRIBUTE_NORMAL, nullptr));
}

}  // namespace

base::Result<std::optional<FileIdentity>> identify(const std::string& path) {
    const File file = open_to_read(path);
    if (!file.open()) {
        const DWORD why = GetLastError();
        if (why == ERROR_FILE_NOT_FOUND || why == ERROR_PATH_NOT_FOUND) return std::optional<FileIdentity>{};
        return base::about_file(base::errors::file_unreadable, path);
    }
    auto identity = file.identity();
    if (!identity) return base::about_file(base::errors::file_unreadable, path);
    return identity;
}

base::Result<FileIdentity> replace_file(const std::string& path, std::string_view content) {
    const std::string temporary = path + ".new";
    std::optional<FileIdentity> identity;
    {
        File file(CreateFileW(base::path_of(temporary).c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS,
                              FILE_ATTRIBUTE_NORMAL, nullptr));
        DWORD written = 0;
        if (!file.open() ||
            !WriteFile(file.get(), content.data(), static_cast<DWORD>(content.size()), &written, nullptr) ||
            written != content.size() || !FlushFileBuffers(file.get()))
            return base::about_file(wire::errors::state_unwritable, path);
        identity = file.identity();
    }
    if (!identity || !MoveFileExW(base::path_of(temporary).c_str(), base::path_of(path).c_str(),
                                  MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return base::about_file(wire::errors::state_unwritable, path);
    return *identity;
}

}  // namespace tokendeck::simulator
