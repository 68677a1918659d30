// What a click or a key makes a person wish.
#include "support/catch.hpp"

#include "ui/stage.hpp"
#include "ui/states.hpp"

using namespace tokendeck;

namespace {

void put_on(Stage& stage, std::string_view wanted) {
    for (const auto& [name, make] : all_states())
        if (name == wanted) {
            make(stage.state);
            stage.frames(3);
            return;
        }
    FAIL("there is no such state");
}

const otp::SlotId totp1 = otp::NumberedSlot{otp::OtpKind::totp, 1};

}  // namespace

TEST_CASE("A click on a slot's row asks for its code") {
    Stage stage(1280, 800);
    put_on(stage, "slots");
    REQUIRE(stage.click("slots/totp:1/copy"));
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == totp1);
    CHECK(stage.wishes.size() == 1);
}

TEST_CASE("The row's item names the slot") {
    Stage stage(640, 480);
    put_on(stage, "slots");
    REQUIRE(stage.find("slots/totp:1/copy") != nullptr);
    CHECK(stage.find("slots/totp:1/copy")->text == "GitHub");
}

TEST_CASE("The bin asks about removing and does not copy") {
    Stage stage(1280, 800);
    put_on(stage, "slots");
    REQUIRE(stage.click("slots/totp:1/remove"));
    REQUIRE(stage.wish<state::AskRemove>() != nullptr);
    CHECK(stage.wish<state::AskRemove>()->slot == totp1);
    CHECK(stage.wish<state::CopyCode>() == nullptr);
}

TEST_CASE("A free slot starts the wizard for that slot, the button for any") {
    Stage stage(1280, 800);
    put_on(stage, "slots-map");
    REQUIRE(stage.click("slots/totp:9/add"));
    REQUIRE(stage.wish<state::StartWizard>() != nullptr);
    CHECK(stage.wish<state::StartWizard>()->slot == otp::SlotId{otp::NumberedSlot{otp::OtpKind::totp, 9}});
    REQUIRE(stage.click("slots/add"));
    CHECK_FALSE(stage.wish<state::StartWizard>()->slot.has_value());
}

TEST_CASE("The start page plugs in a simulated token with one click") {
    Stage stage(640, 480);
    put_on(stage, "start");
    REQUIRE(stage.click("start/simulate"));
    CHECK(stage.wish<state::StartSimulated>() != nullptr);
}

TEST_CASE("The bar at the top leads to the other screens") {
    Stage stage(640, 480);
    put_on(stage, "slots");
    REQUIRE(stage.click("nav/diagnostics"));
    REQUIRE(stage.wish<state::GoTo>() != nullptr);
    CHECK(stage.wish<state::GoTo>()->screen == state::Screen::diagnostics);
    REQUIRE(stage.click("nav/settings"));
    CHECK(stage.wish<state::GoTo>()->screen == state::Screen::settings);
}

TEST_CASE("The token list names tokens that may not be opened, and another one is chosen by a click") {
    Stage stage(640, 480);
    put_on(stage, "slots");
    channel::TokenInfo other = stage.state.tokens[0];
    other.key = "hid:2";
    other.simulated = false;
    stage.state.tokens.push_back(other);
    other.key = "hid:3";
    other.access = channel::TokenAccess::no_permission;
    stage.state.tokens.push_back(other);
    REQUIRE(stage.click("nav/token"));
    REQUIRE(stage.find("nav/token/hid:3") != nullptr);
    CHECK_FALSE(stage.find("nav/token/hid:3")->enabled);
    REQUIRE(stage.click("nav/token/hid:2"));
    REQUIRE(stage.wish<state::ChooseToken>() != nullptr);
    CHECK(stage.wish<state::ChooseToken>()->key == "hid:2");
}

TEST_CASE("The list of three hundred tokens stays inside the window, a line each, and its end is reached") {
    Stage stage(640, 480);
    put_on(stage, "slots");
    const channel::TokenInfo first = stage.state.tokens[0];
    for (int i = 2; i <= 300; ++i) {
        channel::TokenInfo other = first;
        other.key = "hid:" + std::to_string(i);
        other.simulated = false;
        other.usb_serial = std::string(126, 's');
        stage.state.tokens.push_back(other);
    }
    REQUIRE(stage.click("nav/token"));
    stage.frames(2);
    const auto* const row = stage.find("nav/token/hid:2");
    REQUIRE(row != nullptr);
    CHECK(row->x + row->w <= 640);
    CHECK(row->h < 60);
    CHECK(stage.find("nav/token/hid:300") == nullptr);
    stage.mouse(row->x + row->w / 2, row->y + row->h / 2);
    for (int i = 0; i < 1000 && stage.find("nav/token/hid:300") == nullptr; ++i) {
        ImGui::GetIO().MouseWheel = -5;
        stage.frame();
    }
    REQUIRE(stage.click("nav/token/hid:300"));
    REQUIRE(stage.wish<state::ChooseToken>() != nullptr);
    CHECK(stage.wish<state::ChooseToken>()->key == "hid:300");
}

TEST_CASE("A theme is chosen in the settings") {
    Stage stage(640, 480);
    put_on(stage, "settings");
    REQUIRE(stage.click("settings/theme/dark"));
    REQUIRE(stage.wish<state::SetTheme>() != nullptr);
    CHECK(stage.wish<state::SetTheme>()->theme == state::Theme::dark);
}

TEST_CASE("In the review another slot is chosen from the list") {
    Stage stage(640, 480);
    put_on(stage, "wizard-review");
    REQUIRE(stage.click("wizard/slot"));
    REQUIRE(stage.click("wizard/slot/totp:4"));
    REQUIRE(stage.wish<state::ChooseSlot>() != nullptr);
    CHECK(stage.wish<state::ChooseSlot>()->slot == otp::SlotId{otp::NumberedSlot{otp::OtpKind::totp, 4}});
}

TEST_CASE("A used slot is overwritten only after the box was ticked") {
    Stage stage(640, 480);
    put_on(stage, "wizard-review-overwrite");
    REQUIRE(stage.find("wizard/write") != nullptr);
    CHECK_FALSE(stage.find("wizard/write")->enabled);
    REQUIRE(stage.click("wizard/overwrite"));
    REQUIRE(stage.wish<state::ConfirmOverwrite>() != nullptr);
    CHECK(stage.wish<state::ConfirmOverwrite>()->yes);
    stage.state.wizard->account().overwrite_confirmed = true;
    stage.frames(2);
    CHECK(stage.click("wizard/write"));
    CHECK(stage.wish<state::ContinueToPin>() != nullptr);
}

TEST_CASE("The name can be edited") {
    Stage stage(640, 480);
    put_on(stage, "wizard-review");
    REQUIRE(stage.click("wizard/name"));
    stage.press(ImGuiKey_End);
    stage.type("2");
    REQUIRE(stage.wish<state::EditName>() != nullptr);
    CHECK(stage.wish<state::EditName>()->name == "Example GmbH2");
}

TEST_CASE("A period that is no number is refused where it is typed, and the wizard does not go on") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-review-bare");
    stage.state.wizard->account().name = "x";
    stage.state.wizard->account().problems.clear();
    stage.frames(2);
    REQUIRE(stage.find("wizard/write")->enabled);
    REQUIRE(stage.click("wizard/period"));
    stage.press(ImGuiKey_End);
    stage.type("x");
    stage.frame();
    CHECK(stage.wish<state::EditParameters>() == nullptr);
    CHECK_FALSE(stage.find("wizard/write")->enabled);
}

TEST_CASE("Kind and digits of a bare secret are chosen") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-review-bare");
    REQUIRE(stage.click("wizard/digits/8"));
    REQUIRE(stage.wish<state::EditParameters>() != nullptr);
    CHECK(stage.wish<state::EditParameters>()->parameters.digits == 8);
    REQUIRE(stage.click("wizard/kind/hotp"));
    CHECK(stage.wish<state::EditParameters>()->parameters.kind == otp::OtpKind::hotp);
}

TEST_CASE("A picture is chosen in the folder, and folders are entered and left") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-browser");
    REQUIRE(stage.click("wizard/folder/entry/Holidays"));
    REQUIRE(stage.wish<state::BrowseFolder>() != nullptr);
    CHECK(stage.wish<state::BrowseFolder>()->path == "/home/alice/Pictures/Holidays");
    REQUIRE(stage.click("wizard/folder/up"));
    CHECK(stage.wish<state::BrowseFolder>()->path == "/home/alice");
    REQUIRE(stage.click("wizard/folder/entry/qr-code-1.png"));
    REQUIRE(stage.wish<state::ReadFile>() != nullptr);
    CHECK(stage.wish<state::ReadFile>()->path == "/home/alice/Pictures/qr-code-1.png");
}

TEST_CASE("While the token is written to, there is no way out of the wizard") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-writing");
    CHECK(stage.find("wizard/cancel") == nullptr);
    for (const char* path : {"nav/slots", "nav/care", "nav/diagnostics", "nav/settings"})
        CHECK_FALSE(stage.find(path)->enabled);
}

TEST_CASE("The proven and the failed page lead on") {
    Stage stage(640, 480);
    put_on(stage, "wizard-proven");
    CHECK(stage.click("wizard/close"));
    CHECK(stage.wish<state::CloseWizard>() != nullptr);
    put_on(stage, "wizard-failed-unsure");
    CHECK(stage.click("wizard/try-again"));
    CHECK(stage.wish<state::TryAgain>() != nullptr);
    CHECK(stage.click("wizard/cancel"));
    CHECK(stage.wish<state::CancelWizard>() != nullptr);
}

TEST_CASE("Escape closes a dialog and hides a code") {
    Stage stage(800, 600);
    put_on(stage, "remove");
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wish<state::CancelRemove>() != nullptr);
    stage.state.remove.reset();
    put_on(stage, "slots-code");
    stage.state.remove.reset();
    stage.frames(2);
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wish<state::HideCode>() != nullptr);
}

TEST_CASE("With Tab and Enter alone a code is copied") {
    Stage stage(800, 600);
    put_on(stage, "slots");
    bool reached = false;
    for (int i = 0; i < 20 && !reached; ++i) {
        stage.press(ImGuiKey_Tab);
        const ui::Item* const row = stage.find("slots/hotp:1/copy");
        reached = row != nullptr && row->focused;
    }
    REQUIRE(reached);
    CHECK(stage.wishes.empty());
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == otp::SlotId{otp::NumberedSlot{otp::OtpKind::hotp, 1}});
}
