#include "device/refusals.hpp"

#include "device/errors.hpp"
#include "device/slot_summary.hpp"
#include "device/token_driver.hpp"
#include "otp/limits.hpp"

namespace tokendeck::device {
namespace {

using base::Error;

std::optional<Error> refused_lock_key(const std::optional<std::uint8_t>& wanted, const std::optional<std::uint8_t>& now,
                                      std::uint8_t slots, const char* field) {
    if (now == wanted) return std::nullopt;
    if (slots == 0) return Error{.code = errors::setting_not_honoured, .field = field};
    if (!wanted || (*wanted >= 1 && *wanted <= slots)) return std::nullopt;
    return Error{.code = errors::lock_key_slot, .field = field, .actual = *wanted, .limit = slots};
}

}  // namespace

base::Error blocked_pin(channel::PinKind kind, const channel::TokenStatus& status, bool just_now) {
    const bool admin = kind == channel::PinKind::admin;
    const auto& other_tries = admin ? status.user_tries : status.admin_tries;
    if (other_tries == 0) return {errors::both_pins_blocked, field_of(kind)};
    if (admin) return {just_now ? errors::admin_pin_used_up : errors::admin_pin_blocked, field_of(kind)};
    return {just_now ? errors::user_pin_used_up : errors::user_pin_blocked, field_of(kind)};
}

std::optional<Error> refused_code(const otp::SlotSummary& slot) {
    if (slot.state == otp::SlotState::unreadable) {
        const bool hotp = slot.parameters.kind == otp::OtpKind::hotp;
        return Error{
            .code = errors::impossible_value, .field = hotp ? "counter" : "period", .subject = otp::text(slot.id)};
    }
    if (slot.parameters.kind == otp::OtpKind::hotp || slot.parameters.period != 0) return std::nullopt;
    Error error = about_slot(errors::period_unusable, slot.id);
    error.actual = 0;
    return error;
}

std::optional<Error> refused_edit(const otp::SlotSummary& slot, const std::string& name,
                                  const otp::OtpParameters& wanted, const channel::TokenStatus& status) {
    const otp::OtpParameters& held = slot.parameters;
    if (held.kind != wanted.kind) return about_slot(errors::kind_differs, slot.id);
    // Zeros for "keep the secret" are not to be trusted on an old Storage (quirk Q-S10).
    if (!status.abilities.edit) return about_slot(errors::edit_unsupported, slot.id);
    for (const auto& problem : otp::check_edit(held, wanted, name, status.limits))
        if (problem.blocks) return problem.error;
    const bool hotp = held.kind == otp::OtpKind::hotp;
    if (auto refused = refused_code(slot)) return refused;
    const bool moves = hotp ? wanted.counter != held.counter : wanted.period != held.period;
    if (name == slot.name && wanted.digits == held.digits && !moves)
        return about_slot(errors::nothing_to_change, slot.id);
    return std::nullopt;
}

std::optional<Error> refused_config(const channel::GeneralConfig& wanted, const channel::TokenStatus& status) {
    const channel::GeneralConfig& now = status.general;
    const std::uint8_t slots = status.abilities.lock_key_slots;
    if (auto refused = refused_lock_key(wanted.numlock, now.numlock, slots, "numlock")) return refused;
    if (auto refused = refused_lock_key(wanted.capslock, now.capslock, slots, "capslock")) return refused;
    if (auto refused = refused_lock_key(wanted.scrolllock, now.scrolllock, slots, "scrolllock")) return refused;
    if (now == wanted) return Error{.code = errors::nothing_to_change, .field = "config"};
    return std::nullopt;
}

}  // namespace tokendeck::device
