#include "device/token_clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace tokendeck::device {
namespace {

// How long one count of the token's clock lasts: on a Pro 1.01 s by the source (quirk Q-P1); a margin for its
// oscillator and for a firmware without that fault.
constexpr std::int64_t slowest_second = 1'020'000;  // microseconds
constexpr std::int64_t fastest_second = 999'000;    // microseconds
// The computer's two clocks may drift apart by this before the computer must have slept or been set.
constexpr std::int64_t drift_allowed = 1000;  // milliseconds

std::int64_t microseconds(base::SteadyTime from, base::SteadyTime until) {
    return std::chrono::duration_cast<base::Microseconds>(until - from).count();
}

}  // namespace

void TokenClock::was_set(std::int64_t unix_seconds, const Moment& sent, const Moment& answered) {
    set_ = Set{unix_seconds, sent, answered};
}

std::optional<TokenClock::Bounds> TokenClock::between(const Moment& from, const Moment& until) const {
    if (!set_) return std::nullopt;
    const std::int64_t steady_passed = microseconds(set_->sent.steady, until.steady) / 1000;
    const std::int64_t unix_passed = until.unix_time.milliseconds - set_->sent.unix_time.milliseconds;
    if (std::llabs(unix_passed - steady_passed) > drift_allowed) return std::nullopt;

    const std::int64_t least = std::max<std::int64_t>(0, microseconds(set_->answered.steady, from.steady));
    const std::int64_t most = std::max<std::int64_t>(0, microseconds(set_->sent.steady, until.steady));
    // Setting need not restart the fraction of a second, so a count may already come right after it.
    return Bounds{set_->unix_seconds + least / slowest_second, set_->unix_seconds + most / fastest_second + 1};
}

}  // namespace tokendeck::device
