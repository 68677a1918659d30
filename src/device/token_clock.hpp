// What the token's clock may show now. It cannot be read, it starts at 0 when the token gets power, a Pro's second
// lasts 1.01 s, and each setting wears its flash (32 settings, one page erase; quirk Q-P22). So this keeps bounds, from
// which the session decides whether a code could be of the wrong time step; only then is the clock set again. No timer.
// Source: docs/protocol/pro-storage.md, section 3.5. Thread: the device thread. Pure: does not read any clock.
#pragma once

#include "device/exchange.hpp"

#include <cstdint>
#include <optional>

namespace tokendeck::device {

class TokenClock {
  public:
    // Unix seconds, both included.
    struct Bounds {
        std::int64_t earliest = 0;
        std::int64_t latest = 0;
    };

    // The token accepted `unix_seconds` at some moment between these two.
    void was_set(std::int64_t unix_seconds, const Moment& sent, const Moment& answered);
    // Another program may have set it.
    void forget() { set_.reset(); }

    // What it may show at any moment from `from` to `until`. Nothing: unknown, because it was not set since the
    // token was opened, or because the computer slept or its clock was changed since (the steady clock stands still
    // in sleep, while the token goes on, or loses power).
    [[nodiscard]] std::optional<Bounds> between(const Moment& from, const Moment& until) const;

  private:
    struct Set {
        std::int64_t unix_seconds;
        Moment sent;
        Moment answered;
    };
    std::optional<Set> set_{};
};

}  // namespace tokendeck::device
