// What is a Storage's own: replies that look ready, started commands, its status, and its quirks.
#include "bench.hpp"
#include "support/wiredata.hpp"

using namespace bench;

namespace {

wire::Report status_of(Token& token) {
    auto reply = token.exchange(Request(0x2E));
    CHECK(unsigned{reply.bytes()[29]} == 0x18);
    CHECK(unsigned{reply.bytes()[30]} == 0x33);
    return reply;
}

unsigned status_byte(Token& token, std::size_t at) {
    return status_of(token).bytes()[at];
}

bool checksum_right(const wire::Report& report) {
    return base::load_le32(report.bytes(), 60) == wire::checksum(report.bytes().first<60>());
}

}  // namespace

TEST_CASE("A Storage answers the worked packets of its status byte for byte") {
    const auto packets = read_packets("wiredata/old-and-storage.txt");
    auto state = known_storage(53);
    state.card_serial = 0x5E3A;
    state.storage.sd_serial = 0xDACC3B78;
    state.storage.new_sd_card = true;
    Token token(std::move(state));
    for (int i = 0; i < 4; ++i) REQUIRE(token.started(Request(0x40)) == 1);
    token.send(wire::Report::copy_of(packets.request("device-status")));
    CHECK(unsigned{token.read().bytes()[1]} == 0x40);  // still the reply before, with nothing that betrays it
    CHECK(std::ranges::equal(token.read().bytes(), packets.reply("device-status-busy")));
    CHECK(std::ranges::equal(token.read().bytes(), packets.reply("device-status")));
}

TEST_CASE("A PIN of a Storage is changed by the worked packets") {
    const auto packets = read_packets("wiredata/old-and-storage.txt");
    for (const std::uint8_t minor : {std::uint8_t{53}, std::uint8_t{57}}) {
        Token token(known_storage(minor));
        const auto send = [&](const char* name) {
            return unsigned{token.exchange(wire::Report::copy_of(packets.request(name))).bytes()[22]};
        };
        CHECK(send("send-new-password") == 3);  // none was verified before
        CHECK(send("send-password") == 1);
        CHECK(send("send-new-password") == 1);
        CHECK(send("send-new-password") == 3);  // both are forgotten
        CHECK(token.authenticate_user("654321") == 0);
        CHECK(token.authenticate_user() == 4);
    }
}

TEST_CASE("A PIN of more than 20 bytes cannot be changed again on a Storage, and the attempt costs a try") {
    Token token(known("storage"));
    const std::string longer = "a user PIN of 25 bytes...";
    REQUIRE(token.started(Request(0x32).byte(1, 'P').text(2, user_pin)) == 1);
    REQUIRE(token.started(Request(0x33).byte(1, 'P').text(2, longer)) == 1);
    REQUIRE(token.started(Request(0x32).byte(1, 'P').text(2, longer)) == 1);
    CHECK(token.started(Request(0x33).byte(1, 'P').text(2, "654321")) == 3);
    CHECK(token.user_tries() == 2);
    CHECK(token.authenticate_user(longer) == 0);
    REQUIRE(token.started(Request(0x32).byte(1, 'A').text(2, admin_pin)) == 1);
    CHECK(token.started(Request(0x33).byte(1, 'A').text(2, "1234567")) == 3);  // too short for the card
    CHECK(token.started(Request(0x32).byte(1, 'A').text(2, "87654321")) == 3);
    CHECK(token.admin_tries() == 2);
}

TEST_CASE("The worked packets of config and erase pass on a new Storage") {
    const auto packets = read_packets("wiredata/old-and-storage.txt");
    Token token(known("storage"));
    const std::string password = "0123456789abcdef01234567" + std::string(1, '\0');
    REQUIRE(token.write(0x20, "rfc6238", rfc_secret, 30, 1) == 0);
    REQUIRE(token.authenticate(admin_pin, password) == 0);
    CHECK(unsigned{token.exchange(wire::Report::copy_of(packets.request("write-config"))).bytes()[6]} == 0);
    CHECK(unsigned{token.exchange(wire::Report::copy_of(packets.request("erase-slot"))).bytes()[6]} == 0);
    CHECK(token.slot_status(0x20) == 3);
    CHECK(token.code_status(0x20) == 5);
}

TEST_CASE("The status is delivered to one read only") {
    Token token(known("storage"));
    const auto first = status_of(token);
    CHECK(checksum_right(first));
    const auto second = token.read();
    CHECK(checksum_right(second));
    CHECK(unsigned{second.bytes()[22]} == 1);
    CHECK(std::ranges::all_of(second.bytes().subspan(25, 35), [](std::uint8_t byte) { return byte == 0; }));

    simulator::Faults faults;
    faults.steal_payloads = 1;
    token.source.set_faults(faults);
    const auto stolen = token.exchange(Request(0x2E));
    CHECK(unsigned{stolen.bytes()[22]} == 1);
    CHECK(unsigned{stolen.bytes()[29]} == 0);
    (void)status_of(token);
}

TEST_CASE("Before the first command a Storage shows the block of a command that never was") {
    Token token(known("storage"));
    const auto reply = token.read();
    CHECK(unsigned{reply.bytes()[21]} == 0xFF);
    CHECK(unsigned{reply.bytes()[22]} == 0);
}

TEST_CASE("A request that comes before the one before it was parsed takes its place") {
    Token token(known("storage"));
    token.send(Request(0x07).text(1, "87654321").text(26, temporary()).sealed());
    const auto request = Request(0x0F).sealed();
    token.send(request);
    CHECK(unsigned{token.read_until_mine(request).bytes()[7]} == 3);
    CHECK(token.executed() == std::vector<simulator::Executed>{{0x0F, 0}});
    CHECK(token.admin_tries() == 3);
}

TEST_CASE("With real timing a request is parsed within 10 ms, and a started command begins within 110 ms") {
    Token token(known("storage"), simulator::real_timing);
    const auto status_within = [&](const wire::Report& request, base::Milliseconds most) {
        token.send(request);
        const auto before = token.clock.steady();
        (void)token.read_until_mine(request);
        return token.clock.steady() - before <= most;
    };
    (void)token.exchange(Request(0x00));
    CHECK(status_within(Request(0x02).byte(1, 0x20).sealed(), base::Milliseconds{20}));
    CHECK(status_within(Request(0x40).sealed(), base::Milliseconds{130}));
    const auto enable = Request(0x20).byte(1, 'P').text(2, user_pin).sealed();
    const auto before = token.clock.steady();
    token.send(enable);
    token.clock.advance(base::Milliseconds{150});
    CHECK(unsigned{token.read().bytes()[22]} == 2);
    token.send(Request(0x00).sealed());  // the task is blocked: nothing else is parsed meanwhile
    token.clock.advance(base::Milliseconds{500});
    CHECK(unsigned{token.read().bytes()[1]} == 0x20);
    token.clock.advance(base::Milliseconds{1500});
    CHECK(unsigned{token.read().bytes()[1]} == 0x00);
    CHECK(token.clock.steady() - before >= base::Milliseconds{1500});
    CHECK((status_byte(token, 45) & 2U) == 2);
}

TEST_CASE("While a Storage executes a command its reply is seen half made, with a checksum of zero") {
    Token token(known("storage"), simulator::real_timing);
    (void)token.exchange(Request(0x00));
    token.send(Request(0x07).text(1, admin_pin).text(26, temporary()).sealed());
    CHECK(unsigned{token.read().bytes()[1]} == 0x00);
    token.clock.advance(base::Milliseconds{30});
    const auto half = token.read();
    CHECK(unsigned{half.bytes()[1]} == 0x07);
    CHECK(base::load_le32(half.bytes(), 60) == 0);
    token.clock.advance(base::Milliseconds{250});
    CHECK(checksum_right(token.read()));
    CHECK(token.send_name("name") == 0);
}

TEST_CASE("Unknown commands, and a Pro's that it does not have, are answered with ok by a Storage") {
    Token token(known("storage"));
    for (const unsigned command : {0x0AU, 0x14U, 0x15U, 0x16U, 0x19U, 0x1BU, 0x68U, 0x6AU, 0x6BU, 0x7FU, 0xFFU}) {
        INFO(command);
        const auto reply = token.exchange(Request(static_cast<std::uint8_t>(command)).text(1, user_pin));
        CHECK(unsigned{reply.bytes()[6]} == 0);
        CHECK(std::ranges::all_of(reply.bytes().subspan(7, 53), [](std::uint8_t byte) { return byte == 0; }));
    }
    CHECK(token.authenticate_user() == 0);  // nothing was changed
    CHECK(token.user_tries() == 3);
}

TEST_CASE("A started command that the firmware does not have shows the block of the one before") {
    Token token(known("storage"));
    REQUIRE(token.started(Request(0x41)) == 1);
    token.send(Request(0x3E).byte(1, 'A').text(2, admin_pin).sealed());
    (void)token.read();
    const auto reply = token.read();
    CHECK(unsigned{reply.bytes()[1]} == 0x3E);
    CHECK(unsigned{reply.bytes()[21]} == 0x41);
    CHECK(unsigned{reply.bytes()[22]} == 1);
    const std::pair<std::uint8_t, bool> has[] = {{48, false}, {49, true}, {50, false}, {57, false}};
    for (const auto& [minor, there] : has) {
        Token other(known_storage(minor));
        other.send(Request(0x3E).byte(1, 'A').text(2, admin_pin).sealed());
        for (int i = 0; i < 3; ++i) (void)other.read();
        CHECK(unsigned{other.read().bytes()[21]} == (there ? 0x3E : 0xFF));
    }
}

TEST_CASE("A damaged request is answered by a Storage with the checksum that it received") {
    Token token(known("storage"));
    auto request = Request(0x07).text(1, "87654321").text(26, temporary()).sealed();
    request.bytes()[2] ^= 1;
    const auto reply = token.exchange(request);
    CHECK(unsigned{reply.bytes()[6]} == 1);
    CHECK(checksum_right(reply));
    CHECK(token.admin_tries() == 3);
}

TEST_CASE("After one AUTHORIZE a new Storage calls every failed authorisation a success") {
    Token token(known("storage"));
    CHECK(token.send_name("nobody") == 5);
    const auto packet = token.old_write_packet(0x20, "old", rfc_secret, 30);
    CHECK(token.authorize(packet) == 0);
    CHECK(token.send_name("nobody") == 0);
    CHECK(token.commit(0x20, 30) == 0);
    CHECK(token.status(Request(0x06).byte(1, 0x20).text(2, temporary())) == 0);
    CHECK(token.status(Request(0x05).byte(4, 1).text(6, temporary())) == 0);
    CHECK(token.slot_status(0x20) == 3);
    CHECK(unsigned{token.exchange(Request(0x00)).bytes()[16]} == 0xFF);
    token.replug();
    CHECK(token.send_name("nobody") == 5);
}

TEST_CASE("The fifteenth TOTP slot of a new Storage swallows writes, and erasing it erases the first HOTP slot") {
    Token token(known("storage"));
    REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
    CHECK(token.write(0x2E, "fifteenth", rfc_secret, 30) == 0);
    CHECK(token.slot_status(0x2E) == 3);
    CHECK(token.code_status(0x2E) == 3);
    CHECK(token.slot_status(0x10) == 0);
    CHECK(token.status(Request(0x06).byte(1, 0x2E).text(2, temporary())) == 0);
    CHECK(token.slot_status(0x10) == 3);
    Token old(known("storage-0.53"));
    CHECK(old.write(0x2E, "fifteenth", rfc_secret, 30) == 0);
    CHECK(old.slot_status(0x2E) == 0);
}

TEST_CASE("A Storage gives one HOTP code twice when 504 codes have filled the counter's page") {
    for (const char* key : {"storage-0.53", "storage-0.57"}) {
        INFO(key);
        Token token(known(key));
        REQUIRE(token.write(0x11, "hotp", rfc_secret, 1000) == 0);
        for (int i = 0; i < 504; ++i) (void)token.code(0x11);
        CHECK(token.counter_text(0x11) == "1504");
        const auto once = token.code(0x11);
        CHECK(token.counter_text(0x11) == "1504");
        CHECK(token.code(0x11) == once);
        CHECK(token.counter_text(0x11) == "1505");
        CHECK(token.code(0x11) != once);
    }
    Token pro;
    REQUIRE(pro.write(0x11, "hotp", rfc_secret, 1000) == 0);
    for (int i = 0; i < 505; ++i) (void)pro.code(0x11);
    CHECK(pro.counter(0x11) == 1505);
}

TEST_CASE("A new Storage cuts a counter to seven digits unless it is asked for in binary") {
    Token token(known("storage"));
    REQUIRE(token.write(0x12, "counts", rfc_secret, 123456789) == 0);
    CHECK(token.counter_text(0x12) == "1234567");
    CHECK(token.counter(0x12) == 123456789);
}

TEST_CASE("SEND_STARTUP after SET_TIME doubles a new Storage's time until the next SET_TIME") {
    constexpr std::uint64_t now = 1'700'000'000;
    Token token(known("storage"));
    REQUIRE(token.write(0x20, "clock", rfc_secret, 30, 1) == 0);
    REQUIRE(token.started(Request(0x35).number(1, now)) == 1);
    REQUIRE(token.set_time(now) == 0);
    const auto right = token.code(0x20);
    REQUIRE(token.started(Request(0x35).number(1, now)) == 1);
    const auto doubled = token.code(0x20);
    CHECK(doubled != right);
    REQUIRE(token.set_time(2 * now) == 0);
    CHECK(token.code(0x20) == doubled);
    REQUIRE(token.set_time(now) == 0);
    CHECK(token.code(0x20) == right);
    Token old(known("storage-0.53"));
    REQUIRE(old.write(0x20, "clock", rfc_secret, 30, 1) == 0);
    REQUIRE(old.set_time(now) == 0);
    REQUIRE(old.started(Request(0x35).number(1, now)) == 1);
    CHECK(old.code(0x20) == right);
}

TEST_CASE("Tries read 77 while the card starts, and a PIN sent then costs none") {
    Token token(known("storage"));
    simulator::Faults faults;
    faults.card_start = base::Milliseconds{5000};
    token.source.set_faults(faults);
    token.replug();
    token.source.set_faults(faults);
    CHECK(status_byte(token, 47) == 77);
    CHECK(token.user_tries() == 77);
    CHECK(token.authenticate("87654321") == 4);
    token.clock.advance(std::chrono::seconds{6});
    CHECK(status_byte(token, 47) == 3);
    CHECK(status_byte(token, 48) == 3);
    CHECK(token.authenticate() == 0);
}

TEST_CASE("An old Storage tells the tries that the last status read") {
    Token token(known("storage-0.53"));
    CHECK(status_byte(token, 47) == 3);
    CHECK(token.authenticate_user("000000") == 4);
    CHECK(token.user_tries() == 3);
    CHECK(status_byte(token, 47) == 2);
    CHECK(token.user_tries() == 2);
    Token newer(known("storage-0.57"));
    CHECK(newer.authenticate_user("000000") == 4);
    CHECK(newer.user_tries() == 2);
    CHECK(unsigned{newer.exchange(Request(0x09)).bytes()[20]} == 0xAA);
}

TEST_CASE("Volumes are switched by the PINs that they want, and shown in the status") {
    Token token(known("storage"));
    CHECK(token.started(Request(0x22).byte(1, 'P').text(2, "hidden")) == 6);  // no user PIN yet
    CHECK(token.started(Request(0x20).byte(1, 'P').text(2, "000000")) == 3);
    CHECK(status_byte(token, 45) == 1);
    CHECK(token.started(Request(0x20).byte(1, 'P').text(2, user_pin)) == 1);
    CHECK(status_byte(token, 45) == 3);
    CHECK(token.status(Request(0x60)) == 0);  // and the password safe is open
    CHECK(token.started(Request(0x31).byte(1, 0).byte(2, 90).byte(3, 10).text(4, "hidden")) == 3);
    CHECK(token.started(Request(0x31).byte(1, 0).byte(2, 10).byte(3, 90).text(4, "hidden")) == 1);
    CHECK(token.started(Request(0x22).byte(1, 'P').text(2, "other")) == 3);
    CHECK(token.started(Request(0x22).byte(1, 'P').text(2, "hidden")) == 1);
    CHECK(status_byte(token, 45) == 5);
    CHECK(token.started(Request(0x23)) == 1);
    CHECK(token.started(Request(0x29).byte(1, 'P').text(2, user_pin)) == 3);  // no longer by this one since 0.52
    CHECK(token.started(Request(0x3D).byte(1, 'A').text(2, admin_pin)) == 1);
    CHECK(status_byte(token, 31) == 0);
    token.replug();
    CHECK(status_byte(token, 31) == 0);
    CHECK(status_byte(token, 45) == 1);
    Token old(known_storage(51));
    CHECK(old.started(Request(0x2A).byte(1, 'P').text(2, user_pin)) == 1);
    CHECK(status_byte(old, 31) == 0);
}

TEST_CASE("LOCK_DEVICE of a Storage forgets volumes, safe and remembered PINs, and since 0.54 temporary passwords") {
    for (const char* key : {"storage-0.53", "storage-0.57"}) {
        INFO(key);
        Token token(known(key));
        REQUIRE(token.started(Request(0x20).byte(1, 'P').text(2, user_pin)) == 1);
        REQUIRE(token.started(Request(0x32).byte(1, 'P').text(2, user_pin)) == 1);
        REQUIRE(token.authenticate() == 0);
        const auto packet = token.old_write_packet(0x20, "name", rfc_secret, 30);
        REQUIRE(token.status(Request(0x12)) == 0);
        CHECK(status_byte(token, 45) == 1);
        CHECK(token.status(Request(0x60)) == 5);
        CHECK(token.started(Request(0x33).byte(1, 'P').text(2, "654321")) == 3);
        if (token.old_protocol) {
            CHECK(token.authorize(packet) == 0);
            CHECK(unsigned{token.exchange(packet).bytes()[6]} == 0);
        } else {
            CHECK(token.send_name("name") == 5);
        }
    }
}

TEST_CASE("A Storage's user PIN is unblocked after SEND_PASSWORD of the admin, in its own layout") {
    Token token(known("storage"));
    for (int i = 0; i < 3; ++i) REQUIRE(token.authenticate_user("000000") == 4);
    CHECK(token.status(Request(0x11).byte(1, 'A').text(2, "new user PIN")) == 4);
    CHECK(token.user_tries() == 0);
    REQUIRE(token.started(Request(0x32).byte(1, 'A').text(2, admin_pin)) == 1);
    CHECK(token.status(Request(0x11).byte(1, 'A').text(2, "short")) == 4);
    CHECK(token.status(Request(0x11).byte(1, 'A').text(2, "new user PIN")) == 0);
    CHECK(token.user_tries() == 3);
    CHECK(token.authenticate_user("new user PIN") == 0);
}

TEST_CASE("New keys of a Storage erase slots and config, a factory reset the PINs as well") {
    for (const bool reset : {false, true}) {
        Token token(known("storage"));
        REQUIRE(token.started(Request(0x32).byte(1, 'P').text(2, user_pin)) == 1);
        REQUIRE(token.started(Request(0x33).byte(1, 'P').text(2, "654321")) == 1);
        REQUIRE(token.write(0x20, "lost", rfc_secret, 30) == 0);
        REQUIRE(token.status(Request(0x05).byte(1, 1).byte(4, 1).text(6, temporary())) == 0);
        if (reset) {
            CHECK(token.status(Request(0x13).text(1, "87654321")) == 4);
            CHECK(token.slot_status(0x20) == 0);
            CHECK(token.status(Request(0x13).text(1, admin_pin)) == 0);
        } else {
            CHECK(token.started(Request(0x26).byte(1, 'P').text(2, "87654321")) == 3);
            CHECK(token.slot_status(0x20) == 0);
            CHECK(token.started(Request(0x26).byte(1, 'P').text(2, admin_pin)) == 1);
        }
        CHECK(token.slot_status(0x20) == 3);
        CHECK(unsigned{token.exchange(Request(0x00)).bytes()[16]} == 0xFF);
        CHECK(token.authenticate_user(reset ? "123456" : "654321") == 0);
        CHECK(status_byte(token, 53) == (reset ? 1U : 0U));
        CHECK(status_byte(token, 39) == (reset ? 1U : 0U));
        CHECK(status_byte(token, 31) == 1);
        REQUIRE(token.status(Request(0x12)) == 0);  // a safe that was unlocked stays so through a reset
        CHECK(token.status(Request(0x67).text(1, reset ? "123456" : "654321")) == (reset ? 100U : 0U));
    }
    auto no_key = known_storage(50);
    no_key.aes_key = false;
    Token old(std::move(no_key));
    CHECK(old.status(Request(0x67).text(1, user_pin)) == 4);
    CHECK(old.started(Request(0x20).byte(1, 'P').text(2, user_pin)) == 3);  // quirk Q-S20
}

TEST_CASE("A card in use by another program keeps a PIN waiting, and only that is answered") {
    Token token(known("storage"));
    simulator::Faults faults;
    faults.card_in_use = true;
    token.source.set_faults(faults);
    CHECK(token.started(Request(0x40)) == 7);
    const auto verify = Request(0x32).byte(1, 'P').text(2, user_pin).sealed();
    token.send(verify);
    token.clock.advance(std::chrono::seconds{10});
    for (int i = 0; i < 5; ++i) (void)token.read();
    CHECK(unsigned{token.read().bytes()[22]} == 2);
    token.source.set_faults({});
    CHECK(unsigned{token.read_until_mine(verify).bytes()[22]} == 1);
    CHECK(token.started(Request(0x40)) == 1);
}

TEST_CASE("A long fill is seen to go on, and nothing else is done meanwhile") {
    Token token(known("storage"), simulator::real_timing);
    token.send(Request(0x27).byte(1, 1).byte(2, 'P').text(3, admin_pin).sealed());
    token.clock.advance(std::chrono::seconds{30});
    const auto half = token.read();
    CHECK(unsigned{half.bytes()[22]} == 4);
    CHECK(unsigned{half.bytes()[23]} > 40);
    CHECK(unsigned{half.bytes()[23]} < 60);
    CHECK(checksum_right(half));
    token.clock.advance(std::chrono::seconds{31});
    CHECK(unsigned{token.read().bytes()[22]} == 1);
}

TEST_CASE("PRODUCTION_TEST tells version and card, and reads no PIN") {
    Token token(known("storage"));
    const auto reply = token.exchange(Request(0x38));
    CHECK(unsigned{reply.bytes()[26]} == 4);
    CHECK(unsigned{reply.bytes()[30]} == 57);
    CHECK(unsigned{reply.bytes()[45]} == 0);
    CHECK(unsigned{reply.bytes()[48]} == (unsigned{reply.bytes()[47]} + 9) % 15);
    CHECK(unsigned{token.exchange(Request(0x70)).bytes()[7]} > 0);
}

TEST_CASE("Firmware 0.57 of a Storage refuses settings out of range and PINs without an end") {
    const auto refused = [](std::uint8_t minor) {
        Token token(known_storage(minor));
        REQUIRE(token.authenticate() == 0);
        const auto config = token.status(Request(0x05).byte(1, 3).byte(2, 0xFF).text(6, temporary()));
        const auto type = token.status(Request(0x17).text(1, temporary()).byte(26, 'X'));
        CHECK(token.user_tries() == 3);
        const auto pin = token.started(Request(0x32).byte(1, 'P').text(2, std::string(31, '1')));
        return std::tuple{config, type, pin, token.user_tries()};
    };
    CHECK(refused(56) == std::tuple{0U, 0U, 3U, 2U});
    CHECK(refused(57) == std::tuple{100U, 100U, 3U, 3U});
}

TEST_CASE("The update mode restarts a Storage as its boot loader, by the firmware password only") {
    Token token(known("storage"));
    CHECK(token.started(Request(0x24).byte(1, 'P').text(2, "87654321")) == 3);
    CHECK(token.started(Request(0x3A).byte(1, 'P').text(2, "12345678").text(23, "another password")) == 1);
    token.send(Request(0x24).byte(1, 'P').text(2, "another password").sealed());
    (void)token.read();
    CHECK_FALSE(token.transport->receive_feature().ok());
    const auto seen = token.source.look();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].vendor_id == 0x03EB);
    CHECK(seen[0].product_id == 0x2FF1);
    token.replug();
    CHECK(token.admin_tries() == 3);
}
