// The wizard's part of `apply`. Called only from apply.cpp.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"

#include <string>
#include <vector>

namespace tokendeck::state::wizard {

// A write is under way: the wizard can't be left and the token can't be changed.
[[nodiscard]] bool busy_writing(const AppState& state);
void leave(AppState& state);  // wipes the account's secret
// The person goes to another page: what was read and not written waits, anything else is left.
void set_aside(AppState& state);
// Shows what waits; false: nothing does.
bool come_back(AppState& state);

// What came back.
void accounts_read(AppState& state, channel::AccountsRead reply);
void text_explained(AppState& state, channel::TextExplained reply);
void secret_made(AppState& state, channel::SecretMade reply);
void sheet_shown(AppState& state, channel::SheetShown reply);
void sheet_path_suggested(AppState& state, channel::SheetPathSuggested reply);
void sheet_written(AppState& state, channel::SheetWritten reply);
void sheet_deleted(AppState& state, channel::SheetDeleted reply);
void export_deleted(AppState& state, channel::ExportDeleted reply);
void folder_listed(AppState& state, channel::FolderListed reply);
void request_failed(AppState& state, channel::RequestFailed reply);
void progress(AppState& state, const channel::WriteProgress& event);
void proven(AppState& state, channel::SlotProven& event);
void write_failed(AppState& state, const PendingCommand& command, channel::CommandFailed event);
// Another token is active now, or none: what was reviewed against the old one is reviewed anew.
void token_changed(AppState& state);
// Slots, name or parameters changed: does it still fit?
void recheck(AppState& state);
// What was kept after a proof, for the sheet and a spare token, goes.
void forget_kept_secret(AppState& state);
// Time has passed: it goes when it is due.
void tick(AppState& state);

// What the user wishes.
void read_files(AppState& state, std::vector<std::string> paths);
void apply(AppState& state, StartWizard intent);
void apply(AppState& state, ReadPicture intent);
void apply(AppState& state, DropFailed intent);
void apply(AppState& state, PasteText intent);
void apply(AppState& state, ExplainTyped intent);
void apply(AppState& state, UseAsHex intent);
void apply(AppState& state, PictureFromClipboard intent);
void apply(AppState& state, PictureOfScreen intent);
void apply(AppState& state, ChooseFile intent);
void apply(AppState& state, PictureTaken intent);
void apply(AppState& state, PicturesChosen intent);
void apply(AppState& state, PictureFailed intent);
void apply(AppState& state, MakeNewSecret intent);
void apply(AppState& state, KeepOnly intent);
void apply(AppState& state, ChooseCandidate intent);
void apply(AppState& state, NameCandidate intent);
void apply(AppState& state, StartSpare intent);
void apply(AppState& state, OpenSheet intent);
void apply(AppState& state, CloseSheet intent);
void apply(AppState& state, EditSheetPath intent);
void apply(AppState& state, SaveSheet intent);
void apply(AppState& state, OpenSheetFile intent);
void apply(AppState& state, PrintSheetFile intent);
void apply(AppState& state, DeleteSheetFile intent);
void apply(AppState& state, DeleteExportFile intent);
void apply(AppState& state, SheetHandedOver intent);
void apply(AppState& state, OpenBrowser intent);
void apply(AppState& state, BrowseFolder intent);
void apply(AppState& state, OpenTypedPath intent);
void apply(AppState& state, CloseBrowser intent);
void apply(AppState& state, EditName intent);
void apply(AppState& state, EditParameters intent);
void apply(AppState& state, ChooseSlot intent);
void apply(AppState& state, ConfirmOverwrite intent);
void apply(AppState& state, AnswerRemark intent);
void apply(AppState& state, KeepBoth intent);
void apply(AppState& state, ContinueToPin intent);
void apply(AppState& state, BackToReview intent);
void apply(AppState& state, BackToInput intent);
void apply(AppState& state, ForwardToReview intent);
void apply(AppState& state, SubmitPin intent);
void apply(AppState& state, TryAgain intent);
void apply(AppState& state, CancelWizard intent);
void apply(AppState& state, CloseWizard intent);
// Nobody's; here only so that the catch-all in apply.cpp does not compile for an intent nobody handles.
template <typename Other>
void apply(AppState&, Other) = delete;

}  // namespace tokendeck::state::wizard
