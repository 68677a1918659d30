// What the state does about a failure follows from its fields: an error may be called anything.
#include "state/fixtures.hpp"
#include "support/catch.hpp"

#include <string>

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;
using channel::CommandFailed;
using channel::PinKind;
using channel::PinProblem;

namespace {

AppState ready() {
    AppState state = with_token(some_slots());
    state.active->status.abilities.edit = true;
    state.active->status.pin_protected_codes = true;
    state.active->status.user_pin_held = true;
    state.active->user_pin_accepted_at = state.now;
    return state;
}

base::SecretText pin(const char* text) {
    return base::SecretText::copy_of(text);
}

channel::MessageId last_command(AppState& state) {
    const channel::MessageId id = channel::id_of(state.outbox.device.back());
    state.outbox.device.clear();
    return id;
}

// All that follows from a failure, but for its words.
std::string what_follows(const AppState& state) {
    std::string text = screen_name(state);
    const auto note = [&](bool is, const char* name) { text += is ? std::string(" ") + name : std::string{}; };
    note(state.user_pin.has_value(), "user-pin-dialog");
    note(state.user_pin && state.user_pin->busy, "user-pin-busy");
    note(state.user_pin && state.user_pin->error, "user-pin-error");
    note(state.time.has_value(), "time-dialog");
    note(state.remove && state.remove->error, "remove-error");
    note(state.edit && state.edit->error, "edit-error");
    note(state.edit && state.edit->over, "edit-over");
    note(state.edit && state.edit->set_time_back, "edit-time");
    note(state.care && state.care->error, "care-error");
    note(state.check && state.check->error, "check-error");
    note(state.notice.has_value(), "notice");
    note(state.open_error.has_value(), "open-error");
    note(state.active->status.user_pin_held, "held");
    note(state.active->user_pin_accepted_at.has_value(), "accepted");
    note(state.wizard && state.wizard->set_time_back, "wizard-time");
    const FactoryPins factory = factory_pins(state);
    note(factory.admin.has_value(), factory.admin.value_or(false) ? "admin-factory" : "admin-changed");
    for (const auto& command : state.outbox.device) text += " sent:" + std::to_string(command.index());
    return text;
}

void code_asked(AppState& state) {
    apply(state, CopyCode{totp1});
}
void account_written(AppState& state) {
    state = at_pin();
    state.active->status.user_pin_held = true;
    apply(state, SubmitPin{pin("12345678"), {}});
}
void slot_edited(AppState& state) {
    apply(state, AskEdit{totp1});
    apply(state, ChangeEdit{"forge", find_slot(state, totp1)->parameters});
    apply(state, SubmitEdit{pin("12345678"), {}});
}
void slot_erased(AppState& state) {
    apply(state, AskRemove{totp1});
    apply(state, SubmitRemove{pin("12345678")});
}
void token_reset(AppState& state) {
    apply(state, AskCare{CareAction::reset});
    apply(state, AgreeToCare{true});
    apply(state, ContinueCare{});
    apply(state, SubmitCare{pin("12345678"), pin("12345678")});
}
void token_checked(AppState& state) {
    apply(state, AskCheck{});
    apply(state, SubmitCheck{pin("12345678"), {}});
}

std::string after(void (*command)(AppState&), const CommandFailed& like, const char* name) {
    AppState state = ready();
    command(state);
    CommandFailed event;
    event.id = last_command(state);
    event.error = {.code = {name}};
    event.secret = base::SecretBytes(20);  // a write gives it back
    event.pin = like.pin;
    event.slot = like.slot;
    event.time_refused = like.time_refused;
    event.token_may_have_changed = like.token_may_have_changed;
    apply(state, std::move(event));
    if (state.wizard && state.wizard->in<FailedStep>() != nullptr) apply(state, TryAgain{});
    return what_follows(state);
}

CommandFailed with_pin(PinKind which, PinProblem::Kind kind) {
    return {.pin = PinProblem{.pin = which, .kind = kind, .tries_left = std::uint8_t{2}}};
}

}  // namespace

TEST_CASE("What is done about a failure does not depend on the name of its error") {
    using Kind = PinProblem::Kind;
    const auto command =
        GENERATE(&code_asked, &account_written, &slot_edited, &slot_erased, &token_reset, &token_checked);
    std::vector<CommandFailed> failures;
    failures.push_back({});
    for (const PinKind which : {PinKind::user, PinKind::admin})
        for (const Kind kind : {Kind::other, Kind::wrong, Kind::none_left, Kind::missing, Kind::forgotten})
            failures.push_back(with_pin(which, kind));
    failures.push_back({.time_refused = true});
    failures.push_back({.token_may_have_changed = true});
    failures.push_back({.slot = otp::SlotSummary{totp1, otp::SlotState::unsure, "github", {}}});
    for (const CommandFailed& like : failures) {
        const std::string plain = after(command, like, "made.up");
        for (const char* const name :
             {"device.user-pin-needed", "device.wrong-pin", "device.time-refused", "device.slot-changed",
              "device.reset-broke-off", "device.reset-not-done", "device.pin-change-unproven", "device.key-not-made",
              "device.config-differs", "wire.unplugged"})
            CHECK(after(command, like, name) == plain);
    }
}

TEST_CASE("The fields of a failure say what follows") {
    using Kind = PinProblem::Kind;
    const std::string nothing = after(&code_asked, {}, "made.up");
    CHECK(nothing == "slots notice held accepted");
    CHECK(after(&code_asked, with_pin(PinKind::user, Kind::missing), "made.up") == "slots user-pin-dialog");
    CHECK(after(&code_asked, with_pin(PinKind::user, Kind::forgotten), "made.up") ==
          "slots user-pin-dialog user-pin-error");
    CHECK(after(&code_asked, {.time_refused = true}, "made.up") == "slots time-dialog held accepted");
    CHECK(after(&account_written, {.time_refused = true}, "made.up").ends_with("wizard-time"));
    CHECK(after(&slot_edited, {.time_refused = true}, "made.up") == "slots edit-error edit-time held accepted");
    const std::string read_again = " sent:" + std::to_string(channel::DeviceCommand{channel::RefreshToken{}}.index());
    CHECK_FALSE(after(&token_reset, {}, "made.up").ends_with(read_again));
    CHECK(after(&token_reset, {.token_may_have_changed = true}, "made.up").ends_with(read_again));
}
