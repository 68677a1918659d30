// PINs, retry counters, reset, password safe.
#include "bench.hpp"
#include "wire/transport.hpp"

using namespace bench;

TEST_CASE("A wrong PIN costs exactly one try, and the right one gives them back") {
    Token token;
    CHECK(token.authenticate("87654321") == 4);
    CHECK(token.admin_tries() == 2);
    CHECK(token.user_tries() == 3);
    CHECK(token.authenticate("1234567") == 4);  // a beginning of the right one is a wrong one
    CHECK(token.admin_tries() == 1);
    CHECK(token.authenticate() == 0);
    CHECK(token.admin_tries() == 3);
    CHECK(token.authenticate_user("000000") == 4);
    CHECK(token.user_tries() == 2);
    CHECK(token.admin_tries() == 3);
}

TEST_CASE("A spent try is gone without power, too") {
    Token token;
    REQUIRE(token.authenticate("87654321") == 4);
    token.replug();
    CHECK(token.admin_tries() == 2);
}

TEST_CASE("A PIN with no tries left is refused even when it is right") {
    Token token;
    for (int i = 0; i < 3; ++i) REQUIRE(token.authenticate_user("000000") == 4);
    CHECK(token.user_tries() == 0);
    CHECK(token.authenticate_user() == 4);
    CHECK(token.user_tries() == 0);

    CHECK(token.status(Request(0x11).text(1, "87654321").text(26, "new user PIN")) == 4);
    CHECK(token.status(Request(0x11).text(1, admin_pin).text(26, "short")) == 14);
    CHECK(token.user_tries() == 0);
    CHECK(token.status(Request(0x11).text(1, admin_pin).text(26, "new user PIN")) == 0);
    CHECK(token.user_tries() == 3);
    CHECK(token.authenticate_user("new user PIN") == 0);
}

TEST_CASE("An empty PIN is refused and costs nothing") {
    Token token;
    CHECK(token.authenticate("") == 4);
    CHECK(token.admin_tries() == 3);
}

TEST_CASE("A failed authentication ends the temporary password before it, except in firmware 0.8") {
    const auto after_a_failure = [](std::uint8_t minor) {
        Token token(known_token(minor));
        REQUIRE(token.authenticate() == 0);
        REQUIRE(token.authenticate("87654321") == 4);
        return token.send_name("still there?");
    };
    CHECK(after_a_failure(15) == 5);
    CHECK(after_a_failure(9) == 5);
    CHECK(after_a_failure(8) == 0);
}

TEST_CASE("LOCK_DEVICE does not end a temporary password, a second authentication does") {
    Token token;
    REQUIRE(token.authenticate() == 0);
    REQUIRE(token.status(Request(0x12)) == 0);
    CHECK(token.send_name("locked") == 0);
    REQUIRE(token.authenticate(admin_pin, temporary('z')) == 0);  // another program
    CHECK(token.send_name("locked") == 5);
}

TEST_CASE("PINs are changed, and refused when they are too short") {
    Token token;
    CHECK(token.status(Request(0x14).text(1, "000000").text(26, "654321")) == 4);
    CHECK(token.user_tries() == 2);
    CHECK(token.status(Request(0x14).text(1, user_pin).text(26, "12345")) == 12);
    CHECK(token.status(Request(0x15).text(1, admin_pin).text(26, "1234567")) == 13);
    CHECK(token.authenticate() == 0);  // unchanged
    CHECK(token.status(Request(0x14).text(1, user_pin).text(26, "654321")) == 0);
    CHECK(token.authenticate_user() == 4);
    CHECK(token.authenticate_user("654321") == 0);
    CHECK(token.status(Request(0x15).text(1, admin_pin).text(26, "a new admin PIN")) == 0);
    CHECK(token.authenticate("a new admin PIN") == 0);
}

TEST_CASE("Factory reset clears slots and PINs and keeps the config, the clock and the temporary password") {
    Token token;
    REQUIRE(token.status(Request(0x15).text(1, admin_pin).text(26, "a new admin PIN")) == 0);
    REQUIRE(token.authenticate("a new admin PIN") == 0);
    REQUIRE(token.send_name("lost") == 0);
    REQUIRE(token.send_secret(0, rfc_secret) == 0);
    REQUIRE(token.commit(0x13, 0) == 0);
    REQUIRE(token.status(Request(0x05).byte(1, 0).byte(2, 1).byte(3, 0xFF).byte(4, 1).text(6, temporary())) == 0);
    REQUIRE(token.set_time(1'700'000'000) == 0);
    REQUIRE(token.authenticate_user("000000") == 4);

    CHECK(token.status(Request(0x13).text(1, "12345678")) == 4);
    CHECK(token.slot_status(0x13) == 0);
    CHECK(token.status(Request(0x13).text(1, "a new admin PIN")) == 0);
    CHECK(token.slot_status(0x13) == 3);
    CHECK(token.user_tries() == 3);
    const auto status = token.exchange(Request(0x00));
    CHECK(unsigned{status.bytes()[14]} == 1);
    CHECK(unsigned{status.bytes()[16]} == 1);
    CHECK(token.set_time(1'600'000'000, false) == 6);
    CHECK(token.send_name("kept") == 0);
    CHECK(token.authenticate() == 0);  // the default again
    CHECK(token.status(Request(0x67).text(1, user_pin)) == 10);
}

TEST_CASE("A factory reset that the card refuses answers ok and erases nothing") {
    Token token;
    REQUIRE(token.write(0x20, "survivor", rfc_secret, 30) == 0);
    simulator::Faults faults;
    faults.reset_without_effect = true;
    token.source.set_faults(faults);
    CHECK(token.status(Request(0x13).text(1, admin_pin)) == 0);
    CHECK(token.slot_status(0x20) == 0);
}

namespace {

std::string field(Token& token, unsigned command, unsigned slot, std::size_t length) {
    const auto reply = token.exchange(Request(static_cast<std::uint8_t>(command)).byte(1, slot));
    REQUIRE(unsigned{reply.bytes()[6]} == 0);
    return {reinterpret_cast<const char*>(reply.bytes().data()) + 7, length};
}

void store_password(Token& token, unsigned slot) {
    REQUIRE(token.status(Request(0x67).text(1, user_pin)) == 0);
    // The first packet's slot is ignored.
    REQUIRE(token.status(Request(0x64).byte(1, 9).text(2, "eleven char").text(13, "twenty characters ok")) == 0);
    REQUIRE(token.status(Request(0x65).byte(1, slot).text(2, "a login name of thirty-two bytes")) == 0);
}

}  // namespace

TEST_CASE("The password safe keeps an entry, and shows it only while it is unlocked") {
    Token token;
    CHECK(token.status(Request(0x60)) == 5);
    store_password(token, 3);
    auto used = token.exchange(Request(0x60));
    CHECK(unsigned{used.bytes()[7 + 3]} == 1);
    CHECK(unsigned{used.bytes()[7 + 9]} == 0);
    token.replug();
    CHECK(token.status(Request(0x61).byte(1, 3)) == 5);
    CHECK(token.status(Request(0x67).text(1, "000000")) == 4);
    CHECK(token.user_tries() == 2);
    REQUIRE(token.status(Request(0x67).text(1, user_pin)) == 0);
    CHECK(field(token, 0x61, 3, 11) == "eleven char");
    CHECK(field(token, 0x62, 3, 20) == "twenty characters ok");
    CHECK(field(token, 0x63, 3, 32) == "a login name of thirty-two bytes");
    CHECK(token.status(Request(0x61).byte(1, 16)) == 5);
    CHECK(token.status(Request(0x66).byte(1, 3)) == 0);
    CHECK(field(token, 0x61, 3, 11) == std::string(11, '\0'));
    REQUIRE(token.status(Request(0x12)) == 0);
    CHECK(token.status(Request(0x60)) == 5);
    CHECK(token.status(Request(0x68)) == 0);  // the card still knows the user
    token.replug();
    CHECK(token.status(Request(0x68)) == 5);
}

TEST_CASE("A new AES key destroys the password safe even when the PIN is wrong") {
    Token token;
    store_password(token, 3);
    CHECK(token.status(Request(0x6B).text(1, "87654321")) == 4);
    CHECK(token.admin_tries() == 2);
    REQUIRE(token.status(Request(0x67).text(1, user_pin)) == 0);
    CHECK(field(token, 0x61, 3, 11) != "eleven char");
}

TEST_CASE("After a factory reset the password safe needs a new key") {
    Token token;
    REQUIRE(token.status(Request(0x13).text(1, admin_pin)) == 0);
    CHECK(token.status(Request(0x67).text(1, user_pin)) == 10);
    REQUIRE(token.status(Request(0x6B).text(1, admin_pin)) == 0);
    CHECK(token.status(Request(0x67).text(1, user_pin)) == 0);
    CHECK(token.status(Request(0x6A).text(1, user_pin)) == 0);
    CHECK(token.status(Request(0x6A).text(1, "000000")) == 4);
}

TEST_CASE("The firmware password is changed, and the right one takes it into its boot loader") {
    Token token;
    CHECK(token.status(Request(0x1A).text(1, "wrong one").text(21, "another password")) == 4);
    CHECK(token.status(Request(0x1A).text(1, "12345678").text(21, "short")) == 4);
    CHECK(token.status(Request(0x1A).text(1, "12345678").text(21, "another password")) == 0);
    CHECK(token.status(Request(0x19).text(1, "12345678")) == 4);
    token.send(Request(0x19).text(1, "another password").sealed());
    const auto seen = token.source.look();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].product_id == 0x42B4);
    CHECK(token.transport->receive_feature().error().code == wire::errors::unplugged);
}

TEST_CASE("GET_RANDOM gives at most 55 bytes, of which the checksum overwrites the last four") {
    Token token;
    const auto reply = token.exchange(Request(0x1B).byte(1, 200));
    CHECK(unsigned{reply.bytes()[7]} == 1);
    CHECK(unsigned{reply.bytes()[8]} == 55);
    CHECK(base::load_le32(reply.bytes(), 60) == wire::checksum(reply.bytes().first<60>()));
    const auto few = token.exchange(Request(0x1B).byte(1, 4));
    CHECK(std::ranges::all_of(few.bytes().subspan(13, 47), [](std::uint8_t byte) { return byte == 0; }));
    CHECK(std::ranges::any_of(few.bytes().subspan(9, 4), [](std::uint8_t byte) { return byte != 0; }));
}
