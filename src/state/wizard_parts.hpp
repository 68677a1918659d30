// What the files of the wizard have in common. Only inside state.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

#include <optional>
#include <string>

namespace tokendeck::state::wizard {

// On screen from now on, as it is or new.
Wizard& begin(AppState& state);
[[nodiscard]] bool at(const AppState& state, WizardStep step);
// The slot that is suggested: `wanted` if it is of the right kind, else the first free one.
[[nodiscard]] std::optional<otp::SlotId> suggest_slot(const AppState& state, otp::OtpKind kind,
                                                      const std::optional<otp::SlotId>& wanted);
void take_slot(AppState& state, std::optional<otp::SlotId> slot);
// What to offer on the token that is active now: on the same card what it was before the token was pulled, above all
// a slot that a broken-off write left unsure.
void suggest_again(AppState& state);
[[nodiscard]] otp::OtpEnrolment copy_of(const otp::OtpEnrolment& enrolment);
// Nothing more is read; the accounts that were stay.
void stop_reading(AppState& state);
// The one account that was read is reviewed.
void review(AppState& state, otp::OtpEnrolment enrolment, channel::EnrolmentSource source);
// Sends the write; the secret of `enrolment` and the PINs go along.
void send_write(AppState& state, otp::OtpEnrolment& enrolment, const std::string& name, const otp::SlotId& slot,
                SubmitPin pins, bool hold_admin);
// Ends an admin authentication that the token may still hold for us.
void forget_admin(AppState& state);

// ---- several accounts (wizard_choice.cpp) ----

[[nodiscard]] inline bool several(const Wizard& wizard) {
    return !wizard.candidates.empty();
}
// Problems and free slots for all of them, against the active token.
void assign_slots(AppState& state);
// Those that came new are chosen, as far as they fit.
void choose_new(AppState& state, std::size_t from);
// The next one that is chosen goes to the token, with these PINs.
void write_next(AppState& state, SubmitPin pins);
// One of them was proven, or failed for another reason than a PIN.
void candidate_proven(AppState& state, channel::SlotProven& event);
void candidate_failed(AppState& state, const base::Error& error);

// ---- the sheet (wizard_after.cpp) ----

void ask_for_sheet(AppState& state);
void close_sheet(AppState& state);

}  // namespace tokendeck::state::wizard
