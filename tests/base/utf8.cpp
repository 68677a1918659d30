// UTF-8, character by character. Source of the bounds: RFC 3629, section 4.
#include "base/utf8.hpp"

#include "support/catch.hpp"

#include <string>

using namespace tokendeck;

namespace {

bool begins_no_character(std::string_view text) {
    const base::Character character = base::first_character(text);
    return !character.valid && character.size == 1;
}

}  // namespace

TEST_CASE("Every character is read back as it was written") {
    std::size_t wrong = 0;
    for (char32_t code = 0; code <= 0x10FFFF; ++code) {
        if (code == 0xD800) code = 0xE000;
        const base::Encoded bytes = base::encoded(code);
        const base::Character read = base::first_character(bytes.view());
        if (!read.valid || read.code != code || read.size != bytes.size || !base::is_utf8(bytes.view())) ++wrong;
    }
    CHECK(wrong == 0);
    CHECK(base::encoded(0x7F).view() == "\x7F");
    CHECK(base::encoded(0x80).view() == "\xC2\x80");
    CHECK(base::encoded(0x7FF).view() == "\xDF\xBF");
    CHECK(base::encoded(0x800).view() == "\xE0\xA0\x80");
    CHECK(base::encoded(0xFFFF).view() == "\xEF\xBF\xBF");
    CHECK(base::encoded(0x10000).view() == "\xF0\x90\x80\x80");
    CHECK(base::encoded(0x10FFFF).view() == "\xF4\x8F\xBF\xBF");
}

TEST_CASE("What is cut off, written longer than needed, half a pair or too large is no character") {
    for (const std::string_view text : {"\x80", "\xBF", "\xC3", "\xC3(", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF",
                                        "\xE2\x82", "\xE2\x82(", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
                                        "\xF0\x9F\x94", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
        INFO(base::shown(text, base::first_character(text)));
        CHECK(begins_no_character(text));
        CHECK_FALSE(base::is_utf8("a" + std::string(text)));
    }
    CHECK(base::is_utf8(""));
}

TEST_CASE("Each byte that belongs to no character counts as one") {
    CHECK(base::count_characters("") == 0);
    CHECK(base::count_characters("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x91") == 4);
    CHECK(base::count_characters("\xE2\x82") == 2);
}

TEST_CASE("An error shows a character that can be seen, and of others which it is") {
    const auto shown = [](std::string_view text) { return base::shown(text, base::first_character(text)); };
    CHECK(shown("\xC3\xA4z") == "\xC3\xA4");
    CHECK(shown("\a") == "U+0007");
    CHECK(shown("\xE2\x80\xAE") == "U+202E");
    CHECK(shown("\xF3\xA0\x80\x81") == "U+E0001");
    CHECK(shown("\xFFx") == "0xFF");
}
