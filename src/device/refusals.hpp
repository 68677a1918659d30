// What is refused before any PIN is asked for: by the session before it sends one, by the command line before it
// prompts for one. Pure.
#pragma once

#include "base/error.hpp"
#include "channel/device_messages.hpp"
#include "otp/slot.hpp"

#include <optional>
#include <string>

namespace tokendeck::device {

// No try of this PIN is left, and what is left to do, which the other PIN decides. `just_now`: the last one has just
// been used, by a wrong PIN.
[[nodiscard]] base::Error blocked_pin(channel::PinKind kind, const channel::TokenStatus& status, bool just_now = false);

// A slot that gives no code. Errors: period_unusable.
[[nodiscard]] std::optional<base::Error> refused_code(const otp::SlotSummary& slot);
// An edit that the slot, as it was read, cannot take. Errors: kind_differs, edit_unsupported, those of otp::check_fit,
// period_unusable, nothing_to_change.
[[nodiscard]] std::optional<base::Error> refused_edit(const otp::SlotSummary& slot, const std::string& name,
                                                      const otp::OtpParameters& wanted,
                                                      const channel::TokenStatus& status);

// Settings that this firmware does not honour, by the table in wire/models.hpp, or has already. Errors:
// setting_not_honoured, lock_key_slot, nothing_to_change.
[[nodiscard]] std::optional<base::Error> refused_config(const channel::GeneralConfig& wanted,
                                                        const channel::TokenStatus& status);

}  // namespace tokendeck::device
