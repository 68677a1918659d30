// Files that come from outside the program: pictures, settings, state, what the system tells. Such a file is opened
// once and without waiting, and judged by what was opened: between a look at a name and its opening, a file can become
// a pipe that nobody writes to, or a device that never ends. Nothing is read beyond a limit.
// Thread: any. Blocks on the disk.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tokendeck::base {

class OutsideFile {
  public:
    enum class Links : std::uint8_t { followed, refused };

    // An ordinary file that is open. `path` is UTF-8.
    // Errors: errors::file_not_found, file_no_permission, file_is_folder, file_not_regular, file_unreadable; subject:
    // the path.
    [[nodiscard]] static Result<OutsideFile> open(const std::string& path, Links links = Links::followed);

    OutsideFile(OutsideFile&& other) noexcept;
    OutsideFile& operator=(OutsideFile&&) = delete;
    OutsideFile(const OutsideFile&) = delete;
    OutsideFile& operator=(const OutsideFile&) = delete;
    ~OutsideFile();

    // It belongs to the user who runs this program. Windows: always.
    [[nodiscard]] bool is_own() const { return own_; }

    // All of it, once. The content may be a secret, and no other copy of it remains.
    // Errors: errors::file_too_large (actual, limit: bytes), file_changing when its size changed meanwhile,
    // file_unreadable; subject: the path.
    [[nodiscard]] Result<SecretBytes> read(std::size_t bytes_most);

  private:
    OutsideFile(std::string path, std::intptr_t handle) : path_(std::move(path)), handle_(handle) {}

    std::string path_;
    std::intptr_t handle_;    // a descriptor, or a HANDLE
    std::uint64_t size_ = 0;  // bytes; files that the system makes up while they are read give 0 or more than they hold
    bool own_ = false;
};

// Both in one.
[[nodiscard]] Result<SecretBytes> read_outside_file(const std::string& path, std::size_t bytes_most);

// For what a person names on the command line: also a pipe, a terminal or a device, of which it waits for the end, or
// for one byte beyond the limit. Errors: as above, without file_not_regular but for a socket, and without
// file_changing; file_too_large has no `actual` where the size is not known.
[[nodiscard]] Result<SecretBytes> read_outside_stream(const std::string& path, std::size_t bytes_most);
[[nodiscard]] Result<SecretBytes> read_standard_input(std::size_t bytes_most);  // the errors have no subject

// For contents that are text. Valid as long as `bytes`.
[[nodiscard]] inline std::string_view text_of(const SecretBytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.bytes().data()), bytes.size()};
}

}  // namespace tokendeck::base
