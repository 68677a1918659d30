#include "app/pin_prompt.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace tokendeck::app::cli {
namespace {

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool valid() const { return fd_ >= 0; }

  private:
    int fd_;
};

int open_terminal() {
    return open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

constexpr int deadly_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
constexpr std::size_t deadly_count = std::size(deadly_signals);

// A signal may be delivered to any thread; through the pipe it reaches the one that waits for the PIN.
int signal_pipe_write = -1;

void on_signal(int number) {
    const int saved = errno;
    const auto byte = static_cast<unsigned char>(number);
    (void)!write(signal_pipe_write, &byte, 1);
    errno = saved;
}

// From construction to destruction deadly signals are only noted, and the terminal cannot be suspended.
class HeldSignals {
  public:
    HeldSignals() {
        struct sigaction action {};
        sigemptyset(&action.sa_mask);
        action.sa_handler = on_signal;
        for (std::size_t i = 0; i < deadly_count; ++i) sigaction(deadly_signals[i], &action, &before_[i]);
        action.sa_handler = SIG_IGN;
        sigaction(SIGTSTP, &action, &before_stop_);
    }
    ~HeldSignals() {
        for (std::size_t i = 0; i < deadly_count; ++i) sigaction(deadly_signals[i], &before_[i], nullptr);
        sigaction(SIGTSTP, &before_stop_, nullptr);
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

  private:
    struct sigaction before_[deadly_count] {};
    struct sigaction before_stop_ {};
};

// The terminal without echo, from construction to destruction.
class NoEcho {
  public:
    explicit NoEcho(int fd) : fd_(fd) {
        if (tcgetattr(fd, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
        quiet.c_lflag |= ICANON | ISIG;
        // TCSAFLUSH: what was typed before the question is not an answer to it.
        changed_ = tcsetattr(fd, TCSAFLUSH, &quiet) == 0;
    }
    ~NoEcho() {
        if (changed_) tcsetattr(fd_, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    [[nodiscard]] bool ok() const { return changed_; }

  private:
    int fd_;
    termios before_{};
    bool changed_ = false;
};

void say(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = write(fd, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

struct Line {
    std::optional<base::SecretText> text{};
    int signal = 0;  // what ended the waiting, if it was one
};

Line read_line(int terminal, int signals) {
    Line line;
    base::SecretText text;
    for (;;) {
        pollfd waiting[2] = {{terminal, POLLIN, 0}, {signals, POLLIN, 0}};
        if (poll(waiting, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return line;
        }
        if (waiting[1].revents != 0) {
            unsigned char number = 0;
            if (read(signals, &number, 1) == 1) line.signal = number;
            return line;
        }
        char byte = 0;
        const ssize_t count = read(terminal, &byte, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return line;
        if (byte == '\n') {
            line.text = std::move(text);
            return line;
        }
        text.push_back(byte);
        base::wipe(&byte, 1);
    }
}

}  // namespace

bool terminal_available() {
    return Descriptor(open_terminal()).valid();
}

std::optional<base::SecretText> ask_secret(std::string_view prompt) {
    const Descriptor terminal(open_terminal());
    int ends[2];
    if (!terminal.valid() || pipe(ends) != 0) return std::nullopt;
    const Descriptor signals(ends[0]), signals_in(ends[1]);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);

    Line line;
    {
        signal_pipe_write = signals_in.get();
        const HeldSignals held;
        const NoEcho quiet(terminal.get());
        if (!quiet.ok()) return std::nullopt;
        say(terminal.get(), prompt);
        line = read_line(terminal.get(), signals.get());
        say(terminal.get(), "\n");
    }
    if (line.signal != 0) raise(line.signal);
    return std::move(line.text);
}

std::optional<base::SecretText> take_from_environment(const char* variable) {
    char* value = std::getenv(variable);
    if (value == nullptr) return std::nullopt;
    base::SecretText taken = base::SecretText::copy_of(value);
    base::wipe(value, std::strlen(value));
    unsetenv(variable);
    return taken;
}

void ignore_broken_pipes() {
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace tokendeck::app::cli
