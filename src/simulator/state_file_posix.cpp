#include "base/errors.hpp"
#include "simulator/state_file.hpp"
#include "wire/transport.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>

namespace tokendeck::simulator {
namespace {

// A descriptor that closes itself.
class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}

    File(const File&) = delete;
    File& operator=(const File&) = delete;

    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    [[nodiscard]] int get() const { return descriptor_; }

    [[nodiscard]] bool open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

FileIdentity identity_of(const struct stat& info) {
#if defined(__APPLE__)
    const auto& modified = info.st_mtimespec;
#else
    const auto& modified = info.st_mtim;
#endif
    return {static_cast<std::uint64_t>(info.st_dev), static_cast<std::uint64_t>(info.st_ino),
            static_cast<std::uint64_t>(info.st_size),
            static_cast<std::int64_t>(modified.tv_sec) * 1'000'000'000 + modified.tv_nsec};
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

base::Result<std::optional<FileIdentity>> identify(const std::string& path) {
    struct stat info {};

    if (::stat(path.c_str(), &info) == 0) return std::optional{identity_of(info)};
    if (errno == ENOENT) return std::optional<FileIdentity>{};
    return base::about_file(base::errors::file_unreadable, path);
}

base::Result<FileIdentity> replace_file(const std::string& path, std::string_view content) {
    std::string temporary = path + ".XXXXXX";
    struct stat info {};

    const File file(::mkstemp(temporary.data()));  // mode 0600
    if (!file.open()) return base::about_file(wire::errors::state_unwritable, path);
    if (!write_all(file.get(), content) || ::fsync(file.get()) != 0 || ::fstat(file.get(), &info) != 0 ||
        ::rename(temporary.c_str(), path.c_str()) != 0) {
        ::unlink(temporary.c_str());
        return base::about_file(wire::errors::state_unwritable, path);
    }
    // Makes the new name last; a file system that cannot do this for a folder has still got the content.
    const File folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.open()) (void)::fsync(folder.get());
    return identity_of(info);
}

}  // namespace tokendeck::simulator
