#include "cli/held_signals.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <iterator>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace tokendeck::cli {
namespace {

constexpr int held[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// Written by the handler, and read in the thread that holds the signals.
int note_into = -1;

void note(int number) {
    const int before = errno;
    const auto byte = static_cast<unsigned char>(number);
    (void)!write(note_into, &byte, 1);
    errno = before;
}

}  // namespace

struct HeldSignals::Parts {
    int ends[2] = {-1, -1};
    struct sigaction before[std::size(held)]{};
    struct sigaction before_stop {};
};

HeldSignals::HeldSignals() : parts_(std::make_unique<Parts>()) {
    Parts& p = *parts_;
    if (pipe(p.ends) != 0) return;  // no descriptor is left: signals are not held then
    for (const int end : p.ends) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    note_into = p.ends[1];
    struct sigaction action {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = note;
    for (std::size_t i = 0; i < std::size(held); ++i) {
        sigaction(held[i], nullptr, &p.before[i]);
        // What the one who started us wants ignored (nohup) stays ignored.
        if (p.before[i].sa_handler != SIG_IGN) sigaction(held[i], &action, nullptr);
    }
    action.sa_handler = SIG_IGN;
    sigaction(SIGTSTP, &action, &p.before_stop);
}

HeldSignals::~HeldSignals() {
    const Parts& p = *parts_;
    if (p.ends[0] < 0) return;
    for (std::size_t i = 0; i < std::size(held); ++i) sigaction(held[i], &p.before[i], nullptr);
    sigaction(SIGTSTP, &p.before_stop, nullptr);
    unsigned char number = 0;
    const bool noted = read(p.ends[0], &number, 1) == 1;
    close(p.ends[0]);
    close(p.ends[1]);
    if (noted) raise(number);
}

int HeldSignals::descriptor() const {
    return parts_->ends[0];
}

namespace {

const char* last_words = nullptr;

void say_and_end(int number) {
    (void)!write(STDERR_FILENO, last_words, std::strlen(last_words));
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    sigaction(number, &usual, nullptr);
    raise(number);
}

}  // namespace

struct LastWords::Parts {
    struct sigaction before[std::size(held)]{};
};

LastWords::LastWords(const char* text) : parts_(std::make_unique<Parts>()) {
    last_words = text;
    struct sigaction action {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = say_and_end;
    for (std::size_t i = 0; i < std::size(held); ++i) {
        sigaction(held[i], nullptr, &parts_->before[i]);
        if (parts_->before[i].sa_handler != SIG_IGN) sigaction(held[i], &action, nullptr);
    }
}

LastWords::~LastWords() {
    for (std::size_t i = 0; i < std::size(held); ++i) sigaction(held[i], &parts_->before[i], nullptr);
}

bool HeldSignals::noted() const {
    pollfd end{parts_->ends[0], POLLIN, 0};
    return end.fd >= 0 && poll(&end, 1, 0) == 1;
}

}  // namespace tokendeck::cli
