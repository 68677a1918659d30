#include "device/bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using wire::Command;

namespace {

constexpr std::int64_t step_start = 2'000'000'010;  // a multiple of 30

// A bench with a proven slot totp:1 of 30 s, at `seconds` into a step, and the clock set in that step.
struct ClockBench : Bench {
    explicit ClockBench(std::int64_t seconds = 5) : Bench(step_start + seconds) {
        REQUIRE(write(write_command(totp(1), "x", rfc_secret, 6, 30)).ok());
        listener.clock_sets.clear();
    }
    // Reads a code, which must be the one of the moment at which it is given back.
    void good_code() {
        auto read = code(totp(1));
        REQUIRE(read.ok());
        CHECK(same(read.value().code, expected(rfc_secret, 6, step(30))));
        const auto now = clock.unix_time();
        CHECK(read.value().valid_from <= now);
        CHECK(now < read.value().valid_until);
    }
    std::size_t sets() const { return listener.clock_sets.size(); }
};

}  // namespace

TEST_CASE("Codes one after another set the token's clock only when it could be in another step", "[clock]") {
    ClockBench bench;
    for (int i = 0; i < 5; ++i) bench.good_code();
    CHECK(bench.sets() == 0);
    CHECK(bench.tap.count(Command::set_time) == 1);  // the one before the write

    // Two minutes later the token lags by more than a second, yet in the middle of a step both agree.
    bench.clock.advance(base::Milliseconds{120'000});
    bench.good_code();
    CHECK(bench.sets() == 0);
    // Just after a step began they may not.
    bench.clock.set_unix(bench.clock.unix_time().seconds());
    while (bench.clock.unix_time().seconds() % 30 != 0) bench.clock.advance(base::Milliseconds{100});
    bench.good_code();
    CHECK(bench.sets() == 1);
}

TEST_CASE("A whole hour of codes every 10 s is right, with far fewer settings than codes", "[clock]") {
    ClockBench bench;
    for (int i = 0; i < 360; ++i) {
        bench.good_code();
        bench.clock.advance(base::Milliseconds{10'000});
    }
    CHECK(bench.sets() >= 2);
    CHECK(bench.sets() <= 60);
}

TEST_CASE("In the last second of a step the next one is waited for", "[clock]") {
    Bench bench(step_start + 29);
    bench.clock.advance(base::Milliseconds{400});
    REQUIRE(bench.write(write_command(totp(1), "x", rfc_secret, 6, 30)).ok());
    CHECK(bench.clock.unix_time().seconds() >= step_start + 30);
    CHECK(bench.clock.unix_time().seconds() < step_start + 33);
}

TEST_CASE("A code that was under way when the step changed is read again", "[clock]") {
    ClockBench bench;
    // The exchange takes until the next step.
    int codes = 0;
    bench.tap.after_send = [&](const wire::Report& request) {
        if (wire::command_of(request) == Command::get_code && codes++ == 0)
            bench.clock.set_unix(bench.clock.unix_time().seconds()), bench.clock.advance(base::Milliseconds{26'000});
    };
    bench.good_code();
    CHECK(codes == 2);
}

TEST_CASE("A token that is always slower than a step is told as that, not guessed at", "[clock]") {
    ClockBench bench;
    bench.tap.after_send = [&](const wire::Report& request) {
        if (wire::command_of(request) == Command::get_code) bench.clock.advance(base::Milliseconds{31'000});
    };
    auto read = bench.code(totp(1));
    REQUIRE_FALSE(read.ok());
    CHECK(read.failure().error.code == errors::clock_unsettled);
}

TEST_CASE("After the computer slept, or its clock was set, the token's clock is set again", "[clock]") {
    ClockBench bench;
    SECTION("forward") {
        bench.clock.set_unix(step_start + 3600);
        bench.good_code();
        CHECK(bench.sets() == 1);
    }
    SECTION("to another moment of the same step") {
        bench.clock.set_unix(step_start + 15);
        bench.good_code();
        CHECK(bench.sets() == 1);
    }
    SECTION("backward by some seconds: a token takes that") {
        bench.clock.set_unix(step_start - 5);
        bench.good_code();
        CHECK(bench.sets() == 1);
    }
}

TEST_CASE("A token that remembers a later time refuses, and is set back only when that is wished", "[clock]") {
    ClockBench bench;
    bench.clock.set_unix(step_start - 86'400 + 5);
    auto refused = bench.code(totp(1));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.failure().error.code == errors::time_refused);
    CHECK(refused.failure().time_refused);
    CHECK(bench.tap.count(Command::get_code) == 3);  // the proof's, and two that tell why the time was refused
    CHECK(bench.sets() == 0);

    // A write is refused before the PIN is sent.
    auto written = bench.write(write_command(totp(2), "y", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::time_refused);
    CHECK(written.failure().time_refused);
    CHECK_FALSE(written.failure().slot.has_value());
    CHECK(bench.tap.count(Command::first_authenticate) == 1);

    auto read = bench.code(totp(1), {}, true);
    REQUIRE(read.ok());
    CHECK(same(read.value().code, bench.expected(rfc_secret, 6, bench.step(30))));
    CHECK(bench.sets() == 1);
    auto command = write_command(totp(2), "y", rfc_secret, 6, 30);
    command.set_time_back = true;
    CHECK(bench.session->write(command).ok());
    // The wish is not needed any more.
    bench.clock.advance(base::Milliseconds{3'600'000});
    CHECK(bench.code(totp(1)).ok());
}

TEST_CASE("A computer whose clock stands before 2014 does not spoil the token's memory of the time", "[clock]") {
    ClockBench bench;
    bench.clock.set_unix(59);
    auto read = bench.code(totp(1), {}, true);
    REQUIRE_FALSE(read.ok());
    CHECK(read.failure().error.code == errors::computer_clock_unusable);
    CHECK(bench.tap.count(Command::set_time) == 1);
}

TEST_CASE("When another program talked to the token, its clock is set again before a code", "[clock]") {
    ClockBench bench;
    auto other = bench.source.open(bench.source.look().front());
    REQUIRE(other.ok());
    Exchanger exchanger(*other.value(), bench.clock, bench.log, 1000, nullptr);
    REQUIRE(TokenDriver(exchanger, *wire::find_model("pro")).set_time(step_start + 300'000, true).ok());
    auto read = bench.code(totp(1), {}, true);
    REQUIRE(read.ok());
    CHECK(same(read.value().code, bench.expected(rfc_secret, 6, bench.step(30))));
    CHECK(bench.sets() == 1);
}

TEST_CASE("A token that was plugged in again has no time, and gets it before its first code", "[clock]") {
    ClockBench bench;
    bench.replug();
    bench.good_code();
    CHECK(bench.sets() == 1);
}

TEST_CASE("The bounds of the token's clock hold what a Pro's clock can show", "[clock]") {
    // A second of 1.01 s whose phase is any: every reading must lie within the bounds.
    for (const std::int64_t phase : {0, 250'000, 505'000, 1'009'999}) {
        TokenClock clock;
        CHECK_FALSE(clock.between({}, {}).has_value());
        const auto at = [](std::int64_t microseconds) {
            return Moment{base::SteadyTime{} + base::Microseconds{microseconds},
                          base::UnixTime{5'000'000 + microseconds / 1000}};
        };
        clock.was_set(5000, at(1000), at(40'000));
        for (std::int64_t now = 40'000; now < 600'000'000; now += 777'777) {
            const std::int64_t shows = 5000 + (now - 20'000 + phase) / 1'010'000;
            const auto bounds = clock.between(at(now), at(now));
            REQUIRE(bounds.has_value());
            CHECK((bounds->earliest <= shows && shows <= bounds->latest));
        }
        clock.forget();
        CHECK_FALSE(clock.between(at(50'000), at(50'000)).has_value());
    }
}
