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
