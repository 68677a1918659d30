// The only functions that change the state. Pure but for the state itself: no clock, no I/O, no thread.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

namespace tokendeck::state {

void apply(AppState& state, channel::DeviceEvent event);
void apply(AppState& state, channel::CryptoReply reply);
void apply(AppState& state, Intent intent);
// Time passes: codes leave the screen, the clipboard's loan ends, notices go.
void tick(AppState& state, base::SteadyTime now, base::UnixTime unix_now);
// The program is about to end: takes back what was lent to the clipboard and wipes codes and secrets.
void shut_down(AppState& state);

}  // namespace tokendeck::state
