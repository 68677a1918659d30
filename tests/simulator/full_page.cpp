// The page of a Pro's HOTP counter when it is full: quirk Q-P23; docs/protocol/pro-storage.md, section 11.13.
#include "bench.hpp"
#include "simulator/hmac_sha1.hpp"

using namespace bench;

namespace {

// As after so many codes.
simulator::TokenState with_full_page(std::string_view key, std::uint64_t counter) {
    auto state = known(key);
    simulator::OtpRecord record;
    record.name = {'b', 'a', 'n', 'k'};
    record.secret = base::SecretBytes(state.secret_size());
    base::store(record.secret.bytes(), 0,
                {reinterpret_cast<const std::uint8_t*>(rfc_secret.data()), rfc_secret.size()});
    state.slots.emplace(std::uint8_t{0x10}, std::move(record));
    state.hotp_counters[0] = counter;
    state.hotp_marks[0] = state.marks_most();
    return state;
}

}  // namespace

TEST_CASE("The 1,017th code of a Pro's HOTP slot is none, and the counter does not move until power is cut",
          "[full-page]") {
    Token token;
    REQUIRE(token.write(0x10, "bank", rfc_secret, 5) == 0);
    for (int i = 0; i < 1016; ++i) (void)token.code(0x10);
    CHECK(token.counter(0x10) == 1021);
    for (int i = 0; i < 3; ++i) {
        CHECK(token.code(0x10) == 0);
        CHECK(token.counter(0x10) == 1021);
    }
    token.replug();
    CHECK(token.counter(0x10) == 1021);
    CHECK(token.code(0x10) ==
          simulator::hotp_value({reinterpret_cast<const std::uint8_t*>(rfc_secret.data()), 20}, 1021, false));
    CHECK(token.counter(0x10) == 1022);
}

TEST_CASE("After a full page every Pro loses what is written to it, until its power is cut", "[full-page]") {
    for (const char* key : {"pro-0.7", "pro-0.8", "pro-0.10", "pro-0.11", "pro-0.15", "librem"}) {
        INFO(key);
        Token token(with_full_page(key, 7));
        REQUIRE(token.write(0x20, "kept", rfc_secret, 30) == 0);
        REQUIRE(token.code(0x10) == 0);
        CHECK(token.write(0x21, "lost", rfc_secret, 30) == 0);
        CHECK(token.slot_status(0x21) == 3);
        CHECK(token.write(0x10, "lost", rfc_secret, 99) == 0);
        CHECK(token.counter(0x10) == 7);
        // The clock is set although the setting is refused.
        CHECK(token.set_time(1234567890) == 6);
        CHECK(token.code(0x20) == 5924);
        CHECK(token.set_time(1234567890, false) == 6);
        REQUIRE(token.authenticate() == 0);
        if (!token.old_protocol) {
            CHECK(token.status(Request(0x06).byte(1, 0x20).text(2, temporary())) == 0);
            CHECK(token.status(Request(0x05).byte(4, 1).text(6, temporary())) == 0);
        }
        CHECK(token.slot_status(0x20) == 0);
        CHECK(unsigned{token.exchange(Request(0x00)).bytes()[16]} == 0xFF);
        CHECK(token.status(Request(0x13).text(1, admin_pin)) == 0);
        CHECK(token.slot_status(0x20) == 0);
        token.replug();
        CHECK(token.counter(0x10) == 7);
        CHECK(token.write(0x21, "kept", rfc_secret, 30) == 0);
        CHECK(token.slot_status(0x21) == 0);
    }
}

TEST_CASE("How full a page is survives power, and that the flash refuses does not", "[full-page]") {
    const Folder folder;
    const std::string path = folder.file("token");
    {
        Token token(path);
        REQUIRE(token.write(0x10, "bank", rfc_secret, 0) == 0);
        for (int i = 0; i < 1000; ++i) (void)token.code(0x10);
    }
    {
        Token token(path, "pro", true);
        for (int i = 0; i < 16; ++i) CHECK(token.code(0x10) != 0);
        CHECK(token.code(0x10) == 0);
    }
    {
        Token token(path, "pro", true);  // another process
        CHECK(token.code(0x10) == 0);
        CHECK(token.set_time(1'700'000'000) == 6);
    }
    std::filesystem::remove(path + ".power");
    Token token(path);
    CHECK(token.code(0x10) != 0);
    CHECK(token.counter(0x10) == 1017);
}

TEST_CASE("A file of a Pro that does not tell how full its pages are counts them as just written", "[full-page]") {
    std::string text(simulator::write_state(with_full_page("pro", 3)).view());
    std::size_t at = 0;
    while ((at = text.find("hotp_marks")) != std::string::npos) text.erase(at, text.find('\n', at) + 1 - at);
    CHECK_FALSE(simulator::parse_state(text).ok());
    text.replace(text.find("state format 3"), 14, "state format 2");
    auto read = simulator::parse_state(text);
    REQUIRE(read.ok());
    CHECK(read.value().hotp_marks == std::array<std::uint16_t, 4>{});
    CHECK(read.value().hotp_counters[0] == 3);
}
