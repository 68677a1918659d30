// How a report travels: checksums, the walk 3, 1, 0, lost requests.
#include "bench.hpp"
#include "support/wiredata.hpp"

using namespace bench;

namespace {

wire::Report report_of(const Packet& packet) {
    return wire::Report::copy_of(packet);
}

bool equal(const wire::Report& report, const Packet& packet) {
    return std::ranges::equal(report.bytes(), packet);
}

}  // namespace

TEST_CASE("The simulated token answers every worked packet of the protocol page byte for byte") {
    const auto packets = read_packets("wiredata/pro-0.15.txt");
    Token token;
    for (const char* name : {"get-status", "first-authenticate", "send-name", "send-secret-0", "send-secret-1",
                             "write-to-slot", "set-time", "get-code", "read-slot"}) {
        INFO(name);
        CHECK(equal(token.exchange(report_of(packets.request(name))), packets.reply(name)));
    }
    // These two have no answer on the page.
    CHECK(unsigned{token.exchange(report_of(packets.request("erase-slot"))).bytes()[6]} == 0);
    CHECK(token.slot_status(0x20) == 3);
    CHECK(unsigned{token.exchange(report_of(packets.request("write-config"))).bytes()[6]} == 0);
    CHECK(token.code_status(0x20) == 5);
    CHECK(unsigned{token.exchange(Request(0x0E).text(1, user_pin).text(26, "usertemp")).bytes()[6]} == 0);
    CHECK(unsigned{token.exchange(report_of(packets.request("get-code-with-password"))).bytes()[6]} == 3);
}

TEST_CASE("A request with a wrong checksum is answered with status 1 and the checksum the token computed") {
    const auto packets = read_packets("wiredata/pro-0.15.txt");
    Token token;
    wire::Report blank;  // GET_STATUS with zeros for a checksum
    CHECK(equal(token.exchange(blank), packets.reply("get-status-without-checksum")));
}

TEST_CASE("A damaged authentication costs no try") {
    Token token;
    auto request = Request(0x07).text(1, "wrong PIN").text(26, temporary()).sealed();
    request.bytes()[2] ^= 1;
    CHECK(unsigned{token.exchange(request).bytes()[6]} == 1);
    CHECK(token.admin_tries() == 3);
}

TEST_CASE("Before the first command the token shows a blank report") {
    Token token;
    const auto reply = token.read();
    CHECK(std::ranges::all_of(reply.bytes(), [](std::uint8_t byte) { return byte == 0; }));
}

TEST_CASE("A request goes through received and busy to ready, and the previous answer can be read in received") {
    Token token;
    const auto previous = token.exchange(Request(0x00));
    token.send(Request(0x09).sealed());
    auto shown = token.read();
    CHECK(unsigned{shown.bytes()[0]} == 3);
    shown.bytes()[0] = 0;
    CHECK(std::ranges::equal(shown.bytes(), previous.bytes()));  // its checksum is right: only byte 0 betrays it
    CHECK(unsigned{token.read().bytes()[0]} == 1);
    const auto reply = token.read();
    CHECK(unsigned{reply.bytes()[0]} == 0);
    CHECK(unsigned{reply.bytes()[1]} == 0x09);
}

TEST_CASE("A request that comes while the token is not ready is lost without a sign") {
    Token token;
    token.send(Request(0x00).sealed());
    token.send(Request(0x07).text(1, "wrong PIN").text(26, temporary()).sealed());
    CHECK(unsigned{token.read_until_ready().bytes()[1]} == 0x00);
    CHECK(token.executed() == std::vector<simulator::Executed>{{0x00, 0}});
    CHECK(token.admin_tries() == 3);
}

TEST_CASE("Closing and opening the device changes nothing on it") {
    Token token;
    REQUIRE(token.authenticate() == 0);
    REQUIRE(token.send_name("kept") == 0);
    token.reopen();
    CHECK(unsigned{token.read().bytes()[1]} == 0x17);  // the last answer, too
    CHECK(token.commit(0x20, 30) == 0);
}

TEST_CASE("Unplugging forgets temporary passwords, the slot buffer and the clock") {
    Token token;
    REQUIRE(token.write(0x20, "rfc", rfc_secret, 30, 1) == 0);
    REQUIRE(token.set_time(1'111'111'109) == 0);
    REQUIRE(token.send_name("half a write") == 0);
    token.replug();
    CHECK(token.commit(0x21, 30) == 5);
    CHECK(token.send_name("again") == 5);
    CHECK(token.code(0x20) == 84755224);  // RFC 4226's counter 0: the clock is at 0 again
}

TEST_CASE("With real timing a slot write is busy for a tenth of a second and a PIN check for less than a quarter") {
    Token token(known_token(), simulator::real_timing);
    const auto busy = [&](const Request& request) {
        const auto before = token.clock.steady();
        token.exchange(request);
        return std::chrono::duration_cast<base::Milliseconds>(token.clock.steady() - before).count();
    };
    CHECK(busy(Request(0x00)) < 20);
    const auto pin = busy(Request(0x07).text(1, admin_pin).text(26, temporary()));
    CHECK(pin >= 60);
    CHECK(pin < 250);
    REQUIRE(token.send_name("slow") == 0);
    const auto write = busy(Request(0x01).text(1, temporary()).byte(26, 0x20).number(27, 30));
    CHECK(write >= 100);
    CHECK(write < 250);
}

TEST_CASE("Commands of the old protocol, of the Storage and of nobody are unknown") {
    Token token;
    for (const unsigned command : {0x08U, 0x10U, 0x0AU, 0x0CU, 0x16U, 0x2EU, 0x69U, 0x70U, 0xFFU}) {
        INFO(command);
        CHECK(token.status(Request(static_cast<std::uint8_t>(command))) == 9);
    }
}

TEST_CASE("What an older firmware does not have, its simulation does not have") {
    Token token(known_token(8));
    CHECK(unsigned{token.exchange(Request(0x00)).bytes()[7]} == 8);
    CHECK(token.status(Request(0x18)) == 9);
    CHECK(token.status(Request(0x1A)) == 9);
    CHECK(token.status(Request(0x1B)) == 9);
    CHECK(token.slot_status(0x13) == 2);
    CHECK(token.source.look()[0].usb_serial == "00005F110000000000000000");
    Token newer;
    CHECK(newer.source.look()[0].usb_serial == "000000000000000000005F11");
    CHECK(newer.slot_status(0x13) == 3);
}

TEST_CASE("With prompt timing every model's reply is there at the first read, unless a fault delays it") {
    for (const auto& model : simulator::simulated_models()) {
        INFO(model.key);
        Token token(known(model.key), simulator::prompt_timing);
        for (const unsigned command : {0x00U, 0x09U, 0x0BU, 0x2EU}) {
            if (command == 0x2E && !token.storage) continue;
            const auto request = Request(static_cast<std::uint8_t>(command)).number(2, 1'700'000'000).sealed();
            token.send(request);
            const auto reply = token.read();
            CHECK(unsigned{reply.bytes()[0]} == 0);
            CHECK(unsigned{reply.bytes()[1]} == command);
            CHECK(std::ranges::equal(reply.bytes().subspan(2, 4), request.bytes().subspan(60, 4)));
            if (command == 0x2E) CHECK(unsigned{reply.bytes()[22]} == 1);
        }
        if (token.storage) continue;
        token.source.set_faults({.late_reads = 1});
        token.send(Request(0x00).sealed());
        CHECK(unsigned{token.read().bytes()[0]} == 1);
        CHECK(unsigned{token.read().bytes()[0]} == 0);
    }
}
