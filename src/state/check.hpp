// The part of `apply` that checks a token ("Check this token"). Called only from apply.cpp and care.cpp.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

namespace tokendeck::state::check {

void apply(AppState& state, AskCheck intent);
void apply(AppState& state, SubmitCheck intent);
// Before and after it: closes. While it runs: the step under way is the last, and the account is erased.
void apply(AppState& state, LeaveCheck intent);
void apply(AppState& state, CopyCheckReport intent);

// What came back.
void progress(AppState& state, channel::CheckProgress event);
void done(AppState& state, channel::TokenChecked event);
void failed(AppState& state, const PendingCommand& command, channel::CommandFailed event);

// The token is left, or the screen is locked: nothing is begun any more. A result stays.
void cancel(AppState& state);

}  // namespace tokendeck::state::check
