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
struct StartSimulated {};
struct UnplugSimulated {};
struct Refresh {};
struct CopyCode {
    otp::SlotId slot{};
};
struct HideCode {};
struct SubmitUserPin {
    base::SecretText pin{};
};
struct CancelUserPin {};
struct AgreeToSetTimeBack {};
struct CancelTime {};
struct AskRemove {
    otp::SlotId slot{};
};
struct SubmitRemove {
    base::SecretText admin_pin{};
};
struct CancelRemove {};
struct DismissNotice {};
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
struct PasteText {
    base::SecretText text{};
};
struct OpenBrowser {};
struct BrowseFolder {
    std::string path{};
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
struct ContinueToPin {};
struct BackToReview {};
struct SubmitPin {
    base::SecretText admin_pin{};
    base::SecretText user_pin{};  // only if codes are PIN-protected
};
// After a failure: back to review with the same account.
struct TryAgain {};
// Leaves the wizard; the account's secret is wiped. Not possible while the token is written to.
struct CancelWizard {};
struct CloseWizard {};

using Intent =
    std::variant<std::monostate, GoTo, ChooseToken, StartSimulated, UnplugSimulated, Refresh, CopyCode, HideCode,
                 SubmitUserPin, CancelUserPin, AgreeToSetTimeBack, CancelTime, AskRemove, SubmitRemove, CancelRemove,
                 DismissNotice, SetTheme, StartWizard, ReadFile, PasteText, OpenBrowser, BrowseFolder, CloseBrowser,
                 EditName, EditParameters, ChooseSlot, ConfirmOverwrite, ContinueToPin, BackToReview, SubmitPin,
                 TryAgain, CancelWizard, CloseWizard>;

// Filled while one frame is drawn, emptied by the app afterwards.
class Intents {
  public:
    template <typename T>
    void push(T&& intent) {
        wishes_.emplace_back(std::forward<T>(intent));
    }
    [[nodiscard]] std::vector<Intent> take() { return std::exchange(wishes_, {}); }
    [[nodiscard]] bool empty() const { return wishes_.empty(); }

  private:
    std::vector<Intent> wishes_;
};

}  // namespace tokendeck::state
