// Care of the token, editing, the user PIN's session, the HOTP guard, several tokens.
#include "state/fixtures.hpp"
#include "support/catch.hpp"

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

namespace {

AppState ready() {
    AppState state = with_token(some_slots());
    state.active->status.abilities.edit = true;
    return state;
}

base::SecretText pin(const char* text) {
    return base::SecretText::copy_of(text);
}

bool same(const base::SecretText& a, const char* b) {
    return base::same(a, pin(b));
}

void answer_hotp(AppState& state, const char* code) {
    const auto command = take_command<channel::GetCode>(state);
    channel::CodeRead reply;
    reply.id = command.id;
    reply.slot = *find_slot(state, hotp1);
    reply.counter = reply.slot.parameters.counter++;
    reply.code = pin(code);
    apply(state, std::move(reply));
}

void answer_totp(AppState& state) {
    const auto command = take_command<channel::GetCode>(state);
    channel::CodeRead reply;
    reply.id = command.id;
    reply.slot = *find_slot(state, totp1);
    reply.code = pin("111111");
    reply.valid_from = {start_unix * 1000};
    reply.valid_until = {(start_unix + 30) * 1000};
    apply(state, std::move(reply));
}

// A protected code whose PIN the token accepted.
AppState with_user_pin_held() {
    AppState state = ready();
    state.active->status.pin_protected_codes = true;
    apply(state, CopyCode{totp1});
    apply(state, missing_user_pin(take_command<channel::GetCode>(state).id));
    apply(state, SubmitUserPin{pin("123456")});
    answer_totp(state);
    return state;
}

void to_pins(AppState& state, CareAction action) {
    apply(state, AskCare{action});
    apply(state, AgreeToCare{true});
    apply(state, ContinueCare{});
}

channel::CareDone care_done(const AppState& state, channel::MessageId id, channel::CareTask task) {
    channel::CareDone event;
    event.id = id;
    event.task = task;
    event.status = state.active->status;
    event.slots = state.active->slots;
    return event;
}

}  // namespace

TEST_CASE("nothing is reset and no key is made before its consequences were agreed to") {
    for (const CareAction action : {CareAction::reset, CareAction::new_key}) {
        AppState state = ready();
        apply(state, AskCare{action});
        apply(state, SubmitCare{pin("12345678"), pin("12345678")});
        apply(state, ContinueCare{});
        CHECK(state.care->step == CareStep::consequences);
        apply(state, SubmitCare{pin("12345678"), pin("12345678")});
        CHECK_FALSE(has_command(state));
        apply(state, AgreeToCare{true});
        apply(state, ContinueCare{});
        apply(state, SubmitCare{pin("12345678"), pin("12345678")});
        CHECK(has_command(state));
    }
}

TEST_CASE("a reset is sent once, for the token it was asked for, with the PIN as it was typed twice") {
    AppState state = ready();
    to_pins(state, CareAction::reset);
    apply(state, SubmitCare{pin("12345678"), pin("12345679"), {}, true});
    apply(state, SubmitCare{pin("12345678"), pin("12345679"), {}, true});
    const auto command = take_command<channel::FactoryReset>(state);
    CHECK(command.token == "a");
    CHECK(same(command.admin_pin, "12345678"));
    CHECK(same(command.admin_pin_again, "12345679"));  // the device compares them
    CHECK(command.last_try);
    CHECK_FALSE(has_command(state));
    apply(state, CloseCare{});
    CHECK(state.care);  // not while the token works
    auto event = care_done(state, command.id, channel::CareTask::factory_reset);
    event.slots = empty_slots();
    event.remarks = {base::Error{base::ErrorCode{"device.reset-kept-clock"}}};
    apply(state, std::move(event));
    REQUIRE(state.care);
    CHECK(state.care->step == CareStep::done);
    CHECK(state.care->remarks.size() == 1);
    CHECK_FALSE(otp::occupied(*find_slot(state, totp1)));
}

TEST_CASE("a PIN is changed with the present one and the new one as typed twice") {
    AppState state = ready();
    apply(state, AskCare{CareAction::user_pin});
    apply(state, SubmitCare{pin("123456"), pin("654321"), pin("654322"), false});
    const auto command = take_command<channel::ChangePin>(state);
    CHECK(command.kind == channel::PinKind::user);
    CHECK(same(command.current_pin, "123456"));
    CHECK(same(command.new_pin, "654321"));
    CHECK(same(command.new_pin_again, "654322"));
    CHECK_FALSE(command.last_try);
    apply(state, wrong_pin(command.id, channel::PinKind::user, 1));
    REQUIRE(state.care);
    CHECK_FALSE(state.care->busy);
    CHECK(state.care->error);
    CHECK(state.active->status.user_tries == 1);
    CHECK_FALSE(has_command(state));  // nothing is tried again by itself
}

TEST_CASE("a blocked user PIN is unblocked with the admin PIN") {
    AppState state = ready();
    apply(state, AskCare{CareAction::unblock});
    apply(state, SubmitCare{pin("12345678"), pin("654321"), pin("654321"), false});
    const auto command = take_command<channel::UnblockUserPin>(state);
    CHECK(same(command.admin_pin, "12345678"));
    CHECK(same(command.new_pin, "654321"));
}

TEST_CASE("PIN protection is turned over and the lock keys are left as they are") {
    AppState state = ready();
    state.active->status.general.numlock = 2;
    apply(state, AskCare{CareAction::pin_protection});
    apply(state, SubmitCare{pin("12345678")});
    const auto command = take_command<channel::WriteConfig>(state);
    CHECK(command.config.pin_protected_codes);
    CHECK(command.config.numlock == 2);
}

TEST_CASE("lock keys cannot be set where the firmware ignores them") {
    AppState state = ready();
    apply(state, AskCare{CareAction::lock_keys});
    CHECK_FALSE(state.care);
    state.active->status.abilities.lock_key_slots = 2;
    apply(state, AskCare{CareAction::lock_keys});
    REQUIRE(state.care);
    channel::GeneralConfig config;
    config.capslock = 1;
    apply(state, ChangeCareConfig{config});
    apply(state, SubmitCare{pin("12345678")});
    CHECK(take_command<channel::WriteConfig>(state).config == config);
}

TEST_CASE("locking takes codes off the screen and the clipboard and forgets the user PIN") {
    AppState state = with_user_pin_held();
    REQUIRE(state.shown);
    REQUIRE(state.active->status.user_pin_held);
    state.outbox.effects.clear();
    apply(state, AskCare{CareAction::lock});
    apply(state, SubmitCare{});
    CHECK_FALSE(state.shown);
    CHECK_FALSE(state.clipboard);
    REQUIRE(state.outbox.effects.size() == 1);
    CHECK(std::holds_alternative<ClearClipboardIfOurs>(state.outbox.effects.front()));
    const auto command = take_command<channel::LockToken>(state);
    apply(state, care_done(state, command.id, channel::CareTask::lock));
    CHECK_FALSE(state.active->status.user_pin_held);
    CHECK_FALSE(state.active->user_pin_accepted_at);
    CHECK(user_pin_needed(state));
}

TEST_CASE("what a broken-off reset left is read anew") {
    AppState state = ready();
    to_pins(state, CareAction::reset);
    apply(state, SubmitCare{pin("12345678"), pin("12345678")});
    auto broken = failure(take_command<channel::FactoryReset>(state).id);
    broken.token_may_have_changed = true;
    apply(state, std::move(broken));
    CHECK(state.care->error);
    CHECK_NOTHROW(take_command<channel::RefreshToken>(state));
}

// ---- the user PIN's session ----

TEST_CASE("the user PIN is forgotten ten minutes after the token accepted it, and asked for again") {
    AppState state = with_user_pin_held();
    CHECK(state.active->status.user_pin_held);
    CHECK_FALSE(user_pin_needed(state));
    at(state, 599'999);
    CHECK_FALSE(has_command(state));
    at(state, 600'000);
    CHECK_NOTHROW(take_command<channel::ForgetPins>(state));
    CHECK(user_pin_needed(state));
    at(state, 1'300'000);
    CHECK_FALSE(has_command(state));  // once
}

TEST_CASE("the window wakes in time to forget the user PIN") {
    AppState state = with_user_pin_held();
    at(state, 60'000);  // code and clipboard are gone
    const auto wait = time_to_next_change(state);
    REQUIRE(wait);
    CHECK(wait->count() == 540'000);
}

TEST_CASE("a shorter time for the user PIN holds at once") {
    AppState state = with_user_pin_held();
    apply(state, SetUserPinTime{std::chrono::minutes{1}});
    at(state, 60'000);
    CHECK_NOTHROW(take_command<channel::ForgetPins>(state));
}

TEST_CASE("a PIN that may have been accepted before the code failed is forgotten in time, too") {
    AppState state = ready();
    state.active->status.pin_protected_codes = true;
    apply(state, CopyCode{totp1});
    apply(state, missing_user_pin(take_command<channel::GetCode>(state).id));
    apply(state, SubmitUserPin{pin("123456")});
    apply(state, failure(take_command<channel::GetCode>(state).id));
    at(state, 600'000);
    CHECK_NOTHROW(take_command<channel::ForgetPins>(state));
}

TEST_CASE("where each PIN is good for one code, none is taken as held") {
    AppState state = ready();
    state.active->status.pin_protected_codes = true;
    state.active->status.abilities.pin_per_command = true;
    apply(state, CopyCode{totp1});
    apply(state, missing_user_pin(take_command<channel::GetCode>(state).id));
    apply(state, SubmitUserPin{pin("123456")});
    answer_totp(state);
    CHECK_FALSE(state.active->status.user_pin_held);
    CHECK(user_pin_needed(state));
}

TEST_CASE("the yes to setting the clock back is not lost when the PIN is asked for again") {
    AppState state = ready();
    apply(state, CopyCode{totp1});
    apply(state, time_refused(take_command<channel::GetCode>(state).id));
    apply(state, AgreeToSetTimeBack{});
    apply(state, missing_user_pin(take_command<channel::GetCode>(state).id));
    REQUIRE(state.user_pin);
    apply(state, SubmitUserPin{pin("123456")});
    CHECK(take_command<channel::GetCode>(state).set_time_back);
}

TEST_CASE("a write that finds the user PIN forgotten asks for it and keeps the account") {
    AppState state = at_pin();
    state.active->status.pin_protected_codes = true;
    state.active->status.user_pin_held = true;
    apply(state, SubmitPin{pin("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    auto refused = missing_user_pin(command.id);
    refused.secret = std::move(command.secret);
    apply(state, std::move(refused));
    REQUIRE(state.wizard);
    CHECK(step_of(*state.wizard) == WizardStep::pin);
    CHECK_FALSE(state.wizard->account().enrolment.secret.empty());
    CHECK(user_pin_needed(state));
}

// ---- the HOTP guard ----

TEST_CASE("a HOTP code of which nobody knows the counter is shown, and that is said") {
    AppState state = ready();
    apply(state, CopyCode{hotp1});
    channel::CodeRead reply;
    reply.id = take_command<channel::GetCode>(state).id;
    reply.slot = *find_slot(state, hotp1);
    reply.slot.parameters.counter += 2;
    reply.code = pin("755224");
    apply(state, std::move(reply));
    REQUIRE(state.shown);
    CHECK(same(state.shown->code, "755224"));
    REQUIRE(state.notice);
    CHECK(state.notice->text_key == "notice.hotp-unsure");
}

TEST_CASE("a second click on a HOTP slot gives the same code, also after another code was shown or it was hidden") {
    AppState state = ready();
    apply(state, CopyCode{hotp1});
    answer_hotp(state, "755224");
    apply(state, CopyCode{totp1});
    answer_totp(state);
    at(state, 20'000);
    apply(state, CopyCode{hotp1});
    CHECK_FALSE(has_command(state));
    REQUIRE(state.shown);
    CHECK(same(state.shown->code, "755224"));
    REQUIRE(state.notice);
    CHECK(state.notice->text_key == "notice.hotp-again");
    apply(state, HideCode{});
    apply(state, CopyCode{hotp1});
    CHECK_FALSE(has_command(state));
    at(state, 30'000);
    apply(state, CopyCode{hotp1});
    CHECK(has_command(state));
}

TEST_CASE("a HOTP code is not given again once its slot was changed or removed") {
    AppState state = ready();
    apply(state, CopyCode{hotp1});
    answer_hotp(state, "755224");
    apply(state, AskEdit{hotp1});
    otp::OtpParameters parameters = find_slot(state, hotp1)->parameters;
    parameters.counter = 40;
    apply(state, ChangeEdit{"door", parameters});
    apply(state, SubmitEdit{pin("12345678"), {}, false});
    const auto command = take_command<channel::EditSlot>(state);
    CHECK(command.seen.parameters.counter == 1);
    CHECK(command.parameters.counter == 40);
    otp::SlotSummary changed = *find_slot(state, hotp1);
    changed.parameters.counter = 40;
    apply(state, channel::SlotEdited{command.id, changed, true});
    CHECK(state.recent_hotp.empty());
    apply(state, CopyCode{hotp1});
    CHECK(has_command(state));
}

// ---- editing ----

TEST_CASE("an edit is sent with what was seen, and its result says whether the code was compared") {
    for (const bool compared : {true, false}) {
        AppState state = ready();
        apply(state, AskEdit{totp1});
        otp::OtpParameters parameters = find_slot(state, totp1)->parameters;
        parameters.period = compared ? 30 : 60;
        apply(state, ChangeEdit{"forge", parameters});
        apply(state, SubmitEdit{pin("12345678"), {}, false});
        apply(state, SubmitEdit{pin("12345678"), {}, false});
        const auto command = take_command<channel::EditSlot>(state);
        CHECK_FALSE(has_command(state));
        CHECK(command.token == "a");
        CHECK(command.seen.name == "github");
        CHECK(command.name == "forge");
        CHECK(command.parameters == parameters);
        otp::SlotSummary changed = command.seen;
        changed.name = "forge";
        apply(state, channel::SlotEdited{command.id, changed, compared});
        CHECK_FALSE(state.edit);
        CHECK(find_slot(state, totp1)->name == "forge");
        CHECK(state.notice->text_key == (compared ? "notice.slot-edited" : "notice.slot-edited-unproven"));
    }
}

TEST_CASE("an edit that changes nothing or does not fit the token is not sent") {
    AppState state = ready();
    apply(state, AskEdit{totp1});
    apply(state, SubmitEdit{pin("12345678"), {}, false});
    CHECK_FALSE(has_command(state));
    apply(state, ChangeEdit{"a name that is too long", find_slot(state, totp1)->parameters});
    CHECK_FALSE(state.edit->problems.empty());
    apply(state, SubmitEdit{pin("12345678"), {}, false});
    CHECK_FALSE(has_command(state));
}

TEST_CASE("a slot is not edited where its secret could be lost or is not to be trusted") {
    AppState state = ready();
    state.active->slots[3].state = otp::SlotState::unsure;
    apply(state, AskEdit{totp1});
    CHECK_FALSE(state.edit);
    state.active->slots[3].state = otp::SlotState::programmed;
    state.active->status.abilities.edit = false;
    apply(state, AskEdit{totp1});
    CHECK_FALSE(state.edit);
}

TEST_CASE("an edit that broke off is over: the slot is shown as it is now known and cannot be sent again") {
    AppState state = ready();
    apply(state, AskEdit{totp1});
    apply(state, ChangeEdit{"forge", find_slot(state, totp1)->parameters});
    apply(state, SubmitEdit{pin("12345678"), {}, false});
    auto event = failure(take_command<channel::EditSlot>(state).id);
    event.slot = *find_slot(state, totp1);
    event.slot->state = otp::SlotState::unsure;
    apply(state, std::move(event));
    REQUIRE(state.edit);
    CHECK(state.edit->over);
    CHECK(find_slot(state, totp1)->state == otp::SlotState::unsure);
    apply(state, SubmitEdit{pin("12345678"), {}, false});
    CHECK_FALSE(has_command(state));
}

// ---- several tokens ----

TEST_CASE("no dialogue outlives its token, and nothing is sent to another one") {
    const auto ask = [](AppState& state, int which) {
        if (which == 0) apply(state, AskRemove{totp1});
        if (which == 1) apply(state, AskEdit{totp1});
        if (which == 2) to_pins(state, CareAction::reset);
    };
    const auto submit = [](AppState& state) {
        apply(state, SubmitRemove{pin("12345678")});
        apply(state, ChangeEdit{"other", {}});
        apply(state, SubmitEdit{pin("12345678"), {}, false});
        apply(state, SubmitCare{pin("12345678"), pin("12345678")});
    };
    for (const int which : {0, 1, 2}) {
        INFO(which);
        AppState state = ready();
        apply(state, channel::TokensSeen{{info("a"), info("b")}});
        ask(state, which);
        apply(state, channel::TokenLost{"a"});
        CHECK_FALSE((state.remove || state.edit || state.care));
        const auto open = take_command<channel::OpenToken>(state);
        apply(state, channel::TokenOpened{open.id, status("b"), some_slots()});
        submit(state);
        CHECK_FALSE(has_command(state));

        // Even if the window still had the question on it.
        AppState stale = ready();
        ask(stale, which);
        stale.active->status.info.key = "b";
        submit(stale);
        CHECK_FALSE(has_command(stale));
        REQUIRE(stale.notice);
        CHECK(stale.notice->error->code.name == "state.token-changed");
    }
}

TEST_CASE("a second token that is plugged in during a dialogue changes nothing") {
    AppState state = ready();
    to_pins(state, CareAction::reset);
    apply(state, channel::TokensSeen{{info("a"), info("b")}});
    CHECK_FALSE(has_command(state));
    apply(state, SubmitCare{pin("12345678"), pin("12345678")});
    CHECK(take_command<channel::FactoryReset>(state).token == "a");
}

TEST_CASE("while a token is being cared for, no other one is opened and it is not pulled") {
    AppState state = ready();
    apply(state, channel::TokensSeen{{info("a"), info("b")}});
    to_pins(state, CareAction::reset);
    apply(state, SubmitCare{pin("12345678"), pin("12345678")});
    (void)take_command<channel::FactoryReset>(state);
    apply(state, ChooseToken{"b"});
    apply(state, UnplugSimulated{});
    CHECK_FALSE(has_command(state));
}

TEST_CASE("choosing another token closes the dialogues of the one that is left") {
    AppState state = ready();
    apply(state, channel::TokensSeen{{info("a"), info("b")}});
    apply(state, AskRemove{totp1});
    apply(state, ChooseToken{"b"});
    CHECK_FALSE(state.remove);
}

TEST_CASE("a code that comes after another token was opened is not shown as that one's") {
    AppState state = ready();
    apply(state, CopyCode{totp1});
    const auto command = take_command<channel::GetCode>(state);
    apply(state, channel::TokenOpened{0, status("b"), some_slots()});
    channel::CodeRead late;
    late.id = command.id;
    late.slot = *find_slot(state, totp1);
    late.code = pin("111111");
    apply(state, std::move(late));
    CHECK_FALSE(state.shown);
    CHECK(state.outbox.effects.empty());
}

// ---- the doctor, and what is simulated ----

TEST_CASE("when a token is there and none can be opened, it is looked for the reason by itself") {
    AppState state = fresh();
    auto locked = info("locked");
    locked.access = channel::TokenAccess::no_permission;
    apply(state, channel::TokensSeen{{locked}});
    const auto command = take_command<channel::Examine>(state);
    channel::Finding finding;
    finding.command = "udevadm trigger";
    apply(state, channel::Examined{command.id, {finding}});
    REQUIRE(state.findings);
    apply(state, CopyCommand{0});
    REQUIRE(state.outbox.effects.size() == 1);
    CHECK(same(std::get<PutOnClipboard>(state.outbox.effects.front()).text, "udevadm trigger"));
    apply(state, channel::TokensSeen{{info("a")}});
    CHECK_NOTHROW(take_command<channel::OpenToken>(state));
    CHECK_FALSE(state.findings);
}

TEST_CASE("what to do about the first problem is there at once, and one finding is unfolded at a time") {
    AppState state = fresh();
    apply(state, ExamineNow{});
    const auto command = take_command<channel::Examine>(state);
    channel::Finding problem;
    channel::Finding advice;
    advice.weight = channel::Finding::Weight::advice;
    apply(state, channel::Examined{command.id, {problem, advice}});
    CHECK(state.finding_open == std::size_t{0});
    apply(state, UnfoldFinding{1});
    CHECK(state.finding_open == std::size_t{1});
    apply(state, UnfoldFinding{1});
    CHECK_FALSE(state.finding_open);
    apply(state, UnfoldFinding{2});  // there is none
    CHECK_FALSE(state.finding_open);

    apply(state, ExamineNow{});
    apply(state, channel::Examined{take_command<channel::Examine>(state).id, {advice}});
    CHECK_FALSE(state.finding_open);
}

TEST_CASE("without any token nothing is looked for until the person asks") {
    AppState state = fresh();
    apply(state, channel::TokensSeen{});
    CHECK_FALSE(has_command(state));
    apply(state, ExamineNow{});
    apply(state, ExamineNow{});
    CHECK_NOTHROW(take_command<channel::Examine>(state));
    CHECK_FALSE(has_command(state));
}

TEST_CASE("the simulated token that was chosen is plugged in with its own file") {
    AppState state = fresh();
    state.settings.simulated_models = {{"pro", "Pro", "/x/pro"}, {"storage", "Storage", "/x/storage"}};
    apply(state, ChooseSimulated{"storage"});
    apply(state, ChooseSimulated{"none such"});
    apply(state, StartSimulated{});
    const auto command = take_command<channel::AttachSimulated>(state);
    CHECK(command.model == "storage");
    CHECK(command.file == "/x/storage");
}

TEST_CASE("a HOTP code of the proof is given again only while the page is open") {
    AppState state = at_pin();
    apply(state, SubmitPin{pin("12345678"), {}, true});
    const auto command = take_command<channel::WriteSlot>(state);
    CHECK(command.last_try);
    channel::SlotProven event;
    event.id = command.id;
    event.slot = {command.slot, otp::SlotState::proven, "x", {otp::OtpKind::hotp}};
    event.slot.parameters.counter = 8;
    event.code = pin("755224");
    event.counter = 7;
    apply(state, std::move(event));
    REQUIRE(state.wizard);
    CHECK(step_of(*state.wizard) == WizardStep::proven);
    CHECK(state.wizard->in<ProvenStep>()->counter == 7);
    CHECK(state.wizard->in<ProvenStep>()->result.parameters.counter == 8);
    apply(state, CopyCode{command.slot});  // on this page: the same one
    CHECK(state.outbox.device.empty());
    apply(state, CloseWizard{});
    apply(state, CopyCode{command.slot});
    CHECK(take_command<channel::GetCode>(state).slot == command.slot);
}

TEST_CASE("without a token the page to manage one opens all the same; it says what it needs") {
    AppState state;
    apply(state, GoTo{Screen::care});
    CHECK(state.screen == Screen::care);
    apply(state, GoTo{Screen::slots});
    CHECK(state.screen == Screen::start);
}
