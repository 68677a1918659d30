#include "cli/pin_prompt.hpp"

#include "cli/held_signals.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace tokendeck::cli {
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

// Nothing if the input ended, or if a signal came.
std::optional<base::SecretText> read_line(int terminal, int signals) {
    base::SecretText text;
    for (;;) {
        pollfd waiting[2] = {{terminal, POLLIN, 0}, {signals, POLLIN, 0}};  // poll passes over a descriptor of -1
        if (poll(waiting, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return std::nullopt;
        }
        if (waiting[1].revents != 0) return std::nullopt;
        char byte = 0;
        const ssize_t count = read(terminal, &byte, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return std::nullopt;
        if (byte == '\n') return text;
        text.push_back(byte);
        base::wipe(&byte, 1);
    }
}

}  // namespace

bool terminal_available() {
    return Descriptor(open_terminal()).valid();
}

bool input_is_terminal() {
    return isatty(STDIN_FILENO) != 0;
}

std::optional<base::SecretText> ask_secret(std::string_view prompt) {
    const Descriptor terminal(open_terminal());
    if (!terminal.valid()) return std::nullopt;
    const HeldSignals held;  // dies last: the terminal is put right before a signal takes its course
    const NoEcho quiet(terminal.get());
    if (!quiet.ok()) return std::nullopt;
    say(terminal.get(), prompt);
    auto line = read_line(terminal.get(), held.descriptor());
    say(terminal.get(), "\n");
    return line;
}

std::optional<std::string> ask_line(std::string_view prompt) {
    const Descriptor terminal(open_terminal());
    if (!terminal.valid()) return std::nullopt;
    const HeldSignals held;
    tcflush(terminal.get(), TCIFLUSH);  // what was typed before the question is not an answer to it
    say(terminal.get(), prompt);
    const auto line = read_line(terminal.get(), held.descriptor());
    if (!line) return std::nullopt;
    return std::string(line->view());
}

void tell_terminal(std::string_view text) {
    const Descriptor terminal(open_terminal());
    if (terminal.valid()) say(terminal.get(), text);
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

}  // namespace tokendeck::cli
