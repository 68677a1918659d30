// What has to go when nobody sits before the screen any more.
#include "fixtures.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

TEST_CASE("when the screen is locked the code, the clipboard's loan and the user PIN's authentication go") {
    auto slots = empty_slots();
    slots[3].state = otp::SlotState::programmed;
    slots[3].name = "github";
    AppState state = with_token(slots);
    state.active->status.pin_protected_codes = true;
    state.active->status.user_pin_held = true;
    apply(state, CopyCode{slots[3].id});
    const auto get = take_command<channel::GetCode>(state);
    apply(state,
          channel::CodeRead{
              get.id, slots[3], base::SecretText::copy_of("123456"), {start_unix * 1000}, {(start_unix + 30) * 1000}});
    REQUIRE(state.shown);
    REQUIRE(state.clipboard);
    state.outbox.effects.clear();

    apply(state, ForgetShown{});
    CHECK_FALSE(state.shown);
    CHECK_FALSE(state.clipboard);
    CHECK(std::ranges::any_of(state.outbox.effects, [](const Effect& effect) {
        return std::holds_alternative<ClearClipboardIfOurs>(effect);
    }));
    CHECK_FALSE(state.active->status.user_pin_held);
    CHECK(take_command<channel::ForgetPins>(state).id != 0);
}

TEST_CASE("a HOTP code read before the screen was locked is not given again after it") {
    auto slots = empty_slots();
    slots[0].state = otp::SlotState::programmed;
    slots[0].name = "bank";
    slots[0].parameters.kind = otp::OtpKind::hotp;
    AppState state = with_token(slots);
    apply(state, CopyCode{slots[0].id});
    const auto get = take_command<channel::GetCode>(state);
    apply(state, channel::CodeRead{get.id, slots[0], base::SecretText::copy_of("755224"), {}, {}});
    apply(state, ForgetShown{});
    state.outbox.device.clear();
    apply(state, CopyCode{slots[0].id});
    CHECK(take_command<channel::GetCode>(state).slot == slots[0].id);
}

TEST_CASE("a code that the token gives only after the screen was locked is neither shown nor lent") {
    auto slots = empty_slots();
    slots[0].state = otp::SlotState::programmed;
    slots[0].name = "bank";
    slots[0].parameters.kind = otp::OtpKind::hotp;
    AppState state = with_token(slots);
    state.active->status.pin_protected_codes = true;
    apply(state, CopyCode{slots[0].id});
    const auto asked = take_command<channel::GetCode>(state);
    apply(state, missing_user_pin(asked.id));
    apply(state, SubmitUserPin{base::SecretText::copy_of("123456")});
    const auto get = take_command<channel::GetCode>(state);
    apply(state, ForgetShown{});
    state.outbox.effects.clear();
    otp::SlotSummary read = slots[0];
    read.parameters.counter = 1;
    apply(state, channel::CodeRead{get.id, read, base::SecretText::copy_of("755224"), {}, {}});
    CHECK_FALSE(state.shown);
    CHECK_FALSE(state.clipboard);
    CHECK(state.outbox.effects.empty());
    CHECK(state.recent_hotp.empty());
    CHECK_FALSE(state.user_pin);
    CHECK(user_pin_needed(state));
    CHECK(state.active->slots[0].parameters.counter == 1);  // used up all the same
    // Asked for anew it is shown.
    apply(state, CopyCode{slots[0].id});
    apply(state, channel::CodeRead{
                     take_command<channel::GetCode>(state).id, read, base::SecretText::copy_of("287082"), {}, {}});
    CHECK(state.shown);
}
