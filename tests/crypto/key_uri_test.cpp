#include "crypto/base32.hpp"
#include "crypto/crypto_thread.hpp"
#include "crypto/errors.hpp"
#include "crypto/new_secret.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

using namespace tokendeck;
using base::SecretBytes;
using base::SecretText;

namespace {

otp::OtpEnrolment account(std::string issuer, std::string name) {
    return {std::move(issuer), std::move(name), {}, SecretBytes::copy_of(from_hex("48656c6c6f21deadbeef"))};
}

struct Counting final : base::Random {
    base::Result<void> fill(std::span<std::uint8_t> bytes) override {
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
        return {};
    }
};
struct Broken final : base::Random {
    base::Result<void> fill(std::span<std::uint8_t>) override { return base::Error{{"base.no-randomness"}}; }
};

}  // namespace

TEST_CASE("a key URI is written as the format has it, with everything named") {
    const auto totp = crypto::write_otpauth(account("Example Co", "alice@example.com"));
    REQUIRE(totp.ok());
    CHECK(totp.value().view() ==
          "otpauth://totp/Example%20Co:alice%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example%20Co"
          "&algorithm=SHA1&digits=6&period=30");
    auto hotp = account("", "bob");
    hotp.parameters = {otp::OtpKind::hotp, otp::HashAlgorithm::sha512, 8, 30, 12345678901234567890ULL};
    CHECK(crypto::write_otpauth(hotp).value().view() ==
          "otpauth://hotp/bob?secret=JBSWY3DPEHPK3PXP&algorithm=SHA512&digits=8&counter=12345678901234567890");
}

TEST_CASE("whatever a name holds, what is written is read back the same, or it is refused") {
    for (const std::string name : {"a&b=c#d?e/f%41", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "+ +", "a\"'<>\\^`{|}"}) {
        INFO(name);
        const auto written = crypto::write_otpauth(account(name, name));
        REQUIRE(written.ok());
        const auto back = crypto::parse_otpauth(written.value());
        REQUIRE(back.ok());
        CHECK(back.value().enrolment.issuer == name);
        CHECK(back.value().enrolment.account == name);
        CHECK(equals(back.value().enrolment.secret, from_hex("48656c6c6f21deadbeef")));
    }
    CHECK(crypto::write_otpauth(account("a:b", "c")).error().field == "issuer");
    CHECK(crypto::write_otpauth(account("a", "b:c")).error().field == "account");
    CHECK(crypto::write_otpauth(account("a", "")).error().code == crypto::errors::label_missing);
    CHECK(crypto::write_otpauth(account("a", " b")).error().code == crypto::errors::uri_not_writable);
    CHECK(crypto::write_otpauth(account("a", "\x07")).error().code == crypto::errors::uri_not_writable);
    CHECK(crypto::write_otpauth({"a", "b", {}, {}}).error().code == crypto::errors::secret_empty);
}

TEST_CASE("a new secret has the size that was asked for, from the randomness that was given, or there is none") {
    Counting counting;
    Broken broken;
    for (const std::size_t size : {20U, 32U, 40U}) {
        const auto made = crypto::make_secret(counting, size);
        REQUIRE(made.ok());
        CHECK(made.value().size() == size);
        CHECK(made.value().bytes().back() == size - 1);
    }
    for (const std::size_t size : {0U, 19U, 21U, 31U, 41U, 1000U})
        CHECK(crypto::make_secret(counting, size).error().code == crypto::errors::secret_size);
    CHECK(crypto::make_secret(broken, 20).error().code.name == "base.no-randomness");
}

TEST_CASE("a new secret is written in groups of four that read back the same") {
    const auto secret = SecretBytes::copy_of(from_hex("48656c6c6f21deadbeef00"));
    const auto text = crypto::in_groups(secret);
    CHECK(text.view() == "JBSW Y3DP EHPK 3PXP AA");
    CHECK(same(crypto::decode_base32(text.view()).value().bytes, secret));
}

TEST_CASE("the new requests end in their replies, each with its id") {
    using namespace channel;
    CHECK(std::get<AccountsRead>(crypto::reply_to(ReadAccountsInText{1, SecretText::copy_of("JBSWY3DP")})).id == 1);
    const auto image = crypto::reply_to(ReadAccountsInImage{2, test_data("images/good/plain.png").string()});
    CHECK(std::get<AccountsRead>(image).id == 2);
    CHECK(std::get<RequestFailed>(crypto::reply_to(ReadAccountsInText{3})).id == 3);
    CHECK(std::get<TextExplained>(crypto::reply_to(ExplainText{4, SecretText::copy_of("!")})).id == 4);
    const auto made = crypto::reply_to(MakeSecret{5, 20});
    CHECK(std::get<SecretMade>(made).id == 5);
    CHECK(same(crypto::decode_base32(std::get<SecretMade>(made).base32.view()).value().bytes,
               std::get<SecretMade>(made).secret));
    CHECK(std::get<RequestFailed>(crypto::reply_to(MakeSecret{6, 21})).id == 6);
    CHECK(std::get<SheetShown>(crypto::reply_to(ShowSheet{7, account("a", "b")})).id == 7);
}
