// Codes as a person uses them: the next one when little time is left, dots after a moment, the clipboard's clock.
#include "state/fixtures.hpp"
#include "support/catch.hpp"

#include <string>

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

namespace {

const otp::SlotId forge = otp::NumberedSlot{otp::OtpKind::totp, 1};

AppState with_account(std::uint32_t period = 30) {
    auto slots = empty_slots();
    slots[3].state = otp::SlotState::programmed;
    slots[3].name = "Forge:ann";
    slots[3].parameters.period = period;
    slots[4].state = otp::SlotState::programmed;
    slots[4].name = "Bank";
    return with_token(slots);
}

void answer(AppState& state) {
    const auto command = take_command<channel::GetCode>(state);
    const std::int64_t begin = state.unix_now.milliseconds / 30'000 * 30'000;
    channel::CodeRead read;
    read.id = command.id;
    read.slot = *find_slot(state, command.slot);
    read.code = base::SecretText::copy_of("123456");
    read.valid_from = {begin};
    read.valid_until = {begin + 30'000};
    apply(state, std::move(read));
}

}  // namespace

TEST_CASE("with less than five seconds left the next code is waited for, and then read by itself") {
    AppState state = with_account();
    at(state, 25'100);
    apply(state, CopyCode{forge});
    REQUIRE(state.awaited);
    CHECK(state.awaited->at.milliseconds == (start_unix + 30) * 1000);
    CHECK_FALSE(has_command(state));
    CHECK(time_to_next_change(state));
    at(state, 29'999);
    CHECK_FALSE(has_command(state));
    at(state, 30'000);
    CHECK_FALSE(state.awaited);
    CHECK(take_command<channel::GetCode>(state).slot == forge);
}

TEST_CASE("five seconds or more are enough; a short period is never waited for") {
    AppState state = with_account();
    at(state, 25'000);
    apply(state, CopyCode{forge});
    CHECK_FALSE(state.awaited);
    CHECK(has_command(state));
    AppState quick = with_account(10);
    at(quick, 8'000);
    apply(quick, CopyCode{forge});
    CHECK_FALSE(quick.awaited);
}

TEST_CASE(
    "a second click takes the code of now; another slot, Escape, a lost token or the screen lock end the waiting") {
    AppState state = with_account();
    at(state, 26'000);
    apply(state, CopyCode{forge});
    REQUIRE(state.awaited);
    SECTION("second click") {
        apply(state, CopyCode{forge});
        CHECK_FALSE(state.awaited);
        CHECK(has_command(state));
        return;
    }
    SECTION("cancelled") {
        apply(state, CancelAwaited{});
    }
    SECTION("lost") {
        apply(state, channel::TokenLost{"a"});
    }
    SECTION("locked") {
        apply(state, ForgetShown{});
        state.outbox.device.clear();
    }
    SECTION("another slot") {
        apply(state, CopyCode{otp::NumberedSlot{otp::OtpKind::totp, 2}});
        REQUIRE(state.awaited);
        CHECK(state.awaited->name == "Bank");
        return;
    }
    at(state, 31'000);
    CHECK_FALSE(has_command(state));
}

TEST_CASE("a code becomes dots after a moment and can be seen again, unless masking is off") {
    AppState state = with_account();
    apply(state, CopyCode{forge});
    answer(state);
    CHECK(code_readable(state));
    at(state, 8'000);
    CHECK(state.shown);
    CHECK_FALSE(code_readable(state));
    apply(state, ShowCode{});
    CHECK(code_readable(state));
    at(state, 17'000);
    CHECK_FALSE(code_readable(state));
    apply(state, SetMaskCodes{false});
    CHECK(code_readable(state));
    at(state, 30'000);
    CHECK_FALSE(state.shown);
}

TEST_CASE("the clock of the clipboard can be stopped, and the clipboard cleared at once") {
    AppState state = with_account();
    apply(state, CopyCode{forge});
    answer(state);
    REQUIRE(state.clipboard);
    state.outbox.effects.clear();
    SECTION("stopped: it stays until the end or the screen lock") {
        apply(state, KeepClipboard{});
        at(state, 500'000);
        CHECK(state.clipboard);
        CHECK(state.outbox.effects.empty());
        apply(state, ForgetShown{});
        CHECK_FALSE(state.clipboard);
        CHECK(std::holds_alternative<ClearClipboardIfOurs>(state.outbox.effects.back()));
    }
    SECTION("cleared") {
        apply(state, ClearClipboard{});
        CHECK_FALSE(state.clipboard);
        CHECK(std::holds_alternative<ClearClipboardIfOurs>(state.outbox.effects.back()));
    }
}

TEST_CASE("the search leaves the accounts that have the text, whatever the case of its letters") {
    AppState state = with_account();
    CHECK(listed_slots(state).size() == 2);
    apply(state, Search{"FOR"});
    REQUIRE(listed_slots(state).size() == 1);
    CHECK(listed_slots(state)[0]->name == "Forge:ann");
    apply(state, Search{"xyz"});
    CHECK(listed_slots(state).empty());
}

TEST_CASE("time-based accounts are listed before counter-based ones, each kind in the order of its places") {
    AppState state = with_account();
    std::vector<otp::SlotSummary>& slots = state.active->slots;
    REQUIRE(otp::text(slots.front().id) == "hotp:1");  // as the token lists them
    slots.front().parameters.kind = otp::OtpKind::hotp;
    slots.front().state = otp::SlotState::programmed;
    slots.front().name = "Counter";
    const auto listed = listed_slots(state);
    REQUIRE(listed.size() == 3);
    CHECK(listed[0]->parameters.kind == otp::OtpKind::totp);
    CHECK(otp::text(listed[0]->id) < otp::text(listed[1]->id));
    CHECK(listed[2]->name == "Counter");
}
