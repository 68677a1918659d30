// What the files of the wizard have in common. Only inside state.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

#include <optional>
#include <string>

namespace tokendeck::state::wizard {

// On screen from now on, as it is or new.
Wizard& begin(AppState& state);
[[nodiscard]] otp::OtpEnrolment copy_of(const otp::OtpEnrolment& enrolment);
// Nothing more is read; the accounts that were stay.
void stop_reading(AppState& state);
// What was read is reviewed: names that have none yet, slots, what does not fit.
void review(AppState& state);
// Ends an admin authentication that the token may still hold for us.
void forget_admin(AppState& state);

// ---- the accounts (wizard_choice.cpp) ----

// The slot of each account that is to be written, and problems, against the active token. A single account keeps the
// slot that it has, or had on this card; one of several only a slot that its own broken-off write left unsure. The
// others get free ones.
void assign_slots(AppState& state);
// Those that came new are named and chosen, as far as they fit.
void choose_new(AppState& state, std::size_t from);
// The fullest name that this token has room for, where the person typed none.
void suggest_name(const AppState& state, Candidate& candidate);
void take_name(Candidate& candidate, std::string name);
// The next one goes to the token, with these PINs; the current one if it waits.
void write_next(AppState& state, SubmitPin pins);
// At the first one that waits to be written; false: there is none.
bool next_candidate(Wizard& wizard);
// One was proven, or failed for another reason than a PIN.
void candidate_proven(AppState& state, channel::SlotProven& event);
void candidate_failed(AppState& state, const base::Error& error);

// ---- the sheet (wizard_after.cpp) ----

void ask_for_sheet(AppState& state);
void close_sheet(AppState& state);
// From the spare token to the first one's proof, where the secret is kept on; false: that is not where the wizard is.
bool back_to_proof(AppState& state);
// After the spare token the first one is in use again, if it is still plugged in.
void go_back_to(AppState& state, const Wizard::Token& first);

}  // namespace tokendeck::state::wizard
