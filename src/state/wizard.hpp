// The wizard's part of `apply`. Called only from apply.cpp.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

#include <string>

namespace tokendeck::state::wizard {

// A write is under way: the wizard can't be left and the token can't be changed.
[[nodiscard]] bool busy_writing(const AppState& state);
void leave(AppState& state);  // wipes the account's secret

// What came back.
void enrolment_read(AppState& state, channel::EnrolmentRead reply);
void folder_listed(AppState& state, channel::FolderListed reply);
void request_failed(AppState& state, channel::RequestFailed reply);
void progress(AppState& state, const channel::WriteProgress& event);
void proven(AppState& state, channel::MessageId id, const otp::SlotSummary& slot, bool counter_moved);
void write_failed(AppState& state, const PendingCommand& command, channel::CommandFailed event);
// Another token is active now, or none: what was reviewed against the old one is reviewed anew.
void token_changed(AppState& state);
// Slots, name or parameters changed: does it still fit?
void recheck(AppState& state);

// What the user wishes.
void read_file(AppState& state, std::string path);
void apply(AppState& state, StartWizard intent);
void apply(AppState& state, PasteText intent);
void apply(AppState& state, OpenBrowser intent);
void apply(AppState& state, BrowseFolder intent);
void apply(AppState& state, CloseBrowser intent);
void apply(AppState& state, EditName intent);
void apply(AppState& state, EditParameters intent);
void apply(AppState& state, ChooseSlot intent);
void apply(AppState& state, ConfirmOverwrite intent);
void apply(AppState& state, ContinueToPin intent);
void apply(AppState& state, BackToReview intent);
void apply(AppState& state, SubmitPin intent);
void apply(AppState& state, TryAgain intent);
void apply(AppState& state, CancelWizard intent);
void apply(AppState& state, CloseWizard intent);
// Nobody's; here only so that the catch-all in apply.cpp does not compile for an intent nobody handles.
template <typename Other>
void apply(AppState&, Other) = delete;

}  // namespace tokendeck::state::wizard
