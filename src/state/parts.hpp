// What the parts of `apply` have in common. Only inside state.
#pragma once

#include "state/app_state.hpp"

#include <optional>
#include <string>

namespace tokendeck::state {

// A line under the title bar. `text_key`: of ui/texts.hpp.
void tell(AppState& state, Notice::Kind kind, std::string text_key, std::string subject);
void tell(AppState& state, base::Error error, std::string subject = {});

// From now on this token is opened.
void open_token(AppState& state, const channel::TokenKey& key);

// Keeps what the settings page shows, and points to it.
void take_settings_problems(AppState& state, SettingsProblems problems);

// Notes that a command is under way; returns its id. The reference is good until the next command.
PendingCommand& wait_for(AppState& state, Wait what, otp::SlotId slot = {}, channel::TokenKey token = {});
// The command has ended; nothing if it was not one of ours.
std::optional<PendingCommand> finish(AppState& state, channel::MessageId id);

void replace_slot(AppState& state, const otp::SlotSummary& slot);
// What the token says of itself now, after it was opened, read again or cared for.
void take_status(AppState& state, channel::TokenStatus status, std::vector<otp::SlotSummary> slots);

// `expires_at`: when the code is no longer good; 0: never.
void lend_to_clipboard(AppState& state, const base::SecretText& code, const std::string& name, const otp::SlotId& slot,
                       base::UnixTime expires_at);
void take_back_clipboard(AppState& state);
// The slot holds something else now: its code is neither shown nor given again.
void forget_code(AppState& state, const otp::SlotId& slot);
void forget_codes(AppState& state);

// Whether these PINs are those of a new token; nothing where none was typed.
[[nodiscard]] FactoryPins are_factory_pins(const base::SecretText& admin, const base::SecretText& user);
// The token has taken the PINs of this command, or refused one.
void note_factory(AppState& state, const PendingCommand& command, std::optional<channel::PinKind> refused);
void know_factory(AppState& state, const FactoryPins& now);

// A command that took a user PIN along has ended. `done`: it succeeded, so the PIN was accepted; otherwise it may have
// been, unless the failure was about that PIN.
void note_user_pin(AppState& state, const PendingCommand& command, bool done);
// The same after a failure.
void note_user_pin_failure(AppState& state, const PendingCommand& command, const channel::CommandFailed& event);

}  // namespace tokendeck::state
