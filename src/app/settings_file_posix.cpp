#include "app/settings_file_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tokendeck::app {

namespace {

std::string words_of(int number) {
    return std::generic_category().message(number);
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) (void)::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }
    // False if the system says only now that something could not be written.
    [[nodiscard]] bool close_now() { return ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;
};

bool write_all(int descriptor, const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t step = ::write(descriptor, text.data() + written, text.size() - written);
        if (step < 0 && errno == EINTR) continue;
        if (step <= 0) return false;
        written += static_cast<std::size_t>(step);
    }
    return true;
}

// Whose settings.conf is a link (into a folder of configuration files under version control) keeps the link.
std::string behind_links(const std::string& path) {
    char* const real = ::realpath(path.c_str(), nullptr);
    if (real == nullptr) return path;
    const std::string result(real);
    std::free(real);
    return result;
}

}  // namespace

FileText read_private_file(const std::string& path, std::size_t bytes_most) {
    FileText file;
    // Not waiting: what is opened may be a pipe.
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (descriptor.number() < 0) {
        if (errno != ENOENT) file.problem = words_of(errno);
        return file;
    }
    struct stat what {};
    if (::fstat(descriptor.number(), &what) != 0 || !S_ISREG(what.st_mode)) {
        file.problem = "it is no ordinary file";
        return file;
    }
    file.there = true;
    char piece[4096];
    while (file.text.size() < bytes_most) {
        const std::size_t wanted = std::min(sizeof piece, bytes_most - file.text.size());
        const ssize_t step = ::read(descriptor.number(), piece, wanted);
        if (step < 0 && errno == EINTR) continue;
        if (step < 0) {
            file.problem = words_of(errno);
            file.text.clear();
            return file;
        }
        if (step == 0) break;
        file.text.append(piece, static_cast<std::size_t>(step));
    }
    return file;
}

std::string replace_private_file(const std::string& path, const std::string& text) {
    const std::string target = behind_links(path);
    std::string beside = target + ".XXXXXX";
    Descriptor descriptor(::mkostemp(beside.data(), O_CLOEXEC));  // mode 0600
    if (descriptor.number() < 0) return words_of(errno);
    const bool written = write_all(descriptor.number(), text) && ::fsync(descriptor.number()) == 0;
    int problem = written ? 0 : errno;
    if (!descriptor.close_now() && problem == 0) problem = errno;
    if (problem == 0 && ::rename(beside.c_str(), target.c_str()) != 0) problem = errno;
    if (problem == 0) return {};
    (void)::unlink(beside.c_str());
    return words_of(problem);
}

}  // namespace tokendeck::app
