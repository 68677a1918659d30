// Pro 0.7 and the Storage up to 0.53: AUTHORIZE by checksum, one packet a slot.
#include "bench.hpp"
#include "support/wiredata.hpp"

using namespace bench;

namespace {

const char* const old_keys[] = {"pro-0.7", "storage-0.53"};

}  // namespace

TEST_CASE("Pro 0.7 answers the worked packets of the old protocol byte for byte") {
    const auto packets = read_packets("wiredata/old-and-storage.txt");
    Token token(known("pro-0.7"));
    const std::string password = "0123456789abcdef01234567" + std::string(1, '\0');
    REQUIRE(token.authenticate(admin_pin, password) == 0);
    const auto reply = token.exchange(wire::Report::copy_of(packets.request("authorize")));
    CHECK(std::ranges::equal(reply.bytes(), packets.reply("authorize")));
    CHECK(unsigned{token.exchange(wire::Report::copy_of(packets.request("old-write"))).bytes()[6]} == 0);
    REQUIRE(token.set_time(59) == 0);
    CHECK(token.code(0x20) == 94287082);
}

TEST_CASE("A packet is refused unless exactly it was authorised, and passes once") {
    for (const char* key : old_keys) {
        INFO(key);
        Token token(known(key));
        const auto packet = token.old_write_packet(0x20, "name", rfc_secret, 30);
        const auto other = token.old_write_packet(0x20, "nam3", rfc_secret, 30);
        const auto send = [&](const wire::Report& report) { return unsigned{token.exchange(report).bytes()[6]}; };
        CHECK(token.authorize(packet) == 0);  // no temporary password: nothing is authorised, and that answers ok
        CHECK(send(packet) == 5);
        REQUIRE(token.authenticate() == 0);
        CHECK(token.authorize(packet, true, temporary('x')) == 4);
        CHECK(send(packet) == 5);
        REQUIRE(token.authorize(packet) == 0);
        CHECK(send(other) == 5);
        CHECK(send(packet) == 0);
        CHECK(send(packet) == 5);
    }
}

TEST_CASE("AUTHORIZE uses the temporary password of a Pro 0.7 up, a Storage keeps it") {
    for (const char* key : old_keys) {
        INFO(key);
        Token token(known(key));
        REQUIRE(token.authenticate() == 0);
        const auto first = token.old_write_packet(0x20, "first", rfc_secret, 30);
        REQUIRE(token.authorize(first) == 0);
        REQUIRE(unsigned{token.exchange(first).bytes()[6]} == 0);
        const auto second = token.old_write_packet(0x21, "second", rfc_secret, 30);
        CHECK(token.authorize(second) == 0);  // says so in either case
        CHECK(unsigned{token.exchange(second).bytes()[6]} == (token.storage ? 0 : 5));
    }
}

TEST_CASE("A protected code of old firmware needs its own USER_AUTHORIZE each time") {
    for (const char* key : old_keys) {
        INFO(key);
        auto state = known(key);
        state.config[3] = 1;
        Token token(std::move(state));
        REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
        const auto request = Request(0x04).byte(1, 0x10).sealed();
        CHECK(unsigned{token.exchange(request).bytes()[6]} == 5);
        REQUIRE(token.authenticate_user() == 0);
        REQUIRE(token.authorize(request, false, temporary('u')) == 0);
        CHECK(base::load_le32(token.exchange(request).bytes(), 7) == 755224);
        CHECK(unsigned{token.exchange(request).bytes()[6]} == 5);
    }
}

TEST_CASE("Pro 0.7 takes a secret that begins with a zero byte for none, and keeps the old one") {
    Token token(known("pro-0.7"));
    REQUIRE(token.write(0x10, "first", rfc_secret, 0) == 0);
    REQUIRE(token.write(0x10, "second", std::string(1, '\0') + "2345678901234567890", 0) == 0);
    CHECK(token.code(0x10) == 755224);
}

TEST_CASE("A Storage up to 0.53 stores a secret of zeros instead of keeping the old one") {
    Token token(known("storage-0.53"));
    REQUIRE(token.write(0x10, "first", rfc_secret, 0) == 0);
    REQUIRE(token.write(0x10, "renamed", "", 0) == 0);
    CHECK(token.code(0x10) == 328482);  // HOTP of a key of zeros, counter 0
}

TEST_CASE("Counters of an old Storage are decimal text, those of a Pro 0.7 are binary") {
    Token pro(known("pro-0.7"));
    REQUIRE(pro.write(0x11, "counts", rfc_secret, 0x1'0000'0002) == 0);
    CHECK(pro.counter(0x11) == 0x1'0000'0002);
    Token storage(known("storage-0.53"));
    REQUIRE(storage.write(0x11, "counts", rfc_secret, 12345678) == 0);
    CHECK(storage.counter_text(0x11) == "12345678");
    REQUIRE(storage.write(0x12, "from zero", rfc_secret, 0) == 0);
    CHECK(storage.counter_text(0x12) == "0");
    CHECK(storage.code(0x12) == 755224);
    CHECK(storage.counter_text(0x12) == "1");
}

TEST_CASE("Commands of the new protocol are unknown to old firmware: a Pro says so, a Storage says ok") {
    for (const char* key : old_keys) {
        INFO(key);
        Token token(known(key));
        REQUIRE(token.authenticate() == 0);
        const unsigned unknown = token.storage ? 0 : 9;
        CHECK(token.send_name("new") == unknown);
        CHECK(token.status(Request(0x18)) == unknown);
        CHECK(token.slot_status(0x20) == 3);
    }
}

TEST_CASE("A Pro 0.7 takes one slot id too many of each kind") {
    Token token(known("pro-0.7"));
    CHECK(token.slot_status(0x13) == 3);
    CHECK(token.slot_status(0x2F) == 3);
    CHECK(token.slot_status(0x14) == 2);
    CHECK(token.slot_status(0x30) == 2);
    Token storage(known("storage-0.53"));
    CHECK(storage.slot_status(0x13) == 2);
    CHECK(storage.slot_status(0x2F) == 2);
}
