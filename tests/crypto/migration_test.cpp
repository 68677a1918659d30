// The messages are built here field by field, from the description in crypto/migration.hpp, not by the reader's code.
#include "crypto/migration.hpp"

#include "crypto/errors.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

using namespace tokendeck;
using base::SecretText;
using crypto::parse_migration;
using crypto::parse_migration_message;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

Bytes varint(std::uint64_t value) {
    Bytes bytes;
    for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<std::uint8_t>(value | 0x80));
    bytes.push_back(static_cast<std::uint8_t>(value));
    return bytes;
}

Bytes number(std::uint64_t field, std::uint64_t value) {
    return varint(field << 3) + varint(value);
}

Bytes block(std::uint64_t field, const Bytes& content) {
    return varint(field << 3 | 2) + varint(content.size()) + content;
}

Bytes text(std::uint64_t field, std::string_view content) {
    return block(field, Bytes(content.begin(), content.end()));
}

const Bytes seed = from_hex("3132333435363738393031323334353637383930");  // RFC 4226

Bytes account(std::string_view name, std::uint64_t algorithm = 1, std::uint64_t digits = 1, std::uint64_t type = 2,
              const Bytes& more = {}) {
    return block(1, block(1, seed) + text(2, name) + number(4, algorithm) + number(5, digits) + number(6, type) + more);
}

std::string error_of(const Bytes& message) {
    const auto parsed = parse_migration_message(message);
    return parsed ? "none" : std::string(parsed.error().code.name);
}

}  // namespace

TEST_CASE("an export gives all its accounts with algorithm, digits, type and counter, and which part it is") {
    const auto parsed = parse_migration_message(account("Example:alice") + account("bob", 2, 2, 2, text(3, "Other")) +
                                                account("carol", 3, 2, 1, number(7, 300)) + number(2, 1) +
                                                number(3, 3) + number(4, 2) + number(5, 0xFFFFFFFFFFFFFFF9ULL));
    REQUIRE(parsed.ok());
    const auto& accounts = parsed.value().accounts;
    REQUIRE(accounts.size() == 3);
    CHECK(accounts[0].enrolment.issuer == "Example");
    CHECK(accounts[0].enrolment.account == "alice");
    CHECK(accounts[0].enrolment.parameters ==
          otp::OtpParameters{otp::OtpKind::totp, otp::HashAlgorithm::sha1, 6, 30, 0});
    CHECK(accounts[1].enrolment.issuer == "Other");
    CHECK(accounts[1].enrolment.account == "bob");
    CHECK(accounts[1].enrolment.parameters ==
          otp::OtpParameters{otp::OtpKind::totp, otp::HashAlgorithm::sha256, 8, 30, 0});
    CHECK(accounts[2].enrolment.parameters ==
          otp::OtpParameters{otp::OtpKind::hotp, otp::HashAlgorithm::sha512, 8, 30, 300});
    for (const auto& each : accounts) CHECK(equals(each.enrolment.secret, seed));
    CHECK(parsed.value().refused.empty());
    REQUIRE(parsed.value().part.has_value());
    CHECK(*parsed.value().part == channel::MigrationPart{-7, 2, 3});
}

TEST_CASE("an export as it stands in a QR code is read through base64 and percent-encoding") {
    // 1: { secret 48656c6c6f21deadbeef, name "Example:alice", issuer "Example", 1, 1, 2 }, 2: 1, 3: 1, 4: 0, 5: 1
    const std::string data = "CioKCkhlbGxvId6tvu8SDUV4YW1wbGU6YWxpY2UaB0V4YW1wbGUgASgBMAIQARgBIAAoAQ";
    for (const std::string end : {"", "%3D%3D", "=="}) {
        const auto parsed = parse_migration(SecretText::copy_of("otpauth-migration://offline?data=" + data + end));
        REQUIRE(parsed.ok());
        REQUIRE(parsed.value().accounts.size() == 1);
        CHECK(parsed.value().accounts[0].enrolment.issuer == "Example");
        CHECK(parsed.value().accounts[0].enrolment.account == "alice");
        CHECK(equals(parsed.value().accounts[0].enrolment.secret, from_hex("48656c6c6f21deadbeef")));
    }
}

TEST_CASE("what is no whole base64 is refused, and a wrong character is named with its place") {
    const std::string head = "otpauth-migration://offline?data=";
    const auto error = [&](const std::string& uri) {
        const auto parsed = parse_migration(SecretText::copy_of(uri));
        REQUIRE_FALSE(parsed.ok());
        return parsed.error();
    };
    const auto wrong = error(head + "CjEK*kh");
    CHECK(wrong.code == crypto::errors::migration_bad_base64);
    CHECK(wrong.subject == "*");
    CHECK(wrong.position == head.size() + 5);
    CHECK(error(head + "CjEKC").code == crypto::errors::migration_cut_off);
    CHECK(error(head + "CjEKC===").code == crypto::errors::migration_cut_off);
    CHECK(error(head + "CjE%3").code == crypto::errors::percent_damaged);
    CHECK(error(head).code == crypto::errors::parameter_missing);
    CHECK(error(head + "CjEK&data=CjEK").code == crypto::errors::parameter_twice);
    CHECK(error("otpauth-migration://online?data=CjEK").code == crypto::errors::migration_address);
    CHECK(error("otpauth://offline?data=CjEK").code == crypto::errors::not_otpauth);
    CHECK(error(head + std::string(5000, 'A')).code == crypto::errors::text_too_long);
}

TEST_CASE("an account of an unknown kind is refused by its name, and the others are taken") {
    const auto parsed = parse_migration_message(account("Old:md5", 4) + account("good") + account("five", 1, 3) +
                                                account("none", 1, 1, 3) + account("more", 5));
    REQUIRE(parsed.ok());
    REQUIRE(parsed.value().accounts.size() == 1);
    CHECK(parsed.value().accounts[0].enrolment.account == "good");
    const auto& refused = parsed.value().refused;
    REQUIRE(refused.size() == 4);
    CHECK(refused[0].place == 1);
    CHECK(refused[0].error.code == crypto::errors::migration_md5);
    CHECK(refused[0].error.subject == "Old: md5");
    CHECK(refused[1].place == 3);
    CHECK(refused[1].error.field == "digits");
    CHECK(refused[2].error.field == "type");
    CHECK(refused[3].error.actual == 5);
}

TEST_CASE("what an export leaves open is as the format has it, and that is told") {
    const auto parsed = parse_migration_message(account("kind", 1, 1, 0) + account("all", 0, 0, 0));
    REQUIRE(parsed.ok());
    REQUIRE(parsed.value().accounts.size() == 2);
    for (const auto& each : parsed.value().accounts)
        CHECK(each.enrolment.parameters == otp::OtpParameters{otp::OtpKind::totp, otp::HashAlgorithm::sha1, 6, 30, 0});
    CHECK(remarks_text(parsed.value().accounts[0].remarks) == "read-defaults(type)");
    CHECK(remarks_text(parsed.value().accounts[1].remarks) == "read-defaults(type, algorithm, digits)");
}

TEST_CASE("an account without a secret or with a harmful name is refused by itself; without a name it is taken") {
    const Bytes rest = number(4, 1) + number(5, 1) + number(6, 2);
    const auto parsed = parse_migration_message(block(1, text(2, "empty") + rest) + block(1, block(1, seed) + rest) +
                                                block(1, block(1, seed) + text(2, "a\x1b[2J") + rest) +
                                                block(1, block(1, seed) + text(2, "\xff") + rest) +
                                                account("counter", 1, 1, 1, number(7, 0x8000000000000000ULL)));
    REQUIRE(parsed.ok());
    REQUIRE(parsed.value().accounts.size() == 1);
    CHECK(otp::title(parsed.value().accounts[0].enrolment).empty());
    const auto& refused = parsed.value().refused;
    REQUIRE(refused.size() == 4);
    CHECK(refused[0].error.code == crypto::errors::secret_empty);
    CHECK(refused[0].error.subject == "empty");
    CHECK(refused[1].error.code == crypto::errors::control_character);
    CHECK(refused[2].error.code == crypto::errors::not_utf8);
    CHECK(refused[3].error.field == "counter");
}

TEST_CASE("unknown fields of every wire type are skipped, in the export and in an account") {
    const Bytes unknown =
        number(99, 5) + text(98, "x") + varint(97 << 3 | 1) + Bytes(8, 1) + varint(96 << 3 | 5) + Bytes(4, 1);
    const auto parsed = parse_migration_message(unknown + account("a", 1, 1, 2, unknown) + unknown);
    REQUIRE(parsed.ok());
    CHECK(parsed.value().accounts.size() == 1);
    CHECK_FALSE(parsed.value().part.has_value());
}

TEST_CASE("a message that is not well formed is refused as a whole, with the byte where it is wrong") {
    const Bytes good = account("a");
    for (std::size_t size = 0; size < good.size(); ++size) {
        INFO("cut after " << size);
        CHECK(error_of(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))) != "none");
    }
    const std::string malformed(crypto::errors::migration_malformed.name);
    CHECK(error_of(good + varint(9 << 3 | 3)) == malformed);                          // a group
    CHECK(error_of(good + varint(0) + varint(0)) == malformed);                       // field 0
    CHECK(error_of(good + varint(9 << 3 | 2) + varint(~0ULL)) == malformed);          // longer than all memory
    CHECK(error_of(good + number(2, 1) + number(2, 1)) == malformed);                 // twice
    CHECK(error_of(good + text(3, "x")) == malformed);                                // another wire type
    CHECK(error_of(good + varint(9 << 3) + Bytes(9, 0x80) + Bytes{2}) == malformed);  // more than 64 bits
    CHECK(error_of(good + number(3, 0xFFFFFFFF)) == malformed);
    CHECK(error_of(number(2, 1)) == crypto::errors::migration_empty.name);
    CHECK(error_of(good + number(3, 2) + number(4, 2)) == crypto::errors::migration_part.name);

    const auto parsed = parse_migration_message(good + varint(9 << 3 | 3));
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().position == good.size() + 1);
}
