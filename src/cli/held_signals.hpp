// Keeps Ctrl-C and its like from ending the process at a moment when that would leave something half done: a terminal
// without echo, a slot half written.
#pragma once

#include <memory>

namespace tokendeck::cli {

// While it lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT (on Windows Ctrl-C and Ctrl-Break) are only noted, and the
// process cannot be suspended from the terminal. When it dies, the first that was noted takes its course. One at a
// time. Thread: main.
class HeldSignals {
  public:
    HeldSignals();
    ~HeldSignals();
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

    // A descriptor that can be read once a signal was noted, whichever thread it was delivered to; -1 where there is
    // none.
    [[nodiscard]] int descriptor() const;
    // One was noted.
    [[nodiscard]] bool noted() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// While it lives, a signal that HeldSignals would hold ends the process as ever, but first `text` is said on standard
// error; also when a HeldSignals within its life lets one take its course. One at a time. `text` outlives it. Thread:
// main.
class LastWords {
  public:
    explicit LastWords(const char* text);
    ~LastWords();
    LastWords(const LastWords&) = delete;
    LastWords& operator=(const LastWords&) = delete;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tokendeck::cli
