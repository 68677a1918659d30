// Accounts on every model and firmware: written, proven, edited with the secret kept, erased.
#include "device/token_bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::PinKind;
using otp::SlotState;
using wire::Command;

namespace {

constexpr std::string_view other_secret = "abcdefghijklmnopqrst";

std::vector<std::string> editing_models() {
    auto keys = all_models();
    std::erase(keys, "storage-0.53");
    return keys;
}

}  // namespace

TEST_CASE("Every model is in the simulator: old and new Pro, old and new Storage, Librem Key", "[models]") {
    for (const auto* key : {"pro-0.7", "pro-0.10", "pro-0.15", "storage-0.53", "storage-0.57", "librem"})
        CHECK(std::ranges::count(all_models(), key) == 1);
}

TEST_CASE("A token of each model shows its firmware, serial, tries and places", "[models]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    const auto& status = bench.session->status();
    CHECK(status.firmware_minor == bench.state().firmware_minor);
    CHECK(status.card_serial.size() == 8);
    CHECK(status.user_tries == 3);
    CHECK(status.admin_tries == 3);
    CHECK(status.storage.has_value() == bench.storage());
    CHECK(bench.session->slots().size() == (model == "storage-0.57" ? 17U : 18U));
    CHECK_FALSE(status.quirks.empty());
    CHECK(bench.pins() == 0);
}

TEST_CASE("A TOTP account is written and proven on every model, with one PIN sent", "[models][write]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    auto written = bench.write(write_command(totp(14), "github", rfc_secret, 8, 30));
    REQUIRE(written.ok());
    CHECK(written.value().slot.state == SlotState::proven);
    CHECK(same(written.value().code,
               bench.expected(rfc_secret, 8, otp::time_step(bench.clock.unix_time().seconds(), 30))));
    CHECK(bench.has_secret(totp(14), rfc_secret));
    CHECK(bench.name_in(totp(14)) == "github");
    CHECK(bench.pins() == 1);
    auto code = bench.code(totp(14));
    REQUIRE(code.ok());
    CHECK(same(code.value().code, written.value().code));
}

TEST_CASE("A HOTP account is written and proven on every model, and the code of the proof does not come again",
          "[models][write]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    auto written = bench.write(write_command(hotp(3), "bank", rfc_secret, 6, 7));
    REQUIRE(written.ok());
    CHECK(same(written.value().code, bench.expected(rfc_secret, 6, 7)));
    CHECK(bench.pins() == 1);
    CHECK(written.value().counter == 7);
    CHECK(written.value().slot.parameters.counter == 8);
    CHECK(bench.counter_in(hotp(3)) == 8);
    CHECK(bench.has_secret(hotp(3), rfc_secret));
    auto code = bench.code(hotp(3));
    REQUIRE(code.ok());
    CHECK(same(code.value().code, bench.expected(rfc_secret, 6, 8)));
    CHECK(code.value().slot.parameters.counter == 9);
}

TEST_CASE("What a firmware cannot hold is refused before a PIN is sent", "[models][write]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    const std::string secret(bench.session->status().limits.secret_bytes_max + 1, 'k');
    auto too_long = bench.write(write_command(totp(1), "long", secret, 6, 30));
    REQUIRE_FALSE(too_long.ok());
    CHECK(too_long.failure().error.code == otp::errors::secret_too_long);
    CHECK_FALSE(bench.write(write_command(totp(1), "", rfc_secret, 6, 30)).ok());
    CHECK_FALSE(bench.write(write_command(totp(1), "zero", rfc_secret, 6, 0)).ok());
    if (model == "pro-0.7") {
        auto zero = bench.write(write_command(totp(1), "zero", std::string_view("\0abcdefghij", 11), 6, 30));
        REQUIRE_FALSE(zero.ok());
        CHECK(zero.failure().error.code == otp::errors::secret_leading_zero);
    }
    if (model == "storage-0.53")
        CHECK_FALSE(bench.write(write_command(hotp(1), "far", rfc_secret, 6, 100'000'000)).ok());
    CHECK(bench.pins() == 0);
    CHECK(bench.state().slots.empty());
}

TEST_CASE("A HOTP counter of any size is stored as it is and proven, or refused before a PIN is sent",
          "[models][write]") {
    constexpr std::uint64_t bit = 1;
    const auto model = GENERATE(from_range(all_models()));
    const auto counter = GENERATE((bit << 56) - 1, bit << 56, (bit << 56) + 7, (bit << 63) - 2, (bit << 63) - 1,
                                  std::uint64_t{UINT64_MAX});
    INFO(model << ", counter " << counter);
    TokenBench bench(model);
    auto written = bench.write(write_command(hotp(1), "far", rfc_secret, 6, counter));
    if (counter > bench.session->status().limits.counter_max) {
        REQUIRE_FALSE(written.ok());
        CHECK(written.failure().error.code == otp::errors::counter_too_large);
        CHECK(written.failure().error.subject == std::to_string(counter));
        CHECK(bench.pins() == 0);
        CHECK(bench.state().slots.empty());
        return;
    }
    REQUIRE(written.ok());
    CHECK(same(written.value().code, bench.expected(rfc_secret, 6, counter)));
    CHECK(bench.counter_in(hotp(1)) == counter + 1);
    CHECK(bench.pins() == 1);
}

TEST_CASE("A HOTP counter of any size is set by an edit, or refused before a PIN is sent", "[models][edit]") {
    constexpr std::uint64_t bit = 1;
    const auto model = GENERATE(from_range(all_models()));
    const auto counter =
        GENERATE((bit << 56) - 1, bit << 56, (bit << 63) - 2, (bit << 63) - 1, std::uint64_t{UINT64_MAX});
    INFO(model << ", counter " << counter);
    TokenBench bench(model);
    if (!bench.profile().keeps_secret) return;
    REQUIRE(bench.write(write_command(hotp(1), "bank", rfc_secret, 6, 0)).ok());
    const long pins = bench.pins();
    auto command = bench.edit_of(hotp(1));
    command.parameters.counter = counter;
    auto edited = bench.session->edit(std::move(command));
    if (counter > bench.session->status().limits.counter_max) {
        REQUIRE_FALSE(edited.ok());
        CHECK(edited.failure().error.code == otp::errors::counter_too_large);
        CHECK(bench.pins() == pins);
        return;
    }
    REQUIRE(edited.ok());
    CHECK(bench.counter_in(hotp(1)) == counter);
    CHECK(bench.has_secret(hotp(1), rfc_secret));
}

TEST_CASE("The fifteenth TOTP place of a Storage is never touched, and HOTP 1 beside it lives", "[models][quirks]") {
    TokenBench bench("storage-0.57");
    REQUIRE(bench.write(write_command(hotp(1), "bank", rfc_secret, 6, 0)).ok());
    auto written = bench.write(write_command(totp(15), "lost", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::wrong_slot);
    auto erased = bench.erase(totp(15));
    REQUIRE_FALSE(erased.ok());
    CHECK(erased.failure().error.code == errors::wrong_slot);
    CHECK(bench.has_secret(hotp(1), rfc_secret));
    CHECK(bench.pins() == 1);
}

TEST_CASE("An account is erased on every model, and seen to be gone", "[models][erase]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(2), "old", rfc_secret, 6, 30)).ok());
    REQUIRE(bench.write(write_command(totp(3), "stays", rfc_secret, 6, 30)).ok());
    auto erased = bench.erase(totp(2));
    REQUIRE(erased.ok());
    CHECK(erased.value().state == SlotState::empty);
    CHECK(bench.record(totp(2)) == nullptr);
    CHECK(bench.has_secret(totp(3), rfc_secret));
    CHECK(bench.pins() == 3);
}

TEST_CASE("A wrong PIN costs one try on every model, and nothing else happens", "[models][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    auto command = write_command(totp(1), "name", rfc_secret, 6, 30);
    command.admin_pin = text("87654321");
    auto wrong = bench.session->write(command);
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.failure().error.code == errors::wrong_pin);
    CHECK(wrong.failure().pin->tries_left == 2);
    CHECK(unsigned{bench.state().admin_tries} == 2);
    CHECK(bench.pins() == 1);
    CHECK(bench.state().slots.empty());
    CHECK(same(command.secret, bytes(rfc_secret)));
}

TEST_CASE("The last try is not used without consent, and a blocked PIN not sent", "[models][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    for (int i = 0; i < 2; ++i) CHECK_FALSE(bench.erase(totp(1), "87654321").ok());
    auto last = bench.erase(totp(1), "87654321");
    REQUIRE_FALSE(last.ok());
    CHECK(last.failure().error.code == errors::pin_last_try);
    CHECK(bench.pins() == 2);
    auto agreed = bench.session->erase(channel::EraseSlot{1, {}, totp(1), text("87654321"), true});
    REQUIRE_FALSE(agreed.ok());
    CHECK(agreed.failure().pin->tries_left == 0);
    CHECK(agreed.failure().error.code == errors::admin_pin_used_up);
    CHECK(agreed.failure().pin->kind == channel::PinProblem::Kind::none_left);
    auto blocked = bench.session->erase(channel::EraseSlot{1, {}, totp(1), text(admin_pin), true});
    REQUIRE_FALSE(blocked.ok());
    CHECK(blocked.failure().error.code == errors::admin_pin_blocked);
    CHECK(bench.pins() == 3);
}

// ---- editing ----

TEST_CASE("Name and digits of a TOTP account change and its secret is seen to be kept", "[models][edit]") {
    const auto model = GENERATE(from_range(editing_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(4), "old", other_secret, 6, 30)).ok());
    auto command = bench.edit_of(totp(4));
    command.name = "new name";
    command.parameters.digits = 8;
    auto edited = bench.session->edit(std::move(command));
    REQUIRE(edited.ok());
    CHECK(edited.value().code_compared);
    CHECK(edited.value().slot.state == SlotState::proven);
    CHECK(bench.slot(totp(4)) == edited.value().slot);
    CHECK(bench.name_in(totp(4)) == "new name");
    CHECK(bench.has_secret(totp(4), other_secret));
    CHECK(bench.pins() == 2);
    auto code = bench.code(totp(4));
    REQUIRE(code.ok());
    CHECK(code.value().code.size() == 8);
}

TEST_CASE("The code is compared although the time step ends during the edit, and the clock is right afterwards",
          "[models][edit]") {
    const auto model = GENERATE(from_range(editing_models()));
    const std::uint32_t period = GENERATE(1u, 2u, 3u, 30u);
    INFO(model << ", " << period << " s");
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(4), "old", other_secret, 8, period)).ok());
    auto command = bench.edit_of(totp(4));
    command.name = "new";
    bench.clock.set_unix(2'000'000'035);  // a step of 30 s ends at 40
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) == Command::write_to_slot) bench.clock.advance(std::chrono::seconds{8});
        return SendFault::none;
    };
    auto edited = bench.session->edit(std::move(command));
    bench.on_send = {};
    REQUIRE(edited.ok());
    CHECK(edited.value().code_compared);
    CHECK(edited.value().slot.state == SlotState::proven);
    CHECK(bench.has_secret(totp(4), other_secret));
    if (period < 30) return;
    auto code = bench.code(totp(4));
    REQUIRE(code.ok());
    CHECK(same(code.value().code,
               bench.expected(other_secret, 8, otp::time_step(bench.clock.unix_time().seconds(), period))));
}

TEST_CASE("Another period is written after the secret was seen to be kept, and is not called proven",
          "[models][edit]") {
    const auto model = GENERATE(from_range(editing_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "old", other_secret, 6, 30)).ok());
    auto command = bench.edit_of(totp(1));
    command.parameters.period = 60;
    auto edited = bench.session->edit(std::move(command));
    REQUIRE(edited.ok());
    CHECK_FALSE(edited.value().code_compared);
    CHECK(edited.value().slot.state == SlotState::programmed);
    CHECK(edited.value().slot.parameters.period == 60);
    CHECK(bench.record(totp(1))->interval == 60);
    CHECK(bench.has_secret(totp(1), other_secret));
    CHECK(bench.pins() == 2);
}

TEST_CASE("A HOTP account is renamed with its counter where it was, but on a Pro 0.7 one further", "[models][edit]") {
    const auto model = GENERATE(from_range(editing_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(hotp(1), "old", other_secret, 6, 5)).ok());
    const std::uint64_t before = bench.counter_in(hotp(1));
    auto command = bench.edit_of(hotp(1));
    command.name = "new";
    command.parameters.digits = 8;
    auto edited = bench.session->edit(std::move(command));
    REQUIRE(edited.ok());
    CHECK(edited.value().code_compared);
    CHECK(edited.value().slot.state == SlotState::proven);
    const std::uint64_t after = model == "pro-0.7" ? before + 1 : before;
    CHECK(edited.value().slot.parameters.counter == after);
    CHECK(bench.counter_in(hotp(1)) == after);
    CHECK(bench.has_secret(hotp(1), other_secret));
    CHECK(bench.name_in(hotp(1)) == "new");
    CHECK(bench.pins() == 2);
}

TEST_CASE("A HOTP counter is put where the person says, with the secret kept", "[models][edit]") {
    const auto model = GENERATE(from_range(editing_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(hotp(2), "bank", other_secret, 6, 0)).ok());
    auto command = bench.edit_of(hotp(2));
    command.parameters.counter = 1234;
    auto edited = bench.session->edit(std::move(command));
    REQUIRE(edited.ok());
    CHECK(bench.counter_in(hotp(2)) == 1234);
    CHECK(bench.has_secret(hotp(2), other_secret));
    CHECK(edited.value().code_compared == (model != "pro-0.7"));
    auto code = bench.code(hotp(2));
    REQUIRE(code.ok());
    CHECK(same(code.value().code, bench.expected(other_secret, 6, 1234)));
}

TEST_CASE("A counter that moved since the review stays where it is when only the name changes", "[models][edit]") {
    TokenBench bench("pro-0.15");
    REQUIRE(bench.write(write_command(hotp(2), "bank", other_secret, 6, 0)).ok());
    auto command = bench.edit_of(hotp(2));
    REQUIRE(bench.code(hotp(2)).ok());
    REQUIRE(bench.code(hotp(2)).ok());
    command.name = "new";
    REQUIRE(bench.session->edit(std::move(command)).ok());
    CHECK(bench.counter_in(hotp(2)) == 3);
}

TEST_CASE("An edit is refused before a PIN is sent: old Storage, other slot than seen, nothing new, what does not fit",
          "[models][edit]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "name", other_secret, 6, 30)).ok());
    const long pins = bench.pins();
    const auto refused = [&](channel::EditSlot command) {
        auto edited = bench.session->edit(std::move(command));
        REQUIRE_FALSE(edited.ok());
        return edited.failure().error.code;
    };
    auto command = bench.edit_of(totp(1));
    command.name = "new";
    if (model == "storage-0.53") {
        CHECK(refused(std::move(command)) == errors::edit_unsupported);
    } else {
        command.seen.name = "seen by nobody";
        CHECK(refused(std::move(command)) == errors::slot_changed);
        CHECK(refused(bench.edit_of(totp(1))) == errors::nothing_to_change);
        command = bench.edit_of(totp(1));
        command.name = "a name of sixteen";
        CHECK(refused(std::move(command)) == otp::errors::name_too_long);
        command = bench.edit_of(totp(1));
        command.parameters.period = 0;
        CHECK(refused(std::move(command)) == otp::errors::period_unsupported);
        command = bench.edit_of(totp(1));
        command.parameters.digits = 7;
        CHECK(refused(std::move(command)) == otp::errors::digits_unsupported);
        command = bench.edit_of(totp(2));
        command.name = "new";
        CHECK(refused(std::move(command)) == errors::slot_changed);
    }
    CHECK(bench.pins() == pins);
    CHECK(bench.name_in(totp(1)) == "name");
    CHECK(bench.has_secret(totp(1), other_secret));
}

TEST_CASE("A token that gives another code after an edit is told, and the slot is marked", "[models][edit]") {
    const auto model = GENERATE(from_range(editing_models()));
    const auto slot = GENERATE(totp(1), hotp(1));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(slot, "old", other_secret, 6, 30)).ok());
    auto command = bench.edit_of(slot);
    command.name = "new";
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) == Command::write_to_slot) bench.faults.wrong_code = true;
        return SendFault::none;
    };
    auto edited = bench.session->edit(std::move(command));
    REQUIRE_FALSE(edited.ok());
    CHECK(edited.failure().error.code == errors::edit_changed_code);
    REQUIRE(edited.failure().slot);
    CHECK(edited.failure().slot->state == SlotState::mismatch);
}

TEST_CASE("An edit keeps the token id and how codes are typed", "[models][edit]") {
    TokenBench bench("pro-0.8");
    auto state = simulator::new_token("pro-0.8", bench.random);
    REQUIRE(state.ok());
    simulator::OtpRecord record;
    record.name[0] = 'x';
    record.secret = base::SecretBytes(40);
    base::store(record.secret.bytes(), 0, bytes(other_secret).bytes());
    record.config = 0x06;
    record.token_id[3] = 0x42;
    state.value().slots[0x10] = std::move(record);
    state.value().hotp_counters[0] = 9;
    bench.pull();
    bench.plug(std::move(state.value()));
    bench.open();
    auto command = bench.edit_of(hotp(1));
    command.parameters.digits = 8;
    REQUIRE(bench.session->edit(std::move(command)).ok());
    CHECK(unsigned{bench.record(hotp(1))->config} == 0x07);
    CHECK(unsigned{bench.record(hotp(1))->token_id[3]} == 0x42);
}

TEST_CASE("With protected codes a Pro 0.7 edits without comparing, since each code needs its own PIN",
          "[models][edit]") {
    TokenBench bench("pro-0.7");
    REQUIRE(bench.write(write_command(totp(1), "old", other_secret, 6, 30)).ok());
    bench.protect_codes();
    const long pins = bench.pins();
    auto command = bench.edit_of(totp(1));
    command.name = "new";
    auto edited = bench.session->edit(std::move(command));
    REQUIRE(edited.ok());
    CHECK_FALSE(edited.value().code_compared);
    CHECK(edited.value().slot.state == SlotState::programmed);
    CHECK(bench.has_secret(totp(1), other_secret));
    CHECK(bench.pins() == pins + 1);
}
