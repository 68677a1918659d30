// Getting an account in, and choosing from several.
#include "support/catch.hpp"

#include "crypto/errors.hpp"
#include "ui/wizard_stage.hpp"

#include <algorithm>
#include <map>

using namespace tokendeck;
using namespace wizard_stage;

namespace {

void paste(Stage& stage, const char* text) {
    stage.clipboard = text;
    REQUIRE(stage.click("wizard/paste"));
    stage.control(true);
    stage.press(ImGuiKey_V);
    stage.control(false);
    stage.frame();
}

channel::ExplainedItem wrong_at(std::size_t character) {
    channel::ExplainedItem item;
    item.kind = channel::TextKind::base32_secret;
    item.problem.emplace();
    item.problem->error = base::Error{crypto::errors::secret_look_alike};
    item.problem->error.subject = "0";
    item.problem->error.position = character;
    item.problem->byte = character - 1;
    item.problem->character = channel::CharacterClass::look_alike;
    item.look_alikes = {character - 1};
    return item;
}

}  // namespace

TEST_CASE("What is typed into the box is explained with every change, and stays in the box") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    REQUIRE(stage.click("wizard/paste"));
    stage.wishes.clear();
    stage.type("JB");
    REQUIRE(stage.wishes.size() == 2);
    CHECK(is(stage.wish<state::ExplainTyped>()->text, "JB"));
    CHECK(stage.memory.parts().secrets.pasted.characters() == 2);
    stage.press(ImGuiKey_Backspace);
    REQUIRE(stage.wishes.size() == 3);
    CHECK(is(stage.wish<state::ExplainTyped>()->text, "J"));
    stage.press(ImGuiKey_Backspace);
    REQUIRE(stage.wishes.size() == 4);
    CHECK(stage.wish<state::ExplainTyped>()->text.empty());
    stage.frames(5);
    CHECK(stage.wishes.size() == 4);  // nothing is explained twice
}

TEST_CASE("Enter reads what is in the box once and explains it no more") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    paste(stage, "otpauth://totp/A?secret=JBSWY3DP");
    stage.wishes.clear();
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wishes.size() == 1);
    REQUIRE(stage.wish<state::PasteText>() != nullptr);
    CHECK(is(stage.wish<state::PasteText>()->text, "otpauth://totp/A?secret=JBSWY3DP"));
    put_at(stage.state, state::WizardStep::review);
    stage.frames(2);
    CHECK_FALSE(stage.memory.parts().secrets.pasted.empty());  // for the way back, until it is written
    put_at(stage.state, state::WizardStep::writing);
    stage.frames(2);
    CHECK(stage.memory.parts().secrets.pasted.empty());
}

TEST_CASE("What could not be read is still in the box, as dots, with the keyboard") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-input");
    paste(stage, "JBSW0Y3DPEHPK3PX");
    REQUIRE(stage.click("wizard/paste-show"));
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::PasteText>() != nullptr);
    put_at(stage.state, state::WizardStep::reading);
    stage.state.wizard->in<state::ReadingStep>()->from = state::ReadingFrom::text;
    stage.frames(30);
    put_at(stage.state, state::WizardStep::input);
    stage.frames(2);
    const ui::SecretField& box = stage.memory.parts().secrets.pasted;
    CHECK(is(box.copy(), "JBSW0Y3DPEHPK3PX"));
    CHECK_FALSE(box.revealed());
    REQUIRE(stage.find("wizard/paste") != nullptr);
    CHECK(stage.find("wizard/paste")->focused);
    stage.type("A");
    CHECK(is(stage.wish<state::ExplainTyped>()->text, "JBSW0Y3DPEHPK3PXA"));
}

TEST_CASE("After Enter on a text with a wrong character the caret stands behind that, to be replaced at once") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-input");
    paste(stage, "JBSW0Y3DPEHPK3PX");
    stage.state.wizard->in<state::InputStep>()->typed.explained.kind = channel::TextKind::base32_secret;
    stage.state.wizard->in<state::InputStep>()->typed.explained.items = {wrong_at(5)};
    stage.press(ImGuiKey_Enter);
    CHECK(stage.find("wizard/paste")->focused);
    stage.press(ImGuiKey_Backspace);
    stage.type("O");
    CHECK(is(stage.memory.parts().secrets.pasted.copy(), "JBSWOY3DPEHPK3PX"));
}

TEST_CASE("The caret of a secret field goes where the arrows, Home, End and a click say") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-input");
    paste(stage, "ABCD");
    const ui::SecretField& box = stage.memory.parts().secrets.pasted;
    stage.press(ImGuiKey_LeftArrow);
    stage.type("x");
    CHECK(is(box.copy(), "ABCxD"));
    stage.press(ImGuiKey_Home);
    stage.press(ImGuiKey_Delete);
    stage.type("z");
    stage.press(ImGuiKey_End);
    stage.type("e");
    CHECK(is(box.copy(), "zBCxDe"));
    const ui::Item* const item = stage.find("wizard/paste");
    stage.mouse(item->x + 15, item->y + 15);
    stage.frame();
    stage.mouse_button(true);
    stage.frame();
    stage.mouse_button(false);
    stage.frame();
    CHECK(stage.find("wizard/paste")->focused);
    stage.type("1");
    CHECK(box.copy().view().front() == '1');
}

TEST_CASE("A PIN can be shown while it is typed, and Tab passes the eye by") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-pin");
    stage.type("97531864");
    REQUIRE(stage.click("wizard/pin-show"));
    CHECK(stage.memory.parts().secrets.admin_pin.revealed());
    CHECK(stage.find("wizard/pin")->focused);
    for (const ui::Item& item : stage.items.items()) CHECK(item.text.find("97531864") == std::string::npos);
    stage.press(ImGuiKey_Tab);
    REQUIRE(stage.find("wizard/pin-show") != nullptr);
    CHECK_FALSE(stage.find("wizard/pin-show")->focused);
}

TEST_CASE("The page says why Continue is grey") {
    const auto [name, said] = GENERATE(table<std::string, std::string>({{"wizard-review-spare-none", "spare token"},
                                                                        {"wizard-review-no-token", "token first"},
                                                                        {"wizard-review-problems", "does not fit"},
                                                                        {"wizard-review-same", "keep both"},
                                                                        {"wizard-choose-full", "slot first"},
                                                                        {"wizard-choose-none", "at least one"}}));
    Stage stage(960, 640);
    put_on(stage, name);
    INFO(name);
    REQUIRE(stage.find("wizard/write") != nullptr);
    CHECK_FALSE(stage.find("wizard/write")->enabled);
    REQUIRE(stage.find("wizard/why") != nullptr);
    CHECK(stage.find("wizard/why")->text.find(said) != std::string::npos);
    put_on(stage, "wizard-review");
    CHECK(stage.find("wizard/why") == nullptr);
}

TEST_CASE("An account that is on the token already is replaced with one click, or kept beside the other") {
    Stage stage(960, 640);
    put_on(stage, "wizard-review-same");
    REQUIRE(stage.find("wizard/same") != nullptr);
    REQUIRE(stage.find("wizard/shortened") != nullptr);
    CHECK(stage.find("wizard/shortened")->text.find("alice.wonder@example.com") != std::string::npos);
    REQUIRE(stage.click("wizard/same/replace"));
    REQUIRE(stage.wish<state::ChooseSlot>() != nullptr);
    CHECK(otp::text(stage.wish<state::ChooseSlot>()->slot) == "totp:1");
    REQUIRE(stage.wish<state::ConfirmOverwrite>() != nullptr);
    REQUIRE(stage.click("wizard/same/keep"));
    CHECK(stage.wish<state::KeepBoth>() != nullptr);
}

TEST_CASE("The page that says proven waits for the next code when this one is about to expire") {
    Stage stage(960, 640);
    put_on(stage, "wizard-proven-waiting");
    REQUIRE(stage.find("wizard/awaited") != nullptr);
    CHECK(stage.find("wizard/awaited")->text.find("3 s") != std::string::npos);
    REQUIRE(stage.click("wizard/copy"));
    CHECK(stage.wish<state::CopyCode>() != nullptr);
}

TEST_CASE("After the spare token it is said that the account is on both") {
    Stage stage(960, 640);
    put_on(stage, "wizard-proven-both");
    REQUIRE(stage.find("wizard/message") != nullptr);
    CHECK(stage.find("wizard/message")->text == "Now on both tokens: Example GmbH");
}

TEST_CASE("The box, the name and the PIN have the keyboard as soon as their page appears, and Enter leads on") {
    Stage stage(960, 640);
    put_on(stage, "wizard-input");
    CHECK(stage.find("wizard/paste")->focused);
    put_on(stage, "wizard-review");
    CHECK(stage.find("wizard/name")->focused);
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::ContinueToPin>() != nullptr);
    put_on(stage, "wizard-pin");
    CHECK(stage.find("wizard/pin")->focused);
}

TEST_CASE("The name has the keyboard with all of it chosen, whatever was chosen in the field before") {
    Stage stage(960, 640);
    put_on(stage, "wizard-review");
    stage.press(ImGuiKey_Backspace);
    stage.type("Abcdef");
    put_on(stage, "slots");
    put_on(stage, "wizard-review");
    REQUIRE(stage.find("wizard/name")->focused);
    stage.wishes.clear();
    stage.type("X");
    REQUIRE(stage.wish<state::EditName>() != nullptr);
    CHECK(stage.wish<state::EditName>()->name == "X");
}

TEST_CASE("Enter pressed once too often after the PIN does not end the page of the proof") {
    Stage stage(960, 640);
    put_on(stage, "wizard-proven");
    REQUIRE(stage.find("wizard/close")->focused);
    stage.wishes.clear();
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::CloseWizard>() == nullptr);
    stage.state.now += base::Milliseconds{900};
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::CloseWizard>() != nullptr);
}

TEST_CASE("Enter leads on after a click with the mouse, too, and once") {
    const auto continued = [](const Stage& stage) {
        return std::ranges::count_if(
            stage.wishes, [](const state::Intent& wish) { return std::holds_alternative<state::ContinueToPin>(wish); });
    };
    Stage stage(960, 640);
    put_on(stage, "wizard-review");
    stage.mouse(600, 500);  // beside everything
    stage.frames(2);
    stage.mouse_button(true);
    stage.frame();
    stage.mouse_button(false);
    stage.frames(2);
    stage.press(ImGuiKey_Enter);
    CHECK(continued(stage) == 1);

    stage.wishes.clear();
    REQUIRE(stage.click("wizard/name"));
    stage.press(ImGuiKey_Enter);
    CHECK(continued(stage) == 1);

    stage.wishes.clear();
    for (int i = 0; i < 20 && !stage.find("wizard/cancel")->focused; ++i) stage.press(ImGuiKey_Tab);
    REQUIRE(stage.find("wizard/cancel")->focused);
    stage.press(ImGuiKey_Enter);
    CHECK(continued(stage) == 0);
    CHECK(stage.wish<state::CancelWizard>() != nullptr);

    stage.wishes.clear();
    REQUIRE(stage.click("wizard/slot"));  // its list has Enter for itself
    stage.press(ImGuiKey_Enter);
    CHECK(continued(stage) == 0);
}

TEST_CASE("Enter presses nothing that destroys while nothing has the keyboard") {
    Stage stage(960, 640);
    put_on(stage, "care-reset");
    REQUIRE(stage.click("care/agree"));
    stage.wishes.clear();
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::ContinueCare>() == nullptr);
}

TEST_CASE("From the fields of the wizard Tab leads to the main button before any other") {
    const auto [name, tabs, main] = GENERATE(table<std::string, int, std::string>(
        {{"wizard-review", 2, "wizard/write"}, {"wizard-pin", 1, "wizard/confirm"}}));
    Stage stage(960, 640);
    put_on(stage, name);
    if (name == "wizard-pin") stage.type("97531864");
    for (int i = 0; i < tabs; ++i) stage.press(ImGuiKey_Tab);
    INFO(name);
    REQUIRE(stage.find(main) != nullptr);
    std::string focused;
    for (const ui::Item& item : stage.items.items())
        if (item.focused) focused += item.path + " ";
    CHECK(focused == main + " ");
}

TEST_CASE("Escape goes back, or out where nothing is lost by that") {
    Stage stage(960, 640);
    put_on(stage, "wizard-pin");
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wish<state::BackToReview>() != nullptr);
    stage.wishes.clear();
    put_on(stage, "wizard-review");
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wishes.empty());
    put_on(stage, "wizard-input");
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wish<state::CancelWizard>() != nullptr);
    stage.wishes.clear();
    put_on(stage, "wizard-input");
    paste(stage, "JBSWY3DPEHPK3PXP");
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wish<state::CancelWizard>() == nullptr);
}

TEST_CASE("Back on the review leads to what was typed") {
    Stage stage(960, 640);
    put_on(stage, "wizard-input");
    paste(stage, "JBSWY3DPEHPK3PXP");
    put_at(stage.state, state::WizardStep::review);
    stage.frames(3);
    REQUIRE(stage.click("wizard/back"));
    REQUIRE(stage.wish<state::BackToInput>() != nullptr);
    CHECK(stage.wish<state::BackToInput>()->typed);
    put_at(stage.state, state::WizardStep::input);
    stage.frames(2);
    CHECK(is(stage.memory.parts().secrets.pasted.copy(), "JBSWY3DPEHPK3PXP"));
    put_at(stage.state, state::WizardStep::reading);
    stage.frames(2);
    put_on(stage, "wizard-review");
    REQUIRE(stage.click("wizard/back"));
    CHECK_FALSE(stage.wish<state::BackToInput>()->typed);  // it came from a picture
}

TEST_CASE("Ctrl+V where no field has the keyboard starts adding: with a text that one, else with a picture") {
    Stage stage(960, 640);
    put_on(stage, "slots");
    const auto paste_keys = [&] {
        stage.control(true);
        stage.press(ImGuiKey_V);
        stage.control(false);
        stage.frame();
    };
    stage.clipboard = "JBSWY3DPEHPK3PXP";
    paste_keys();
    CHECK(stage.wish<state::StartWizard>() != nullptr);
    REQUIRE(stage.wish<state::PasteText>() != nullptr);
    CHECK(is(stage.wish<state::PasteText>()->text, "JBSWY3DPEHPK3PXP"));
    stage.wishes.clear();
    stage.clipboard = "";
    paste_keys();
    CHECK(stage.wish<state::PictureFromClipboard>() != nullptr);
}

TEST_CASE("Of the PIN of a new token it is said only where it may still be true, and it is changed in one click") {
    Stage stage(960, 640);
    put_on(stage, "wizard-pin");
    stage.state.active->status.card_serial = "0000C0DE";
    stage.frames(2);
    CHECK(stage.find("pin/admin-facts")->text.find("12345678") != std::string::npos);
    stage.state.factory_pins["0000C0DE"].admin = false;
    stage.frames(2);
    CHECK(stage.find("pin/admin-facts")->text.find("12345678") == std::string::npos);
    put_on(stage, "wizard-proven");
    CHECK(stage.find("wizard/change-pin") == nullptr);
    stage.state.active->status.card_serial = "0000C0DE";
    stage.state.factory_pins["0000C0DE"].admin = true;
    stage.frames(3);
    REQUIRE(stage.click("wizard/change-pin"));
    REQUIRE(stage.wish<state::AskCare>() != nullptr);
    CHECK(stage.wish<state::AskCare>()->action == state::CareAction::admin_pin);
    CHECK(nothing_cut(stage));
}

TEST_CASE("Before the last try of a PIN nobody is told to simply type it again") {
    Stage stage(960, 640);
    put_on(stage, "wizard-pin-wrong");
    stage.state.active->status.admin_tries = 2;
    stage.frames(2);
    CHECK(stage.find("wizard/message")->text.find("slowly") != std::string::npos);
    stage.state.active->status.admin_tries = 1;
    stage.frames(2);
    CHECK(stage.find("wizard/message")->text.find("slowly") == std::string::npos);
    CHECK(stage.find("wizard/message")->text.find("last") != std::string::npos);
}

TEST_CASE("A text is not kept while another source is read") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-input");
    paste(stage, "JBSWY3DPEHPK3PXP");
    put_at(stage.state, state::WizardStep::reading);
    stage.state.wizard->in<state::ReadingStep>()->from = state::ReadingFrom::file;
    stage.frames(2);
    CHECK(stage.memory.parts().secrets.pasted.empty());
}

TEST_CASE("The wrong character is named, and marked at its place under the dots") {
    const Size size = GENERATE(Size{640, 480, 1}, Size{1280, 800, 1}, Size{1280, 960, 2});
    Stage stage(size.width, size.height, false, size.scale);
    put_on(stage, "wizard-input");
    paste(stage, "JBSW0Y3DPEHPK3PX");
    CHECK(stage.find("wizard/paste/wrong") == nullptr);
    stage.state.wizard->in<state::InputStep>()->typed.explained.kind = channel::TextKind::base32_secret;
    stage.state.wizard->in<state::InputStep>()->typed.explained.items = {wrong_at(5)};
    stage.frame();
    REQUIRE(stage.find("wizard/explained") != nullptr);
    CHECK(stage.find("wizard/explained")
              ->text.find("\xE2\x80\x9C"
                          "0\xE2\x80\x9D") != std::string::npos);
    CHECK(stage.find("wizard/explained")->text.find("5") != std::string::npos);
    const ui::Item* const box = stage.find("wizard/paste");
    const ui::Item* const mark = stage.find("wizard/paste/wrong");
    REQUIRE(mark != nullptr);
    CHECK(mark->text.empty());
    const float at_five = mark->x;
    CHECK(at_five > box->x);
    CHECK(mark->x + mark->w < box->x + box->w);
    stage.state.wizard->in<state::InputStep>()->typed.explained.items = {wrong_at(6)};
    stage.frame();
    CHECK(stage.find("wizard/paste/wrong")->x > at_five);
    CHECK(std::abs(stage.find("wizard/paste/wrong")->x - at_five - stage.find("wizard/paste/wrong")->w) < 1.5F);
    CHECK(nothing_cut(stage));
}

TEST_CASE("A wrong character far into a long text is brought into sight") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    const std::string address = "otpauth://totp/" + std::string(600, 'a') + "?secret=JBSW0" + std::string(300, 'A');
    paste(stage, address.c_str());
    stage.state.wizard->in<state::InputStep>()->typed.explained.kind = channel::TextKind::otpauth_uri;
    for (const std::size_t place : {3U, 628U, 900U}) {
        stage.state.wizard->in<state::InputStep>()->typed.explained.items = {wrong_at(place)};
        stage.frame();
        INFO(place);
        const ui::Item* const mark = stage.find("wizard/paste/wrong");
        REQUIRE(mark != nullptr);
        const ui::Item* const box = stage.find("wizard/paste");
        CHECK(mark->y >= box->y);
        CHECK(mark->y + mark->h <= box->y + box->h);
    }
}

TEST_CASE("What was pasted is in the item map neither as dots nor while it is shown") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-input");
    paste(stage, "JBSWY3DPEHPK3PXP");
    CHECK_FALSE(items_have(stage, "JBSWY3"));
    REQUIRE(stage.click("wizard/paste-show"));
    CHECK(stage.memory.parts().secrets.pasted.revealed());
    CHECK(stage.find("wizard/paste")->focused);  // one types on
    CHECK_FALSE(items_have(stage, "JBSWY3"));
    REQUIRE(stage.click("wizard/paste-show"));
    CHECK_FALSE(stage.memory.parts().secrets.pasted.revealed());
}

TEST_CASE("What was shown is dots again once it was read, or the page was left") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-input");
    paste(stage, "JBSWY3DPEHPK3PXP");
    REQUIRE(stage.click("wizard/paste-show"));
    stage.state.screen = state::Screen::settings;
    stage.frames(2);
    stage.state.screen = state::Screen::wizard;
    stage.frames(2);
    CHECK(stage.memory.parts().secrets.pasted.empty());
    CHECK_FALSE(stage.memory.parts().secrets.pasted.revealed());
}

TEST_CASE("Several lines are explained line by line, what is wrong first") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    paste(stage, "JBSWY3DP\nJBSW0\nJBSWY3DP");
    auto& explained = stage.state.wizard->in<state::InputStep>()->typed.explained;
    explained.kind = channel::TextKind::several;
    explained.items.resize(3);
    for (std::size_t i = 0; i < 3; ++i) {
        explained.items[i].kind = channel::TextKind::otpauth_uri;
        explained.items[i].line = i + 1;
        explained.items[i].accounts.push_back({"Issuer " + std::to_string(i + 1), "ann", {}, 20});
    }
    explained.items[1] = wrong_at(14);
    explained.items[1].line = 2;
    stage.frames(2);
    REQUIRE(stage.find("wizard/explained/2") != nullptr);
    CHECK(stage.find("wizard/explained/2")->text.starts_with("Line 2"));
    const auto first = std::find_if(stage.items.items().begin(), stage.items.items().end(),
                                    [](const ui::Item& item) { return item.path.starts_with("wizard/explained/"); });
    CHECK(first->path == "wizard/explained/2");
    CHECK(nothing_cut(stage));
}

TEST_CASE("A secret that could be hexadecimal is taken as such only when the person says so") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    paste(stage, "ABCDEF2345ABCDEF");
    CHECK(stage.find("wizard/as-hex") == nullptr);
    auto& explained = stage.state.wizard->in<state::InputStep>()->typed.explained;
    explained.kind = channel::TextKind::base32_secret;
    explained.items.resize(1);
    explained.items[0].kind = channel::TextKind::base32_secret;
    explained.items[0].could_be_hex = true;
    explained.items[0].accounts.push_back({"", "", {}, 10});
    stage.frame();
    REQUIRE(stage.click("wizard/as-hex"));
    REQUIRE(stage.wish<state::UseAsHex>() != nullptr);
    CHECK(stage.wish<state::UseAsHex>()->yes);
    CHECK(is(stage.wish<state::UseAsHex>()->text, "ABCDEF2345ABCDEF"));
    stage.state.wizard->in<state::InputStep>()->typed.as_hex = true;
    explained.items[0].could_be_hex = false;
    stage.frame();
    REQUIRE(stage.click("wizard/as-hex"));
    CHECK_FALSE(stage.wish<state::UseAsHex>()->yes);
}

TEST_CASE("Ctrl+V without a text on the clipboard asks for its picture") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    paste(stage, "");
    CHECK(stage.wish<state::PictureFromClipboard>() != nullptr);
    CHECK(stage.wish<state::ExplainTyped>() == nullptr);
}

TEST_CASE("Pictures come from files, clipboard and screen; a secret is made on request") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    REQUIRE(stage.click("wizard/file"));
    CHECK(stage.wish<state::ChooseFile>() != nullptr);
    REQUIRE(stage.click("wizard/clipboard"));
    CHECK(stage.wish<state::PictureFromClipboard>() != nullptr);
    REQUIRE(stage.click("wizard/screen"));
    CHECK(stage.wish<state::PictureOfScreen>() != nullptr);
    stage.frames(2);
    REQUIRE(stage.find("wizard/new-secret") != nullptr);
    REQUIRE(stage.click("wizard/new-secret"));
    CHECK(stage.wish<state::MakeNewSecret>() != nullptr);
}

TEST_CASE("Of several accounts each can be chosen, named and told from the others; bytes are counted, nothing is cut") {
    const Size size = GENERATE(Size{640, 480, 1}, Size{1280, 800, 1}, Size{1280, 960, 2});
    Stage stage(size.width, size.height, false, size.scale);
    put_on(stage, "wizard-choose");
    CHECK(stage.find("wizard/chosen")->text.find("3 of 3") != std::string::npos);
    CHECK(stage.find("wizard/account/1/slot")->text == "TOTP 5");
    CHECK(stage.find("wizard/account/3/slot")->text == "HOTP 2");
    REQUIRE(stage.click("wizard/account/2"));
    REQUIRE(stage.wish<state::ChooseCandidate>() != nullptr);
    CHECK(stage.wish<state::ChooseCandidate>()->number == 1);
    CHECK_FALSE(stage.wish<state::ChooseCandidate>()->yes);
    REQUIRE(stage.click("wizard/account/1/name"));
    stage.press(ImGuiKey_End);
    stage.type("\xC3\xA4 long");
    REQUIRE(stage.wish<state::NameCandidate>() != nullptr);
    CHECK(stage.wish<state::NameCandidate>()->number == 0);
    CHECK(nothing_cut(stage));

    stage.state.wizard->candidates[0].name = "M\xC3\xBCller Bank AG Z\xC3\xBCrich";
    stage.frame();
    CHECK(stage.find("wizard/account/1/bytes")->text.find("23/15") != std::string::npos);
}

TEST_CASE("None takes every tick, All sets every one that is missing") {
    Stage stage(640, 480);
    put_on(stage, "wizard-choose");
    REQUIRE(stage.click("wizard/none"));
    std::size_t taken = 0;
    for (const auto& wish : stage.wishes)
        if (const auto* choose = std::get_if<state::ChooseCandidate>(&wish); choose != nullptr && !choose->yes) ++taken;
    CHECK(taken == 3);
    stage.wishes.clear();
    stage.state.wizard->candidates[1].chosen = false;
    REQUIRE(stage.click("wizard/all"));
    REQUIRE(stage.wish<state::ChooseCandidate>() != nullptr);
    CHECK(stage.wishes.size() == 1);
    CHECK(stage.wish<state::ChooseCandidate>()->number == 1);
}

TEST_CASE("What is wrong with one of several accounts stands in its row, and what was refused below") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-choose-problems");
    REQUIRE(stage.find("wizard/account/1/problem") != nullptr);
    CHECK(stage.find("wizard/account/1/problem")->text.find("15") != std::string::npos);
    REQUIRE(stage.find("wizard/account/4/problem") != nullptr);
    CHECK(stage.find("wizard/account/4/name") == nullptr);  // it is not chosen
    REQUIRE(stage.find("wizard/refused/1") != nullptr);
    CHECK(stage.find("wizard/refused/1")->text.find("Old forum") != std::string::npos);
    CHECK(stage.find("wizard/refused/1")->text.find("4") != std::string::npos);
    CHECK_FALSE(stage.find("wizard/write")->enabled);
}

TEST_CASE("With no free slot left each account says so, and there is no going on") {
    Stage stage(640, 480);
    put_on(stage, "wizard-choose-full");
    CHECK(stage.find("wizard/free")->text.find("0 ") != std::string::npos);
    CHECK(stage.find("wizard/account/1/problem") != nullptr);
    CHECK_FALSE(stage.find("wizard/write")->enabled);
}

TEST_CASE("Of an export over several pictures it is said how many are read, and the next can be got") {
    Stage stage(640, 480);
    put_on(stage, "wizard-choose-parts");
    REQUIRE(stage.find("wizard/parts") != nullptr);
    CHECK(stage.find("wizard/parts")->text.find("2 of 3") != std::string::npos);
    REQUIRE(stage.click("wizard/file"));
    CHECK(stage.wish<state::ChooseFile>() != nullptr);
    REQUIRE(stage.click("wizard/write"));
    CHECK(stage.wish<state::ContinueToPin>() != nullptr);
}

TEST_CASE("While several accounts are written each says how far it is, and no more can be asked for") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-writing-several");
    CHECK(stage.find("wizard/account/1/state")->text.find("proven") != std::string::npos);
    CHECK(stage.find("wizard/account/2/state")->text.find("being written") != std::string::npos);
    CHECK(stage.find("wizard/account/3/state")->text.find("waits") != std::string::npos);
    REQUIRE(stage.click("wizard/cancel"));
    CHECK(stage.wish<state::CancelWizard>() != nullptr);
    stage.state.wizard->in<state::WritingStep>()->stop_asked = true;
    stage.frame();
    CHECK_FALSE(stage.find("wizard/cancel")->enabled);
}

TEST_CASE("A single account that is being written cannot be cancelled") {
    Stage stage(1280, 800);
    put_on(stage, "wizard-writing");
    CHECK(stage.find("wizard/cancel") == nullptr);
}

TEST_CASE("Beside each step stands what was read, and from the PIN on where it goes") {
    Stage stage(1280, 800);
    for (const char* name :
         {"wizard-review", "wizard-pin", "wizard-writing", "wizard-proven", "wizard-failed-unsure"}) {
        put_on(stage, name);
        INFO(name);
        REQUIRE(stage.find("wizard/issuer") != nullptr);
        CHECK(stage.find("wizard/issuer")->text == "Example GmbH");
        CHECK((stage.find("wizard/goes-to") != nullptr) == (std::string_view(name) != "wizard-review"));
    }
}

TEST_CASE("In a narrow window a line above each step says what it is about") {
    Stage stage(640, 480);
    for (const char* name :
         {"wizard-review", "wizard-pin", "wizard-writing", "wizard-proven", "wizard-failed-unsure"}) {
        put_on(stage, name);
        INFO(name);
        REQUIRE(stage.find("wizard/about") != nullptr);
        CHECK(stage.find("wizard/about")->text.find("Example GmbH") != std::string::npos);
    }
}

TEST_CASE("At the review of a narrow window a line says what was read") {
    Stage stage(640, 480);
    put_on(stage, "wizard-review");
    REQUIRE(stage.find("wizard/read-facts") != nullptr);
    for (const char* words : {"TOTP", "6 digits", "30 s", "SHA1", "20 bytes"}) {
        INFO(words);
        CHECK(stage.find("wizard/read-facts")->text.find(words) != std::string::npos);
    }
}

TEST_CASE("What a person needs in the wizard is seen at 640x480 without scrolling") {
    static const std::map<std::string, std::vector<std::string>> needed{
        {"wizard-input", {"wizard/file", "wizard/clipboard", "wizard/screen", "wizard/paste", "wizard/cancel"}},
        {"wizard-input-chooser", {"wizard/waiting", "wizard/paste", "wizard/cancel"}},
        {"wizard-reading-screen", {"wizard/waiting", "wizard/cancel"}},
        {"wizard-reading-several", {"wizard/waiting", "wizard/cancel"}},
        {"wizard-choose", {"wizard/account/3", "wizard/account/3/name", "wizard/write", "wizard/cancel"}},
        {"wizard-choose-problems", {"wizard/account/1/problem", "wizard/write"}},
        {"wizard-choose-parts", {"wizard/parts", "wizard/file", "wizard/account/1", "wizard/write"}},
        {"wizard-choose-no-token", {"wizard/message", "wizard/account/1"}},
        {"wizard-pin-several", {"wizard/pin", "wizard/confirm", "wizard/back", "pin/admin-tries"}},
        {"wizard-writing-several", {"wizard/cancel"}},
        {"wizard-proven-several", {"wizard/message", "wizard/account/3/state", "wizard/spare", "wizard/close"}},
        {"wizard-failed-several", {"wizard/message", "wizard/effect", "wizard/try-again"}},
        {"wizard-review-made", {"wizard/kind/hotp", "wizard/name", "wizard/slot", "wizard/write"}},
        {"wizard-proven",
         {"wizard/message", "wizard/code", "wizard/sheet", "wizard/spare", "wizard/kept", "wizard/close"}},
        {"wizard-proven-made", {"wizard/code", "wizard/sheet", "wizard/spare", "wizard/close"}},
        {"wizard-review-spare", {"wizard/message", "wizard/spare/token/2", "wizard/cancel"}},
        {"wizard-review-spare-none", {"wizard/message", "wizard/name"}},
        {"wizard-sheet", {"wizard/sheet/path", "wizard/sheet/save", "wizard/sheet/close"}},
        {"wizard-sheet-saved",
         {"wizard/sheet/message", "wizard/sheet/open", "wizard/sheet/print", "wizard/sheet/delete",
          "wizard/sheet/close"}},
        {"wizard-sheet-error", {"wizard/sheet/message", "wizard/sheet/path"}},
    };
    Stage stage(640, 480);
    for (const auto& [name, paths] : needed) {
        put_on(stage, name);
        for (const std::string& path : paths) {
            INFO(name << ": " << path);
            const ui::Item* const item = stage.find(path);
            CHECK(item != nullptr);
            if (item != nullptr) CHECK(item->h >= 14);
        }
    }
}
