// Letters, digits and white space of ASCII.
#include "base/ascii.hpp"

#include "support/catch.hpp"

#include <cctype>

using namespace tokendeck;

TEST_CASE("Letters and digits are those of ASCII, and no byte beyond it is one") {
    for (int i = 0; i < 256; ++i) {
        INFO(i);
        const auto c = static_cast<char>(i);
        const bool letter = (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
        CHECK(base::is_letter(c) == letter);
        CHECK(base::is_digit(c) == (i >= '0' && i <= '9'));
        CHECK((base::hex_value(c) >= 0) == (i < 128 && std::isxdigit(i) != 0));
        CHECK((base::lower(c) != c) == (i >= 'A' && i <= 'Z'));
        CHECK(base::is_ascii(std::string(1, c)) == (i < 128));
        CHECK(base::is_ascii_control(static_cast<char32_t>(i)) == (i < 32 || i == 127));
    }
    CHECK(base::lowered("GitHub \xC3\x84") == "github \xC3\x84");
}

TEST_CASE("A number in hexadecimal digits is read as it was written") {
    for (unsigned value = 0; value < 16; ++value)
        CHECK(base::hex_value(base::hex_digit(value)) == static_cast<int>(value));
    CHECK(base::hex_value('f') == 15);
    CHECK(base::hex_text(0, 1) == "0");
    CHECK(base::hex_text(7, 4) == "0007");
    CHECK(base::hex_text(0x202E, 2) == "202E");
    CHECK(base::hex_text(0x10FFFF, 4) == "10FFFF");
}

TEST_CASE("Texts are compared without regard to the case of letters, and of nothing else") {
    CHECK(base::equal_without_case("OtpAuth", "otpauth"));
    CHECK_FALSE(base::equal_without_case("otpauth", "otpauth-"));
    CHECK_FALSE(base::equal_without_case("\xC3\x84", "\xC3\xA4"));
    CHECK_FALSE(base::equal_without_case("[", "{"));
    CHECK(base::begins_without_case("HTTPS://x", "https:"));
    CHECK(base::begins_without_case("x", ""));
    CHECK_FALSE(base::begins_without_case("http", "https:"));
}

TEST_CASE("White space is trimmed at both ends and stays inside") {
    CHECK(base::trimmed(" \t\n\v\f\ra b\r\n") == "a b");
    CHECK(base::trimmed("").empty());
    CHECK(base::trimmed("\t:\t", " ") == "\t:\t");
    const std::string_view blank = " \r\n";
    CHECK(base::trimmed(blank).empty());
    CHECK(base::trimmed(blank).data() == blank.data() + blank.size());  // who counts what was before can rely on it
}
