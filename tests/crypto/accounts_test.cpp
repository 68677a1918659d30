#include "crypto/accounts.hpp"

#include "crypto/errors.hpp"
#include "crypto/records.hpp"
#include "qr/errors.hpp"
#include "support/catch.hpp"

using namespace tokendeck;
using namespace tokendeck::channel;
using base::SecretText;

namespace {

const std::string secret = "JBSWY3DPEHPK3PXP";
const std::string uri = "otpauth://totp/Example:alice?secret=" + secret + "&issuer=Example";
const std::string migration =
    "otpauth-migration://offline?data=CioKCkhlbGxvId6tvu8SDUV4YW1wbGU6YWxpY2UaB0V4YW1wbGUgASgBMAIQARgBIAAoAQ";
const auto secret_bytes = from_hex("48656c6c6f21deadbeef");

TextExplained explain(const std::string& text, bool as_hex = false) {
    return crypto::explain(SecretText::copy_of(text), as_hex);
}

base::Result<AccountsRead> read(const std::string& text, bool as_hex = false) {
    return crypto::read_accounts(SecretText::copy_of(text), as_hex);
}

// RFC 4648, section 4.
std::string base64(const std::string& bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j) text += i + j > bytes.size() ? '=' : digits[group >> (18 - 6 * j) & 63];
    }
    return text;
}

base::Result<AccountsRead> read_picture(const std::string& name) {
    const std::string file = read_test_data("images/" + name);
    return crypto::read_accounts_in_picture({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()});
}

}  // namespace

TEST_CASE("several lines are several accounts, each by itself: a wrong one does not take the others with it") {
    const auto several = read("\n" + uri + "\r\n\n  " + uri + "0\n" + migration + "\nsteam://x\n");
    REQUIRE(several.ok());
    REQUIRE(several.value().accounts.size() == 2);  // the export has the first once more
    for (const auto& account : several.value().accounts) CHECK(equals(account.enrolment.secret, secret_bytes));
    REQUIRE(several.value().refused.size() == 1);
    CHECK(several.value().refused[0].place == 4);
    CHECK(several.value().refused[0].error.subject == "steam");
    REQUIRE(several.value().parts.size() == 1);
    CHECK(several.value().parts[0] == MigrationPart{1, 0, 1});
}

TEST_CASE("in the lines of a text the position counts from the start of all that was pasted") {
    const std::string wrong = "otpauth://totp/b?secret=JBSW0";
    const auto explained = explain(uri + "\n" + wrong);
    CHECK(explained.kind == TextKind::several);
    REQUIRE(explained.items.size() == 2);
    REQUIRE(explained.items[0].accounts.size() == 1);
    CHECK_FALSE(explained.items[0].problem.has_value());
    const auto& problem = explained.items[1].problem;
    REQUIRE(problem.has_value());
    CHECK(explained.items[1].line == 2);
    CHECK(problem->error.code == crypto::errors::secret_look_alike);
    CHECK(problem->error.position == uri.size() + 1 + wrong.size());
    CHECK(problem->byte == uri.size() + 1 + wrong.size() - 1);
    CHECK(problem->character == CharacterClass::look_alike);
}

TEST_CASE("look-alikes are all pointed out and never guessed") {
    const auto explained = explain(" jbsw 0y1d 8p");
    REQUIRE(explained.items.size() == 1);
    CHECK(explained.kind == TextKind::base32_secret);
    CHECK(explained.items[0].look_alikes == std::vector<std::size_t>{6, 8, 11});
    REQUIRE(explained.items[0].problem.has_value());
    CHECK(explained.items[0].problem->byte == 6);
    CHECK(explained.items[0].problem->error.position == 7);
    CHECK(explained.items[0].accounts.empty());
    CHECK_FALSE(read(" jbsw 0y1d 8p").ok());
}

TEST_CASE("the class of a wrong character is told, counted in characters and in bytes") {
    const auto at = [](const std::string& text) {
        const auto explained = explain(text);
        REQUIRE(explained.items.size() == 1);
        REQUIRE(explained.items[0].problem.has_value());
        return *explained.items[0].problem;
    };
    CHECK(at("JBSW9XYZ").character == CharacterClass::digit);
    CHECK(at("JBSW!").character == CharacterClass::mark);
    CHECK(at("JBSW\x07").character == CharacterClass::control);
    CHECK(at("JBSW\xC3\xA9").character == CharacterClass::beyond_ascii);
    CHECK(at("JBSW\xFF").character == CharacterClass::broken);
    CHECK(at("J").character == CharacterClass::none);
    CHECK(at("JB\xC2\xA0SW!").byte == 6);  // U+00A0 parts groups; it has two bytes
    CHECK(at("JB\xC2\xA0SW!").error.position == 6);
}

TEST_CASE("hexadecimal is taken only where base32 cannot be meant, or where the person says so") {
    CHECK(explain("3132333435363738 393031323334").kind == TextKind::hex_secret);
    CHECK(explain("AA:09:CC").kind == TextKind::hex_secret);
    const auto both = explain("ABCDEF2345672345");
    CHECK(both.kind == TextKind::base32_secret);
    CHECK(both.items[0].could_be_hex);
    CHECK(both.items[0].accounts[0].secret_bytes == 10);
    const auto said = explain("ABCDEF2345672345", true);
    CHECK(said.kind == TextKind::hex_secret);
    CHECK(said.items[0].accounts[0].secret_bytes == 8);
    CHECK_FALSE(explain(secret).items[0].could_be_hex);
    // One digit too much for base32, and letters that hexadecimal does not have.
    CHECK(explain("JBSWY3D0").kind == TextKind::base32_secret);

    const auto hex = read("48656c6c6f21 dead-beef 00");
    REQUIRE(hex.ok());
    CHECK(equals(hex.value().accounts[0].enrolment.secret, from_hex("48656c6c6f21deadbeef00")));
    CHECK(hex.value().source == EnrolmentSource::bare_secret);
    CHECK(read("48656c6c6f210").error().code == crypto::errors::hex_incomplete);
    const auto wrong = read("48656G", true);
    CHECK(wrong.error().code == crypto::errors::hex_bad_character);
    CHECK(wrong.error().position == 6);
}

TEST_CASE("a URI is not blamed while it is typed") {
    const std::string whole = "otpauth-migration://";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(whole.substr(0, size));
        const auto explained = explain(whole.substr(0, size));
        CHECK(explained.kind == TextKind::nothing_yet);
        REQUIRE(explained.items.size() == 1);
        CHECK_FALSE(explained.items[0].problem.has_value());
    }
    CHECK(explain(" \n").kind == TextKind::nothing_yet);
    CHECK(explain("steam://JBSWY3DP").kind == TextKind::unsupported_uri);
    CHECK(explain(uri).kind == TextKind::otpauth_uri);
    CHECK(explain(migration).kind == TextKind::migration);
}

TEST_CASE("what is told of an account is all but its secret") {
    const auto explained =
        explain("otpauth://hotp/Example:alice?secret=" + secret + "&counter=7&digits=8&algorithm=SHA256");
    REQUIRE(explained.items.size() == 1);
    REQUIRE(explained.items[0].accounts.size() == 1);
    const AccountFacts& facts = explained.items[0].accounts[0];
    CHECK(facts.issuer == "Example");
    CHECK(facts.account == "alice");
    CHECK(facts.parameters == otp::OtpParameters{otp::OtpKind::hotp, otp::HashAlgorithm::sha256, 8, 30, 7});
    CHECK(facts.secret_bytes == 10);
}

TEST_CASE("a secret in several lines is one, and that it was put together is told") {
    const auto explained = explain("JBSW Y3DP\nEHPK 3PXP\n");
    REQUIRE(explained.items.size() == 1);
    CHECK(explained.items[0].lines_joined == 2);
    CHECK(explained.items[0].accounts[0].secret_bytes == 10);
}

namespace {

// "remarks" of the only account that is read from `text`; what went wrong otherwise.
std::string remarks_of(const std::string& text) {
    const auto got = read(text);
    if (!got) return "error: " + std::string(got.error().code.name);
    if (got.value().accounts.size() != 1)
        return std::to_string(got.value().accounts.size()) + " accounts, " +
               std::to_string(got.value().refused.size()) + " refused";
    if (!equals(got.value().accounts[0].enrolment.secret, secret_bytes)) return "another secret";
    return remarks_text(got.value().accounts[0].remarks);
}

}  // namespace

TEST_CASE("an address is found inside of other text, whose rest is left out and told") {
    CHECK(remarks_of("\xEF\xBB\xBF" + uri) == "");
    CHECK(remarks_of("\xC2\xA0\xE2\x80\x8E" + uri + "\xE2\x80\x8B\xC2\xAD ") == "");
    CHECK(remarks_of("QR-Code: " + uri) == "read-around");
    CHECK(remarks_of("<" + uri + ">") == "read-around");
    CHECK(remarks_of("\"" + uri + "\",") == "read-around");
    CHECK(remarks_of("„" + uri + "“") == "read-around");
    CHECK(remarks_of("See (" + uri + "). Thanks") == "read-around");
    CHECK(remarks_of("<a href=\"" + uri + "\">" + uri + "</a>") == "read-around");
    CHECK(remarks_of("Dear Ann,\nscan this or open " + uri + "\n\nYours, the Shop\nhttps://shop.example\n") ==
          "read-around");
    CHECK(remarks_of("otpauth://totp/b?issuer=Shop&secret=" + secret + ".") == "read-around");
    CHECK(remarks_of("otpauth://totp/b?secret=" + secret + "&digits=6 is your key") == "read-around");
    // What follows might belong to the secret.
    CHECK(remarks_of("otpauth://totp/b?secret=" + secret + " is your key") == "read-secret-broken-off!");
    CHECK(read(uri + " " + "otpauth://totp/c?secret=GEZDGNBVGY3TQOJQ").value().accounts.size() == 2);
}

TEST_CASE("an address that goes on in the next lines is put together where that is clear, else both are asked about") {
    const std::string half = secret.substr(0, 8);
    const std::string rest = secret.substr(8);
    CHECK(remarks_of("otpauth://totp/b?secret=" + half + "\n" + rest + "&issuer=Shop") == "read-lines-joined");
    CHECK(remarks_of("otpauth://totp/b?iss\nuer=Shop&sec\nret=" + secret) == "read-lines-joined");
    CHECK(remarks_of("> otpauth://totp/b?issuer=Shop&sec\n> ret=" + secret) == "read-lines-joined");
    CHECK(remarks_of("otpauth://totp/b?secret=" + secret + "&digits=6\nRegards") == "read-around");

    const auto unclear = read("otpauth://totp/b?secret=" + half + "\n" + rest);
    REQUIRE(unclear.ok());
    REQUIRE(unclear.value().accounts.size() == 2);
    CHECK(remarks_text(unclear.value().accounts[0].remarks) == "read-secret-tiny!; read-ends-with-line!");
    CHECK(remarks_text(unclear.value().accounts[1].remarks) == "read-goes-on!");
    CHECK(equals(unclear.value().accounts[1].enrolment.secret, secret_bytes));
    // A blank line ends an address.
    CHECK(read("otpauth://totp/b?secret=" + secret + "\n\n" + half).value().accounts.size() == 1);
}

TEST_CASE("Steam, short secrets and secrets that may be cut ask; a code is no secret") {
    CHECK(remarks_of("otpauth://totp/Steam:ann?secret=" + secret) == "read-steam!");
    CHECK(remarks_of("otpauth://totp/b?issuer=steam&secret=" + secret) == "read-steam!");
    CHECK(remarks_of("otpauth://totp/Steamship?secret=" + secret) == "");
    const auto tiny = read("JBSWY3DP");
    REQUIRE(tiny.ok());
    CHECK(remarks_text(tiny.value().accounts[0].remarks) == "read-secret-tiny!");
    CHECK(remarks_text(read(secret + "A").value().accounts[0].remarks) == "read-secret-incomplete!");
    for (const char* const code : {"234567", "123 456", "12345678", "2345-6723"}) {
        INFO(code);
        CHECK(remarks_of(code) == "error: crypto.text-is-code");
    }
    CHECK(remarks_of("123456789") != "error: crypto.text-is-code");
    CHECK(read("12345678", true).ok());  // the person says that it is hexadecimal
}

TEST_CASE("words are not taken for a secret without asking, and not at all in a file") {
    const std::string sentence = "please call me when you come";
    CHECK(remarks_text(read(sentence).value().accounts[0].remarks).find("read-words!") != std::string::npos);
    CHECK(remarks_of("jbsw y3dp-ehpk\n3pxp") == "");
    const auto in_file =
        crypto::read_accounts_in_file({reinterpret_cast<const std::uint8_t*>(sentence.data()), sentence.size()});
    REQUIRE_FALSE(in_file.ok());
    CHECK(in_file.error().code == qr::errors::not_a_picture);
}

TEST_CASE("what cannot be seen in a bare secret is left out, and quotes around it") {
    CHECK(remarks_of("\xEF\xBB\xBF\"" + secret + "\"\xE2\x80\x8B") == "");
    CHECK(remarks_of("JBSW\xE2\x80\x8BY3DP\xC2\xAD EHPK\xC2\xA0"
                     "3PXP") == "read-invisible");
    CHECK(remarks_of("\xE2\x80\xAAJBSWY3DPEHPK3PXP\xE2\x80\xAC") == "");
}

TEST_CASE("a text that is too long is refused at once, in all and in one line") {
    CHECK(read(std::string(crypto::lines_bytes_max + 1, 'A')).error().code == crypto::errors::text_too_long);
    CHECK(read(std::string(5000, 'A')).error().code == crypto::errors::text_too_long);
    REQUIRE(explain(std::string(5000, 'A')).items.size() == 1);
    CHECK(explain(std::string(5000, 'A')).items[0].problem->error.code == crypto::errors::text_too_long);
}

TEST_CASE("all accounts of a picture are read, in reading order") {
    const auto two = read_picture("several/side-by-side.png");
    REQUIRE(two.ok());
    CHECK(two.value().accounts.size() == 2);
    CHECK(two.value().source == EnrolmentSource::image);
    CHECK(read_picture("good/beside-a-web-link.png").value().accounts.size() == 1);
    CHECK(read_picture("bad/web-link.png").error().code == crypto::errors::not_otpauth);
    CHECK(read_picture("bad/look-alike.png").error().code == crypto::errors::secret_look_alike);
}

TEST_CASE("a picture that is written out in an address is read as that picture") {
    const std::string file = read_test_data("images/good/beside-a-web-link.png");
    const std::string address = "data:image/png;base64," + base64(file);
    const auto picture =
        crypto::read_accounts_in_picture({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()});
    REQUIRE(picture.ok());
    for (const std::string& text :
         {address, " \n" + address + "\n", "DATA:image/png;BASE64," + base64(file), "data:;base64," + base64(file)}) {
        const auto written_out = read(text);
        REQUIRE(written_out.ok());
        CHECK(written_out.value().source == EnrolmentSource::image);
        REQUIRE(written_out.value().accounts.size() == 1);
        CHECK(written_out.value().accounts[0].enrolment.account == picture.value().accounts[0].enrolment.account);
        const auto explained = explain(text);
        CHECK(explained.kind == TextKind::picture);
        REQUIRE(explained.items.size() == 1);
        CHECK_FALSE(explained.items[0].problem);
        CHECK(explained.items[0].accounts.size() == 1);
    }
}

TEST_CASE("an address with a picture that is not whole, or with something else, is told as that") {
    const std::string file = read_test_data("images/good/beside-a-web-link.png");
    const std::string whole = base64(file);
    const auto code = [](const std::string& text) {
        const auto failed = read(text);
        REQUIRE_FALSE(failed.ok());
        return failed.error().code;
    };
    CHECK(code("data:image/png;base64,iVBORw0KGgo!") == crypto::errors::data_uri_damaged);
    CHECK(code("data:image/png;base64,iVBOR") == crypto::errors::data_uri_damaged);
    CHECK(code("data:image/png,%89PN%4") == crypto::errors::data_uri_damaged);
    CHECK(code("data:text/html,<b>hi</b>") == qr::errors::not_a_picture);
    CHECK(code("data:image/png;base64,") == qr::errors::file_empty);
    CHECK(code("data:image/png;base64," + whole.substr(0, whole.size() / 8 * 4)) == qr::errors::picture_damaged);
    CHECK(explain("data:image/png;base64,iVBORw0KGgo!").items.front().problem.has_value());
}
