#include "crypto/expected_code.hpp"

#include "crypto/errors.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

#include <limits>
#include <thread>

using namespace tokendeck;
using base::SecretBytes;
using crypto::expected_code;

namespace {

otp::HashAlgorithm algorithm_of(const Record& record) {
    for (const auto algorithm : {otp::HashAlgorithm::sha1, otp::HashAlgorithm::sha256, otp::HashAlgorithm::sha512})
        if (record.get("algorithm") == name(algorithm)) return algorithm;
    throw std::runtime_error("unknown algorithm");
}

void check(const Record& record, std::uint64_t factor) {
    INFO("line " << record.line);
    const auto code = expected_code(SecretBytes::copy_of(from_hex(record.get("secret"))), algorithm_of(record),
                                    static_cast<std::uint32_t>(record.number("digits")), factor);
    REQUIRE(code.ok());
    CHECK(code.value().view() == record.get("code"));  // public test vectors
}

}  // namespace

TEST_CASE("the expected HOTP codes are those of RFC 4226") {
    for (const Record& record :
         read_records("vectors/rfc4226.txt", {"secret", "algorithm", "digits", "factor", "code"}))
        check(record, record.number("factor"));
}

TEST_CASE("the expected TOTP codes are those of RFC 6238, for each hash") {
    for (const Record& record :
         read_records("vectors/rfc6238.txt", {"secret", "algorithm", "digits", "period", "time", "code"}))
        check(record, otp::time_step(static_cast<std::int64_t>(record.number("time")),
                                     static_cast<std::uint32_t>(record.number("period"))));
}

TEST_CASE("codes for keys with zero bytes, very short and very long keys are those of another implementation") {
    // Source: oathtool 2.6.7, oathtool -c FACTOR -d DIGITS HEX.
    for (const Record& record : read_records("vectors/hotp.txt", {"secret", "algorithm", "digits", "factor", "code"}))
        check(record, record.number("factor"));
}

TEST_CASE("a code that libcotp cannot compute is refused with the field, not made up") {
    const SecretBytes secret = SecretBytes::copy_of(from_hex("3132333435363738393031323334353637383930"));
    for (const std::uint32_t digits : {0U, 5U, 9U, 10U}) {
        const auto code = expected_code(secret, otp::HashAlgorithm::sha1, digits, 0);
        REQUIRE_FALSE(code.ok());
        CHECK(code.error().code == crypto::errors::code_digits);
        CHECK(code.error().field == "digits");
        CHECK(code.error().actual == digits);
    }
    constexpr auto most = std::uint64_t{std::numeric_limits<long>::max()};
    CHECK(expected_code(secret, otp::HashAlgorithm::sha1, 6, most).ok());
    const auto beyond = expected_code(secret, otp::HashAlgorithm::sha1, 6, most + 1);
    REQUIRE_FALSE(beyond.ok());
    CHECK(beyond.error().code == crypto::errors::code_factor);
    const auto without = expected_code(SecretBytes(), otp::HashAlgorithm::sha1, 6, 0);
    REQUIRE_FALSE(without.ok());
    CHECK(without.error().code == crypto::errors::code_secret);
}

TEST_CASE("two threads may ask for a code at the same time", "[threads]") {
    const auto ask = [] {
        const SecretBytes secret = SecretBytes::copy_of(from_hex("3132333435363738393031323334353637383930"));
        for (int i = 0; i < 200; ++i) {
            const auto code = expected_code(secret, otp::HashAlgorithm::sha1, 6, 0);
            if (!code || code.value().view() != "755224") return false;
        }
        return true;
    };
    bool other = false;
    std::thread thread([&] { other = ask(); });
    const bool here = ask();
    thread.join();
    CHECK(here);
    CHECK(other);
}
