#include "files/new_file.hpp"

#include <cerrno>
#include <cstddef>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tokendeck::files {
namespace {

NewFile outcome_of(int number) {
    switch (number) {
        case 0: return NewFile::written;
        case EEXIST: return NewFile::exists;
        case ENOENT:
        case ENOTDIR: return NewFile::no_folder;
        case EACCES:
        case EPERM:
        case EROFS: return NewFile::refused;
        case ENOSPC:
        case EDQUOT: return NewFile::disk_full;
        default: return NewFile::failed;
    }
}

// 0, or the system's number of what went wrong.
int write_all(int file, std::span<const std::uint8_t> content) {
    while (!content.empty()) {
        const ssize_t step = ::write(file, content.data(), content.size());
        if (step < 0 && errno == EINTR) continue;
        if (step < 0) return errno;
        content = content.subspan(static_cast<std::size_t>(step));
    }
    return ::fsync(file) == 0 ? 0 : errno;
}

}  // namespace

NewFile write_new_file(const std::string& path, std::span<const std::uint8_t> content) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return outcome_of(errno);
    int problem = write_all(file, content);
    if (::close(file) != 0 && problem == 0) problem = errno;
    if (problem != 0) (void)::unlink(path.c_str());
    return outcome_of(problem);
}

}  // namespace tokendeck::files
