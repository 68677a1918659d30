// "Check this token" in the window: what is sent, what is shown, how it ends.
#include "state/check_report.hpp"
#include "state/fixtures.hpp"
#include "support/catch.hpp"

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;
using channel::CheckResult;

namespace {

base::SecretText pin(const char* text) {
    return base::SecretText::copy_of(text);
}

channel::CheckToken begin(AppState& state) {
    apply(state, AskCheck{});
    REQUIRE(state.check);
    apply(state, SubmitCheck{pin("12345678"), {}, false});
    return take_command<channel::CheckToken>(state);
}

channel::TokenChecked all_passed(const AppState& state, channel::MessageId id) {
    channel::TokenChecked event;
    event.id = id;
    event.status = state.active->status;
    event.slots = state.active->slots;
    for (std::size_t i = 0; i < channel::check_steps; ++i)
        event.steps.push_back({static_cast<channel::CheckStep>(i), CheckResult::passed, {}});
    return event;
}

}  // namespace

TEST_CASE("A check sends one command with the PIN, shows each step and ends with a result") {
    AppState state = with_token();
    const auto command = begin(state);
    CHECK(command.token == state.active->status.info.key);
    CHECK(base::same(command.admin_pin, pin("12345678")));
    CHECK(token_busy(state));
    apply(state, channel::CheckProgress{command.id, {channel::CheckStep::pins, CheckResult::passed, {}}});
    CHECK(state.check->steps[2].result == CheckResult::passed);
    CHECK(state.check->steps[3].result == CheckResult::not_reached);
    apply(state, SubmitCheck{pin("12345678"), {}, false});
    CHECK(state.outbox.device.empty());
    apply(state, all_passed(state, command.id));
    REQUIRE(state.check->result);
    CHECK_FALSE(token_busy(state));
    CHECK(state.pending.empty());
    apply(state, LeaveCheck{});
    CHECK_FALSE(state.check);
}

TEST_CASE("Leaving a check that runs, and locking the screen, cancel it once; the result is still shown") {
    AppState state = with_token();
    const auto command = begin(state);
    const bool locked = GENERATE(true, false);
    if (locked) apply(state, ForgetShown{});
    else apply(state, LeaveCheck{});
    apply(state, LeaveCheck{});
    long cancels = 0;
    for (const auto& sent : state.outbox.device) cancels += std::holds_alternative<channel::CancelCheck>(sent) ? 1 : 0;
    CHECK(cancels == 1);
    REQUIRE(state.check);
    CHECK(state.check->cancelling);
    auto event = all_passed(state, command.id);
    event.cancelled = true;
    apply(state, std::move(event));
    CHECK(state.check->result);
}

TEST_CASE("A wrong PIN is told in the dialog, and the result of a pulled token stays on screen") {
    AppState state = with_token();
    const auto first = begin(state);
    apply(state, wrong_pin(first.id, channel::PinKind::admin, 2));
    REQUIRE(state.check);
    CHECK(state.check->error);
    CHECK_FALSE(state.check->running);
    CHECK(state.active->status.admin_tries == 2);
    apply(state, SubmitCheck{pin("12345678"), {}, false});
    const auto again = take_command<channel::CheckToken>(state);
    auto event = all_passed(state, again.id);
    event.left = otp::NumberedSlot{otp::OtpKind::hotp, 2};
    apply(state, std::move(event));
    apply(state, channel::TokenLost{state.active->status.info.key});
    REQUIRE(state.check);
    CHECK(state.check->result->left);
}

TEST_CASE("The report of a check has counts, model and firmware, and no serial number") {
    AppState state = with_token();
    auto event = all_passed(state, 1);
    event.status.info.title = "Nitrokey Pro";
    event.status.info.via = "hidraw";
    event.status.info.simulated = false;
    event.status.info.usb_serial = "0000000000000000AABBCCDD";
    event.status.card_serial = event.status.info.card_serial = "AABBCCDD";
    event.status.firmware_minor = 15;
    CHECK(check_summary(event) == "17 of 17, Nitrokey Pro 0.15, over hidraw");
    event.steps[3] = {channel::CheckStep::counter_echo, CheckResult::skipped, base::Error{{"device.check-no-echo"}}};
    event.steps[5] = {channel::CheckStep::counter_codes, CheckResult::unclear, base::Error{{"device.no-answer"}}};
    event.figures.clock_ppm = -9900;
    event.figures.clock_ppm_error = 1200;
    const std::string report = check_report(event);
    CHECK(report ==
          "15 of 16, Nitrokey Pro 0.15, over hidraw\n"
          "clock: 0.99 % slow, give or take 0.12 %\n"
          "skipped: counter_echo (device.check-no-echo)\n"
          "unclear: counter_codes (device.no-answer)\n");
    CHECK(report.find("AABBCCDD") == std::string::npos);
    apply(state, AskCheck{});
    apply(state, CopyCheckReport{});
    CHECK(state.outbox.effects.empty());
}
