// What others say, as one line that may be shown anywhere.
#include "support/catch.hpp"

#include "base/one_line.hpp"
#include "base/utf8.hpp"

#include <string>

using namespace tokendeck;
using base::Cut;

namespace {

const std::string unknown = "\xEF\xBF\xBD";
const std::string dots = "\xE2\x80\xA6";

}  // namespace

TEST_CASE("What could move a cursor, end a line, turn text or hide is not in one line") {
    CHECK(base::one_line("Nitrokey Pro") == "Nitrokey Pro");
    CHECK(base::one_line("Schl\xC3\xBCssel \xE2\x82\xAC \xF0\x9F\x94\x91") ==
          "Schl\xC3\xBCssel \xE2\x82\xAC \xF0\x9F\x94\x91");
    CHECK(base::one_line("a\nb\r\nc\td\ve\ff") == "a b  c d e f");
    CHECK(base::one_line("\x1B[31mred") == unknown + "[31mred");
    CHECK(base::one_line(std::string("a\0b", 3)) == "a" + unknown + "b");
    CHECK(base::one_line("\x7F") == unknown);
    CHECK(base::one_line("\xC2\x9B"
                         "31m") == unknown + "31m");          // C1: CSI
    CHECK(base::one_line("\xE2\x80\xAEx") == unknown + "x");  // right-to-left override
    CHECK(base::one_line("\xE2\x81\xA6x") == unknown + "x");  // isolate
    CHECK(base::one_line("a\xE2\x80\xA8"
                         "b") == "a" + unknown + "b");  // line separator
    CHECK(base::one_line("a\xE2\x80\x8B"
                         "b") == "a" + unknown + "b");  // zero width space
    CHECK(base::one_line("\xFF\xC3") == unknown + unknown);
    CHECK(base::one_line("\xED\xA0\x80") == unknown + unknown + unknown);  // a surrogate
}

TEST_CASE("A line is cut to its number of characters, with dots where the others were") {
    CHECK(base::one_line("12345", 5) == "12345");
    CHECK(base::one_line("123456", 5) == "1234" + dots);
    CHECK(base::one_line("123456", 5, Cut::middle) == "12" + dots + "56");
    CHECK(base::one_line("123456", 4, Cut::middle) == "12" + dots + "6");
    CHECK(base::one_line("123456", 1) == dots);
    CHECK(base::one_line("123456", 1, Cut::middle) == dots);
    CHECK(base::one_line("123456", 0).empty());
    CHECK(base::one_line("\xC3\xA4\xC3\xB6\xC3\xBC", 3) == "\xC3\xA4\xC3\xB6\xC3\xBC");
    CHECK(base::one_line("\xC3\xA4\xC3\xB6\xC3\xBC!", 3) == "\xC3\xA4\xC3\xB6" + dots);
    CHECK(base::one_line("\xFF\xFF\xFF\xFF", 3) == unknown + unknown + dots);
    for (const Cut cut : {Cut::end, Cut::middle})
        for (std::size_t most = 0; most < 12; ++most)
            CHECK(base::count_characters(base::one_line("\xE2\x82\xAC"
                                                        "a\x1B\xFF\xE2\x82\xAC"
                                                        "bcdefg",
                                                        most, cut)) == std::min<std::size_t>(most, 11));
    CHECK(base::cut_to("a\x1B[31m\xFF", 4) == "a\x1B[" + dots);  // as it is, only shorter
}

TEST_CASE("A character is written as it is read") {
    for (const char32_t code : {U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xFFFD', U'\x10000', U'\x10FFFF'}) {
        std::string text;
        base::append_character(text, code);
        const base::Character read = base::first_character(text);
        CHECK(read.valid);
        CHECK(read.code == code);
        CHECK(read.size == text.size());
    }
}

TEST_CASE("A character that cannot be seen is named by its number") {
    CHECK(base::shown("a", base::first_character("a")) == "a");
    for (const auto& [text, name] : {std::pair{"\x07", "U+0007"}, std::pair{"\xE2\x80\x8B", "U+200B"},
                                     std::pair{"\xE2\x80\xAE", "U+202E"}, std::pair{"\xFF", "0xFF"}})
        CHECK(base::shown(text, base::first_character(text)) == name);
}

TEST_CASE("What joins letters or emoji stays between them, and nowhere else") {
    for (const char* const joined : {"\u0645\u06CC\u200C\u062E", "\u0915\u094D\u200D\u0937",
                                     "\U0001F469\u200D\U0001F680", "\u2764\uFE0F\u200D\U0001F525"})
        CHECK(base::one_line(joined) == joined);
    const std::string unknown = "\uFFFD";
    CHECK(base::one_line("a\u200Db") == "a" + unknown + "b");
    CHECK(base::one_line("\u94F6\u200C\u884C") == "\u94F6" + unknown + "\u884C");
    CHECK(base::one_line("\U0001F469\u200D") == "\U0001F469" + unknown);
    CHECK(base::one_line("\u200D\U0001F469") == unknown + "\U0001F469");
    CHECK(base::one_line("\u0645\u200C\u200C\u062E") == "\u0645" + unknown + unknown + "\u062E");
}
