// What the files of a session share about slots, time steps and errors. Pure.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "otp/limits.hpp"
#include "otp/slot.hpp"
#include "wire/models.hpp"
#include "wire/pro.hpp"

#include <cstdint>
#include <optional>

namespace tokendeck::device {

// A slot as its token said; `unreadable`, with no figures, if they cannot be.
[[nodiscard]] otp::SlotSummary summary_of(const otp::SlotId& id, const wire::Slot& slot, wire::Family family,
                                          const otp::TokenLimits& limits);
// A slot as it is to be, state `programmed`; of counter and period only what its kind has.
[[nodiscard]] otp::SlotSummary summary_of(const otp::SlotId& id, const std::string& name,
                                          const otp::OtpParameters& parameters);

[[nodiscard]] base::Error about_slot(base::ErrorCode code, const otp::SlotId& slot);
// What was broken off by another error: that one's field, and its name as the subject.
[[nodiscard]] base::Error caused(base::ErrorCode code, const base::Error& cause);

// A time before 1970 counts as 1970.
[[nodiscard]] std::uint64_t step_at(std::int64_t unix_seconds, std::uint32_t period);
[[nodiscard]] base::UnixTime step_begin(std::uint64_t step, std::uint32_t period);

// A code's time step is certain only if the step is longer than what setting the token's clock leaves open, a second
// either way.
inline constexpr std::uint32_t certain_period = 3;  // seconds

}  // namespace tokendeck::device
