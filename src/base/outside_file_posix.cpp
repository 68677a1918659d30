#include "base/growing_bytes.hpp"
#include "base/outside_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tokendeck::base {
namespace {

ErrorCode code_of(int number) {
    switch (number) {
        case ENOENT:
        case ENOTDIR: return errors::file_not_found;
        case EACCES:
        case EPERM: return errors::file_no_permission;
        case EISDIR: return errors::file_is_folder;
        case ENXIO:  // a socket, or a device without its driver
        case ENODEV: return errors::file_not_regular;
        default: return errors::file_unreadable;
    }
}

// Not waiting for the other end of a pipe, for a device, or for whoever holds a lease on a file.
int opened(const std::string& path, int more_flags) {
    if (path.find('\0') != std::string::npos) {
        errno = ENOENT;
        return -1;
    }
    int descriptor = -1;
    do descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | more_flags);
    while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

// To the end, or until there is too much. 0, or the system's number of what went wrong. Waits where the descriptor is
// one that waits, and, if `patient`, where there is nothing yet.
int read_into(GrowingBytes& bytes, int descriptor, bool patient) {
    while (!bytes.too_many()) {
        const auto room = bytes.room();
        const ssize_t step = ::read(descriptor, room.data(), room.size());
        if (step == 0) return 0;
        if (step > 0) {
            bytes.came(static_cast<std::size_t>(step));
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN || !patient) return errno;
        pollfd news{descriptor, POLLIN, 0};
        (void)::poll(&news, 1, -1);
    }
    return 0;
}

}  // namespace

Result<OutsideFile> OutsideFile::open(const std::string& path, Links links) {
    const int descriptor = opened(path, links == Links::refused ? O_NOFOLLOW : 0);
    if (descriptor < 0) {
        const bool is_link = errno == ELOOP && links == Links::refused;
        return about_file(is_link ? errors::file_not_regular : code_of(errno), path);
    }
    OutsideFile file(path, descriptor);
    struct stat what {};
    if (::fstat(descriptor, &what) != 0) return about_file(errors::file_unreadable, path);
    if (S_ISDIR(what.st_mode)) return about_file(errors::file_is_folder, path);
    if (!S_ISREG(what.st_mode)) return about_file(errors::file_not_regular, path);
    file.size_ = static_cast<std::uint64_t>(what.st_size);
    file.own_ = what.st_uid == ::geteuid();
    return file;
}

OutsideFile::OutsideFile(OutsideFile&& other) noexcept
    : path_(std::move(other.path_)), handle_(std::exchange(other.handle_, -1)), size_(other.size_), own_(other.own_) {}

OutsideFile::~OutsideFile() {
    if (handle_ >= 0) (void)::close(static_cast<int>(handle_));
}

Result<SecretBytes> OutsideFile::read(std::size_t bytes_most) {
    if (size_ > bytes_most) return too_large(path_, size_, bytes_most);
    const int descriptor = static_cast<int>(handle_);
    GrowingBytes bytes(size_, bytes_most);
    if (read_into(bytes, descriptor, false) != 0) return about_file(errors::file_unreadable, path_);
    struct stat after {};
    if (::fstat(descriptor, &after) != 0) return about_file(errors::file_unreadable, path_);
    const auto size_now = static_cast<std::uint64_t>(after.st_size);
    if (bytes.too_many()) return too_large(path_, std::max<std::uint64_t>(size_now, bytes.filled()), bytes_most);
    if (size_now != size_) return about_file(errors::file_changing, path_);
    return bytes.take();
}

Result<SecretBytes> read_outside_file(const std::string& path, std::size_t bytes_most) {
    auto file = OutsideFile::open(path);
    if (!file) return std::move(file).error();
    return file.value().read(bytes_most);
}

namespace {

Result<SecretBytes> read_stream(int descriptor, const std::string& path, std::size_t bytes_most) {
    GrowingBytes bytes(0, bytes_most);
    if (const int problem = read_into(bytes, descriptor, true); problem != 0) return about_file(code_of(problem), path);
    if (bytes.too_many()) return too_large(path, std::nullopt, bytes_most);
    return bytes.take();
}

}  // namespace

Result<SecretBytes> read_outside_stream(const std::string& path, std::size_t bytes_most) {
    const int descriptor = opened(path, 0);
    if (descriptor < 0) return about_file(code_of(errno), path);
    // A pipe that nobody has opened for writing yet would seem to be at its end. Source: Linux, pipe_poll in fs/pipe.c.
    struct stat what {};
    pollfd news{descriptor, POLLIN, 0};
    if (::fstat(descriptor, &what) == 0 && S_ISFIFO(what.st_mode))
        while (::poll(&news, 1, -1) < 0 && errno == EINTR) {
        }
    const bool ordinary = S_ISREG(what.st_mode) && what.st_size > 0;
    const auto size = static_cast<std::uint64_t>(what.st_size);
    auto content = ordinary && size > bytes_most ? Result<SecretBytes>(too_large(path, size, bytes_most))
                                                 : read_stream(descriptor, path, bytes_most);
    (void)::close(descriptor);
    return content;
}

Result<SecretBytes> read_standard_input(std::size_t bytes_most) {
    return read_stream(STDIN_FILENO, {}, bytes_most);
}

}  // namespace tokendeck::base
