// Results, clocks, deadlines, bytes, randomness.
#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/errors.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "support/catch.hpp"

#include <array>
#include <memory>
#include <set>
#include <string>

using namespace tokendeck::base;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Result<std::unique_ptr<int>> half(int number) {
    if (number % 2 != 0) {
        Error error{ErrorCode{"test.odd"}};
        error.actual = number;
        return error;
    }
    return std::make_unique<int>(number / 2);
}

}  // namespace

TEST_CASE("A result is a value that can be moved out, or an error that tells what was met") {
    auto good = half(4);
    REQUIRE(good.ok());
    const std::unique_ptr<int> value = std::move(good).value();
    CHECK(*value == 2);
    const auto bad = half(5);
    REQUIRE_FALSE(bad.ok());
    CHECK_FALSE(static_cast<bool>(bad));
    CHECK(bad.error().code == ErrorCode{"test.odd"});
    CHECK(bad.error().actual == std::optional<std::int64_t>{5});
    CHECK_FALSE(bad.error().position);
}

TEST_CASE("A result may hold an error of its own type's kind, or a text, without mixing them up") {
    const Result<std::string> text(std::string("fine"));
    CHECK(text.ok());
    CHECK(text.value() == "fine");
    const Result<void> done;
    CHECK(done.ok());
    const Result<void> failed(Error{errors::no_randomness});
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.error().code == errors::no_randomness);
}

TEST_CASE("Two codes are the same when their names are") {
    const std::string name = "base.no-" + std::string("randomness");  // elsewhere in memory
    CHECK(ErrorCode{name} == errors::no_randomness);
    CHECK_FALSE(ErrorCode{"base.no"} == errors::no_randomness);
}

TEST_CASE("A manual clock moves only when told to, and both of its times move together") {
    ManualClock clock(1'700'000'000);
    const auto start = clock.steady();
    CHECK(clock.unix_time().seconds() == 1'700'000'000);
    clock.advance(milliseconds{1500});
    CHECK(clock.steady() - start == milliseconds{1500});
    CHECK(clock.unix_time().milliseconds == 1'700'000'001'500);
    clock.sleep(milliseconds{500});
    CHECK(clock.unix_time().seconds() == 1'700'000'002);
}

TEST_CASE("Setting the computer's clock leaves the steady one alone") {
    ManualClock clock(1'700'000'000);
    clock.advance(seconds{10});
    const auto steady = clock.steady();
    clock.set_unix(1'600'000'000);
    CHECK(clock.unix_time().seconds() == 1'600'000'000);
    CHECK(clock.steady() == steady);
    clock.advance(seconds{1});
    CHECK(clock.unix_time().seconds() == 1'600'000'001);
}

TEST_CASE("Seconds of a time before 1970 are rounded down like all others") {
    CHECK(UnixTime{1999}.seconds() == 1);
    CHECK(UnixTime{0}.seconds() == 0);
    CHECK(UnixTime{-1}.seconds() == -1);
    CHECK(UnixTime{-1000}.seconds() == -1);
    CHECK(UnixTime{-1001}.seconds() == -2);
}

TEST_CASE("A deadline has passed from its very moment on, and what is left never turns negative") {
    ManualClock clock(0);
    const Deadline deadline(clock, milliseconds{100});
    CHECK_FALSE(deadline.passed());
    CHECK(deadline.left() == milliseconds{100});
    clock.advance(milliseconds{99});
    CHECK_FALSE(deadline.passed());
    CHECK(deadline.left() == milliseconds{1});
    clock.advance(milliseconds{1});
    CHECK(deadline.passed());
    CHECK(deadline.left() == milliseconds{0});
    clock.advance(seconds{5});
    CHECK(deadline.passed());
    CHECK(deadline.left() == milliseconds{0});
    CHECK(Deadline(clock, milliseconds{0}).passed());
}

TEST_CASE("The computer's own steady clock does not run backwards and its sleep takes at least its time") {
    SystemClock clock;
    const auto before = clock.steady();
    clock.sleep(milliseconds{2});
    CHECK(clock.steady() - before >= milliseconds{2});
    CHECK(clock.unix_time().seconds() > 1'700'000'000);
}

TEST_CASE("Integers are read and written with their low byte first, within their bounds") {
    std::array<std::uint8_t, 12> bytes{};
    store_le64(bytes, 2, 0x0807060504030201);
    for (std::uint8_t i = 0; i < 8; ++i) CHECK(unsigned{bytes[2U + i]} == i + 1U);
    CHECK(bytes[1] == 0);
    CHECK(bytes[10] == 0);
    CHECK(load_le64(bytes, 2) == 0x0807060504030201);
    CHECK(load_le32(bytes, 2) == 0x04030201);
    CHECK(load_le16(bytes, 9) == 8);
    store_le32(bytes, 8, 0xFFFFFFFF);
    CHECK(load_le32(bytes, 8) == 0xFFFFFFFF);
    CHECK(load_le<3>(bytes, 8) == 0xFFFFFF);
    store_le<2>(bytes, 0, 0x1234);
    CHECK(unsigned{bytes[0]} == 0x34);
    CHECK(unsigned{bytes[1]} == 0x12);
    CHECK(unsigned{bytes[2]} == 1);
}

TEST_CASE("fits tells true lengths from those that would run over, also the largest") {
    CHECK(fits(0, 0, 0));
    CHECK(fits(4, 4, 8));
    CHECK(fits(8, 0, 8));
    CHECK_FALSE(fits(8, 1, 8));
    CHECK_FALSE(fits(9, 0, 8));
    CHECK_FALSE(fits(1, SIZE_MAX, 8));
    CHECK_FALSE(fits(SIZE_MAX, 1, 8));
}

TEST_CASE("The operating system's randomness fills all of a long buffer, each time anew") {
    SystemRandom random;
    std::array<std::uint8_t, 1000> first{}, second{};
    REQUIRE(random.fill(first).ok());
    REQUIRE(random.fill(second).ok());
    CHECK(first != second);
    // A stretch of 64 bytes that stayed zero would be one chance in 2^512.
    for (std::size_t at = 0; at + 64 <= first.size(); at += 64)
        CHECK(std::any_of(first.begin() + static_cast<std::ptrdiff_t>(at),
                          first.begin() + static_cast<std::ptrdiff_t>(at) + 64, [](auto byte) { return byte != 0; }));
    REQUIRE(random.fill({}).ok());
}
