// What web sites and other programs give, by the window's path: pasted, and as a file.
#include "crypto/accounts.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

#include <string>

using namespace tokendeck;

namespace {

std::string account_text(const otp::OtpEnrolment& account) {
    const otp::OtpParameters& p = account.parameters;
    return account.issuer + "/" + account.account + "/" + std::string(name(p.kind)) + "/" + std::to_string(p.digits) +
           "/" + std::to_string(p.kind == otp::OtpKind::totp ? p.period : p.counter) + "/" +
           std::string(name(p.algorithm)) + "/" + std::to_string(account.secret.size());
}

void check(const Record& record, const base::Result<channel::AccountsRead>& read) {
    if (record.has("error")) {
        CHECK_FALSE(read.ok());
        if (!read) CHECK(read.error().code.name == record.get("error"));
        return;
    }
    CHECK(read.ok());
    if (!read) return;
    std::string accounts;
    for (const channel::ReadAccount& one : read.value().accounts)
        accounts += (accounts.empty() ? "" : " | ") + account_text(one.enrolment);
    CHECK(accounts == unescape(record.get("accounts")));
    CHECK(equals(read.value().accounts.at(0).enrolment.secret, from_hex(record.get("secret"))));
    CHECK(read.value().refused.empty());
    CHECK(remarks_text(read.value().accounts.at(0).remarks) == (record.has("remarks") ? record.get("remarks") : ""));
}

}  // namespace

TEST_CASE("inputs of real sites and programs are understood as they are meant, pasted and in a file") {
    for (const Record& record :
         read_records("vectors/inputs.txt", {"text", "accounts", "secret", "remarks", "error"})) {
        INFO("line " << record.line);
        const std::string text = unescape(record.get("text"));
        check(record, crypto::read_accounts(base::SecretText::copy_of(text), false));
        const auto in_file =
            crypto::read_accounts_in_file({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
        const bool address = text.find("otpauth") != std::string::npos;
        if (record.has("error") && !address) CHECK(in_file.error().code.name == "qr.not-a-picture");
        else check(record, in_file);
    }
}

TEST_CASE("a text file of UTF-16 is read like one of UTF-8") {
    const std::string text = "otpauth://totp/B\xC3\xBCro:\xF0\x9F\x94\x91?secret=JBSWY3DPEHPK3PXP";
    const std::u16string wide = u"otpauth://totp/B\u00FCro:\U0001F511?secret=JBSWY3DPEHPK3PXP";
    for (const bool little : {true, false}) {
        std::vector<std::uint8_t> bytes;
        const auto put = [&](char16_t unit) {
            bytes.push_back(static_cast<std::uint8_t>(little ? unit & 0xFF : unit >> 8));
            bytes.push_back(static_cast<std::uint8_t>(little ? unit >> 8 : unit & 0xFF));
        };
        put(0xFEFF);
        for (const char16_t unit : wide) put(unit);
        const auto read = crypto::read_accounts_in_file(bytes);
        REQUIRE(read.ok());
        CHECK(read.value().accounts.at(0).enrolment.issuer == "B\xC3\xBCro");
        CHECK(read.value().accounts.at(0).enrolment.account == "\xF0\x9F\x94\x91");
        bytes.back() = 0xD8;  // half a character at the end
        bytes[bytes.size() - 2] = 0xD8;
        CHECK_FALSE(crypto::read_accounts_in_file(bytes).ok());
    }
}
