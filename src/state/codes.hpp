// The part of `apply` that is about codes: reading them, the user PIN that protects them, the HOTP guard. Called only
// from apply.cpp.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

namespace tokendeck::state::codes {

// What came back.
void read(AppState& state, channel::CodeRead event);
void failed(AppState& state, const PendingCommand& command, channel::CommandFailed event);
// A code that came with a write.
void show_and_lend(AppState& state, const otp::SlotSummary& slot, base::SecretText code, base::UnixTime from,
                   base::UnixTime until);

// The same on the page that says that it is proven. With little time left the next one is waited for, as after a click
// on a slot; not where a PIN would have to be typed for that.
void show_proven(AppState& state, const otp::SlotSummary& slot, base::SecretText code, base::UnixTime from,
                 base::UnixTime until);

// What the user wishes.
void copy(AppState& state, const otp::SlotId& slot);
void submit_user_pin(AppState& state, SubmitUserPin intent);
void set_time_back(AppState& state);
// The code on display may be read for a moment again.
void show_again(AppState& state);
// Codes that are still on their way are not shown when they come: nobody sits before the screen.
void forget_asked(AppState& state);
// Ends the user PIN's authentication, and the admin's that the wizard holds, at once.
void forget_user_pin(AppState& state);

// Time has passed: codes leave the screen, HOTP codes are no longer given again, the user PIN is forgotten.
void tick(AppState& state);

}  // namespace tokendeck::state::codes
