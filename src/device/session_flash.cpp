// A Pro that stores nothing more (quirk Q-P23).
//
// When the page of a HOTP counter is full, the firmware trips over its own mark, and from then on the flash refuses
// every write until power is cut. The token says little of it: a code is zero, a write is reported as done, and only
// SET_TIME has a status for it, the one of a token that remembers a later time. So what is found here is found by
// asking for the time to be set to now, which a healthy token that has just been told the time accepts.
#include "device/errors.hpp"
#include "device/session.hpp"
#include "device/slot_summary.hpp"

#include <utility>
#include <vector>

namespace tokendeck::device {

using base::Error;
using channel::CommandFailed;

namespace {

// The first and the last second of a minute have different codes.
bool tells_moments(std::uint32_t period) {
    return period >= certain_period && period <= 30;
}

}  // namespace

bool Session::flash_refuses(bool left_no_trace) {
    if (flash_refuses_) return true;
    if (model_->family != wire::Family::pro || unplugged()) return false;
    const auto set = set_clock(false);
    if (set.ok() || set.error().code != errors::time_refused) return false;
    return left_no_trace || why_time_refused(set.error()).code == errors::flash_refuses;
}

bool Session::is_still(const otp::SlotSummary& before, std::uint8_t slot_code) {
    if (model_->family != wire::Family::pro || unplugged()) return false;
    auto read = driver_.read_slot(slot_code);
    if (!read.ok()) return false;
    if (!read.value()) return !otp::occupied(before);
    const otp::SlotSummary now = summary_of(before.id, *read.value(), model_->family, status_.limits);
    // The counter may have been moved by use since it was read.
    return otp::occupied(before) && now.name == before.name && now.parameters.digits == before.parameters.digits &&
           now.parameters.period == before.parameters.period;
}

std::optional<CommandFailed> Session::not_stored(const CommandFailed& failure, const otp::SlotSummary& before) {
    const bool suspicious = failure.error.code == errors::code_differs ||
                            failure.error.subject == errors::counter_stuck.name ||
                            failure.error.subject == errors::code_void.name;
    const auto slot_code = code_of(before.id);
    if (!suspicious || !slot_code.ok() || !is_still(before, slot_code.value()) || !flash_refuses(false))
        return std::nullopt;
    settle(before);
    CommandFailed refused = failed_with(about_slot(errors::flash_refuses, before.id));
    refused.slot = before;
    return refused;
}

Error Session::why_time_refused(Error error, std::uint8_t totp_slot_code, std::uint32_t period) {
    if (error.code != errors::time_refused) return error;
    if (!flash_refuses_ && !clock_moves_though_refused(totp_slot_code, period)) return error;
    flash_refuses_ = true;
    return Error{.code = errors::flash_refuses, .field = error.field};
}

Error Session::why_time_refused(Error error) {
    for (const otp::SlotSummary& slot : slots_) {
        const std::uint32_t period = slot.parameters.period;
        if (slot.parameters.kind != otp::OtpKind::totp || !otp::occupied(slot) || !tells_moments(period)) continue;
        const auto slot_code = code_of(slot.id);
        if (slot_code.ok()) return why_time_refused(std::move(error), slot_code.value(), period);
    }
    return error;
}

// A Pro whose flash refuses has set its clock before it says so; one that remembers a later time has not. So its clock
// is asked to go to the first and the last second of this minute and back again: the codes then tell whether it went.
// The token remembers minutes, so that a healthy one which refused this minute refuses it each time.
bool Session::clock_moves_though_refused(std::uint8_t slot_code, std::uint32_t period) {
    if (model_->family != wire::Family::pro || !tells_moments(period)) return false;
    if (status_.pin_protected_codes && (!user_ || driver_.profile().password_once)) return false;
    const std::int64_t seconds = tools_.clock.unix_time().seconds();
    const std::int64_t first = seconds - seconds % 60;
    const std::int64_t last = first + 59;
    token_clock_.forget();
    std::vector<base::SecretText> codes;
    for (const std::int64_t moment : {first, last, first}) {
        const auto set = driver_.set_time(moment, false);
        if (set.ok() || set.error().code != errors::time_refused) return false;
        auto read = read_code(otp::OtpKind::totp, slot_code);
        if (!read.ok()) return false;
        driver_.flush();
        codes.push_back(wire::code_text(read.value().code));
        if (codes.size() == 2 && base::same(codes[0], codes[1])) return false;
    }
    (void)driver_.set_time(tools_.clock.unix_time().seconds(), false);
    return base::same(codes[0], codes[2]);
}

}  // namespace tokendeck::device
