#include "base/errors.hpp"
#include "simulator/power_file.hpp"
#include "simulator/state_file.hpp"
#include "wire/transport.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <ctime>

#if defined(__APPLE__)
#include <sys/sysctl.h>
#endif

namespace tokendeck::simulator {
namespace {

constexpr std::size_t power_file_most = 64 * 1024;  // bytes; a Storage's has about 3,000
constexpr long wait_step_ns = 200'000;
constexpr int wait_steps = 50'000;  // together 10 s: no transfer takes that long

class Descriptor {
  public:
    Descriptor() = default;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    [[nodiscard]] int get() const { return value_; }

    base::Result<void> open(const std::string& path) {
        close();
        value_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
        leave_standard_streams_alone();
        struct stat what {};
        if (value_ < 0 || ::fstat(value_, &what) != 0) return base::about_file(wire::errors::state_unwritable, path);
        if (!S_ISREG(what.st_mode)) {
            close();
            return base::about_file(base::errors::file_not_regular, path);
        }
        (void)::fchmod(value_, 0600);  // one that was there may have been made by hand
        return {};
    }

    // It is open, and still the file with this path.
    [[nodiscard]] bool is(const std::string& path) const {
        struct stat here {};
        struct stat there {};

        return value_ >= 0 && ::fstat(value_, &here) == 0 && ::stat(path.c_str(), &there) == 0 &&
               here.st_dev == there.st_dev && here.st_ino == there.st_ino;
    }

    void close() {
        if (value_ >= 0) ::close(value_);
        value_ = -1;
    }

  private:
    // The program that loaded the drop-in library may have closed its standard output; what it prints then must not
    // go into this file.
    void leave_standard_streams_alone() {
        if (value_ < 0 || value_ > STDERR_FILENO) return;
        const int moved = ::fcntl(value_, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        ::close(value_);
        value_ = moved;
    }

    int value_ = -1;
};

bool take(int descriptor, int kind) {
    int result = 0;
    do result = ::flock(descriptor, kind);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

class PosixPowerFile final : public PowerFile {
  public:
    explicit PosixPowerFile(const std::string& state_file)
        : power_path_(state_file + ".power"), lock_path_(state_file + ".lock") {}

    base::Result<void> lock() override {
        for (int step = 0; step < wait_steps; ++step) {
            if (!lock_.is(lock_path_))
                if (auto opened = lock_.open(lock_path_); !opened) return opened;
            if (take(lock_.get(), LOCK_EX | LOCK_NB)) {
                if (lock_.is(lock_path_)) return take_power();
                continue;  // deleted by the last user while this one waited
            }
            if (errno != EWOULDBLOCK) return base::about_file(wire::errors::state_unwritable, lock_path_);
            const timespec pause{0, wait_step_ns};
            (void)::nanosleep(&pause, nullptr);
        }
        return base::about_file(wire::errors::transfer_failed, lock_path_);
    }

    void unlock() override { (void)take(lock_.get(), LOCK_UN); }

    bool alone() override {
        // Nobody else changes his share meanwhile: that needs the lock. A failed change loses one's own.
        const bool nobody = take(power_.get(), LOCK_EX | LOCK_NB);
        (void)take(power_.get(), LOCK_SH);
        return nobody;
    }

    base::Result<base::SecretText> read() override {
        base::SecretText content;
        char buffer[4096];
        for (off_t at = 0;;) {
            const ssize_t got = ::pread(power_.get(), buffer, sizeof buffer, at);
            if (got < 0 && errno == EINTR) continue;
            if (got > 0) content.append({buffer, static_cast<std::size_t>(got)});
            base::wipe(buffer, sizeof buffer);
            if (got < 0 || content.size() > power_file_most)
                return base::about_file(wire::errors::state_unreadable, power_path_);
            if (got == 0) return content;
            at += got;
        }
    }

    base::Result<void> write(std::string_view content) override {
        if (::ftruncate(power_.get(), 0) != 0) return base::about_file(wire::errors::state_unwritable, power_path_);
        off_t at = 0;
        while (!content.empty()) {
            const ssize_t written = ::pwrite(power_.get(), content.data(), content.size(), at);
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return base::about_file(wire::errors::state_unwritable, power_path_);
            content.remove_prefix(static_cast<std::size_t>(written));
            at += written;
        }
        return {};
    }

    void leave(bool and_power) override {
        if (alone()) {
            if (and_power) (void)::unlink(power_path_.c_str());
            (void)::unlink(lock_path_.c_str());
        }
        power_.close();
        lock_.close();
    }

  private:
    // With the lock held: opens FILE.power, again if somebody has deleted it.
    base::Result<void> take_power() {
        if (power_.is(power_path_)) return {};
        auto opened = power_.open(power_path_);
        if (opened && take(power_.get(), LOCK_SH)) return {};
        unlock();
        return opened ? base::about_file(wire::errors::state_unwritable, power_path_) : std::move(opened).error();
    }

    std::string power_path_;
    std::string lock_path_;
    Descriptor power_{};
    Descriptor lock_{};
};

}  // namespace

std::unique_ptr<PowerFile> PowerFile::beside(const std::string& state_file) {
    return std::make_unique<PosixPowerFile>(state_file);
}

std::string boot_id() {
#if defined(__APPLE__)
    char text[64] = {};
    std::size_t size = sizeof text - 1;
    if (::sysctlbyname("kern.bootsessionuuid", text, &size, nullptr, 0) == 0) return text;
    return "unknown";
#else
    const auto read = read_file("/proc/sys/kernel/random/boot_id", 64);
    if (!read) return "unknown";
    const std::string_view text = read.value().view();
    return std::string(text.substr(0, text.find('\n')));
#endif
}

}  // namespace tokendeck::simulator
