// Time, passed in. Two clocks: a steady one for waiting and measuring, and the computer's idea of Unix time for
// TOTP. They are never mixed.
#pragma once

#include <chrono>
#include <cstdint>

namespace tokendeck::base {

using Milliseconds = std::chrono::milliseconds;
using Microseconds = std::chrono::microseconds;
// A point of the steady clock (CLOCK_MONOTONIC and its like).
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock>;
// Unix time in milliseconds, as the computer's clock shows it.
struct UnixTime {
    std::int64_t milliseconds = 0;
    [[nodiscard]] std::int64_t seconds() const {
        return milliseconds >= 0 ? milliseconds / 1000 : -((-milliseconds + 999) / 1000);
    }
    friend auto operator<=>(const UnixTime&, const UnixTime&) = default;
};

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual SteadyTime steady() const = 0;
    [[nodiscard]] virtual UnixTime unix_time() const = 0;
    // Blocks the calling thread. Never called on the main thread.
    virtual void sleep(Microseconds duration) = 0;
};

// The operating system's clocks. Thread: any.
class SystemClock final : public Clock {
  public:
    [[nodiscard]] SteadyTime steady() const override;
    [[nodiscard]] UnixTime unix_time() const override;
    void sleep(Microseconds duration) override;
};

// A clock that moves only when told to, or by sleeping. For tests. Thread: one.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(std::int64_t unix_seconds) { set_unix(unix_seconds); }
    [[nodiscard]] SteadyTime steady() const override { return SteadyTime{} + elapsed_; }
    [[nodiscard]] UnixTime unix_time() const override {
        return {unix_ms_ + std::chrono::duration_cast<Milliseconds>(elapsed_).count()};
    }
    void sleep(Microseconds duration) override { advance(duration); }
    void advance(Microseconds duration) { elapsed_ += duration; }
    // Moves only Unix time, as a person who sets the computer's clock does.
    void set_unix(std::int64_t unix_seconds) {
        unix_ms_ = unix_seconds * 1000 - std::chrono::duration_cast<Milliseconds>(elapsed_).count();
    }

  private:
    Microseconds elapsed_{std::chrono::hours{1}};
    std::int64_t unix_ms_ = 0;  // when nothing has elapsed
};

// A moment after which an exchange has failed. One deadline a whole exchange; what is left travels down.
class Deadline {
  public:
    Deadline(const Clock& clock, Milliseconds budget) : clock_(&clock), at_(clock.steady() + budget) {}
    [[nodiscard]] bool passed() const { return clock_->steady() >= at_; }
    // Zero when passed.
    [[nodiscard]] Microseconds left() const {
        const auto now = clock_->steady();
        return now >= at_ ? Microseconds{0} : std::chrono::duration_cast<Microseconds>(at_ - now);
    }

  private:
    const Clock* clock_;
    SteadyTime at_;
};

}  // namespace tokendeck::base
