#include "device/slot_summary.hpp"

#include "base/error_number.hpp"

#include <algorithm>

namespace tokendeck::device {

otp::SlotSummary summary_of(const otp::SlotId& id, const wire::Slot& slot, wire::Family family,
                            const otp::TokenLimits& limits) {
    otp::SlotSummary summary;
    summary.id = id;
    summary.state = otp::SlotState::programmed;
    summary.name = slot.name;
    summary.parameters.kind = std::get<otp::NumberedSlot>(id).kind;
    summary.parameters.digits = (slot.config & wire::config_eight_digits) != 0 ? 8 : 6;
    if (summary.parameters.kind == otp::OtpKind::hotp) {
        // All ones is what an erased counter reads as.
        if (base::number(slot.counter_or_interval) || slot.counter_or_interval == UINT64_MAX)
            summary.parameters.counter = slot.counter_or_interval;
        else summary.state = otp::SlotState::unreadable;
    } else {
        // What the firmware calculates with, whatever another program stored: a Pro with 16 bits (quirk Q-P21).
        const std::uint64_t period =
            family == wire::Family::pro ? slot.counter_or_interval & 0xFFFF : slot.counter_or_interval;
        if (period > limits.period_max) {
            summary.state = otp::SlotState::unreadable;
            summary.parameters.period = 0;
        } else {
            summary.parameters.period = static_cast<std::uint32_t>(period);
        }
    }
    return summary;
}

otp::SlotSummary summary_of(const otp::SlotId& id, const std::string& name, const otp::OtpParameters& parameters) {
    otp::SlotSummary summary{id, otp::SlotState::programmed, name, parameters};
    if (parameters.kind == otp::OtpKind::hotp) summary.parameters.period = otp::OtpParameters{}.period;
    else summary.parameters.counter = 0;
    return summary;
}

base::Error about_slot(base::ErrorCode code, const otp::SlotId& slot) {
    return {.code = code, .field = "slot", .subject = otp::text(slot)};
}

base::Error caused(base::ErrorCode code, const base::Error& cause) {
    return {.code = code, .field = cause.field, .subject = std::string(cause.code.name)};
}

std::uint64_t step_at(std::int64_t unix_seconds, std::uint32_t period) {
    return otp::time_step(std::max<std::int64_t>(0, unix_seconds), period);
}

base::UnixTime step_begin(std::uint64_t step, std::uint32_t period) {
    return {static_cast<std::int64_t>(step * period) * 1000};
}

}  // namespace tokendeck::device
