#include "device/command_status.hpp"
#include "device/errors.hpp"
#include "device/exchange.hpp"
#include "device/scripted_transport.hpp"
#include "device/token_driver.hpp"
#include "support/catch.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using wire::Command;
using wire::CommandStatus;

namespace {

struct Bench {
    base::ManualClock clock{2'000'000'000};
    ScriptedTransport transport{};
    ExchangeLog log{};
    std::atomic<bool> stop{false};
    Exchanger exchanger{transport, clock, log, 0, &stop};

    base::Milliseconds passed(base::SteadyTime since) const {
        return std::chrono::duration_cast<base::Milliseconds>(clock.steady() - since);
    }
};

wire::Report authentication() {
    const auto pin = base::SecretText::copy_of("12345678");
    const base::SecretBytes password(wire::temporary_password_size);
    return wire::authenticate(true, pin, password.bytes());
}

}  // namespace

TEST_CASE("A request goes out only when the token is ready, and its reply is waited for", "[exchange]") {
    Bench bench;
    bench.transport.read(busy(), 2).read(blank()).send(Command::get_status).read(received()).read(busy());
    bench.transport.read(answer(CommandStatus::ok, {15, 0}));
    auto reply = bench.exchanger.exchange(wire::get_status(), reading);
    REQUIRE(reply.ok());
    CHECK(wire::decode_status(reply.value()).firmware_minor == 15);

    const auto records = bench.log.take();
    REQUIRE(records.size() == 1);
    CHECK(records[0].command == "GET_STATUS");
    CHECK(records[0].status == "ok");
    CHECK(records[0].reads == 6);
    CHECK(records[0].foreign == 0);
    CHECK(records[0].duration.count() > 0);
    CHECK_FALSE(records[0].transport_error);
}

TEST_CASE("Two equal requests differ in their number, which is never zero", "[exchange]") {
    Bench bench;
    Exchanger exchanger(bench.transport, bench.clock, bench.log, 0xFFFE, nullptr);
    for (int i = 0; i < 3; ++i) {
        bench.transport.read(blank()).send(Command::get_status).read(answer());
        CHECK(exchanger.exchange(wire::get_status(), reading).ok());
    }
    CHECK(bench.transport.nonces == std::vector<std::uint16_t>{0xFFFF, 1, 2});
}

TEST_CASE("A reply to another program's request is read over, not accepted", "[exchange]") {
    Bench bench;
    bench.transport.read(blank()).send(Command::get_password_retry_count);
    bench.transport.read(other(0x09)).read(other(0x00)).read(answer(CommandStatus::ok, {3}));
    auto reply = bench.exchanger.exchange(wire::get_retry_count(true), reading);
    REQUIRE(reply.ok());
    CHECK(wire::decode_retry_count(reply.value()) == 3);
    CHECK(bench.log.take().at(0).foreign == 2);
    CHECK(bench.exchanger.take_others_seen());
    CHECK_FALSE(bench.exchanger.take_others_seen());
}

TEST_CASE("A command that another program gave between two of ours is noticed", "[exchange]") {
    Bench bench;
    bench.transport.read(blank()).send(Command::get_status).read(answer());
    REQUIRE(bench.exchanger.exchange(wire::get_status(), reading).ok());
    bench.transport.read(answer()).send(Command::get_status).read(answer());
    REQUIRE(bench.exchanger.exchange(wire::get_status(), reading).ok());
    CHECK_FALSE(bench.exchanger.take_others_seen());
    bench.transport.read(other(0x0B)).send(Command::get_status).read(answer());
    REQUIRE(bench.exchanger.exchange(wire::get_status(), reading).ok());
    CHECK(bench.exchanger.take_others_seen());
}

TEST_CASE("A damaged reply is read again", "[exchange]") {
    Bench bench;
    bench.transport.read(blank()).send(Command::get_status).read(damaged()).read(answer());
    CHECK(bench.exchanger.exchange(wire::get_status(), reading).ok());
    CHECK(bench.log.take().at(0).foreign == 1);
}

TEST_CASE("A read that got lost is asked again, within the same deadline", "[exchange]") {
    Bench bench;
    const auto start = bench.clock.steady();
    // The token stays ready with its old reply: at least three reads and 30 ms, then the request goes out again.
    bench.transport.read(other(0x03, 7)).send(Command::get_status);
    bench.transport.read(other(0x03, 7), 7).send(Command::get_status).read(busy()).read(answer());
    CHECK(bench.exchanger.exchange(wire::get_status(), reading).ok());
    CHECK(bench.passed(start) >= lost_after);
    CHECK(bench.transport.nonces.at(0) == bench.transport.nonces.at(1));  // whichever copy arrived, its reply is ours
}

TEST_CASE("An authentication that got lost is never sent again", "[exchange]") {
    Bench bench;
    const auto start = bench.clock.steady();
    bench.transport.read(other(0x03, 7)).send(Command::first_authenticate).then_always(other(0x03, 7));
    auto reply = bench.exchanger.exchange(authentication(), acting);
    REQUIRE_FALSE(reply.ok());
    CHECK(reply.error().code == errors::no_answer);
    CHECK(reply.error().field == "FIRST_AUTHENTICATE");
    CHECK(reply.error().limit == 10000);
    CHECK(bench.exchanger.may_have_run());
    CHECK(bench.passed(start) >= acting.budget);
    CHECK(bench.passed(start) < acting.budget + base::Milliseconds{100});
    CHECK(bench.log.take().at(0).status == "device.no-answer");
}

TEST_CASE("When only other programs' replies come, the error says so", "[exchange]") {
    Bench bench;
    bench.transport.read(other(0x03, 7)).send(Command::first_authenticate).then_always(other(0x0F, 8));
    auto reply = bench.exchanger.exchange(authentication(), acting);
    REQUIRE_FALSE(reply.ok());
    CHECK(reply.error().code == errors::foreign_answers);
}

TEST_CASE("A token that never becomes ready is not sent anything", "[exchange]") {
    Bench bench;
    bench.transport.then_always(busy());
    auto reply = bench.exchanger.exchange(authentication(), acting);
    REQUIRE_FALSE(reply.ok());
    CHECK(reply.error().code == errors::no_answer);
    CHECK_FALSE(bench.exchanger.may_have_run());
}

TEST_CASE("A request that arrived damaged is repeated only if that is harmless", "[exchange]") {
    Bench bench;
    SECTION("a read") {
        bench.transport.read(blank()).send(Command::get_status).read(rejected());
        bench.transport.send(Command::get_status).read(answer());
        CHECK(bench.exchanger.exchange(wire::get_status(), reading).ok());
    }
    SECTION("an authentication") {
        bench.transport.read(blank()).send(Command::first_authenticate).read(rejected());
        auto reply = bench.exchanger.exchange(authentication(), acting);
        REQUIRE_FALSE(reply.ok());
        CHECK(reply.error().code == errors::request_damaged);
        CHECK_FALSE(bench.exchanger.may_have_run());
    }
    SECTION("an old refusal is not one of the new request") {
        bench.transport.read(blank()).send(Command::first_authenticate).read(rejected());
        REQUIRE_FALSE(bench.exchanger.exchange(authentication(), acting).ok());
        const auto old = [](const wire::Report&) { return response(0x07, 77, CommandStatus::wrong_crc); };
        bench.transport.read(old).send(Command::first_authenticate).read(old).read(answer());
        CHECK(bench.exchanger.exchange(authentication(), acting).ok());
    }
}

TEST_CASE("A transfer that fails: a read is tried again, an authentication is not", "[exchange]") {
    Bench bench;
    SECTION("sending a read") {
        bench.transport.read(blank()).send(Command::get_status, wire::errors::transfer_failed);
        bench.transport.send(Command::get_status).read(answer());
        CHECK(bench.exchanger.exchange(wire::get_status(), reading).ok());
    }
    SECTION("sending an authentication: it may have arrived") {
        bench.transport.read(blank()).send(Command::first_authenticate, wire::errors::transfer_failed);
        auto reply = bench.exchanger.exchange(authentication(), acting);
        REQUIRE_FALSE(reply.ok());
        CHECK(reply.error().code == wire::errors::transfer_failed);
        CHECK(bench.exchanger.may_have_run());
    }
    SECTION("reading the reply of either") {
        bench.transport.read(failing(wire::errors::transfer_failed)).read(blank()).send(Command::first_authenticate);
        bench.transport.read(failing(wire::errors::transfer_failed), 2).read(answer());
        CHECK(bench.exchanger.exchange(authentication(), acting).ok());
    }
    SECTION("until the deadline") {
        bench.transport.then_always(failing(wire::errors::transfer_failed));
        auto reply = bench.exchanger.exchange(wire::get_status(), reading);
        REQUIRE_FALSE(reply.ok());
        CHECK(reply.error().code == wire::errors::transfer_failed);
    }
}

TEST_CASE("A token that is pulled ends the exchange at once", "[exchange]") {
    Bench bench;
    const auto start = bench.clock.steady();
    bench.transport.read(blank()).send(Command::get_status).read(failing(wire::errors::unplugged));
    auto reply = bench.exchanger.exchange(wire::get_status(), reading);
    REQUIRE_FALSE(reply.ok());
    CHECK(reply.error().code == wire::errors::unplugged);
    CHECK(bench.exchanger.unplugged());
    CHECK(bench.passed(start) < base::Milliseconds{50});
    CHECK(bench.log.take().at(0).transport_error);
}

TEST_CASE("When the program ends nothing is begun, a read is left, a change is waited for", "[exchange]") {
    Bench bench;
    const auto stop_now = [&](Reply reply) {
        return [&bench, reply](const wire::Report& request) {
            bench.stop = true;
            return reply(request);
        };
    };
    SECTION("nothing is begun") {
        bench.stop = true;
        auto reply = bench.exchanger.exchange(authentication(), acting);
        REQUIRE_FALSE(reply.ok());
        CHECK(reply.error().code == errors::stopping);
        CHECK_FALSE(bench.exchanger.may_have_run());
    }
    SECTION("a read is left") {
        bench.transport.read(blank()).send(Command::get_status).read(stop_now(busy()));
        auto reply = bench.exchanger.exchange(wire::get_status(), reading);
        REQUIRE_FALSE(reply.ok());
        CHECK(reply.error().code == errors::stopping);
    }
    SECTION("a change is waited for") {
        bench.transport.read(blank()).send(Command::first_authenticate).read(stop_now(busy())).read(busy(), 3);
        bench.transport.read(answer());
        CHECK(bench.exchanger.exchange(authentication(), acting).ok());
    }
    SECTION("a secret is still cleared out of the reply buffer") {
        bench.stop = true;
        bench.transport.read(blank()).send(Command::get_status).read(answer());
        TokenDriver(bench.exchanger, *wire::find_model("pro")).flush();
    }
}

TEST_CASE("The first read comes soon and the pauses grow to 50 ms", "[exchange]") {
    Bench bench;
    std::vector<base::SteadyTime> reads;
    const auto noting = [&](Reply reply) {
        return [&, reply](const wire::Report& request) {
            reads.push_back(bench.clock.steady());
            return reply(request);
        };
    };
    bench.transport.read(noting(blank())).send(Command::first_authenticate).read(noting(busy()), 19);
    bench.transport.read(noting(answer()));
    REQUIRE(bench.exchanger.exchange(authentication(), acting).ok());
    CHECK(reads.at(1) - reads.at(0) == first_pause);
    for (std::size_t i = 2; i < reads.size(); ++i) CHECK(reads[i] - reads[i - 1] >= reads[i - 1] - reads[i - 2]);
    CHECK(reads.at(20) - reads.at(19) == longest_pause);
}

TEST_CASE("Each command status has its own error, and an unknown one its number", "[driver]") {
    const auto [status, code] = GENERATE(table<CommandStatus, base::ErrorCode>({
        {CommandStatus::timestamp_warning, errors::time_refused},
        {CommandStatus::unknown_command, errors::unknown_command},
        {static_cast<CommandStatus>(77), errors::unexpected_status},
    }));
    Bench bench;
    bench.transport.read(blank()).send(Command::set_time).read(answer(status));
    const auto set = TokenDriver(bench.exchanger, *wire::find_model("pro")).set_time(1'400'000'000, false);
    REQUIRE_FALSE(set.ok());
    CHECK(set.error().code == code);
    CHECK(set.error().field == "SET_TIME");
    if (code == errors::unexpected_status) CHECK(set.error().actual == 77);
}

TEST_CASE("A status is said of what the command is about: a slot, a PIN, its authentication, a name", "[driver]") {
    using device::error_of;
    CHECK(error_of(CommandStatus::wrong_slot, Command::read_slot).code == errors::wrong_slot);
    CHECK(error_of(CommandStatus::slot_not_programmed, Command::get_code).code == errors::slot_not_programmed);
    CHECK(error_of(CommandStatus::wrong_password, Command::first_authenticate).code == errors::wrong_pin);
    CHECK(error_of(CommandStatus::wrong_password, Command::authorize).code == errors::not_authorised);
    CHECK(error_of(CommandStatus::not_authorized, Command::write_config).code == errors::not_authorised);
    CHECK(error_of(CommandStatus::no_name, Command::write_to_slot).code == errors::name_refused);
    CHECK(error_of(wire::StartedStatus::wrong_password, Command::send_password).code == errors::wrong_pin);
    for (int status = 1; status < 256; ++status) {
        const auto said = error_of(static_cast<CommandStatus>(status), Command::get_status);
        INFO(status);
        CHECK(said.code == (status == 9 ? errors::unknown_command : errors::unexpected_status));
        CHECK(said.field == "GET_STATUS");
        if (status != 9) CHECK(said.actual == status);
    }
}

TEST_CASE("A token that says it has no such slot is quoted with the slot", "[driver]") {
    Bench bench;
    bench.transport.read(blank()).send(Command::read_slot).read(answer(CommandStatus::wrong_slot));
    TokenDriver driver(bench.exchanger, *wire::find_model("pro"));
    const auto read = driver.read_slot(0x22);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == errors::wrong_slot);
    CHECK(read.error().subject == "totp:3");
}

TEST_CASE("A PIN of an impossible form is refused before the token sees it", "[driver]") {
    using channel::PinKind;
    const auto check = [](PinKind kind, std::string_view pin) {
        return check_pin(kind, base::SecretText::copy_of(pin));
    };
    CHECK(check(PinKind::user, "123456").ok());
    CHECK(check(PinKind::admin, "12345678").ok());
    CHECK(check(PinKind::user, "1234567890123456789012345").ok());
    CHECK(check(PinKind::user, "12345").error().code == errors::pin_too_short);
    CHECK(check(PinKind::user, "").error().limit == 6);
    CHECK(check(PinKind::admin, "1234567").error().code == errors::pin_too_short);
    CHECK(check(PinKind::admin, "1234567").error().limit == 8);
    CHECK(check(PinKind::admin, "12345678901234567890123456").error().code == errors::pin_too_long);
    CHECK(check(PinKind::admin, "12345678901234567890123456").error().limit == 25);
    CHECK(check(PinKind::admin, std::string_view("12345678\0", 9)).error().code == errors::pin_has_zero);
    CHECK(check(PinKind::admin, "1234567").error().field == "admin-pin");
    CHECK(check(PinKind::user, "1").error().field == "user-pin");
}
