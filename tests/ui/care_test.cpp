// Care of the token, editing and the PIN coach, used by mouse and by keyboard.
#include "support/catch.hpp"

#include "ui/kit/slot_words.hpp"
#include "ui/kit/view.hpp"
#include "ui/stage.hpp"
#include "ui/states.hpp"

#include "device/errors.hpp"

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

bool enabled(const Stage& stage, std::string_view path) {
    const ui::Item* const item = stage.find(path);
    return item != nullptr && item->enabled;
}

bool is(const base::SecretText& secret, std::string_view text) {
    return base::same(secret, base::SecretText::copy_of(text));
}

}  // namespace

TEST_CASE("A new PIN is sent only when it was typed twice alike, and then with the present one") {
    Stage stage(640, 480);
    put_on(stage, "care-user-pin");
    REQUIRE(stage.find("care/pin")->focused);
    stage.type("111111");
    stage.press(ImGuiKey_Enter);  // leads on to the next field
    REQUIRE(stage.find("care/new-pin")->focused);
    stage.type("222222");
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.find("care/new-pin-again")->focused);
    stage.type("222223");
    CHECK_FALSE(enabled(stage, "care/confirm"));
    CHECK(stage.find("care/new-pin-again/remark") != nullptr);
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wishes.empty());
    stage.press(ImGuiKey_Backspace);
    stage.type("2");
    CHECK(enabled(stage, "care/confirm"));
    stage.press(ImGuiKey_Enter);
    auto* const wish = stage.wish<state::SubmitCare>();
    REQUIRE(wish != nullptr);
    CHECK(is(wish->pin, "111111"));
    CHECK(is(wish->new_pin, "222222"));
    CHECK(is(wish->new_again, "222222"));
    CHECK_FALSE(wish->last_try);
}

TEST_CASE("A PIN that is too short or too long is told while it is typed and cannot be sent") {
    Stage stage(640, 480);
    put_on(stage, "care-admin-pin");
    stage.type("1234567");
    REQUIRE(stage.find("care/pin/remark") != nullptr);
    CHECK(stage.find("care/pin/remark")->text.find("at least 8") != std::string::npos);
    stage.type("8");
    stage.frame();
    CHECK(stage.find("care/pin/remark") == nullptr);
    stage.press(ImGuiKey_Enter);
    stage.type("123456789012345678901");  // 21: the token takes 20 for a new one
    stage.frame();
    REQUIRE(stage.find("care/new-pin/remark") != nullptr);
    CHECK(stage.find("care/new-pin/remark")->text.find("at most 20") != std::string::npos);
    stage.press(ImGuiKey_Enter);
    CHECK_FALSE(enabled(stage, "care/confirm"));
    CHECK(stage.wish<state::SubmitCare>() == nullptr);
}

TEST_CASE("With one try left a PIN is sent only after a second yes, which is sent along") {
    Stage stage(640, 480);
    put_on(stage, "user-pin-last-try");
    stage.type("123456");
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::SubmitUserPin>() == nullptr);
    CHECK_FALSE(enabled(stage, "userpin/confirm"));
    REQUIRE(stage.click("userpin/pin/last-try"));
    REQUIRE(stage.click("userpin/confirm"));
    REQUIRE(stage.wish<state::SubmitUserPin>() != nullptr);
    CHECK(stage.wish<state::SubmitUserPin>()->last_try);
}

TEST_CASE("With one try left it is said that the box waits, and Enter goes to it") {
    Stage stage(640, 480);
    put_on(stage, "care-user-pin");
    stage.state.active->status.user_tries = 1;
    stage.frames(2);
    CHECK(stage.find("dialog/why") == nullptr);
    for (const char* const pin : {"111111", "222222", "222222"}) {
        stage.type(pin);
        stage.press(ImGuiKey_Enter);
        stage.frames(2);
    }
    CHECK(stage.wish<state::SubmitCare>() == nullptr);
    REQUIRE(stage.find("dialog/why") != nullptr);
    CHECK(stage.find("dialog/why")->text.find("box") != std::string::npos);
    REQUIRE(stage.find("care/pin/last-try") != nullptr);
    CHECK(stage.find("care/pin/last-try")->focused);
    CHECK_FALSE(enabled(stage, "care/confirm"));
}

TEST_CASE("A wrong current PIN leaves the new one in its fields; any other error and the end take it out") {
    const bool wrong = GENERATE(true, false);
    Stage stage(1280, 800);
    put_on(stage, "care-user-pin");
    for (const char* const pin : {"111111", "222222", "222222"}) {
        stage.type(pin);
        stage.press(ImGuiKey_Enter);
        stage.frames(2);
    }
    REQUIRE(stage.wish<state::SubmitCare>() != nullptr);
    ui::Memory& memory = stage.memory.parts();
    CHECK(memory.secrets.dialog_pin.empty());
    stage.state.care->busy = true;
    stage.frames(3);
    CHECK(memory.secrets.new_pin.bytes() == 6);
    stage.state.care->busy = false;
    stage.state.care->error = base::Error{wrong ? device::errors::wrong_pin : device::errors::pin_refused};
    stage.state.care->error_pin = {.pin = channel::PinKind::user,
                                   .kind = wrong ? channel::PinProblem::Kind::wrong : channel::PinProblem::Kind::other};
    stage.frames(3);
    CHECK(memory.secrets.dialog_pin.empty());
    CHECK(memory.secrets.new_pin.bytes() == (wrong ? 6U : 0U));
    CHECK(memory.secrets.new_again.bytes() == (wrong ? 6U : 0U));
    stage.state.care->error.reset();
    stage.state.care->step = state::CareStep::done;
    stage.frames(3);
    CHECK(memory.secrets.new_pin.empty());
    CHECK(memory.secrets.new_again.empty());
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::CloseCare>() != nullptr);
}

TEST_CASE("Enter closes a dialog that only says what came of it, but stops no check") {
    const bool done = GENERATE(true, false);
    Stage stage(640, 480);
    put_on(stage, done ? "care-done" : "check-running");
    stage.press(ImGuiKey_Enter);
    CHECK((stage.wish<state::CloseCare>() != nullptr) == done);
    CHECK(stage.wish<state::LeaveCheck>() == nullptr);
}

TEST_CASE("The second yes is forgotten when its question leaves the screen") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin-last-try");
    REQUIRE(stage.click("wizard/pin/last-try"));
    CHECK(stage.memory.parts().secrets.admin_last_try.on);
    put_at(stage.state, state::WizardStep::review);
    stage.frames(2);
    put_at(stage.state, state::WizardStep::pin);
    stage.frames(2);
    CHECK_FALSE(stage.memory.parts().secrets.admin_last_try.on);
}

TEST_CASE("Where a PIN is asked it is said which, its default, the tries left and the way back") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    CHECK(stage.find("pin/admin-tries")->text.find("3 of 3") != std::string::npos);
    CHECK(stage.find("pin/admin-facts")->text.find("12345678") != std::string::npos);
    CHECK(stage.find("pin/admin-facts")->text.find("GnuPG") != std::string::npos);
    stage.state.wizard.reset();
    put_on(stage, "user-pin");
    CHECK(stage.find("pin/user-facts")->text.find("123456") != std::string::npos);
    CHECK(stage.find("pin/user-facts")->text.find("admin PIN") != std::string::npos);
    // Firmware 0.7: a PIN is good for one code.
    stage.state.active->status.abilities.pin_per_command = true;
    stage.frames(2);
    CHECK(stage.find("pin/user-facts")->text.find("one write or one code") != std::string::npos);
}

TEST_CASE("A blocked user PIN leads to unblocking; a blocked admin PIN has no field and says what is left") {
    Stage stage(640, 480);
    put_on(stage, "user-pin-blocked");
    CHECK(stage.find("userpin/pin") == nullptr);
    REQUIRE(stage.click("pin/unblock"));
    REQUIRE(stage.wish<state::AskCare>() != nullptr);
    CHECK(stage.wish<state::AskCare>()->action == state::CareAction::unblock);
    // With the admin PIN blocked as well, nobody is sent there.
    stage.state.active->status.admin_tries = 0;
    stage.frames(3);
    CHECK(stage.find("pin/unblock") == nullptr);
    CHECK(stage.find("pin/user-blocked")->text.find("factory-reset") != std::string::npos);
    stage.state.user_pin.reset();
    put_on(stage, "care-admin-blocked");
    CHECK(stage.find("care/pin") == nullptr);
    CHECK_FALSE(enabled(stage, "care/confirm"));
    CHECK(stage.find("pin/admin-blocked")->text.find("factory-reset") != std::string::npos);
}

TEST_CASE("What destroys is agreed to before a PIN can be typed, and the PIN is typed twice") {
    Stage stage(640, 480);
    put_on(stage, "care-reset");
    CHECK(stage.find("care/pin") == nullptr);
    CHECK_FALSE(enabled(stage, "care/continue"));
    REQUIRE(stage.click("care/agree"));
    REQUIRE(stage.wish<state::AgreeToCare>() != nullptr);
    stage.state.care->agreed = true;
    stage.frames(2);
    REQUIRE(stage.click("care/continue"));
    CHECK(stage.wish<state::ContinueCare>() != nullptr);
    stage.state.care->step = state::CareStep::pins;
    stage.frames(3);
    stage.type("12345678");
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::SubmitCare>() == nullptr);
    stage.type("12345678");
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::SubmitCare>() != nullptr);
    CHECK(is(stage.wish<state::SubmitCare>()->pin, "12345678"));
    CHECK(is(stage.wish<state::SubmitCare>()->new_pin, "12345678"));
}

TEST_CASE("A Storage's owner is told that new keys erase the accounts, a Pro's that they stay") {
    Stage stage(640, 480);
    put_on(stage, "care-new-key-storage");
    CHECK(stage.find("care/lost")->text.find("All accounts") != std::string::npos);
    CHECK(stage.find("care/lost")->text.find("volumes") != std::string::npos);
    put_on(stage, "care-new-key");
    CHECK(stage.find("care/lost")->text.find("accounts") == std::string::npos);
    CHECK(stage.find("care/stays")->text.find("All accounts") != std::string::npos);
}

TEST_CASE("A dialog that is done says in its heading what is so now, and asks no more") {
    struct Done {
        state::CareAction action;
        bool protect;
        std::string_view heading;
    };
    Stage stage(640, 480);
    put_on(stage, "care-done");
    for (const Done& one : {Done{state::CareAction::lock, false, "The token is locked"},
                            Done{state::CareAction::reset, false, "The token was reset"},
                            Done{state::CareAction::pin_protection, true, "The user PIN now protects all codes"},
                            Done{state::CareAction::pin_protection, false, "Codes now need no PIN"},
                            Done{state::CareAction::admin_pin, false, "The admin PIN was changed"}}) {
        stage.state.care->action = one.action;
        stage.state.care->config.pin_protected_codes = one.protect;
        stage.frames(2);
        CHECK(stage.find("dialog/heading")->text == one.heading);
        CHECK(stage.find("care/done")->text.find('?') == std::string::npos);
    }
}

TEST_CASE("The button that turns PIN protection on or off says which") {
    Stage stage(640, 480);
    put_on(stage, "care-pin-protection");
    for (const bool on : {true, false}) {
        stage.state.care->config.pin_protected_codes = on;
        stage.frames(2);
        CHECK(stage.find("care/confirm")->text == (on ? "Turn on" : "Turn off"));
    }
}

TEST_CASE("Lock keys are offered only where the firmware honours them, and armed ones are pointed out") {
    Stage stage(1280, 800);
    put_on(stage, "care");
    CHECK(stage.find("care/lock-keys") == nullptr);
    put_on(stage, "care-pro-0.7");
    REQUIRE(stage.find("care/lock-keys") != nullptr);
    CHECK(stage.find("care/lock-keys")->text.find("Num Lock, Caps Lock") != std::string::npos);
    put_on(stage, "care-lock-keys");
    REQUIRE(stage.click("care/numlock"));
    REQUIRE(stage.click("care/numlock/off"));
    REQUIRE(stage.wish<state::ChangeCareConfig>() != nullptr);
    CHECK_FALSE(stage.wish<state::ChangeCareConfig>()->config.numlock.has_value());
    CHECK(stage.wish<state::ChangeCareConfig>()->config.capslock == 2);
}

TEST_CASE("Every entry of the care page is reached with Tab and opened with Enter") {
    Stage stage(640, 480);
    put_on(stage, "care");
    for (const char* path : {"care/user-pin", "care/admin-pin", "care/unblock", "care/pin-protection", "care/lock",
                             "care/new-key", "care/reset"}) {
        bool reached = false;
        for (int i = 0; i < 20 && !reached; ++i) {
            stage.press(ImGuiKey_Tab);
            const ui::Item* const item = stage.find(path);
            reached = item != nullptr && item->focused;
        }
        INFO(path);
        REQUIRE(reached);
        const std::size_t before = stage.wishes.size();
        stage.press(ImGuiKey_Enter);
        CHECK(stage.wishes.size() == before + 1);
        CHECK(stage.wish<state::AskCare>() != nullptr);
    }
}

TEST_CASE("Editing hands over what was changed, and the name's bytes are counted") {
    Stage stage(640, 480);
    put_on(stage, "edit");
    CHECK_FALSE(enabled(stage, "edit/confirm"));
    REQUIRE(stage.click("edit/name"));
    stage.press(ImGuiKey_End);
    stage.type("2");
    REQUIRE(stage.wish<state::ChangeEdit>() != nullptr);
    CHECK(stage.wish<state::ChangeEdit>()->name == "GitHub2");
    stage.frame();
    CHECK(stage.find("edit/name-bytes")->text == "7/15 characters");
    // Where a letter takes two bytes, what is counted is no number of characters.
    CHECK(ui::name_length("\xC3\xA4rger", 15) == "6/15");
    REQUIRE(stage.click("edit/digits/8"));
    CHECK(stage.wish<state::ChangeEdit>()->parameters.digits == 8);
    stage.state.edit->name = "GitHub2";
    REQUIRE(stage.click("edit/pin"));
    stage.type("12345678");
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::SubmitEdit>() != nullptr);
    CHECK(is(stage.wish<state::SubmitEdit>()->admin_pin, "12345678"));
}

TEST_CASE("A counter that is no number cannot be written") {
    Stage stage(640, 480);
    put_on(stage, "edit-hotp");
    REQUIRE(stage.click("edit/counter"));
    stage.press(ImGuiKey_End);
    stage.type("x");
    stage.state.edit->name = "other";
    stage.frame();
    REQUIRE(stage.click("edit/pin"));
    stage.type("12345678");
    stage.press(ImGuiKey_Enter);
    CHECK_FALSE(enabled(stage, "edit/confirm"));
    CHECK(stage.wish<state::SubmitEdit>() == nullptr);
}

TEST_CASE("The pencil edits a slot; where the firmware would lose the secret there is none, and it is said why") {
    Stage stage(1280, 800);
    put_on(stage, "slots");
    REQUIRE(stage.click("slots/totp:1/edit"));
    REQUIRE(stage.wish<state::AskEdit>() != nullptr);
    CHECK(stage.find("slots/totp:3/edit") == nullptr);  // unsure: it has to be written again
    put_on(stage, "slots-no-edit");
    CHECK(stage.find("slots/totp:1/edit") == nullptr);
    CHECK(stage.find("slots/no-edit") != nullptr);
}

TEST_CASE("Dialogs and wizard name the token they are for") {
    Stage stage(1280, 800);
    for (const auto& [name, path] : {std::pair{"remove", "dialog/token"}, std::pair{"edit", "dialog/token"},
                                     std::pair{"care-reset", "dialog/token"}, std::pair{"wizard-pin", "wizard/token"},
                                     std::pair{"wizard-review", "wizard/token"}, std::pair{"care", "care/token"}}) {
        stage.state.~AppState();
        new (&stage.state) state::AppState();
        put_on(stage, name);
        INFO(name);
        REQUIRE(stage.find(path) != nullptr);
        CHECK(stage.find(path)->text.find("0000A1B2") != std::string::npos);
        CHECK(stage.find(path)->text.find("simulated") != std::string::npos);
    }
}

TEST_CASE("Tokens of one model are told apart in the list by their card's serial") {
    Stage stage(640, 480);
    put_on(stage, "slots");
    channel::TokenInfo other = stage.state.tokens[0];
    other.key = "simulated:2";
    other.card_serial = "0000BEEF";
    stage.state.tokens.push_back(other);
    REQUIRE(stage.click("nav/token"));
    REQUIRE(stage.find("nav/token/simulated:2") != nullptr);
    CHECK(stage.find("nav/token/simulated:2")->text.find("0000BEEF") != std::string::npos);
}

TEST_CASE("Another token to simulate is chosen on the start page, and the default takes one click") {
    Stage stage(640, 480);
    put_on(stage, "start");
    REQUIRE(stage.click("start/model"));
    REQUIRE(stage.click("start/model/pro-0.7"));
    REQUIRE(stage.wish<state::ChooseSimulated>() != nullptr);
    CHECK(stage.wish<state::ChooseSimulated>()->model == "pro-0.7");
    REQUIRE(stage.click("start/simulate"));
    CHECK(stage.wish<state::StartSimulated>() != nullptr);
}

TEST_CASE("The doctor is asked on the start page and in the diagnostics, and its command can be copied") {
    Stage stage(640, 480);
    put_on(stage, "diagnostics");
    REQUIRE(stage.click("diagnostics/doctor"));
    CHECK(stage.wish<state::ExamineNow>() != nullptr);
    stage.state.~AppState();
    new (&stage.state) state::AppState();
    put_on(stage, "start-findings");
    CHECK(enabled(stage, "start/doctor"));
    REQUIRE(stage.click("start/finding/1/copy"));
    REQUIRE(stage.wish<state::CopyCommand>() != nullptr);
    CHECK(stage.wish<state::CopyCommand>()->finding == 0);
}

TEST_CASE("However much the doctor finds, both ways in stay in view, and a finding is unfolded by mouse and keyboard") {
    const auto [width, height] = GENERATE(std::pair{640.F, 480.F}, std::pair{960.F, 640.F});
    Stage stage(width, height);
    put_on(stage, "start-findings");
    stage.state.tokens.clear();
    channel::Finding advice = stage.state.findings->front();
    advice.weight = channel::Finding::Weight::advice;
    advice.command = "sudo timedatectl set-ntp true";
    for (int i = 0; i < 5; ++i) stage.state.findings->push_back(advice);
    stage.state.finding_open = 0;
    stage.frame();
    for (const std::string_view way_in : {"start/add", "start/simulate"}) {
        CAPTURE(way_in);
        REQUIRE(enabled(stage, way_in));
        CHECK(stage.find(way_in)->h > 30);  // and nothing of it is cut off
    }
    CHECK(enabled(stage, "start/finding/1"));
    CHECK(stage.find("start/finding/2/command") == nullptr);
    if (height < 600) return;
    REQUIRE(stage.click("start/finding/2"));
    REQUIRE(stage.wish<state::UnfoldFinding>() != nullptr);
    CHECK(stage.wish<state::UnfoldFinding>()->finding == 1);
    stage.state.finding_open = 1;
    stage.frame();
    CHECK(stage.find("start/finding/1/command") == nullptr);
    CHECK(stage.find("start/finding/2/command") != nullptr);
}

TEST_CASE("A new AES key stands at the end, under Advanced") {
    Stage stage(960, 640);
    put_on(stage, "care");
    const ui::Item* const reset = stage.find("care/reset");
    const ui::Item* const key = stage.find("care/new-key");
    REQUIRE(reset != nullptr);
    REQUIRE(key != nullptr);
    CHECK(key->y - (reset->y + reset->h) > 20);  // the heading is between them
}

TEST_CASE("How long the user PIN is kept is chosen in the settings") {
    Stage stage(1280, 800);
    put_on(stage, "settings");
    REQUIRE(stage.click("settings/user-pin/5"));
    REQUIRE(stage.wish<state::SetUserPinTime>() != nullptr);
    CHECK(stage.wish<state::SetUserPinTime>()->time == std::chrono::minutes{5});
}
