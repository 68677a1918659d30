// Another program on the same Storage: what it leaves in our replies is never taken for the token's word (quirks Q-S22,
// Q-S23). And values that cannot be, on every model.
#include "device/token_bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using otp::SlotState;
using wire::Command;

namespace {

// As V0.57 sends it: type, nothing more, size, magic, volumes, firmware, tries, serial.
void lay_status_over(wire::Report& reply) {
    auto bytes = reply.bytes();
    constexpr std::array<std::uint8_t, 29> payload{0, 3, 0, 25, 0x18, 0x33, 1, 0, 0, 57, 0, 0, 0, 0, 0,
                                                   1, 1, 2, 3,  4,    1,    0, 3, 3, 9,  8, 7, 6, 0};
    base::store(bytes, 25, payload);
    reseal(reply);
}

// Id and echo are there, the fields are not.
void take_fields_away(wire::Report& reply) {
    auto bytes = reply.bytes();
    std::ranges::fill(bytes.subspan(6, 54), std::uint8_t{0});
    reseal(reply);
}

bool is_reply_to(const wire::Report& reply, std::initializer_list<Command> commands) {
    return std::ranges::count(commands, static_cast<Command>(reply.bytes()[1])) != 0;
}

constexpr std::initializer_list<Command> read_and_code{Command::read_slot,
                                                       Command::get_password_retry_count,
                                                       Command::get_user_password_retry_count,
                                                       Command::get_status,
                                                       Command::get_code,
                                                       Command::send_otp_data,
                                                       Command::write_to_slot};

// A different reply than the one before.
struct First {
    std::uint32_t last = 0;
    bool operator()(const wire::Report& reply) {
        const std::uint32_t echo = base::load_le32(reply.bytes(), 2);
        return std::exchange(last, echo) != echo;
    }
};

void fill(TokenBench& bench) {
    REQUIRE(bench.write(write_command(totp(1), "github", rfc_secret, 6, 30)).ok());
    REQUIRE(bench.write(write_command(totp(2), "FIFTEEN LETTERS", rfc_secret, 8, 60)).ok());
    REQUIRE(bench.write(write_command(hotp(1), "bank", rfc_secret, 6, 3)).ok());
}

// Reads all anew, and compares.
void check_same_as(TokenBench& bench, const std::vector<otp::SlotSummary>& slots) {
    const auto refreshed = bench.session->refresh();
    REQUIRE(refreshed.ok());
    CHECK(bench.session->slots() == slots);
    CHECK(bench.session->status().user_tries == 3);
    CHECK(bench.session->status().admin_tries == 3);
    CHECK(bench.session->status().firmware_minor == bench.state().firmware_minor);
}

}  // namespace

TEST_CASE("Another program's status in the first reading of each reply is not taken for the reply", "[crowded]") {
    const auto model = GENERATE("storage-0.53", "storage-0.57");
    INFO(model);
    TokenBench bench(model);
    fill(bench);
    const auto slots = bench.session->slots();
    First first;
    bench.change_read = [&](wire::Report& reply) {
        if (is_reply_to(reply, read_and_code) && first(reply)) lay_status_over(reply);
    };
    check_same_as(bench, slots);
    REQUIRE(bench.write(write_command(totp(3), "third", rfc_secret, 6, 30)).ok());
    CHECK(bench.slot(totp(3)).state == SlotState::proven);
}

TEST_CASE("A reply that is read while it is being built is read again", "[crowded]") {
    const auto model = GENERATE("storage-0.53", "storage-0.57");
    INFO(model);
    TokenBench bench(model);
    fill(bench);
    const auto slots = bench.session->slots();
    First first;
    bench.change_read = [&](wire::Report& reply) {
        if (is_reply_to(reply, read_and_code) && first(reply)) take_fields_away(reply);
    };
    check_same_as(bench, slots);
    auto code = bench.code(totp(1));
    REQUIRE(code.ok());
    CHECK(
        same(code.value().code, bench.expected(rfc_secret, 6, otp::time_step(bench.clock.unix_time().seconds(), 30))));
    // A wrong PIN whose reply is first seen without its status is still a wrong PIN.
    auto command = write_command(totp(4), "fourth", rfc_secret, 6, 30);
    command.admin_pin = text("87654321");
    bench.change_read = [&](wire::Report& reply) {
        if (is_reply_to(reply, {Command::first_authenticate}) && first(reply)) take_fields_away(reply);
    };
    auto refused = bench.write(std::move(command));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.failure().error.code == errors::wrong_pin);
}

TEST_CASE("Another program's command that ends in our reply does not change a slot's name or digits", "[crowded]") {
    const auto model = GENERATE("storage-0.53", "storage-0.57");
    INFO(model);
    TokenBench bench(model);
    fill(bench);
    const auto slots = bench.session->slots();
    // The firmware writes its block into the reply for good: each of three replies out of four keeps it.
    std::uint32_t last = 0;
    unsigned replies = 0;
    bench.change_read = [&](wire::Report& reply) {
        if (!is_reply_to(reply, {Command::read_slot, Command::send_otp_data})) return;
        const std::uint32_t echo = base::load_le32(reply.bytes(), 2);
        if (std::exchange(last, echo) != echo) ++replies;
        if (replies % 4 == 0) return;
        const std::array<std::uint8_t, 4> block{static_cast<std::uint8_t>(replies), 0x2E, 1, 0};
        base::store(reply.bytes(), 20, block);
        reseal(reply);
    };
    (void)bench.session->refresh();
    bench.change_read = {};
    check_same_as(bench, slots);
}

TEST_CASE("Tries that read as 0 while the card is being asked are asked for in another way", "[crowded]") {
    TokenBench bench("storage-0.57");
    bench.change_read = [](wire::Report& reply) {
        if (is_reply_to(reply, {Command::get_password_retry_count, Command::get_user_password_retry_count}))
            take_fields_away(reply);
    };
    check_same_as(bench, bench.session->slots());
}

TEST_CASE("A status whose payload another program has read is asked for again, and then that program is told of",
          "[crowded]") {
    const auto [taken, ok] = GENERATE(table<int, bool>({{3, true}, {1000, false}}));
    INFO(taken << " payloads are taken");
    TokenBench bench("storage-0.57");
    First first;
    bench.change_read = [&, replies = 0](wire::Report& reply) mutable {
        if (!is_reply_to(reply, {Command::get_device_status})) return;
        replies += first(reply);
        if (replies <= taken) std::ranges::fill(reply.bytes().subspan(25, 35), std::uint8_t{0});
        reseal(reply);
    };
    const auto refreshed = bench.session->refresh();
    REQUIRE(refreshed.ok() == ok);
    if (!ok) CHECK(refreshed.error().code == errors::foreign_answers);
}

TEST_CASE("More tries than a token has are refused, not shown", "[crowded]") {
    const auto model = GENERATE("pro-0.8", "pro-0.15", "librem");
    INFO(model);
    TokenBench bench(model);
    bench.change_read = [](wire::Report& reply) {
        if (!is_reply_to(reply, {Command::get_password_retry_count})) return;
        reply.bytes()[7] = 42;
        const auto device_status = std::exchange(reply.bytes()[0], std::uint8_t{0});
        reseal(reply);
        reply.bytes()[0] = device_status;
    };
    const auto refreshed = bench.session->refresh();
    REQUIRE_FALSE(refreshed.ok());
    CHECK(refreshed.error().code == errors::impossible_value);
    CHECK(refreshed.error().actual == 42);
    CHECK(refreshed.error().limit == 3);
}

TEST_CASE("Flags of a Storage's volumes that cannot be are refused, not shown", "[crowded]") {
    const auto* const model = GENERATE("storage-0.53", "storage-0.57");
    // Byte, value, whether a firmware can mean it: docs/protocol/pro-storage.md, section 5.1.
    const auto [byte, value, possible] = GENERATE(table<std::size_t, int, bool>({{31, 0, true},
                                                                                 {31, 2, false},
                                                                                 {32, 0xFF, false},
                                                                                 {37, 17, false},
                                                                                 {38, 1, true},
                                                                                 {38, 2, false},
                                                                                 {39, 0xFE, true},
                                                                                 {40, 0x80, true},
                                                                                 {45, 7, true},
                                                                                 {45, 8, false},
                                                                                 {53, 2, false}}));
    INFO(model << ", byte " << byte << ": " << value);
    TokenBench bench(model);
    bench.change_read = [byte = byte, value = value](wire::Report& reply) {
        if (!is_reply_to(reply, {Command::get_device_status})) return;
        reply.bytes()[byte] = static_cast<std::uint8_t>(value);
        const auto device_status = std::exchange(reply.bytes()[0], std::uint8_t{0});
        reseal(reply);
        reply.bytes()[0] = device_status;
    };
    const auto refreshed = bench.session->refresh();
    CHECK(refreshed.ok() == possible);
    if (refreshed.ok()) return;
    CHECK(refreshed.error().code == errors::impossible_value);
    CHECK(refreshed.error().actual == static_cast<std::uint64_t>(value));
    CHECK_FALSE(refreshed.error().field.empty());
}

TEST_CASE("A code longer than the slot's digits is refused and not told", "[crowded]") {
    const auto model = GENERATE("pro-0.15", "storage-0.57");
    INFO(model);
    TokenBench bench(model);
    fill(bench);
    const auto slot = GENERATE(totp(1), totp(2));
    bench.change_read = [](wire::Report& reply) {
        if (!is_reply_to(reply, {Command::get_code})) return;
        base::store_le32(reply.bytes(), 7, 100'000'000);
        const auto device_status = std::exchange(reply.bytes()[0], std::uint8_t{0});
        reseal(reply);
        reply.bytes()[0] = device_status;
    };
    auto code = bench.code(slot);
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::impossible_value);
    CHECK_FALSE(code.failure().error.actual.has_value());
}

TEST_CASE("A firmware version that cannot be is refused, and one newer than the newest known is served as that",
          "[crowded]") {
    const auto [major, minor, served] = GENERATE(table<int, int, bool>(
        {{181, 62, false}, {0, 0, false}, {0, 200, false}, {10, 1, false}, {0, 16, true}, {1, 0, true}, {2, 3, true}}));
    INFO(major << "." << minor);
    TokenBench bench("pro-0.15");
    bench.change_read = [major = major, minor = minor](wire::Report& reply) {
        if (!is_reply_to(reply, {Command::get_status})) return;
        reply.bytes()[7] = static_cast<std::uint8_t>(minor);
        reply.bytes()[8] = static_cast<std::uint8_t>(major);
        const auto device_status = std::exchange(reply.bytes()[0], std::uint8_t{0});
        reseal(reply);
        reply.bytes()[0] = device_status;
    };
    const auto opened = bench.try_open();
    CHECK(opened.ok() == served);
    if (!opened.ok()) CHECK(opened.error().code == errors::impossible_firmware);
}

TEST_CASE("A slot whose period or counter cannot be is listed without figures", "[crowded]") {
    TokenBench bench("storage-0.57");
    fill(bench);
    bench.change_read = [](wire::Report& reply) {
        if (!is_reply_to(reply, {Command::read_slot}) || reply.bytes()[7] == 0) return;
        base::store_le64(reply.bytes(), 36, 0xF000'0000'0000'0001);
        reseal(reply);
    };
    REQUIRE(bench.session->refresh().ok());
    for (const auto& slot : bench.session->slots()) {
        if (!otp::occupied(slot)) continue;
        CHECK((slot.state == SlotState::unreadable || slot.state == SlotState::proven));
        CHECK(slot.parameters.counter == 0);
        CHECK(slot.parameters.period <= 30);
    }
    CHECK(bench.slot(totp(1)).name == "github");
}
