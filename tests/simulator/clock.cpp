// The token's clock and its memory of the time.
#include "bench.hpp"
#include "simulator/token_store.hpp"

using namespace bench;

namespace {

constexpr std::uint64_t now = 1'700'000'000;

// The 30-second step that the token's clock is in, found out by its code.
std::uint32_t code_at(Token& token) {
    return token.code(0x20);
}

}  // namespace

TEST_CASE("The clock starts at 0 and runs one per cent slow") {
    Token token;
    REQUIRE(token.write(0x20, "counts", rfc_secret, 1) == 0);  // interval 1: the code's counter is the clock
    REQUIRE(token.write(0x10, "reference", rfc_secret, 0) == 0);
    token.replug();
    CHECK(code_at(token) == 755224);
    token.clock.advance(std::chrono::milliseconds{1009});
    CHECK(code_at(token) == 755224);
    token.clock.advance(std::chrono::milliseconds{1});
    CHECK(code_at(token) == 287082);
    token.replug();
    token.clock.advance(std::chrono::milliseconds{9090});  // nine counts
    CHECK(code_at(token) == 520489);

    // An hour is 3564 counts.
    REQUIRE(token.set_time(now) == 0);
    token.clock.advance(std::chrono::hours{1});
    const auto after_an_hour = code_at(token);
    REQUIRE(token.set_time(now + 3564) == 0);
    CHECK(code_at(token) == after_an_hour);
}

TEST_CASE("Time goes forward by a soft set, and back only by a hard one") {
    Token token;
    CHECK(token.set_time(now, false) == 0);
    CHECK(token.set_time(now + 600, false) == 0);
    CHECK(token.set_time(now, false) == 6);
    CHECK(token.set_time(now, true) == 0);
    CHECK(token.set_time(now, false) == 0);
    token.replug();  // the minute is remembered without power
    CHECK(token.set_time(now - 60, false) == 6);
    CHECK(token.set_time(now + 60, false) == 0);
}

TEST_CASE("A refused set does not move the clock") {
    Token token;
    REQUIRE(token.write(0x20, "clock", rfc_secret, 30, 1) == 0);
    REQUIRE(token.set_time(now) == 0);
    const auto before = code_at(token);
    REQUIRE(token.set_time(now - 86'400, false) == 6);
    CHECK(code_at(token) == before);
}

TEST_CASE("A hard set to a time before 2014 makes the token refuse the present until the next hard set") {
    Token token;
    REQUIRE(token.set_time(59) == 0);
    CHECK(token.set_time(now, false) == 6);
    CHECK(token.set_time(now, true) == 0);
    CHECK(token.set_time(now, false) == 0);
}

TEST_CASE("The stored minute of SET_TIME 59 is the word that the protocol page gives") {
    const Folder folder;
    const std::string file = folder.file("token");
    {
        Token token(file);
        REQUIRE(token.set_time(59) == 0);
    }
    auto text = simulator::TokenStore::open(file);
    REQUIRE(text.ok());
    CHECK(text.value().state().set_times == std::vector<std::uint32_t>{0xE324E5FF});
}

TEST_CASE("A stored minute that fails its check refuses every soft set") {
    auto state = known_token();
    state.set_times = {0x00000100};
    Token token(std::move(state));
    CHECK(token.set_time(now, false) == 6);
    CHECK(token.set_time(now, true) == 0);
}

TEST_CASE("Thirty-two sets fill the page, and the next one begins it anew without forgetting") {
    const Folder folder;
    const std::string file = folder.file("token");
    const auto entries = [&] {
        const auto store = simulator::TokenStore::open(file);
        REQUIRE(store.ok());
        return store.value().state().set_times.size();
    };
    Token token(file);
    for (std::uint64_t i = 0; i < 32; ++i) REQUIRE(token.set_time(now + 60 * i, false) == 0);
    CHECK(entries() == 32);
    REQUIRE(token.set_time(now + 60 * 32, false) == 0);
    CHECK(entries() == 1);
    CHECK(token.set_time(now, false) == 6);
}
