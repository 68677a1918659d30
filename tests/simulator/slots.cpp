// OTP slots: the codes of the RFCs, and every trap of writing.
#include "bench.hpp"

using namespace bench;

TEST_CASE("HOTP codes are those of RFC 4226, appendix D, and each use moves the counter by one") {
    Token token;
    REQUIRE(token.write(0x10, "rfc4226", rfc_secret, 0) == 0);
    const std::uint32_t expected[] = {755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489};
    std::uint64_t counter = 0;
    for (const std::uint32_t code : expected) {
        CHECK(token.counter(0x10) == counter);
        CHECK(token.code(0x10) == code);
        ++counter;
    }
    token.replug();
    CHECK(token.counter(0x10) == 10);
}

TEST_CASE("TOTP codes are those of RFC 6238, appendix B, SHA-1") {
    Token token;
    REQUIRE(token.write(0x2E, "rfc6238", rfc_secret, 30, 1) == 0);
    const std::pair<std::uint64_t, std::uint32_t> expected[] = {{59, 94287082},         {1111111109, 7081804},
                                                                {1111111111, 14050471}, {1234567890, 89005924},
                                                                {2000000000, 69279037}, {20000000000, 65353130}};
    for (const auto& [time, code] : expected) {
        INFO(time);
        REQUIRE(token.set_time(time) == 0);
        CHECK(token.code(0x2E) == code);
    }
}

TEST_CASE("A secret of 40 bytes is used whole") {
    Token token;
    const std::string secret = "1234567890123456789012345678901234567890";
    REQUIRE(token.write(0x11, "forty", secret, 0) == 0);
    REQUIRE(token.write(0x12, "thirty", secret.substr(0, 30), 0) == 0);
    CHECK(token.code(0x11) != token.code(0x12));
}

TEST_CASE("An aborted write leaves its tail in the buffer, and a short secret without its second piece gets it") {
    Token token;
    REQUIRE(token.write(0x10, "right", rfc_secret, 0) == 0);
    const std::uint32_t right = token.code(0x10);

    const auto write_after_abort = [&](bool second_piece) {
        REQUIRE(token.authenticate() == 0);
        REQUIRE(token.send_secret(0, "an earlier secret of 40 bytes,") == 0);
        REQUIRE(token.send_secret(1, "with tail.") == 0);  // and here the host died
        REQUIRE(token.authenticate() == 0);
        REQUIRE(token.send_name("short") == 0);
        REQUIRE(token.send_secret(0, rfc_secret) == 0);
        if (second_piece) REQUIRE(token.send_secret(1, "") == 0);
        REQUIRE(token.commit(0x11, 0) == 0);
        return token.code(0x11);
    };
    CHECK(write_after_abort(false) != right);
    CHECK(write_after_abort(true) == right);
}

TEST_CASE("Each piece of a slot is echoed, the secret in clear, until the next command") {
    Token token;
    REQUIRE(token.authenticate() == 0);
    auto reply =
        token.exchange(Request(0x17).text(1, temporary()).byte(26, 'N').text(28, "a name that is cut at fifteen"));
    CHECK(std::string_view(reinterpret_cast<const char*>(reply.bytes().data()) + 7, 16) ==
          std::string_view("a name that is \0", 16));
    token.exchange(Request(0x17).text(1, temporary()).byte(26, 'S').byte(27, 0).text(28, std::string(30, 'A')));
    reply = token.exchange(Request(0x17).text(1, temporary()).byte(26, 'S').byte(27, 1).text(28, std::string(10, 'B')));
    const std::string secret = std::string(30, 'A') + std::string(10, 'B');
    const auto echo = [](const wire::Report& report) {
        return std::string(reinterpret_cast<const char*>(report.bytes().data()) + 7, 40);
    };
    CHECK(echo(reply) == secret);
    CHECK(echo(token.read()) == secret);  // anybody can read it again
    token.exchange(Request(0x00));
    CHECK(echo(token.read()).find('A') == std::string::npos);
}

TEST_CASE("A piece with an index beyond the secret goes to its beginning") {
    Token token;
    REQUIRE(token.authenticate() == 0);
    const auto reply = token.exchange(Request(0x17).text(1, temporary()).byte(26, 'S').byte(27, 2).text(28, "index 2"));
    CHECK(std::string_view(reinterpret_cast<const char*>(reply.bytes().data()) + 7, 7) == "index 2");
}

TEST_CASE("An all-zero secret keeps the one that is stored") {
    Token token;
    REQUIRE(token.write(0x10, "first", rfc_secret, 0) == 0);
    CHECK(token.code(0x10) == 755224);
    REQUIRE(token.write(0x10, "renamed", "", 0) == 0);
    CHECK(token.code(0x10) == 755224);
    const auto slot = token.exchange(Request(0x02).byte(1, 0x10));
    CHECK(std::string_view(reinterpret_cast<const char*>(slot.bytes().data()) + 7, 8) ==
          std::string_view("renamed\0", 8));

    // On an erased slot that is forty bytes 0xFF.
    REQUIRE(token.write(0x11, "erased", "", 0) == 0);
    REQUIRE(token.write(0x12, "all ones", std::string(40, '\xFF'), 0) == 0);
    CHECK(token.code(0x11) == token.code(0x12));
}

TEST_CASE("A write is refused without a name, without data, to a slot that is not there, and without authentication") {
    Token token;
    CHECK(token.send_name("nobody") == 5);
    CHECK(token.commit(0x20, 30) == 5);
    REQUIRE(token.authenticate() == 0);
    CHECK(token.commit(0x20, 30) == 5);  // no data

    REQUIRE(token.send_secret(0, rfc_secret) == 0);
    CHECK(token.commit(0x20, 30) == 7);  // no name
    CHECK(token.commit(0x20, 30) == 5);  // and that closed the buffer

    for (const unsigned slot : {0x00U, 0x0FU, 0x14U, 0x1FU, 0x2FU, 0xFFU}) {
        REQUIRE(token.send_name("where to") == 0);
        CHECK(token.commit(slot, 30) == 2);
        CHECK(token.slot_status(slot) == 2);
    }
    CHECK(token.slot_status(0x20) == 3);
    CHECK(token.code_status(0x20) == 3);
}

TEST_CASE("A commit with the wrong temporary password leaves the buffer open") {
    Token token;
    REQUIRE(token.authenticate() == 0);
    REQUIRE(token.send_name("patient") == 0);
    CHECK(token.commit(0x20, 30, 0, temporary('x')) == 5);
    CHECK(token.commit(0x20, 30) == 0);
}

TEST_CASE("All 25 bytes of a temporary password count") {
    Token token;
    const std::string password = "0123456789abcdef01234567!";
    REQUIRE(token.authenticate(admin_pin, password) == 0);
    for (std::size_t i = 0; i < password.size(); ++i) {
        std::string other = password;
        other[i] = static_cast<char>(other[i] ^ 1);
        INFO(i);
        CHECK(token.send_name("name", other) == 5);
    }
    CHECK(token.send_name("name", password) == 0);
    CHECK(token.status(Request(0x06).byte(1, 0x20).text(2, password.substr(0, 24))) == 5);
    CHECK(token.status(Request(0x06).byte(1, 0x20).text(2, password)) == 0);
}

TEST_CASE("A temporary password of 25 zero bytes works like any other, but not before it was set") {
    Token token;
    const std::string zeros(25, '\0');
    CHECK(token.send_name("name", zeros) == 5);
    REQUIRE(token.authenticate(admin_pin, zeros) == 0);
    CHECK(token.send_name("name", zeros) == 0);
}

TEST_CASE("The slot for verifying gives no code but checks ten counters ahead") {
    Token token;
    REQUIRE(token.write(0x13, "verify", rfc_secret, 0) == 0);
    CHECK(token.code_status(0x13) == 2);
    const auto verify = [&](std::uint64_t code) {
        const auto reply = token.exchange(Request(0x18).number(1, code));
        CHECK(unsigned{reply.bytes()[6]} == 0);
        return std::pair{unsigned{reply.bytes()[7]}, unsigned{reply.bytes()[8]}};
    };
    CHECK(verify(123456) == std::pair{0U, 0xFEU});
    CHECK(verify(969429) == std::pair{1U, 3U});
    CHECK(token.counter(0x13) == 4);
    CHECK(verify(969429) == std::pair{0U, 0xFEU});  // used up
    CHECK(verify(520489) == std::pair{1U, 5U});
    REQUIRE(token.status(Request(0x06).byte(1, 0x13).text(2, temporary())) == 0);
    CHECK(token.status(Request(0x18)) == 3);
}

TEST_CASE("Erasing an empty slot is no error, and an erased HOTP slot loses its counter") {
    Token token;
    REQUIRE(token.write(0x10, "gone soon", rfc_secret, 7) == 0);
    const auto erase = Request(0x06).byte(1, 0x10).text(2, temporary());
    CHECK(token.status(erase) == 0);
    CHECK(token.status(erase) == 0);
    CHECK(token.slot_status(0x10) == 3);
    CHECK(token.status(Request(0x06).byte(1, 0x14).text(2, temporary())) == 2);
}

TEST_CASE("Of a TOTP interval 16 bits count, and none at all is no error") {
    Token token;
    REQUIRE(token.write(0x20, "half a minute", rfc_secret, 0x10000 + 30, 1) == 0);
    REQUIRE(token.set_time(59) == 0);
    CHECK(token.code(0x20) == 94287082);
    CHECK(token.counter(0x20) == 0x10000 + 30);
    REQUIRE(token.write(0x20, "never", rfc_secret, 0x10000, 1) == 0);
    CHECK(token.code_status(0x20) == 0);
}

TEST_CASE("With PIN protection a code needs the user's temporary password, whatever the slot") {
    Token token;
    REQUIRE(token.write(0x10, "protected", rfc_secret, 0) == 0);
    const auto config = [](unsigned protection) {
        return Request(0x05).text(1, "\xFF\xFF\xFF").byte(4, protection).text(6, temporary());
    };
    CHECK(token.status(Request(0x05).byte(4, 1)) == 5);
    REQUIRE(token.status(config(1)) == 0);
    CHECK(token.code_status(0x10) == 5);
    CHECK(token.code_status(0x77) == 5);  // before the slot is looked at
    CHECK(token.counter(0x10) == 0);
    REQUIRE(token.authenticate_user() == 0);
    CHECK(token.code_status(0x10, temporary('u')) == 0);
    CHECK(token.code_status(0x10, temporary('x')) == 5);
    // It is on for exactly 1 only; a token never configured reads 0xFF and is open.
    REQUIRE(token.status(config(2)) == 0);
    CHECK(token.code_status(0x10) == 0);
}
