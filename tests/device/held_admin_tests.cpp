// Several accounts with one typing of the admin PIN: the token's authentication is held from write to write.
#include "device/bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::PinKind;
using wire::Command;

namespace {

channel::WriteSlot account(std::uint8_t number, bool hold) {
    auto command = write_command(totp(number), "x", rfc_secret, 6, 30);
    command.hold_admin = hold;
    return command;
}

channel::WriteSlot next_account(std::uint8_t number, bool hold = false) {
    auto command = account(number, hold);
    command.admin_pin.clear();
    return command;
}

}  // namespace

TEST_CASE("Several accounts are written with one typing of the admin PIN, which is sent once", "[session][pin]") {
    Bench bench;
    auto first = account(1, true);
    REQUIRE(bench.session->write(first).ok());
    CHECK(bench.session->admin_pin_held());
    auto second = next_account(2, true);
    REQUIRE(bench.session->write(second).ok());
    CHECK(bench.session->admin_pin_held());
    auto last = next_account(3);
    REQUIRE(bench.session->write(last).ok());
    CHECK_FALSE(bench.session->admin_pin_held());
    CHECK(bench.tap.count(Command::first_authenticate) == 1);
    CHECK(bench.slot(totp(3)).state == otp::SlotState::proven);

    auto more = next_account(4);
    auto refused = bench.session->write(more);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.failure().error.code == errors::admin_pin_needed);
    CHECK(refused.failure().pin->pin == PinKind::admin);
    CHECK(refused.failure().pin->kind == channel::PinProblem::Kind::missing);
    CHECK(same(more.secret, bytes(rfc_secret)));
    CHECK(bench.tap.count(Command::first_authenticate) == 1);
}

TEST_CASE("The held admin authentication ends when it is told to, and after anything but a proven write",
          "[session][pin]") {
    Bench bench;
    auto first = account(1, true);
    REQUIRE(bench.session->write(first).ok());
    SECTION("forgotten") {
        bench.session->forget_admin_pin();
    }
    SECTION("locked") {
        REQUIRE(bench.session->lock().ok());
    }
    SECTION("another PIN is sent") {
        REQUIRE_FALSE(bench.erase(totp(1), "87654321").ok());
    }
    auto second = next_account(2, true);
    auto refused = bench.session->write(second);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.failure().error.code == errors::admin_pin_needed);
}

TEST_CASE("When another program replaced the held authentication, nothing is written and the PIN is asked for again",
          "[session][pin]") {
    Bench bench;
    auto first = account(1, true);
    REQUIRE(bench.session->write(first).ok());
    auto other = bench.source.open(bench.source.look().front());
    REQUIRE(other.ok());
    Exchanger exchanger(*other.value(), bench.clock, bench.log, 1000, nullptr);
    REQUIRE(TokenDriver(exchanger, *wire::find_model("pro")).authenticate_admin(text("12345678"), bench.random).ok());

    auto second = next_account(2, true);
    auto refused = bench.session->write(second);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.failure().error.code == errors::admin_pin_needed);
    CHECK(refused.failure().pin->pin == PinKind::admin);
    CHECK(refused.failure().pin->kind == channel::PinProblem::Kind::forgotten);
    CHECK(bench.tries(PinKind::admin) == 3);
    CHECK_FALSE(otp::occupied(bench.slot(totp(2))));
    CHECK(bench.tap.count(Command::first_authenticate) == 1);
    second.admin_pin = text("12345678");
    CHECK(bench.session->write(second).ok());
}
