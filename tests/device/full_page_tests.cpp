// A Pro whose HOTP counter's page is full stores nothing more until its power is cut (quirk Q-P23): what is not a code
// is not given, what was not stored is not said to be, and the cure is told.
#include "device/token_bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using otp::SlotState;
using wire::Command;

namespace {

constexpr std::uint64_t counter = 1016;

std::vector<std::string> pros() {
    auto keys = all_models();
    std::erase_if(keys, [](const std::string& key) { return key.starts_with("storage"); });
    return keys;
}

// HOTP 1 has given so many codes; TOTP 1 is there, too.
simulator::TokenState with_full_page(std::string_view model) {
    SeededRandom random;
    auto made = simulator::new_token(model, random);
    REQUIRE(made.ok());
    simulator::TokenState state = std::move(made.value());
    for (const std::uint8_t id : {std::uint8_t{0x10}, std::uint8_t{0x20}}) {
        simulator::OtpRecord record;
        record.name = {'b', 'a', 'n', 'k'};
        record.secret = base::SecretBytes(state.secret_size());
        base::store(record.secret.bytes(), 0, bytes(rfc_secret).bytes());
        record.interval = 30;
        state.slots.emplace(id, std::move(record));
    }
    state.hotp_counters[0] = counter;
    state.hotp_marks[0] = state.marks_most();
    return state;
}

struct FullBench : TokenBench {
    explicit FullBench(std::string_view model) : TokenBench(model) {
        session.reset();
        plug(with_full_page(model));
        open();
    }
    // By another program, so that the session does not know.
    void fill() {
        REQUIRE_FALSE(code(hotp(1)).ok());
        open();
    }
};

template <typename Value>
void refused(CommandResult<Value> outcome, base::ErrorCode code) {
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.failure().error.code.name == code.name);
}

}  // namespace

TEST_CASE("What a Pro with a full counter page gives is no code, and after it was plugged in again the right one comes",
          "[full-page]") {
    const auto model = GENERATE(from_range(pros()));
    INFO(model);
    FullBench bench(model);
    for (int i = 0; i < 3; ++i) {
        refused(bench.code(hotp(1)), errors::counter_stuck);
        CHECK(bench.counter_in(hotp(1)) == counter);
    }
    bench.replug();
    auto code = bench.code(hotp(1));
    REQUIRE(code.ok());
    CHECK(same(code.value().code, bench.expected(rfc_secret, 6, counter)));
    CHECK(code.value().counter == counter);
    CHECK(code.value().slot.parameters.counter == counter + 1);
}

TEST_CASE("Whatever a Pro with a full counter page does not store is told with the cure, in a new session, too",
          "[full-page]") {
    const auto model = GENERATE(from_range(pros()));
    const bool new_session = GENERATE(false, true);
    INFO(model << (new_session ? ", new session" : ""));
    FullBench bench(model);
    REQUIRE(bench.write(write_command(totp(2), "kept", rfc_secret, 6, 30)).ok());
    REQUIRE_FALSE(bench.code(hotp(1)).ok());
    if (new_session) bench.open();
    bench.clock.set_unix(2'000'000'315);  // so that the clock has to be set for a code
    refused(bench.code(totp(1)), errors::flash_refuses);
    refused(bench.write(write_command(totp(3), "new", rfc_secret, 6, 30)), errors::flash_refuses);
    refused(bench.write(write_command(hotp(2), "new", rfc_secret, 6, 0)), errors::flash_refuses);
    CHECK(bench.slot(hotp(2)).state == SlotState::empty);
    // As before by all that can be read, but for the counter.
    refused(bench.write(write_command(hotp(1), "bank", "another secret", 6, 7)), errors::flash_refuses);
    CHECK(bench.slot(hotp(1)).state == SlotState::programmed);
    // In every way.
    refused(bench.write(write_command(hotp(1), "bank", "another secret", 6, counter)), errors::flash_refuses);
    CHECK(bench.slot(hotp(1)).state == SlotState::programmed);
    auto rename = bench.edit_of(hotp(1));
    rename.name = "new";
    auto renamed = bench.session->edit(std::move(rename));
    refused(std::move(renamed), errors::counter_stuck);
    auto edit = bench.edit_of(totp(2));
    edit.name = "new";
    refused(bench.session->edit(std::move(edit)), errors::flash_refuses);
    CHECK(bench.slot(totp(2)).state == SlotState::proven);
    refused(bench.erase(totp(2)), errors::flash_refuses);
    CHECK(bench.slot(totp(2)).state == SlotState::proven);
    channel::WriteConfig config;
    config.config = bench.session->status().general;
    config.config.pin_protected_codes = true;
    config.admin_pin = text(admin_pin);
    refused(bench.session->write_config(std::move(config)), errors::flash_refuses);
    CHECK(bench.name_in(totp(2)) == "kept");
    bench.replug();
    CHECK(bench.code(totp(1)).ok());
    CHECK(bench.write(write_command(totp(3), "new", rfc_secret, 6, 30)).ok());
}

TEST_CASE("Agreeing to set the clock back of a Pro that stores nothing leads to the cure", "[full-page]") {
    FullBench bench("pro-0.15");
    bench.fill();
    // No slot whose code could tell why the time is refused.
    auto state = with_full_page("pro-0.15");
    state.slots.erase(0x20);
    bench.session.reset();
    bench.plug(std::move(state));
    bench.open();
    bench.fill();
    auto command = write_command(totp(3), "new", rfc_secret, 6, 30);
    auto unknown = bench.session->write(command);
    refused(std::move(unknown), errors::time_refused);
    command = write_command(totp(3), "new", rfc_secret, 6, 30);
    command.set_time_back = true;
    refused(bench.session->write(command), errors::flash_refuses);
    CHECK(bench.pins() == 0);
}

TEST_CASE("A code of zeros is none if the flash refuses, though the counter moved", "[full-page]") {
    // By its sources a Pro moves the counter once before it trips; the tap shows that.
    SeededRandom random;
    Bench bench(with_full_page("pro-0.15"));
    bool asked = false;
    std::uint64_t move_by = 0;
    bench.tap.on_reply = [&](wire::Report& reply) {
        const auto command = static_cast<Command>(reply.bytes()[1]);
        if (command == Command::get_code) asked = true;
        if (command != Command::read_slot || !asked) return;
        base::store_le64(reply.bytes(), 36, base::load_le64(reply.bytes(), 36) + move_by);
        reseal(reply);
    };
    move_by = 1;
    refused(bench.code(hotp(1)), errors::code_void);

    // On a token that stores, zeros are a code.
    bench.tap.on_reply = {};
    bench.replug();
    bench.tap.on_reply = [&](wire::Report& reply) {
        if (static_cast<Command>(reply.bytes()[1]) != Command::get_code) return;
        base::store_le32(reply.bytes(), 7, 0);
        reseal(reply);
    };
    auto zeros = bench.code(hotp(1));
    REQUIRE(zeros.ok());
    CHECK(zeros.value().code.view() == "000000");
}

TEST_CASE("When another program took a code at the same time, it is not said which counter ours is of", "[hotp]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(hotp(1), "bank", rfc_secret, 6, 5)).ok());
    const std::uint64_t stands = bench.counter_in(hotp(1));
    auto alone = bench.code(hotp(1));
    REQUIRE(alone.ok());
    CHECK(alone.value().counter == stands);

    bool asked = false;
    bool taken = false;
    bench.on_send = [&](const wire::Report& report) {
        const bool reads = asked && !taken && wire::command_of(report) == Command::read_slot;
        asked = asked || wire::command_of(report) == Command::get_code;
        if (!reads) return SendFault::none;
        taken = true;
        TokenBench::Line other(bench, bench.plugged);
        wire::Report request = wire::get_code(0x10, {});
        wire::seal(request, 7);
        CHECK(other.send_feature(request).ok());
        for (int i = 0; i < 5; ++i) CHECK(other.receive_feature().ok());
        return SendFault::none;
    };
    auto code = bench.code(hotp(1));
    REQUIRE(code.ok());
    CHECK_FALSE(code.value().counter.has_value());
    CHECK(code.value().slot.parameters.counter == stands + 3);
}
