// What the user wishes, recorded by views, carried out by `apply`. A view never acts.
#pragma once

#include "state/app_state.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace tokendeck::state {

struct GoTo {
    Screen screen = Screen::slots;
};
struct ChooseToken {
    channel::TokenKey key{};
};
// Plugs in the simulated token of Settings::simulated_model.
struct StartSimulated {};
struct ChooseSimulated {
    std::string model{};  // one of Settings::simulated_models
};
struct UnplugSimulated {};
struct Refresh {};
// The same slot once more while its next code is waited for: the one of now is taken.
struct CopyCode {
    otp::SlotId slot{};
};
struct HideCode {};
struct ShowCode {};       // the code on display becomes readable again, for a moment
struct CancelAwaited {};  // the next code is not waited for
struct Search {
    std::string text{};
};
struct ShowSlotMap {
    bool on = false;
};
struct ShowHelp {
    bool on = false;
};
struct ClearClipboard {};  // what was lent, at once
struct KeepClipboard {};   // the clock that clears it is stopped
// Another program put something else on the clipboard: no code of ours is there any more.
struct ClipboardReplaced {};
// A clipboard manager put a code back that was cleared, twice. `program`: as it calls itself; may be empty.
struct CodeCameBack {
    std::string program{};
};
struct SetMaskCodes {
    bool on = true;
};
struct SetScale {
    std::optional<int> percent{};  // 75 to 300; nothing: what the screen says
};
struct SetLanguage {
    std::string language{};  // as Settings::language
};
struct SetMotion {
    Motion motion = Motion::automatic;
};
// `last_try`, here and below: the person agreed to use the last try.
// Of the sheet that was saved.
struct OpenSheetFile {};
struct PrintSheetFile {};
struct DeleteSheetFile {};
struct DeleteExportFile {
    std::size_t number = 0;  // among the wizard's exports
};
// OpenFile or PrintFile has ended; an error says that it could not be done.
struct SheetHandedOver {
    channel::MessageId id = 0;
    std::optional<base::Error> error{};
};
struct SubmitUserPin {
    base::SecretText pin{};
    bool last_try = false;
};
struct CancelUserPin {};
struct AgreeToSetTimeBack {};
struct CancelTime {};
// The window is to be closed; asks first if accounts wait. `sure`: that was answered.
struct AskToClose {
    bool sure = false;
};
struct StayOpen {};  // and go on with what waits
// The window is gone: of what it showed only the code on the clipboard stays, for its time.
struct LeaveAll {};
struct AskRemove {
    otp::SlotId slot{};
};
struct SubmitRemove {
    base::SecretText admin_pin{};
    bool last_try = false;
};
struct CancelRemove {};
// Changing a slot with its secret kept.
struct AskEdit {
    otp::SlotId slot{};
};
struct ChangeEdit {
    std::string name{};
    otp::OtpParameters parameters{};
};
struct SubmitEdit {
    base::SecretText admin_pin{};
    base::SecretText user_pin{};  // only if codes are PIN-protected
    bool last_try = false;
};
struct CancelEdit {};
// Care of the token.
struct AskCare {
    CareAction action = CareAction::user_pin;
};
struct AgreeToCare {
    bool yes = false;
};
struct ChangeCareConfig {
    channel::GeneralConfig config{};
};
// From the consequences to the PINs.
struct ContinueCare {};
struct SubmitCare {
    base::SecretText pin{};        // the one that is checked: the current PIN, or the admin PIN
    base::SecretText new_pin{};    // or the admin PIN once more, for reset and new key
    base::SecretText new_again{};  // the new PIN once more
    bool last_try = false;
};
struct CloseCare {};
// "Check this token".
struct AskCheck {};
struct SubmitCheck {
    base::SecretText admin_pin{};  // both empty where nothing will be written
    base::SecretText user_pin{};   // only if codes are PIN-protected
    bool last_try = false;
};
struct LeaveCheck {};  // closes; while it runs: ends it
struct CopyCheckReport {};
// The screen was locked or the computer is about to sleep: codes, what was lent to the clipboard, and the user PIN's
// authentication go.
struct ForgetShown {};
struct ForgetPin {};  // the user PIN's authentication, at once
struct SetClipboardTime {
    base::Milliseconds time{};
};
struct SetUserPinTime {
    base::Milliseconds time{};
};
// Look for what stands between the person and their token.
struct ExamineNow {};
struct CopyCommand {
    std::size_t finding = 0;  // number in AppState::findings
};
// Shows what to do about one of them and folds the others; the one that is open is folded.
struct UnfoldFinding {
    std::size_t finding = 0;
};
// What support needs to know, without secrets, names or serial numbers, onto the clipboard.
struct CopyReport {};
struct DismissNotice {};
// From the app: what is wrong with the settings file, once at the start; and that a change could not be kept in it.
struct TrayTold {
    TrayState tray = TrayState::unknown;
};
struct SettingsFileRead {
    SettingsProblems problems{};
};
struct SettingsNotKept {
    base::Error error{};
};
struct SetTheme {
    Theme theme = Theme::system;
};
// The wizard. `slot` is where the user clicked "add", if on a particular one.
struct StartWizard {
    std::optional<otp::SlotId> slot{};
};
struct ReadFile {
    std::string path{};  // dropped or chosen; UTF-8
};
// Several, dropped or chosen at once: read one after another.
struct ReadFiles {
    std::vector<std::string> paths{};
};
// Dropped: a picture file's content, or what cannot be taken.
struct ReadPicture {
    base::SecretBytes picture{};
};
struct DropFailed {
    base::Error error{};
};
// Taken as it is: hexadecimal if the person said so (UseAsHex).
struct PasteText {
    base::SecretText text{};
    bool dropped = false;  // not what is in the box
};
// What is in the box for anything changed.
struct ExplainTyped {
    base::SecretText text{};
};
struct UseAsHex {
    bool yes = false;
    base::SecretText text{};  // what is in the box, to be explained anew
};
struct PictureFromClipboard {};
struct PictureOfScreen {};
struct ChooseFile {};  // the desktop's own chooser; without one, the folder list
struct MakeNewSecret {};
// From the app: what it was asked for by an effect.
struct PictureTaken {
    channel::MessageId id = 0;
    base::SecretBytes picture{};  // a picture file's content
};
struct PicturesChosen {
    channel::MessageId id = 0;
    std::vector<std::string> paths{};
};
struct PictureFailed {
    channel::MessageId id = 0;
    std::optional<base::Error> error{};  // nothing: the person gave it up
    bool no_chooser = false;             // the desktop has none: the folder list opens
};
// Of several accounts.
struct ChooseCandidate {
    std::size_t number = 0;
    bool yes = false;
};
struct NameCandidate {
    std::size_t number = 0;
    std::string name{};
};
// Only these, by number; the others, and what could not be read, are given up. One that is left is reviewed alone.
struct KeepOnly {
    std::vector<std::size_t> numbers{};
};
// After the proof.
struct StartSpare {};
struct OpenSheet {};
struct CloseSheet {};
struct EditSheetPath {
    std::string path{};
};
struct SaveSheet {
    channel::SheetFacts facts{};  // its words, in the language of the window
};
struct OpenBrowser {};
struct BrowseFolder {
    std::string path{};
};
// As typed: a folder to list, or a picture to read.
struct OpenTypedPath {
    std::string path{};  // UTF-8; ~ is the home folder
};
struct CloseBrowser {};
struct EditName {
    std::string name{};
};
// Only for a bare secret, which says nothing about them; an account from a URI is as its issuer wrote it.
struct EditParameters {
    otp::OtpParameters parameters{};
};
struct ChooseSlot {
    otp::SlotId slot{};
};
struct ConfirmOverwrite {
    bool yes = false;
};
// The same account twice on one token: that is as the person wants it.
struct KeepBoth {};
// To a remark that asks: about `candidate`, its `remark`; both from 0. No answer: it is open again.
struct AnswerRemark {
    std::size_t candidate = 0;
    std::size_t remark = 0;
    std::optional<bool> yes{};
};
struct ContinueToPin {};
struct BackToReview {};
// From the review of one account to the page where it came from. `typed`: the text it was read from is in the box
// there; otherwise the account waits, and is added to what is read next.
struct BackToInput {
    bool typed = false;
};
// And on to the accounts that wait.
struct ForwardToReview {};
struct SubmitPin {
    base::SecretText admin_pin{};
    base::SecretText user_pin{};  // only if codes are PIN-protected
    bool last_try = false;
};
// After a failure: back to review with the same account.
struct TryAgain {};
// Leaves the wizard; the account's secret is wiped. Not possible while the token is written to.
struct CancelWizard {};
struct CloseWizard {};

// One of them. A class and no alias, so that only intents.cpp makes the code that moves and ends sixty alternatives.
struct Intent
    : std::variant<std::monostate, GoTo, ChooseToken, StartSimulated, ChooseSimulated, UnplugSimulated, Refresh,
                   CopyCode, HideCode, ShowCode, CancelAwaited, Search, ShowSlotMap, ShowHelp, ClearClipboard,
                   KeepClipboard, ClipboardReplaced, CodeCameBack, SetMaskCodes, SetScale, SetLanguage, SetMotion,
                   ReadFiles, ExplainTyped, UseAsHex, PictureFromClipboard, PictureOfScreen, ChooseFile, MakeNewSecret,
                   PictureTaken, PicturesChosen, PictureFailed, ChooseCandidate, NameCandidate, StartSpare, OpenSheet,
                   CloseSheet, EditSheetPath, SaveSheet, SubmitUserPin, CancelUserPin, AgreeToSetTimeBack, CancelTime,
                   AskToClose, StayOpen, LeaveAll, AskRemove, SubmitRemove, CancelRemove, AskEdit, ChangeEdit,
                   SubmitEdit, CancelEdit, AskCare, AgreeToCare, ChangeCareConfig, ContinueCare, SubmitCare, CloseCare,
                   AskCheck, SubmitCheck, LeaveCheck, CopyCheckReport, ForgetPin, ForgetShown, SetUserPinTime,
                   SetClipboardTime, ExamineNow, CopyCommand, CopyReport, DismissNotice, SettingsFileRead,
                   SettingsNotKept, SetTheme, StartWizard, ReadFile, ReadPicture, DropFailed, PasteText, OpenBrowser,
                   BrowseFolder, CloseBrowser, EditName, EditParameters, ChooseSlot, ConfirmOverwrite, KeepBoth,
                   AnswerRemark, ContinueToPin, BackToReview, BackToInput, ForwardToReview, SubmitPin, TryAgain,
                   CancelWizard, OpenSheetFile, PrintSheetFile, DeleteSheetFile, DeleteExportFile, SheetHandedOver,
                   OpenTypedPath, TrayTold, UnfoldFinding, CloseWizard, KeepOnly> {
    using variant::variant;
    Intent(Intent&&) noexcept;
    Intent& operator=(Intent&&) noexcept;
    ~Intent();
};

// Filled while one frame is drawn, emptied by the app afterwards.
class Intents {
  public:
    template <typename T>
    void push(T&& intent) {
        add(Intent(std::forward<T>(intent)));
    }
    [[nodiscard]] std::vector<Intent> take();
    [[nodiscard]] bool empty() const { return wishes_.empty(); }
    Intents();
    Intents(Intents&&) noexcept;
    ~Intents();

  private:
    void add(Intent&& intent);
    std::vector<Intent> wishes_;
};

}  // namespace tokendeck::state
