// With the fonts that tools/setup --tests installs.
#include "lettering/lettering.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

using namespace tokendeck;

namespace {

lettering::Picture drawn(const std::string& text, float em = 32, bool strong = false) {
    static const auto letterer = lettering::system_letterer();
    REQUIRE(letterer);
    auto picture = letterer->draw({text, em, strong});
    REQUIRE(picture);
    REQUIRE(picture->letters.size() ==
            static_cast<std::size_t>(picture->width) * static_cast<std::size_t>(picture->height));
    if (!picture->colours.empty()) REQUIRE(picture->colours.size() == 4 * picture->letters.size());
    if (!text.empty()) REQUIRE_FALSE(picture->stops.empty());
    return *picture;
}

long ink(const lettering::Picture& picture) {
    return std::accumulate(picture.letters.begin(), picture.letters.end(), 0L);
}

// Of the columns from `from` to `to`, as parts of the width.
lettering::Picture part(const lettering::Picture& whole, double from, double to) {
    lettering::Picture made;
    const int first = static_cast<int>(whole.width * from);
    made.width = static_cast<int>(whole.width * to) - first;
    made.height = whole.height;
    for (int row = 0; row < whole.height; ++row)
        for (int column = first; column < first + made.width; ++column)
            made.letters.push_back(whole.letters[static_cast<std::size_t>(row * whole.width + column)]);
    return made;
}

// Where the ink above the base line has its middle, as a part of the width.
double middle_of_base(const lettering::Picture& picture) {
    double sum = 0;
    double weighed = 0;
    for (int row = picture.above - 6; row < picture.above; ++row) {
        for (int column = 0; column < picture.width; ++column) {
            const double covered = picture.letters[static_cast<std::size_t>(row * picture.width + column)];
            sum += covered;
            weighed += covered * column;
        }
    }
    return weighed / sum / picture.width;
}

}  // namespace

TEST_CASE("Every script has letters, and no two of these names look the same") {
    std::vector<std::vector<std::uint8_t>> seen;
    for (const char* const name : {"银行", "日本語", "은행", "بنك", "בנק", "ธนาคาร", "बैंक", "Ωmega"}) {
        const lettering::Picture picture = drawn(name);
        INFO(name);
        CHECK(picture.advance > 20);
        CHECK(ink(picture) > 5'000);
        CHECK(picture.colours.empty());
        CHECK(std::ranges::find(seen, picture.letters) == seen.end());
        seen.push_back(picture.letters);
    }
}

TEST_CASE("Hebrew runs from the right: what is typed first stands at the right end") {
    // Final mem is a closed box that stands on the base line, yod a short stroke high above it.
    CHECK(middle_of_base(drawn("םי")) > 0.55);
    CHECK(middle_of_base(drawn("ים")) < 0.45);
    // A number in it keeps its own direction.
    const lettering::Picture name = drawn("בנק 12");
    REQUIRE(name.stops.size() == 6);
    CHECK(name.stops[3].caret < name.stops[0].caret);
}

TEST_CASE("Arabic letters are joined, and so look different from single ones") {
    const lettering::Picture joined = drawn("بنك");
    const float alone = drawn("ب").advance + drawn("ن").advance + drawn("ك").advance;
    CHECK(joined.advance < alone - 2);
}

TEST_CASE("Marks stand with their letter: one character to a reader, and no place to cut") {
    CHECK(drawn("บ้").stops.size() == 1);
    CHECK(drawn("हि").stops.size() == 1);
    CHECK(drawn("e\xCC\x81").stops.size() == 1);
    CHECK(drawn("👩‍🚀").stops.size() == 1);
    CHECK(drawn("🇩🇪").stops.size() == 1);
    const lettering::Picture two = drawn("银行");
    REQUIRE(two.stops.size() == 2);
    CHECK(two.stops[0].end == 3);
    CHECK(two.stops[0].may_break);
    CHECK(two.stops[1].end == 6);
    CHECK(two.stops[1].advance == two.advance);
}

TEST_CASE("An emoji has its colours, and letters beside it take the colour they are drawn in") {
    const lettering::Picture emoji = drawn("😀");
    REQUIRE_FALSE(emoji.colours.empty());
    bool yellow = false;
    for (std::size_t i = 0; i < emoji.colours.size(); i += 4)
        yellow = yellow || (emoji.colours[i] > 200 && emoji.colours[i + 1] > 150 && emoji.colours[i + 2] < 100 &&
                            emoji.colours[i + 3] > 200);
    CHECK(yellow);
    const lettering::Picture both = drawn("😀银");
    CHECK_FALSE(both.colours.empty());
    CHECK(ink(part(both, 0.55, 1)) > 2'000);
    CHECK(ink(part(both, 0, 0.3)) < ink(part(both, 0.55, 1)) / 4);
}

TEST_CASE("A larger and a stronger wish are drawn so") {
    CHECK(drawn("银行", 64).advance > 1.8F * drawn("银行", 32).advance);
    CHECK(ink(drawn("银行", 32, true)) > ink(drawn("银行", 32, false)));
}

TEST_CASE("Whatever the text and the size, the picture has bounds and ends at a character") {
    std::string lengthy;
    while (lengthy.size() < 100'000) lengthy += "银行";
    const lettering::Picture picture = drawn(lengthy, 1e9F);
    CHECK(picture.width <= lettering::width_max);
    CHECK(picture.height <= lettering::height_max);
    CHECK(picture.stops.back().end <= lettering::text_bytes_max);
    CHECK(picture.stops.back().end % 3 == 0);
    for (const float em : {-1.0F, 0.0F, std::numeric_limits<float>::quiet_NaN()}) CHECK(drawn("银", em).width <= 20);

    CHECK(drawn("").stops.empty());
    CHECK(drawn("").width == 0);
    CHECK(drawn("   ").width == 0);
    CHECK(drawn("   ").advance > 5);
}

TEST_CASE("What is no text has a mark in its place, and what comes after it is drawn") {
    using namespace std::string_literals;
    const lettering::Picture mark = drawn("\xEF\xBF\xBD银");
    for (const std::string& broken : {"\xFF银"s, "\0银"s, "\n银"s, "\x1B银"s, "\xE2\x80\xAE银"s, "\xED银"s}) {
        const lettering::Picture picture = drawn(broken);
        CHECK(picture.letters == mark.letters);
        CHECK(picture.stops.back().end == broken.size());
    }
    CHECK(drawn("银\xE9\x93").stops.back().end == 5);
    CHECK(drawn("\xCC\x81").stops.size() == 1);  // a mark that has no letter
}
