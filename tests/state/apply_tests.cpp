// Tokens, codes, clipboard and time, without a window.
#include "base/errors.hpp"
#include "state/fixtures.hpp"
#include "support/catch.hpp"

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

namespace {

// The code of a slot, as the device thread would give it.
void answer_code(AppState& state, const otp::SlotId& slot, const char* code) {
    const auto command = take_command<channel::GetCode>(state);
    CHECK(command.slot == slot);
    const bool timed = std::get<otp::NumberedSlot>(slot).kind == otp::OtpKind::totp;
    channel::CodeRead reply;
    reply.id = command.id;
    reply.slot = *find_slot(state, slot);
    reply.code = base::SecretText::copy_of(code);
    if (timed) {
        reply.valid_from = {start_unix * 1000};
        reply.valid_until = {(start_unix + 30) * 1000};
    }
    apply(state, std::move(reply));
}

std::size_t clears(const AppState& state) {
    std::size_t n = 0;
    for (const auto& effect : state.outbox.effects) n += std::holds_alternative<ClearClipboardIfOurs>(effect) ? 1U : 0U;
    return n;
}

}  // namespace

TEST_CASE("the first openable token is opened by itself and its slots are shown") {
    AppState state = fresh();
    CHECK(std::string(screen_name(state)) == "start");
    auto locked = info("locked");
    locked.access = channel::TokenAccess::no_permission;
    apply(state, channel::TokensSeen{{locked, info("a")}});
    const auto open = take_command<channel::OpenToken>(state);
    CHECK(open.key == "a");
    CHECK(state.opening == "a");
    apply(state, channel::TokenOpened{open.id, status("a"), empty_slots()});
    CHECK(std::string(screen_name(state)) == "slots");
    CHECK_FALSE(state.opening);
    CHECK(state.pending.empty());
}

TEST_CASE("a token that may not be opened is listed and left alone") {
    AppState state = fresh();
    auto locked = info("locked");
    locked.access = channel::TokenAccess::no_permission;
    apply(state, channel::TokensSeen{{locked}});
    CHECK_NOTHROW(take_command<channel::Examine>(state));  // it is only looked for the reason
    CHECK_FALSE(has_command(state));
    CHECK(state.tokens.size() == 1);
    CHECK(std::string(screen_name(state)) == "start");
}

TEST_CASE("a token that could not be opened is not tried again until it was unplugged or the user asks") {
    AppState state = fresh();
    apply(state, channel::TokensSeen{{info("a")}});
    const auto open = take_command<channel::OpenToken>(state);
    channel::CommandFailed failure;
    failure.id = open.id;
    failure.error.code = {"wire.claimed"};
    apply(state, std::move(failure));
    REQUIRE(state.open_error);
    apply(state, channel::TokensSeen{{info("a"), info("x")}});
    CHECK(take_command<channel::OpenToken>(state).key == "x");
    apply(state, ChooseToken{"a"});
    CHECK(take_command<channel::OpenToken>(state).key == "a");
}

TEST_CASE("unplugging goes back to the start page, plugging another in opens that one") {
    AppState state = with_token(some_slots());
    apply(state, channel::TokensSeen{});
    apply(state, channel::TokenLost{"a"});
    CHECK(std::string(screen_name(state)) == "start");
    CHECK_FALSE(state.active);
    apply(state, channel::TokensSeen{{info("b")}});
    CHECK(take_command<channel::OpenToken>(state).key == "b");
}

TEST_CASE("that a token was unplugged is no longer said once it is back") {
    AppState state = with_token(some_slots());
    const channel::TokenInfo back = state.active->status.info;
    apply(state, channel::TokensSeen{});
    apply(state, channel::TokenLost{"a"});
    REQUIRE(state.notice);
    CHECK(state.notice->text_key == "notice.token-unplugged");
    apply(state, channel::TokensSeen{{back}});
    CHECK_FALSE(state.notice);
}

TEST_CASE("a simulated token plugged in beside another on the page with the settings is told, and where it is chosen") {
    AppState state = with_token(some_slots());
    apply(state, GoTo{Screen::settings});
    channel::TokenInfo other = info("b");
    other.simulated = true;
    apply(state, channel::TokensSeen{{state.active->status.info, other}});
    REQUIRE(state.notice);
    CHECK(state.notice->text_key == "notice.simulated-plugged");
    CHECK(state.notice->subject == other.title);
}

TEST_CASE("a second token that is plugged in does not take the first one's place") {
    AppState state = with_token();
    apply(state, channel::TokensSeen{{info("a"), info("b")}});
    CHECK_FALSE(has_command(state));
    CHECK(state.active->status.info.key == "a");
}

TEST_CASE("a click reads the code once, shows it and lends it to the clipboard") {
    AppState state = with_token(some_slots());
    apply(state, CopyCode{totp1});
    apply(state, CopyCode{totp1});  // an impatient second click
    answer_code(state, totp1, "755224");
    CHECK_FALSE(has_command(state));
    REQUIRE(state.shown);
    CHECK(state.shown->code.view() == "755224");
    REQUIRE(state.outbox.effects.size() == 1);
    CHECK(std::get<PutOnClipboard>(state.outbox.effects.front()).text.view() == "755224");
    CHECK(state.clipboard);
}

TEST_CASE("a clipboard manager that brings a code back is named, with what it can do about it") {
    struct Expected {
        const char* program;
        const char* subject;
        const char* text_key;
    };
    for (const Expected& one : {Expected{"copyq", "CopyQ", "notice.code-back-copyq"},
                                {"Parcellite", "Parcellite", "notice.code-back-history"},
                                {"Xfce4-clipman", "Clipman", "notice.code-back-history"},
                                {"Diodon", "Diodon", "notice.code-back"},
                                {"", "", "notice.code-back-unnamed"}}) {
        AppState state = fresh();
        apply(state, CodeCameBack{one.program});
        REQUIRE(state.notice);
        CHECK(state.notice->kind == Notice::Kind::problem);
        CHECK(state.notice->subject == one.subject);
        CHECK(state.notice->text_key == one.text_key);
    }
}

TEST_CASE("a HOTP code on display is copied again without using up the next one") {
    AppState state = with_token(some_slots());
    apply(state, CopyCode{hotp1});
    answer_code(state, hotp1, "755224");
    at(state, 29'000);
    apply(state, CopyCode{hotp1});
    CHECK_FALSE(has_command(state));
    CHECK(state.outbox.effects.size() == 2);
    at(state, 30'000);  // taken off the screen: the next click means the next code
    CHECK_FALSE(state.shown);
    apply(state, CopyCode{hotp1});
    CHECK(has_command(state));
}

TEST_CASE("an empty slot gives no code") {
    AppState state = with_token();
    apply(state, CopyCode{totp1});
    CHECK_FALSE(has_command(state));
}

TEST_CASE("a TOTP code leaves the screen when its step ends") {
    AppState state = with_token(some_slots());
    apply(state, CopyCode{totp1});
    answer_code(state, totp1, "755224");
    at(state, 29'999);
    CHECK(state.shown);
    at(state, 30'000);
    CHECK_FALSE(state.shown);
}

TEST_CASE("the clipboard's loan ends after 45 seconds, once, and at the end of the program") {
    AppState state = with_token(some_slots());
    apply(state, CopyCode{totp1});
    answer_code(state, totp1, "755224");
    at(state, 44'999);
    CHECK(clears(state) == 0);
    at(state, 45'000);
    CHECK(clears(state) == 1);
    at(state, 90'000);
    CHECK(clears(state) == 1);

    AppState quitting = with_token(some_slots());
    apply(quitting, CopyCode{totp1});
    answer_code(quitting, totp1, "755224");
    shut_down(quitting);
    CHECK(clears(quitting) == 1);
    CHECK_FALSE(quitting.shown);
}

TEST_CASE("PIN-protected codes ask for the user PIN and send it once") {
    AppState state = with_token(some_slots());
    apply(state, CopyCode{totp1});
    apply(state, missing_user_pin(take_command<channel::GetCode>(state).id));
    REQUIRE(state.user_pin);
    apply(state, SubmitUserPin{base::SecretText::copy_of("123456")});
    apply(state, SubmitUserPin{base::SecretText::copy_of("123456")});
    const auto command = take_command<channel::GetCode>(state);
    CHECK(command.user_pin.size() == 6);
    CHECK_FALSE(has_command(state));
    apply(state, wrong_pin(command.id, channel::PinKind::user, 2));
    REQUIRE(state.user_pin);
    CHECK(state.user_pin->error);
    CHECK_FALSE(state.user_pin->busy);
    CHECK(state.active->status.user_tries == 2);
    CHECK_FALSE(has_command(state));
}

TEST_CASE("a refused time is asked about before the token's clock is set back") {
    AppState state = with_token(some_slots());
    apply(state, CopyCode{totp1});
    apply(state, time_refused(take_command<channel::GetCode>(state).id));
    REQUIRE(state.time);
    apply(state, AgreeToSetTimeBack{});
    CHECK(take_command<channel::GetCode>(state).set_time_back);
    CHECK_FALSE(state.time);
}

TEST_CASE("a slot is removed only after the admin PIN, and a wrong one leaves the dialogue open") {
    AppState state = with_token(some_slots());
    apply(state, AskRemove{totp1});
    CHECK_FALSE(has_command(state));
    apply(state, SubmitRemove{base::SecretText::copy_of("00000000")});
    const auto first = take_command<channel::EraseSlot>(state);
    apply(state, wrong_pin(first.id, channel::PinKind::admin, 2));
    REQUIRE(state.remove);
    CHECK(state.remove->error);
    apply(state, SubmitRemove{base::SecretText::copy_of("12345678")});
    const auto second = take_command<channel::EraseSlot>(state);
    apply(state, channel::SlotErased{second.id, {totp1, otp::SlotState::empty, {}, {}}});
    CHECK_FALSE(state.remove);
    CHECK_FALSE(otp::occupied(*find_slot(state, totp1)));
    REQUIRE(state.notice);
    CHECK(state.notice->subject == "github");
}

TEST_CASE("nothing changes by itself on a window with nothing on display") {
    AppState state = with_token(some_slots());
    CHECK_FALSE(time_to_next_change(state));
    apply(state, CopyCode{totp1});
    answer_code(state, totp1, "755224");
    const auto wait = time_to_next_change(state);
    REQUIRE(wait);
    CHECK(wait->count() == 1000);
    at(state, 400);
    CHECK(time_to_next_change(state)->count() == 600);
    at(state, 45'000);
    CHECK_FALSE(time_to_next_change(state));
}

TEST_CASE("the diagnostics keep the last exchanges and count what went wrong") {
    AppState state = with_token();
    channel::ExchangesLogged log;
    for (int i = 0; i < 300; ++i) log.records.push_back({"READ_SLOT", "ok", false, base::Microseconds{1500}, 1, 0, {}});
    log.records.push_back({"READ_SLOT", "device.no-answer", true, base::Microseconds{2'000'000}, 40, 3, {}});
    log.records.push_back({"FIRST_AUTHENTICATE", "wrong PIN", false, base::Microseconds{90'000}, 9, 0, {}});
    log.records.push_back({"READ_SLOT", "slot not programmed", false, base::Microseconds{1500}, 1, 0, {}});
    apply(state, std::move(log));
    CHECK(state.diagnostics.exchanges.size() == Diagnostics::kept);
    CHECK(state.diagnostics.total == 303);
    CHECK(state.diagnostics.transport_errors == 1);
    CHECK(state.diagnostics.foreign_replies == 3);
    CHECK(state.diagnostics.refusals == 1);
}

TEST_CASE("the simulated token is attached once per click and its commands end") {
    AppState state = fresh();
    state.settings.simulated_file = "/tmp/x";
    apply(state, StartSimulated{});
    apply(state, StartSimulated{});
    const auto command = take_command<channel::AttachSimulated>(state);
    CHECK(command.file == "/tmp/x");
    CHECK_FALSE(has_command(state));
    apply(state, channel::Done{command.id});
    CHECK(state.pending.empty());
}

TEST_CASE("Problems of the settings file are kept for the settings page, and a notice points to it") {
    AppState state = fresh();
    apply(state, SettingsFileRead{});
    CHECK_FALSE(state.notice);
    CHECK_FALSE(state.settings_problems.any());

    SettingsProblems problems;
    problems.lines = {{SettingsProblem::Kind::not_a_setting, 4, {}, "junk", {}, {}}};
    apply(state, SettingsFileRead{problems});
    REQUIRE(state.notice);
    CHECK(state.notice->text_key == "notice.settings-lines");
    CHECK(state.notice->subject == "1");

    problems.more = 2;
    apply(state, SettingsFileRead{problems});
    REQUIRE(state.notice);
    CHECK(state.notice->text_key == "notice.settings-lines");
    CHECK(state.notice->subject == "3");
    apply(state, DismissNotice{});
    CHECK(state.settings_problems.lines == problems.lines);

    problems = {};
    problems.file = base::Error{base::errors::file_not_regular};
    apply(state, SettingsFileRead{problems});
    REQUIRE(state.notice);
    REQUIRE(state.notice->error);
    CHECK(state.notice->error->code == base::errors::file_not_regular);
}

TEST_CASE("A change that could not be kept in the settings file is told") {
    AppState state = fresh();
    apply(state, SettingsNotKept{base::Error{base::errors::file_changing}});
    REQUIRE(state.notice);
    REQUIRE(state.notice->error);
    CHECK(state.notice->kind == Notice::Kind::problem);
}
