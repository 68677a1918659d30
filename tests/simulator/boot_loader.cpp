// FIRMWARE_UPDATE: the token restarts as another device and stays that until its power is cut.
#include "bench.hpp"

using namespace bench;

namespace {

unsigned product_seen(simulator::SimulatedSource& source) {
    const auto seen = source.look();
    REQUIRE(seen.size() == 1);
    return seen[0].product_id;
}

}  // namespace

TEST_CASE("A token in its boot loader stays there, for every program, until its power is cut", "[boot-loader]") {
    const Folder folder;
    const std::string path = folder.file("token");
    {
        Token token(path, "pro-0.11", true);
        REQUIRE(token.write(0x20, "kept", rfc_secret, 30) == 0);
        base::ManualClock clock{1'700'000'000};
        CountingRandom random;
        simulator::SimulatedSource other(clock, random);
        other.keep_power(true);
        REQUIRE(other.attach("pro-0.11", path).ok());
        CHECK(product_seen(other) == 0x4108);
        token.send(Request(0x19).text(1, "12345678").sealed());
        CHECK(product_seen(token.source) == 0x42B4);
        CHECK(product_seen(other) == 0x42B4);
        // It has no HID interface.
        CHECK(token.source.open(token.source.look()[0]).error().code == wire::errors::unplugged);
    }
    base::ManualClock clock{1'700'000'000};
    CountingRandom random;
    simulator::SimulatedSource later(clock, random);
    later.keep_power(true);
    REQUIRE(later.attach("pro-0.11", path).ok());
    CHECK(product_seen(later) == 0x42B4);
    std::filesystem::remove(path + ".power");
    CHECK(product_seen(later) == 0x4108);
    Token token(path, "pro-0.11");
    CHECK(token.slot_status(0x20) == 0);
}

TEST_CASE("Firmware before 0.11 has no boot loader to go to", "[boot-loader]") {
    Token token(known("pro-0.10"));
    CHECK(token.status(Request(0x19).text(1, "12345678")) == 9);
    CHECK(product_seen(token.source) == 0x4108);
}
