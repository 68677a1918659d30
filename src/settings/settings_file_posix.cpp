#include "settings/settings_file_writer.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tokendeck::settings {

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

}  // namespace tokendeck::settings
