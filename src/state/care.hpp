// The part of `apply` that changes what is on the token: removing and editing slots, PINs, settings, keys, reset.
// Called only from apply.cpp.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

namespace tokendeck::state::care {

// Closes all dialogues of the token that was active.
void close(AppState& state);

// What came back.
void erased(AppState& state, const channel::SlotErased& event);
void erase_failed(AppState& state, channel::CommandFailed event);
void edited(AppState& state, const channel::SlotEdited& event);
void edit_failed(AppState& state, const PendingCommand& command, channel::CommandFailed event);
void done(AppState& state, channel::CareDone event);
void failed(AppState& state, channel::CommandFailed event);

// What the user wishes.
void apply(AppState& state, AskRemove intent);
void apply(AppState& state, SubmitRemove intent);
void apply(AppState& state, CancelRemove intent);
void apply(AppState& state, AskEdit intent);
void apply(AppState& state, ChangeEdit intent);
void apply(AppState& state, SubmitEdit intent);
void apply(AppState& state, CancelEdit intent);
void apply(AppState& state, AskCare intent);
void apply(AppState& state, AgreeToCare intent);
void apply(AppState& state, ChangeCareConfig intent);
void apply(AppState& state, ContinueCare intent);
void apply(AppState& state, SubmitCare intent);
void apply(AppState& state, CloseCare intent);

}  // namespace tokendeck::state::care
