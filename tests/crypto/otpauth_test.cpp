#include "crypto/otpauth.hpp"

#include "crypto/accounts.hpp"
#include "crypto/errors.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

#include <random>

using namespace tokendeck;
using base::SecretText;
using crypto::parse_otpauth;

namespace {

std::vector<Record> records() {
    return read_records("vectors/otpauth.txt",
                        {"uri", "issuer", "account", "kind", "algorithm", "digits", "period", "counter", "secret",
                         "remarks", "error", "field", "subject", "position", "actual", "limit"});
}

std::string get_or(const Record& record, const std::string& key, const std::string& otherwise) {
    return record.has(key) ? unescape(record.get(key)) : otherwise;
}

void check_error(const Record& record, const base::Error& error, std::size_t offset = 0) {
    CHECK(error.code.name == record.get("error"));
    CHECK(error.field == get_or(record, "field", ""));
    CHECK(error.subject == get_or(record, "subject", ""));
    CHECK(error.position.has_value() == record.has("position"));
    if (record.has("position")) CHECK(error.position == record.number("position") + offset);
    CHECK(error.actual.has_value() == record.has("actual"));
    if (record.has("actual")) CHECK(error.actual == static_cast<std::int64_t>(record.number("actual")));
    CHECK(error.limit.has_value() == record.has("limit"));
    if (record.has("limit")) CHECK(error.limit == static_cast<std::int64_t>(record.number("limit")));
}

base::Result<channel::AccountsRead> read(const SecretText& text) {
    return crypto::read_accounts(text, false);
}

}  // namespace

TEST_CASE("an otpauth URI gives the account of the vectors, or the error that names field and place") {
    for (const Record& record : records()) {
        INFO("line " << record.line << ": " << record.get("uri"));
        const auto parsed = parse_otpauth(SecretText::copy_of(unescape(record.get("uri"))));
        CHECK(parsed.ok() != record.has("error"));
        if (parsed.ok() == record.has("error")) continue;
        if (!parsed) {
            check_error(record, parsed.error());
            continue;
        }
        const otp::OtpEnrolment& account = parsed.value().enrolment;
        CHECK(account.issuer == unescape(record.get("issuer")));
        CHECK(account.account == unescape(record.get("account")));
        CHECK(name(account.parameters.kind) == get_or(record, "kind", "totp"));
        CHECK(name(account.parameters.algorithm) == get_or(record, "algorithm", "SHA1"));
        CHECK(account.parameters.digits == std::stoull(get_or(record, "digits", "6")));
        CHECK(account.parameters.period == std::stoull(get_or(record, "period", "30")));
        CHECK(account.parameters.counter == std::stoull(get_or(record, "counter", "0")));
        CHECK(equals(account.secret, from_hex(record.get("secret"))));
        CHECK(remarks_text(parsed.value().remarks) == get_or(record, "remarks", ""));
    }
}

TEST_CASE("a pasted URI is understood with white space around it, and errors count in the text as pasted") {
    for (const Record& record : records()) {
        const std::string uri = unescape(record.get("uri"));
        if (!uri.starts_with("otpauth:") && !uri.starts_with("OTPAUTH:")) continue;
        if (uri.find_first_of("\r\n") != std::string::npos) continue;  // several lines are several texts
        INFO("line " << record.line << ": " << record.get("uri"));
        const auto pasted = read(SecretText::copy_of(" \t\r\n" + uri + " \n"));
        if (pasted && record.has("error")) {
            // What stands after a space may be words beside the address: that is asked.
            CHECK(get_or(record, "subject", "") == " ");
            CHECK(remarks_text(pasted.value().accounts.at(0).remarks) == "read-secret-broken-off!");
            continue;
        }
        REQUIRE(pasted.ok() != record.has("error"));
        if (pasted) CHECK(pasted.value().source == channel::EnrolmentSource::uri);
        else check_error(record, pasted.error(), 4);
    }
}

TEST_CASE("a bare secret becomes a TOTP account with the usual values, and is marked as bare") {
    const auto pasted = read(SecretText::copy_of("  jbsw y3dp\n ehpk-3pxp \n"));
    REQUIRE(pasted.ok());
    CHECK(pasted.value().source == channel::EnrolmentSource::bare_secret);
    REQUIRE(pasted.value().accounts.size() == 1);
    const otp::OtpEnrolment& account = pasted.value().accounts.front().enrolment;
    CHECK(account.parameters == otp::OtpParameters{otp::OtpKind::totp, otp::HashAlgorithm::sha1, 6, 30, 0});
    CHECK(account.issuer.empty());
    CHECK(account.account.empty());
    CHECK(equals(account.secret, from_hex("48656c6c6f21deadbeef")));
}

TEST_CASE("a pasted text that is neither a URI nor a secret is refused with the reason") {
    const auto code_of = [](std::string_view text) {
        const auto pasted = read(SecretText::copy_of(text));
        return pasted ? std::string_view("understood") : pasted.error().code.name;
    };
    CHECK(code_of("") == crypto::errors::text_empty.name);
    CHECK(code_of(" \n\t ") == crypto::errors::text_empty.name);
    CHECK(code_of("https://example.com/JBSWY3DP") == crypto::errors::not_otpauth.name);
    CHECK(code_of("mailto:somebody") == crypto::errors::secret_bad_character.name);
    CHECK(code_of(std::string(crypto::text_bytes_max, 'A')) == "understood");
    CHECK(code_of(std::string(crypto::text_bytes_max + 1, 'A')) == crypto::errors::text_too_long.name);
    CHECK(code_of(std::string(crypto::lines_bytes_max + 1, ' ')) == crypto::errors::text_too_long.name);

    const auto wrong = read(SecretText::copy_of("\n  JBSW Y3D0"));
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().code == crypto::errors::secret_look_alike);
    CHECK(wrong.error().subject == "0");
    CHECK(wrong.error().position == 12U);
}

TEST_CASE("every beginning of a good URI is refused, is a whole URI itself, or asks whether the secret is whole") {
    const std::string uri = "otpauth://hotp/Example:alice%20b?counter=12&secret=JBSWY3DPEHPK3PXP";
    for (std::size_t size = 0; size < uri.size(); ++size) {
        INFO(uri.substr(0, size));
        const auto parsed = parse_otpauth(SecretText::copy_of(uri.substr(0, size)));
        const std::size_t secret_size = size - std::min(size, uri.find("JBSW"));
        const std::size_t tail = secret_size % 8;
        const bool of_no_encoder = tail == 1 || tail == 3 || tail == 6;
        // With a whole number of bytes in the secret a shorter secret cannot be told from a cut one.
        if (parsed) CHECK(std::ranges::any_of(parsed.value().remarks, &channel::Remark::asks) == of_no_encoder);
        else CHECK_FALSE(parsed.error().code.name.empty());
    }
}

TEST_CASE("random changes to good URIs never crash, and errors name a place within the text") {
    std::mt19937 random(20240501);
    const auto pick = [&](std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
    };
    const std::vector<Record> all = records();
    constexpr std::string_view spice = "%&=?:/#+ 0A\xC3\xFF\n";
    for (int round = 0; round < 20000; ++round) {
        std::string text = unescape(all[pick(all.size())].get("uri"));
        for (std::size_t changes = 1 + pick(4); changes != 0 && !text.empty(); --changes) {
            const std::size_t at = pick(text.size());
            switch (pick(4)) {
                case 0: text[at] = static_cast<char>(pick(256)); break;
                case 1: text.insert(at, 1, spice[pick(spice.size())]); break;
                case 2: text.erase(at, 1 + pick(3)); break;
                default: text.insert(at, text.substr(pick(text.size()), pick(12))); break;
            }
        }
        const SecretText secret = SecretText::copy_of(text);
        const auto parsed = parse_otpauth(secret);
        if (!parsed) {
            REQUIRE(parsed.error().position.value_or(1) >= 1);
            REQUIRE(parsed.error().position.value_or(1) <= text.size() + 1);
        } else {
            REQUIRE_FALSE(parsed.value().enrolment.secret.empty());
            REQUIRE(
                (parsed.value().enrolment.parameters.digits >= 1 && parsed.value().enrolment.parameters.digits <= 10));
            REQUIRE(parsed.value().enrolment.parameters.period >= 1);
        }
        (void)read(secret).ok();
    }
}

TEST_CASE("no error of the parser carries the secret") {
    const std::string secret = "JBSWY3DPEHPK3PXP";
    for (const Record& record : records()) {
        const auto parsed = parse_otpauth(SecretText::copy_of(unescape(record.get("uri"))));
        if (parsed) continue;
        INFO("line " << record.line);
        CHECK(parsed.error().subject.find(secret.substr(0, 4)) == std::string::npos);
        CHECK(parsed.error().field.find(secret.substr(0, 4)) == std::string::npos);
    }
}
