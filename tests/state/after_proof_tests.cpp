// What follows the proof: the spare token, the sheet, and how long the secret is kept for them.
#include "state/fixtures.hpp"
#include "support/catch.hpp"

#include <string>

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

namespace {

AppState at_proven() {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    REQUIRE(command.return_secret);
    channel::SlotProven event;
    event.id = command.id;
    event.slot = {command.slot, otp::SlotState::proven, command.name, command.parameters};
    event.code = base::SecretText::copy_of("123456");
    event.secret = std::move(command.secret);
    apply(state, std::move(event));
    REQUIRE(step_of(*state.wizard) == WizardStep::proven);
    return state;
}

void plug(AppState& state, const std::string& key, const std::string& card) {
    apply(state, channel::TokensSeen{{info("a"), info(key)}});
    apply(state, ChooseToken{key});
    auto opened = status(key);
    opened.card_serial = card;
    apply(state, channel::TokenOpened{take_command<channel::OpenToken>(state).id, opened, empty_slots()});
}

}  // namespace

TEST_CASE("the same account goes to a spare token with the same way and never to the first one again") {
    AppState state = at_proven();
    apply(state, StartSpare{});
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(spare_is_missing(state));
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, ContinueToPin{});
    CHECK(step_of(*state.wizard) == WizardStep::review);

    SECTION("without one at hand Cancel leads back to the proof, where the secret still is") {
        const otp::SlotId slot = state.wizard->first_proof->step.result.id;
        apply(state, CancelWizard{});
        REQUIRE(state.wizard);
        CHECK(step_of(*state.wizard) == WizardStep::proven);
        CHECK(wizard_keeps_secret(*state.wizard));
        CHECK(state.wizard->in<ProvenStep>()->result.id == slot);
        CHECK(state.wizard->account().fate == Candidate::Fate::proven);
        CHECK_FALSE(wizard_holds_accounts(state));
        apply(state, StartSpare{});
        CHECK(spare_is_missing(state));
    }
    SECTION("Cancel beside the spare token leads back to the first one's proof") {
        plug(state, "b", "0000AAAA");
        apply(state, EditName{"other"});
        apply(state, ContinueToPin{});
        apply(state, CancelWizard{});
        REQUIRE(state.wizard);
        CHECK(step_of(*state.wizard) == WizardStep::proven);
        CHECK(state.wizard->account().name == "github:me");
        CHECK(state.wizard->token.key == "a");
        CHECK(take_command<channel::OpenToken>(state).key == "a");
    }
    SECTION("the first token plugged in anew is still the first") {
        plug(state, "b", "00005F11");
        CHECK(spare_is_missing(state));
        CHECK_FALSE(wizard_ready_for_pin(state));
    }
    SECTION("another one takes the account") {
        plug(state, "b", "0000AAAA");
        CHECK_FALSE(spare_is_missing(state));
        CHECK(otp::text(*state.wizard->account().slot) == "totp:1");
        REQUIRE(wizard_ready_for_pin(state));
        apply(state, ContinueToPin{});
        apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
        const auto command = take_command<channel::WriteSlot>(state);
        CHECK(command.token == "b");
        CHECK(command.secret.size() == 20);
    }
}

TEST_CASE("the secret that is kept after the proof goes with the page, the screen lock and the time") {
    AppState state = at_proven();
    CHECK(wizard_keeps_secret(*state.wizard));
    SECTION("closing") {
        apply(state, CloseWizard{});
        CHECK_FALSE(state.wizard);
        return;
    }
    SECTION("screen lock") {
        apply(state, ForgetShown{});
    }
    SECTION("time") {
        at(state, 600'000);
    }
    CHECK_FALSE(wizard_keeps_secret(*state.wizard));
    apply(state, OpenSheet{});
    CHECK_FALSE(state.wizard->sheet.open);
    apply(state, StartSpare{});
    CHECK(step_of(*state.wizard) == WizardStep::proven);
}

TEST_CASE("a proof that comes after the screen was locked shows no code, lends none and keeps no secret") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    apply(state, ForgetShown{});
    channel::SlotProven event;
    event.id = command.id;
    event.slot = {command.slot, otp::SlotState::proven, command.name, command.parameters};
    event.code = base::SecretText::copy_of("123456");
    event.secret = std::move(command.secret);
    apply(state, std::move(event));
    CHECK(step_of(*state.wizard) == WizardStep::proven);
    CHECK_FALSE(state.shown);
    CHECK_FALSE(state.clipboard);
    CHECK_FALSE(wizard_keeps_secret(*state.wizard));
}

TEST_CASE("the recovery sheet is shown, and saved only where the person says") {
    AppState state = at_proven();
    apply(state, OpenSheet{});
    auto request = take_request<channel::ShowSheet>(state);
    CHECK(request.enrolment.secret.size() == 20);
    apply(state, channel::SheetShown{request.id, 21, base::SecretBytes(21 * 21), base::SecretText::copy_of("GEZD")});
    CHECK(state.wizard->sheet.side == 21);
    const auto suggest = take_request<channel::SuggestSheetPath>(state);
    apply(state, SaveSheet{});  // no path yet
    CHECK_THROWS(take_request<channel::WriteSheet>(state));
    apply(state, channel::SheetPathSuggested{suggest.id, "/docs/sheet.pdf"});
    CHECK(state.wizard->sheet.path == "/docs/sheet.pdf");

    apply(state, SaveSheet{});
    auto write = take_request<channel::WriteSheet>(state);
    CHECK(write.path == "/docs/sheet.pdf");
    CHECK(state.wizard->sheet.saving);
    SECTION("a failure is told in its place") {
        apply(state, channel::RequestFailed{write.id, base::Error{{"crypto.sheet-exists"}}});
        CHECK(state.wizard->sheet.error);
        CHECK_FALSE(state.wizard->sheet.saving);
        CHECK_FALSE(state.wizard->sheet.saved);
        CHECK(step_of(*state.wizard) == WizardStep::proven);
    }
    SECTION("opened, printed and deleted afterwards") {
        state.outbox.effects.clear();   // the code of the proof
        apply(state, OpenSheetFile{});  // not before it is there
        CHECK(state.outbox.effects.empty());
        apply(state, channel::SheetWritten{write.id, write.path});
        apply(state, OpenSheetFile{});
        REQUIRE(state.outbox.effects.size() == 1);
        CHECK(std::get<OpenFile>(state.outbox.effects.back()).path == write.path);
        apply(state, PrintSheetFile{});
        REQUIRE(state.outbox.effects.size() == 2);
        const auto print = std::get<PrintFile>(state.outbox.effects.back());
        apply(state, DeleteSheetFile{});  // the printer reads it
        CHECK_THROWS(take_request<channel::DeleteSheet>(state));
        apply(state, SheetHandedOver{print.id, base::Error{{"app.print-absent"}}});
        CHECK(state.wizard->sheet.error);
        CHECK_FALSE(state.wizard->sheet.printing);
        apply(state, DeleteSheetFile{});
        CHECK_FALSE(state.wizard->sheet.error);
        const auto drop = take_request<channel::DeleteSheet>(state);
        CHECK(drop.path == write.path);
        SECTION("gone") {
            apply(state, channel::SheetDeleted{drop.id});
            CHECK(state.wizard->sheet.deleted);
            CHECK_FALSE(state.wizard->sheet.saved);
        }
        SECTION("not gone") {
            apply(state, channel::RequestFailed{drop.id, base::Error{{"crypto.file-not-deleted"}}});
            CHECK(state.wizard->sheet.error);
            CHECK(state.wizard->sheet.saved);
            CHECK_FALSE(state.wizard->sheet.deleting);
        }
    }
    SECTION("saved") {
        apply(state, channel::SheetWritten{write.id, write.path});
        CHECK(state.wizard->sheet.saved == "/docs/sheet.pdf");
        apply(state, CloseSheet{});
        CHECK(state.wizard->sheet.modules.empty());
        CHECK(wizard_keeps_secret(*state.wizard));
    }
}

TEST_CASE("a new secret is shown to the other side before it is written, with its name") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, MakeNewSecret{});
    const auto make = take_request<channel::MakeSecret>(state);
    channel::SecretMade made;
    made.id = make.id;
    made.secret = base::SecretBytes(20);
    made.secret.bytes()[3] = 9;
    apply(state, std::move(made));
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(state.wizard->made_here);
    CHECK(state.wizard->sheet.open);
    CHECK_THROWS(take_request<channel::ShowSheet>(state));  // without a name the other side could not take it
    apply(state, EditName{"server"});
    CHECK(take_request<channel::ShowSheet>(state).enrolment.account == "server");
}

TEST_CASE("what the app was asked for is given up when the person leaves, and its late answer is not taken") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, PictureOfScreen{});
    REQUIRE(state.outbox.effects.size() == 1);
    const auto id = std::get<TakePictureOfScreen>(state.outbox.effects.front()).id;
    apply(state, CancelWizard{});
    CHECK(std::get<CancelPicture>(state.outbox.effects.back()).id == id);
    apply(state, PictureTaken{id, base::SecretBytes(4)});
    CHECK(state.outbox.crypto.empty());
    CHECK(state.screen == Screen::slots);
}

TEST_CASE("a picture from the app is read like a dropped one; none leaves the page with the reason") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, PictureFromClipboard{});
    const auto id = std::get<TakePictureFromClipboard>(state.outbox.effects.back()).id;
    SECTION("taken") {
        apply(state, PictureTaken{id, base::SecretBytes(4)});
        const auto request = take_request<channel::ReadAccountsInPicture>(state);
        apply(state, one_account(request.id, enrolment()));
        CHECK(step_of(*state.wizard) == WizardStep::review);
    }
    SECTION("failed") {
        apply(state, PictureFailed{id, base::Error{{"app.no-picture"}}});
        CHECK(std::string(screen_name(state)) == "wizard:input");
        CHECK(state.wizard->in<InputStep>()->error);
    }
}

TEST_CASE("without a chooser of the desktop the folder list opens") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, ChooseFile{});
    const auto id = std::get<ChoosePictures>(state.outbox.effects.back()).id;
    CHECK(step_of(*state.wizard) == WizardStep::input);
    PictureFailed failed;
    failed.id = id;
    failed.no_chooser = true;
    apply(state, std::move(failed));
    CHECK(state.wizard->in<InputStep>()->browser.open);
    CHECK_NOTHROW(take_request<channel::ListFolder>(state));
}

TEST_CASE("only the newest text that is typed is explained") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, ExplainTyped{base::SecretText::copy_of("J")});
    const auto first = take_request<channel::ExplainText>(state);
    apply(state, ExplainTyped{base::SecretText::copy_of("JB")});
    apply(state, ExplainTyped{base::SecretText::copy_of("JBS")});
    CHECK(state.outbox.crypto.size() == 1);
    const auto last = take_request<channel::ExplainText>(state);
    CHECK(base::same(last.text, base::SecretText::copy_of("JBS")));
    channel::TextExplained explained;
    explained.kind = channel::TextKind::base32_secret;
    explained.id = first.id;
    apply(state, explained);
    CHECK(state.wizard->in<InputStep>()->typed.explained.kind == channel::TextKind::nothing_yet);
    explained.id = last.id;
    apply(state, explained);
    CHECK(state.wizard->in<InputStep>()->typed.explained.kind == channel::TextKind::base32_secret);
    apply(state, UseAsHex{true, base::SecretText::copy_of("JBS")});
    CHECK(take_request<channel::ExplainText>(state).as_hex);
    apply(state, PasteText{base::SecretText::copy_of("JBS")});
    CHECK(take_request<channel::ReadAccountsInText>(state).as_hex);
}

// ---- the spare token ----

namespace {

void open_as(AppState& state, const std::string& key, const std::string& card,
             std::vector<otp::SlotSummary> slots = empty_slots()) {
    auto opened = status(key);
    opened.card_serial = card;
    apply(state, channel::TokenOpened{take_command<channel::OpenToken>(state).id, opened, std::move(slots)});
}

void write_and_prove(AppState& state) {
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    channel::SlotProven event;
    event.id = command.id;
    event.slot = {command.slot, otp::SlotState::proven, command.name, command.parameters};
    event.code = base::SecretText::copy_of("123456");
    event.valid_until = {(start_unix + 30) * 1000};
    event.secret = std::move(command.secret);
    apply(state, std::move(event));
}

}  // namespace

TEST_CASE("with exactly one other token plugged in it is taken for the spare one at once, and the first comes back") {
    AppState state = at_proven();
    SECTION("it was there before") {
        apply(state, channel::TokensSeen{{info("a"), info("b")}});
        apply(state, StartSpare{});
    }
    SECTION("it is plugged in then") {
        apply(state, StartSpare{});
        apply(state, channel::TokensSeen{{info("a"), info("b")}});
    }
    open_as(state, "b", "0000AAAA");
    REQUIRE(wizard_ready_for_pin(state));
    write_and_prove(state);
    REQUIRE(step_of(*state.wizard) == WizardStep::proven);
    apply(state, CloseWizard{});
    CHECK(take_command<channel::OpenToken>(state).key == "a");
}

TEST_CASE("of two other tokens the person says which is the spare one") {
    AppState state = at_proven();
    apply(state, channel::TokensSeen{{info("a"), info("b"), info("c")}});
    apply(state, StartSpare{});
    CHECK_FALSE(has_command(state));
    CHECK(possible_spares(state).size() == 2);
}

TEST_CASE("of a token that was unplugged while it was opened nothing is said") {
    AppState state = fresh();
    apply(state, channel::TokensSeen{{info("a")}});
    const auto open = take_command<channel::OpenToken>(state);
    channel::CommandFailed failed;
    failed.id = open.id;
    failed.error = base::Error{base::ErrorCode{"wire.unplugged"}};
    SECTION("gone") {
        apply(state, channel::TokensSeen{});
        apply(state, std::move(failed));
        CHECK_FALSE(state.open_error);
    }
    SECTION("still there") {
        apply(state, std::move(failed));
        CHECK(state.open_error);
        apply(state, channel::TokensSeen{});
        CHECK_FALSE(state.open_error);
    }
}

TEST_CASE("what is told of a token goes when the token goes") {
    AppState state = with_token();
    apply(state, Refresh{});
    channel::CommandFailed failed;
    failed.id = take_command<channel::RefreshToken>(state).id;
    failed.error = base::Error{base::ErrorCode{"device.no-answer"}};
    apply(state, std::move(failed));
    // The command is that of the token in use, which the event itself does not name.
    REQUIRE(state.notice);
    apply(state, channel::TokensSeen{});
    CHECK_FALSE(state.notice);
}

// ---- the code of the proof ----

TEST_CASE("with less than five seconds left the next code is waited for on the page that says proven") {
    AppState state = at_pin();
    at(state, 26'000);
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    channel::SlotProven event;
    event.id = command.id;
    event.slot = {command.slot, otp::SlotState::proven, command.name, command.parameters};
    event.code = base::SecretText::copy_of("123456");
    event.valid_until = {(start_unix + 30) * 1000};
    event.secret = std::move(command.secret);
    apply(state, std::move(event));
    CHECK_FALSE(state.shown);
    CHECK_FALSE(state.clipboard);
    REQUIRE(state.awaited);
    SECTION("it comes by itself") {
        at(state, 30'000);
        CHECK(take_command<channel::GetCode>(state).slot == command.slot);
    }
    SECTION("a click takes the current one") {
        apply(state, CopyCode{command.slot});
        CHECK(take_command<channel::GetCode>(state).slot == command.slot);
    }
}

TEST_CASE("a code on the clipboard that has expired is exchanged for the next, or goes where that is not possible") {
    AppState state = at_pin();
    write_and_prove(state);
    REQUIRE(state.clipboard);
    state.outbox.effects.clear();
    at(state, 29'999);
    CHECK_FALSE(has_command(state));
    SECTION("exchanged") {
        at(state, 30'000);
        const auto get = take_command<channel::GetCode>(state);
        channel::CodeRead read;
        read.id = get.id;
        read.slot = *find_slot(state, get.slot);
        read.code = base::SecretText::copy_of("654321");
        read.valid_from = {(start_unix + 30) * 1000};
        read.valid_until = {(start_unix + 60) * 1000};
        apply(state, std::move(read));
        REQUIRE(state.outbox.effects.size() == 1);
        CHECK(std::get<ExchangeClipboardIfOurs>(state.outbox.effects.front()).text.view() == "654321");
        REQUIRE(state.shown);  // the person is still busy with this account
        CHECK(state.shown->code.view() == "654321");
        at(state, 45'000);  // the loan's time is that of the copy
        CHECK_FALSE(state.clipboard);
    }
    SECTION("the token is gone") {
        apply(state, channel::TokenLost{"a"});
        at(state, 30'000);
        CHECK_FALSE(state.clipboard);
        CHECK(std::holds_alternative<ClearClipboardIfOurs>(state.outbox.effects.front()));
        REQUIRE(state.notice);
        CHECK(state.notice->text_key == "notice.code-expired");
    }
    SECTION("the token does not answer") {
        at(state, 30'000);
        channel::CommandFailed failed;
        failed.id = take_command<channel::GetCode>(state).id;
        failed.error = base::Error{base::ErrorCode{"device.no-answer"}};
        apply(state, std::move(failed));
        CHECK_FALSE(state.clipboard);
    }
    SECTION("the person stopped the clock") {
        apply(state, KeepClipboard{});
        at(state, 30'000);
        CHECK_FALSE(has_command(state));
        CHECK(state.clipboard);
        CHECK(loan_expired(state));
    }
}
