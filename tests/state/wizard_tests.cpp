// The wizard without a window: every way through it, and above all where the secret is.
#include "state/fixtures.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

TEST_CASE("a dropped picture goes to the crypto thread and comes back as a review with the first free slot") {
    AppState state = with_token();
    apply(state, ReadFile{"/home/x/qr.png"});
    CHECK(std::string(screen_name(state)) == "wizard:input");
    CHECK(state.wizard->in<ReadingStep>()->file == "qr.png");
    const auto request = take_request<channel::ReadAccountsInImage>(state);
    CHECK(request.path == "/home/x/qr.png");
    apply(state, one_account(request.id, enrolment()));
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(state.wizard->account().name == "github:me");
    REQUIRE(state.wizard->account().slot);
    CHECK(otp::text(*state.wizard->account().slot) == "totp:1");
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("a picture's own bytes and a text that are dropped are read as a file is") {
    AppState state = with_token();
    const std::vector<std::uint8_t> content{1, 2, 3};
    apply(state, ReadPicture{base::SecretBytes::copy_of(content)});
    CHECK(state.wizard->in<ReadingStep>()->from == ReadingFrom::picture);
    const auto request = take_request<channel::ReadAccountsInPicture>(state);
    CHECK(std::ranges::equal(request.picture.bytes(), content));
    apply(state, one_account(request.id, enrolment()));
    CHECK(std::string(screen_name(state)) == "wizard:review");
    // What waits is not replaced by the next one.
    apply(state, ReadPicture{base::SecretBytes::copy_of(content)});
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(state.outbox.crypto.empty());
    CHECK(state.notice.has_value());
}

TEST_CASE("a drop that cannot be taken is told where the other ways are, and elsewhere as a notice") {
    AppState state = with_token();
    apply(state, DropFailed{base::Error{{"app.drop-web-address"}}});
    CHECK(std::string(screen_name(state)) == "wizard:input");
    REQUIRE(state.wizard->in<InputStep>()->error);
    CHECK(state.wizard->in<InputStep>()->error->code.name == "app.drop-web-address");

    apply(state, ReadFile{"/home/x/qr.png"});
    apply(state, one_account(take_request<channel::ReadAccountsInImage>(state).id, enrolment()));
    apply(state, DropFailed{base::Error{{"app.drop-web-address"}}});
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(state.notice.has_value());
}

TEST_CASE("a picture that cannot be read leaves the wizard at its input with the reason") {
    AppState state = with_token();
    apply(state, ReadFile{"/home/x/cat.png"});
    const auto request = take_request<channel::ReadAccountsInImage>(state);
    apply(state, channel::RequestFailed{request.id, base::Error{{"qr.no-code"}}});
    CHECK(std::string(screen_name(state)) == "wizard:input");
    REQUIRE(state.wizard->in<InputStep>()->error);
    CHECK(state.wizard->in<InputStep>()->error->code.name == "qr.no-code");
}

TEST_CASE("what was said of a typed text still holds when nothing came of reading it") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, ExplainTyped{base::SecretText::copy_of("JBSW0")});
    const auto asked = take_request<channel::ExplainText>(state);
    channel::TextExplained explained;
    explained.id = asked.id;
    explained.kind = channel::TextKind::base32_secret;
    explained.items.resize(1);
    apply(state, std::move(explained));
    apply(state, PasteText{base::SecretText::copy_of("JBSW0")});
    const auto request = take_request<channel::ReadAccountsInText>(state);
    apply(state, channel::RequestFailed{request.id, base::Error{{"otp.secret-character"}}});
    CHECK(std::string(screen_name(state)) == "wizard:input");
    REQUIRE(state.wizard->in<InputStep>()->error);
    CHECK(state.wizard->in<InputStep>()->typed.explained.items.size() == 1);
}

TEST_CASE("the answer to a picture that was replaced by another one is not taken") {
    AppState state = with_token();
    apply(state, ReadFile{"/first.png"});
    const auto first = take_request<channel::ReadAccountsInImage>(state);
    apply(state, ReadFile{"/second.png"});
    const auto second = take_request<channel::ReadAccountsInImage>(state);
    apply(state, one_account(first.id, enrolment()));
    CHECK(step_of(*state.wizard) == WizardStep::reading);
    apply(state, one_account(second.id, enrolment()));
    CHECK(step_of(*state.wizard) == WizardStep::review);
}

TEST_CASE("the slot that the user clicked is the one that is suggested") {
    AppState state = with_token();
    apply(state, StartWizard{otp::NumberedSlot{otp::OtpKind::totp, 7}});
    apply(state, PasteText{base::SecretText::copy_of("x")});
    const auto request = take_request<channel::ReadAccountsInText>(state);
    apply(state, one_account(request.id, enrolment(), channel::EnrolmentSource::uri));
    CHECK(otp::text(*state.wizard->account().slot) == "totp:7");
}

TEST_CASE("a used slot is not written before the user has agreed to overwrite it") {
    auto slots = empty_slots();
    slots[3].state = otp::SlotState::programmed;
    slots[3].name = "bank";
    AppState state = at_review(slots);
    CHECK(otp::text(*state.wizard->account().slot) == "totp:2");
    apply(state, ChooseSlot{otp::NumberedSlot{otp::OtpKind::totp, 1}});
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, ContinueToPin{});
    CHECK(step_of(*state.wizard) == WizardStep::review);
    apply(state, ConfirmOverwrite{true});
    CHECK(wizard_ready_for_pin(state));
    // Agreeing holds for the slot it was given for, not for the next one.
    apply(state, ChooseSlot{otp::NumberedSlot{otp::OtpKind::totp, 2}});
    apply(state, ChooseSlot{otp::NumberedSlot{otp::OtpKind::totp, 1}});
    CHECK_FALSE(wizard_ready_for_pin(state));
}

TEST_CASE("with all slots used none is suggested") {
    auto slots = empty_slots();
    for (auto& slot : slots) slot.state = otp::SlotState::programmed;
    AppState state = at_review(slots);
    CHECK_FALSE(state.wizard->account().slot);
    CHECK_FALSE(wizard_ready_for_pin(state));
}

TEST_CASE("what the token cannot hold is named before a PIN is asked for") {
    AppState state = at_review();
    apply(state, EditName{"sixteen bytes ok"});
    REQUIRE_FALSE(state.wizard->account().problems.empty());
    CHECK(state.wizard->account().problems.front().error.code == otp::errors::name_too_long);
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, EditName{"fifteen bytes!!"});
    CHECK(state.wizard->account().problems.empty());
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("submitting the PIN moves secret and PIN to the device thread; main keeps neither") {
    AppState state = at_pin();
    CHECK(std::string(screen_name(state)) == "wizard:pin");
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    CHECK(std::string(screen_name(state)) == "wizard:writing");
    CHECK(state.wizard->account().enrolment.secret.empty());
    const auto command = take_command<channel::WriteSlot>(state);
    CHECK(command.token == "a");
    CHECK(otp::text(command.slot) == "totp:1");
    CHECK(command.name == "github:me");
    CHECK(command.secret.size() == 20);
    CHECK(command.admin_pin.size() == 8);
    // A second submit sends nothing: one PIN typed is one PIN sent.
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    CHECK_FALSE(has_command(state));
}

TEST_CASE("proven shows the code, lends it to the clipboard and marks the slot") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    const auto command = take_command<channel::WriteSlot>(state);
    apply(state, channel::WriteProgress{command.id, channel::WriteStep::proving});
    CHECK(state.wizard->in<WritingStep>()->progress == channel::WriteStep::proving);
    otp::SlotSummary slot{command.slot, otp::SlotState::proven, "github:me", {}};
    apply(state,
          channel::SlotProven{
              command.id, slot, base::SecretText::copy_of("123456"), {start_unix * 1000}, {(start_unix + 30) * 1000}});
    CHECK(std::string(screen_name(state)) == "wizard:proven");
    REQUIRE(state.shown);
    CHECK(state.shown->code.view() == "123456");
    REQUIRE(state.outbox.effects.size() == 1);
    CHECK(std::get<PutOnClipboard>(state.outbox.effects.front()).text.view() == "123456");
    CHECK(find_slot(state, command.slot)->state == otp::SlotState::proven);
    CHECK(state.pending.empty());
    apply(state, CloseWizard{});
    CHECK(std::string(screen_name(state)) == "slots");
    CHECK_FALSE(state.wizard);
}

TEST_CASE("a wrong PIN is asked for again with the tries that are left, and the account is still there") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("00000000"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    auto failure = wrong_pin(command.id, channel::PinKind::admin, 2);
    failure.secret = std::move(command.secret);
    apply(state, std::move(failure));
    CHECK(std::string(screen_name(state)) == "wizard:pin");
    REQUIRE(state.wizard->in<PinStep>()->error);
    CHECK(state.active->status.admin_tries == 2);
    CHECK(state.wizard->account().enrolment.secret.size() == 20);
    CHECK_FALSE(has_command(state));  // nothing is sent again by itself
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    CHECK(take_command<channel::WriteSlot>(state).secret.size() == 20);
}

TEST_CASE("a PIN that got blocked ends in failure, not in another question") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("00000000"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    channel::CommandFailed failure;
    failure.id = command.id;
    failure.pin = {.pin = channel::PinKind::admin, .kind = channel::PinProblem::Kind::none_left, .tries_left = 0};
    apply(state, std::move(failure));
    CHECK(std::string(screen_name(state)) == "wizard:failed");
}

TEST_CASE("a write that broke off marks the slot unsure, keeps the account and can be tried again") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    channel::CommandFailed failure;
    failure.id = command.id;
    failure.error.code = {"device.write-broke-off"};
    failure.slot = otp::SlotSummary{command.slot, otp::SlotState::unsure, "github:me", {}};
    failure.secret = std::move(command.secret);
    apply(state, std::move(failure));
    CHECK(std::string(screen_name(state)) == "wizard:failed");
    CHECK(state.wizard->in<FailedStep>()->slot_is_unsure);
    CHECK(find_slot(state, command.slot)->state == otp::SlotState::unsure);
    apply(state, TryAgain{});
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(state.wizard->account().enrolment.secret.size() == 20);
    CHECK_FALSE(wizard_ready_for_pin(state));  // the unsure slot may hold an account: overwriting has to be agreed to
    apply(state, ConfirmOverwrite{true});
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("a write is never sent to another token than the one that was reviewed") {
    AppState state = at_pin();
    apply(state, channel::TokenLost{"a"});
    CHECK(step_of(*state.wizard) == WizardStep::review);
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    CHECK_FALSE(has_command(state));
    apply(state, channel::TokensSeen{{info("b")}});
    const auto open = take_command<channel::OpenToken>(state);
    apply(state, channel::TokenOpened{open.id, status("b"), empty_slots()});
    CHECK(step_of(*state.wizard) == WizardStep::review);  // the user sees the other token before any PIN
    CHECK(state.wizard->account().enrolment.secret.size() == 20);
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("while the token is written to, the wizard cannot be left and no picture is taken") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    (void)take_command<channel::WriteSlot>(state);
    apply(state, CancelWizard{});
    apply(state, GoTo{Screen::diagnostics});
    apply(state, ChooseToken{"b"});
    apply(state, ReadFile{"/other.png"});
    CHECK(std::string(screen_name(state)) == "wizard:writing");
    CHECK_FALSE(has_command(state));
    CHECK(state.outbox.crypto.empty());
    REQUIRE(state.notice);
}

TEST_CASE("an unplugged token during the write ends in failure once the device thread has said so") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    channel::CommandFailed failure;
    failure.id = command.id;
    failure.error.code = {"wire.unplugged"};
    failure.secret = std::move(command.secret);
    apply(state, std::move(failure));
    apply(state, channel::TokenLost{"a"});
    CHECK(std::string(screen_name(state)) == "wizard:failed");
    CHECK_FALSE(state.active);
    apply(state, TryAgain{});
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(state.wizard->account().enrolment.secret.size() == 20);
}

TEST_CASE("a slot that a broken-off write left unsure is offered again when the same token is back") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    channel::CommandFailed failure;
    failure.id = command.id;
    failure.error.code = {"device.write-broke-off"};
    failure.slot = otp::SlotSummary{command.slot, otp::SlotState::unsure, "github:me", {}};
    failure.secret = std::move(command.secret);
    apply(state, std::move(failure));
    apply(state, channel::TokenLost{"a"});
    apply(state, TryAgain{});  // before the token is plugged in again
    CHECK_FALSE(wizard_ready_for_pin(state));
    auto slots = empty_slots();
    slots[3].state = otp::SlotState::unsure;
    const bool same_card = GENERATE(true, false);
    apply(state, channel::TokensSeen{{info("a2")}});
    const auto open = take_command<channel::OpenToken>(state);
    auto token = status("a2");
    if (!same_card) token.card_serial = "00000001";
    apply(state, channel::TokenOpened{open.id, token, slots});
    REQUIRE(state.wizard->account().slot);
    CHECK(otp::text(*state.wizard->account().slot) == (same_card ? "totp:1" : "totp:2"));
    CHECK(wizard_ready_for_pin(state) == !same_card);
}

TEST_CASE("a picture dropped after another account was proven is offered a free slot, not that account's") {
    AppState state = at_pin();
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    const auto command = take_command<channel::WriteSlot>(state);
    otp::SlotSummary slot{command.slot, otp::SlotState::proven, "github:me", {}};
    apply(state, channel::SlotProven{command.id, slot, base::SecretText::copy_of("123456"), {}, {}});
    apply(state, ReadFile{"/second.png"});
    const auto request = take_request<channel::ReadAccountsInImage>(state);
    apply(state, one_account(request.id, enrolment()));
    REQUIRE(state.wizard->account().slot);
    CHECK(otp::text(*state.wizard->account().slot) == "totp:2");
}

TEST_CASE("leaving the wizard wipes the account") {
    AppState state = at_review();
    apply(state, CancelWizard{});
    CHECK_FALSE(state.wizard);
    CHECK(std::string(screen_name(state)) == "slots");
}

TEST_CASE("going to another page keeps the account that was read; it is shown as waiting and reviewed when asked for") {
    AppState state = at_review();
    apply(state, GoTo{Screen::settings});
    CHECK(std::string(screen_name(state)) == "settings");
    CHECK(wizard_holds_accounts(state));
    CHECK(waiting_account(state) == state.wizard->account().name);
    SECTION("asked for") {
        apply(state, StartWizard{});
        CHECK(std::string(screen_name(state)) == "wizard:review");
        CHECK_FALSE(state.wizard->account().enrolment.secret.empty());
    }
    SECTION("the token is pulled meanwhile") {
        apply(state, channel::TokenLost{state.active->status.info.key});
        CHECK(wizard_holds_accounts(state));
    }
    SECTION("a second account does not take its place") {
        const std::string first = state.wizard->account().name;
        SECTION("by a drop") {
            apply(state, ReadFile{"/second.png"});
        }
        SECTION("by text") {
            apply(state, PasteText{base::SecretText::copy_of("JBSWY3DPEHPK3PXP")});
        }
        SECTION("by the clipboard") {
            apply(state, PictureFromClipboard{});
        }
        SECTION("by the screen") {
            apply(state, PictureOfScreen{});
        }
        CHECK(state.outbox.crypto.empty());
        CHECK(state.outbox.effects.empty());
        CHECK(std::string(screen_name(state)) == "wizard:review");
        CHECK(state.wizard->account().name == first);
        REQUIRE((state.notice && state.notice->error));
        CHECK(state.notice->error->code.name == "state.account-waiting");
        CHECK(state.notice->error->subject == first);
    }
    SECTION("it is given up by Cancel") {
        apply(state, StartWizard{});
        apply(state, CancelWizard{});
        CHECK_FALSE(wizard_holds_accounts(state));
    }
}

TEST_CASE("the window is closed at once unless an account waits; then it is asked, and a second time closes it") {
    AppState state = fresh();
    apply(state, AskToClose{});
    CHECK(state.may_close);
    state = at_review();
    apply(state, GoTo{Screen::settings});
    apply(state, AskToClose{});
    CHECK_FALSE(state.may_close);
    REQUIRE(state.closing);
    SECTION("stay") {
        apply(state, StayOpen{});
        CHECK_FALSE(state.may_close);
        CHECK_FALSE(state.closing);
        CHECK(std::string(screen_name(state)) == "wizard:review");
    }
    SECTION("close") {
        apply(state, AskToClose{true});
        CHECK(state.may_close);
    }
    SECTION("the title bar's button again") {
        apply(state, AskToClose{});
        CHECK(state.may_close);
    }
}

TEST_CASE("a PIN page that is left is gone, its account waits") {
    AppState state = at_pin();
    apply(state, GoTo{Screen::diagnostics});
    CHECK(step_of(*state.wizard) == WizardStep::review);
    CHECK(wizard_holds_accounts(state));
}

TEST_CASE("an account can be read before a token is there and is reviewed when one comes") {
    AppState state = fresh();
    apply(state, channel::TokensSeen{});
    apply(state, ReadFile{"/qr.png"});
    const auto request = take_request<channel::ReadAccountsInImage>(state);
    apply(state, one_account(request.id, enrolment()));
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, channel::TokensSeen{{info("a")}});
    const auto open = take_command<channel::OpenToken>(state);
    apply(state, channel::TokenOpened{open.id, status("a"), empty_slots()});
    CHECK(std::string(screen_name(state)) == "wizard:review");
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("only a bare secret's parameters can be edited, and a change of kind changes the slot") {
    AppState state = with_token();
    apply(state, PasteText{base::SecretText::copy_of("x")});
    const auto request = take_request<channel::ReadAccountsInText>(state);
    apply(state, one_account(request.id, enrolment(), channel::EnrolmentSource::bare_secret));
    otp::OtpParameters hotp;
    hotp.kind = otp::OtpKind::hotp;
    hotp.counter = 5;
    apply(state, EditParameters{hotp});
    CHECK(otp::text(*state.wizard->account().slot) == "hotp:1");
    CHECK(state.wizard->account().enrolment.parameters == hotp);

    AppState uri = at_review();
    apply(uri, EditParameters{hotp});
    CHECK(uri.wizard->account().enrolment.parameters.kind == otp::OtpKind::totp);
}

TEST_CASE("a typed path is a folder to list or a picture to read") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, OpenBrowser{});
    const auto first = take_request<channel::ListFolder>(state);
    CHECK_FALSE(first.typed);
    apply(state, channel::FolderListed{first.id, "/home/x"});
    apply(state, OpenTypedPath{});
    CHECK(state.outbox.crypto.empty());
    apply(state, OpenTypedPath{"~/qr.png"});
    const auto typed = take_request<channel::ListFolder>(state);
    CHECK(typed.typed);
    CHECK(typed.path == "~/qr.png");
    channel::FolderListed file{typed.id, "/home/x/qr.png"};
    file.is_file = true;
    apply(state, std::move(file));
    CHECK(take_request<channel::ReadAccountsInImage>(state).path == "/home/x/qr.png");
    CHECK(step_of(*state.wizard) == WizardStep::reading);
}

TEST_CASE("choosing a picture lists folders on the crypto thread") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, OpenBrowser{});
    CHECK(state.wizard->in<InputStep>()->browser.request != 0);
    const auto request = take_request<channel::ListFolder>(state);
    apply(state, channel::FolderListed{request.id, "/home/x", {{"Pictures", true}, {"qr.png", false}}});
    CHECK(state.wizard->in<InputStep>()->browser.request == 0);
    CHECK(state.wizard->in<InputStep>()->browser.entries.size() == 2);
    apply(state, BrowseFolder{"/root"});
    const auto second = take_request<channel::ListFolder>(state);
    apply(state, channel::RequestFailed{second.id, base::Error{{"crypto.file-no-permission"}}});
    REQUIRE(state.wizard->in<InputStep>()->browser.error);
    CHECK(state.wizard->in<InputStep>()->browser.path == "/home/x");  // still where it was
}

// ---- the same account twice, and names ----

namespace {

std::vector<otp::SlotSummary> slots_with(const std::string& name, std::uint8_t number = 2) {
    auto slots = empty_slots();
    for (auto& slot : slots)
        if (slot.id == otp::SlotId(otp::NumberedSlot{otp::OtpKind::totp, number})) {
            slot.state = otp::SlotState::programmed;
            slot.name = name;
        }
    return slots;
}

}  // namespace

TEST_CASE("an account that is on the token already is noticed, and replaced or kept beside the other") {
    AppState state = at_review(slots_with("github:me"));
    const Candidate& one = state.wizard->account();
    REQUIRE(one.same_as);
    CHECK(otp::text(*one.same_as) == "totp:2");
    CHECK_FALSE(wizard_ready_for_pin(state));
    SECTION("replaced") {
        apply(state, ChooseSlot{*one.same_as});
        CHECK_FALSE(one.same_as);
        CHECK_FALSE(wizard_ready_for_pin(state));  // what is there is lost
        apply(state, ConfirmOverwrite{true});
        CHECK(wizard_ready_for_pin(state));
    }
    SECTION("both are kept") {
        apply(state, KeepBoth{});
        CHECK(wizard_ready_for_pin(state));
        CHECK(otp::text(*one.slot) == "totp:1");
    }
    SECTION("the issuer and the account decide, whatever name is typed") {
        apply(state, EditName{"other"});
        CHECK(one.same_as);
    }
}

namespace {

AppState at_long_name(const std::string& account, const std::string& taken) {
    AppState state = with_token(slots_with(taken));
    apply(state, ReadFile{"/home/x/qr.png"});
    auto read = enrolment(otp::OtpKind::totp);
    read.issuer = "GitHub";
    read.account = account;
    apply(state, one_account(take_request<channel::ReadAccountsInImage>(state).id, std::move(read)));
    return state;
}

}  // namespace

TEST_CASE("a name that a token keeps only the start of does not make two accounts one") {
    AppState state = at_long_name("ann.work.address@company.example", "GitHub");
    const Candidate& one = state.wizard->account();
    REQUIRE(one.same_as);
    CHECK_FALSE(one.same_for_certain);
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, KeepBoth{});
    CHECK(one.name == "GitHub:ann.work");
    CHECK(one.shortened_from == "GitHub:ann.work.address@company.example");
    CHECK(wizard_ready_for_pin(state));
    CHECK(otp::text(*one.slot) == "totp:1");
}

TEST_CASE("what is called by issuer and account is the same account for certain") {
    AppState state = at_review(slots_with("github:me"));
    REQUIRE(state.wizard->account().same_as);
    CHECK(state.wizard->account().same_for_certain);
    apply(state, KeepBoth{});
    CHECK(state.wizard->account().name == "github:me");
}

TEST_CASE("accounts of one picture that a token would call the same get names of their own") {
    AppState state = with_token();
    apply(state, ReadFile{"/home/x/qr.png"});
    channel::AccountsRead read =
        one_account(take_request<channel::ReadAccountsInImage>(state).id, enrolment(otp::OtpKind::totp));
    read.accounts[0].enrolment.issuer = "GitHub";
    read.accounts[0].enrolment.account = "ann.private.address@example.org";
    read.accounts.push_back({enrolment(otp::OtpKind::totp), {}});
    read.accounts[1].enrolment.issuer = "GitHub";
    read.accounts[1].enrolment.account = "ann.work.address@company.example";
    apply(state, std::move(read));
    REQUIRE(state.wizard->candidates.size() == 2);
    CHECK(state.wizard->candidates[0].name == "GitHub");
    CHECK(state.wizard->candidates[1].name == "GitHub:ann.work");
    CHECK(accounts_waiting(state) == 2);
}

TEST_CASE("the same name is the same account, until another is typed") {
    AppState state = at_review(slots_with("work"));
    CHECK(wizard_ready_for_pin(state));
    apply(state, EditName{"work"});
    CHECK(state.wizard->account().same_as);
    apply(state, EditName{"work 2"});
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("a suggested name that is shortened for the token says from what, one that was typed stays as it is") {
    AppState state = fresh();
    apply(state, ReadFile{"/home/x/qr.png"});
    auto account = enrolment();
    account.account = "someone@example.org";
    apply(state, one_account(take_request<channel::ReadAccountsInImage>(state).id, std::move(account)));
    const Candidate& one = state.wizard->account();
    CHECK(one.name == "github:someone@example.org");
    CHECK(one.shortened_from.empty());
    std::string expected = "github";
    SECTION("suggested") {}
    SECTION("typed") {
        apply(state, EditName{"my account on github"});
        expected = "my account on github";
    }
    apply(state, channel::TokensSeen{{info("a")}});
    apply(state, channel::TokenOpened{take_command<channel::OpenToken>(state).id, status("a"), empty_slots()});
    CHECK(one.name == expected);
    CHECK(one.shortened_from == (expected == "github" ? "github:someone@example.org" : ""));
    if (expected != "github") CHECK_FALSE(wizard_ready_for_pin(state));  // and that is said
}

// ---- back, and the PIN of a new token ----

TEST_CASE("the way back from the review leads to the text, or lets the account wait for what is read next") {
    AppState state = at_review();
    SECTION("the text is in the box") {
        apply(state, BackToInput{true});
        CHECK(at(state, WizardStep::input));
        CHECK_FALSE(wizard_holds_accounts(state));
    }
    SECTION("it came from a picture") {
        apply(state, BackToInput{false});
        CHECK(at(state, WizardStep::input));
        CHECK(waiting_account(state) == "github:me");
        SECTION("and on again") {
            apply(state, ForwardToReview{});
            CHECK(at(state, WizardStep::review));
            CHECK(wizard_ready_for_pin(state));
        }
        SECTION("another one comes beside it") {
            apply(state, ReadFile{"/home/x/other.png"});
            auto other = enrolment();
            other.account = "you";
            apply(state, one_account(take_request<channel::ReadAccountsInImage>(state).id, std::move(other)));
            CHECK(at(state, WizardStep::choose));
            CHECK(state.wizard->candidates.size() == 2);
        }
    }
}

TEST_CASE("a secret that was made here has no way back: the other side may have it") {
    AppState state = with_token();
    apply(state, StartWizard{});
    apply(state, MakeNewSecret{});
    apply(state, channel::SecretMade{take_request<channel::MakeSecret>(state).id, base::SecretBytes(20)});
    REQUIRE(at(state, WizardStep::review));
    apply(state, BackToInput{true});
    CHECK(at(state, WizardStep::review));
}

TEST_CASE("it is known whether the admin PIN is that of a new token, from what the token took and refused") {
    AppState state = at_pin();
    CHECK_FALSE(factory_pins(state).admin.has_value());
    const auto submit = [&](const char* pin) {
        apply(state, SubmitPin{base::SecretText::copy_of(pin), {}});
        return take_command<channel::WriteSlot>(state);
    };
    const auto wrong = [&](channel::WriteSlot command) {
        auto failed = wrong_pin(command.id, channel::PinKind::admin, 2);
        failed.secret = std::move(command.secret);
        apply(state, std::move(failed));
    };
    const auto taken = [&](channel::WriteSlot command) {
        channel::SlotProven event;
        event.id = command.id;
        event.slot = {command.slot, otp::SlotState::proven, command.name, command.parameters};
        event.secret = std::move(command.secret);
        apply(state, std::move(event));
    };
    SECTION("taken") {
        taken(submit("12345678"));
        CHECK(factory_pins(state).admin == true);
    }
    SECTION("another one taken") {
        taken(submit("87654321"));
        CHECK(factory_pins(state).admin == false);
    }
    SECTION("refused") {
        wrong(submit("12345678"));
        CHECK(factory_pins(state).admin == false);
    }
    SECTION("another one refused tells nothing") {
        wrong(submit("87654321"));
        CHECK_FALSE(factory_pins(state).admin.has_value());
    }
    SECTION("changed here") {
        taken(submit("12345678"));
        apply(state, AskCare{CareAction::admin_pin});
        apply(state, SubmitCare{base::SecretText::copy_of("12345678"), base::SecretText::copy_of("24681357"),
                                base::SecretText::copy_of("24681357")});
        channel::CareDone done;
        done.id = take_command<channel::ChangePin>(state).id;
        done.status = state.active->status;
        done.slots = state.active->slots;
        apply(state, std::move(done));
        CHECK(factory_pins(state).admin == false);
    }
}
