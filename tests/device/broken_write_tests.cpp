// The write of a long secret, broken off at every transport call from its first piece to the reply of its commit; then
// a short one, and an edit. The token's write buffer outlives what was given up (quirk Q-P15).
#include "device/token_bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using otp::SlotState;
using wire::Command;

namespace {

constexpr std::string_view long_secret = "0123456789abcdefghijklmnopqrstuvwxyzABCD";  // 40 bytes
constexpr std::string_view short_secret = "short secret";
constexpr std::string_view first_secret = "the secret that was there before";  // 32 bytes

std::vector<std::string> long_models() {
    auto keys = all_models();
    std::erase_if(keys, [](const std::string& key) { return key == "pro-0.7" || key == "storage-0.53"; });
    return keys;
}

enum class Break { transfer_fails, request_lost, unplugged };

// Writes the long secret and lets it end at the n-th transport call after the first piece was sent. True if it was
// over before that.
bool break_off(TokenBench& bench, otp::NumberedSlot slot, int at, Break how,
               CommandResult<channel::SlotProven>& outcome) {
    int calls = -1;  // not yet
    bool committed = false, over = false, broken = false;
    const auto count = [&](bool sending) {
        if (calls < 0 || broken) return broken;
        if (committed && sending) over = true;  // the exchange after the commit
        if (!over && calls++ == at) broken = true;
        return broken;
    };
    bench.on_send = [&](const wire::Report& report) {
        const Command command = wire::command_of(report);
        if (calls < 0 && command == Command::send_otp_data) calls = 0;
        const bool now_broken = count(true);
        if (command == Command::write_to_slot) committed = true;
        if (!now_broken) return SendFault::none;
        // From here on nothing gets through, until the program is started anew.
        return how == Break::unplugged      ? SendFault::pulled_before
               : how == Break::request_lost ? SendFault::lost
                                            : SendFault::fails;
    };
    bench.on_read = [&] {
        if (!count(false)) return ReadFault::none;
        return how == Break::unplugged ? ReadFault::pulled : ReadFault::fails;
    };
    outcome = bench.write(write_command(slot, "long", long_secret, 6, 30));
    bench.on_send = {};
    bench.on_read = {};
    if (bench.token->power_on() == 0) bench.plug_in();
    bench.open();
    return !broken;
}

}  // namespace

TEST_CASE("After a long write broke off anywhere, a short write and an edit are right", "[broken-write]") {
    const auto model = GENERATE(from_range(long_models()));
    const auto how = GENERATE(Break::transfer_fails, Break::request_lost, Break::unplugged);
    const bool edit_after = GENERATE(false, true);
    int broken = 0;
    for (int at = 0;; ++at) {
        INFO(model << ", broken off in manner " << static_cast<int>(how) << " at call " << at);
        TokenBench bench(model);
        REQUIRE(bench.write(write_command(totp(2), "first", first_secret, 6, 30)).ok());
        CommandResult<channel::SlotProven> outcome(base::Error{});
        if (break_off(bench, totp(2), at, how, outcome)) break;
        ++broken;
        REQUIRE_FALSE(outcome.ok());
        const bool is_new = bench.has_secret(totp(2), long_secret);
        // One or the other, never a mixture; and if it is the new one, it is not said to be the old.
        CHECK((is_new || bench.has_secret(totp(2), first_secret)));
        if (is_new) CHECK(bench.slot(totp(2)).state == SlotState::unsure);
        if (edit_after) {
            auto command = bench.edit_of(totp(2));
            command.name = "edited";
            auto edited = bench.session->edit(std::move(command));
            REQUIRE(edited.ok());
            CHECK(edited.value().code_compared);
            CHECK(bench.has_secret(totp(2), is_new ? long_secret : first_secret));
            CHECK(bench.name_in(totp(2)) == "edited");
            // What was unsure about its secret still is.
            CHECK((edited.value().slot.state == SlotState::unsure) == (bench.slot(totp(2)).state == SlotState::unsure));
            if (is_new) CHECK(edited.value().slot.state == SlotState::unsure);
        } else {
            auto written = bench.write(write_command(totp(3), "short", short_secret, 6, 30));
            REQUIRE(written.ok());
            CHECK(written.value().slot.state == SlotState::proven);
            CHECK(bench.has_secret(totp(3), short_secret));
            CHECK(bench.has_secret(totp(2), is_new ? long_secret : first_secret));
        }
    }
    CHECK(broken > 10);
}
