// Texts in which something is filled in.
#include "base/filled.hpp"
#include "support/catch.hpp"

#include <optional>
#include <string>

using namespace tokendeck;

TEST_CASE("A placeholder becomes its value, and words beside it agree with a number") {
    constexpr std::string_view pattern = "{n} {n|account was|accounts were} added to {name}.";
    CHECK(base::filled(pattern, {{"n", "0"}, {"name", "it"}}) == "0 accounts were added to it.");
    CHECK(base::filled(pattern, {{"n", "1"}, {"name", "it"}}) == "1 account was added to it.");
    CHECK(base::filled(pattern, {{"n", "2"}, {"name", "it"}}) == "2 accounts were added to it.");
    CHECK(base::filled(pattern, {{"n", "11"}, {"name", "1"}}) == "11 accounts were added to 1.");
    CHECK(base::filled("{n|{|}", {{"n", "1"}}) == "{");
    CHECK(base::filled("two{n|.| of them.}", {{"n", "1"}}) == "two.");
    CHECK(base::counted("{n} {n|byte|bytes}", 1) == "1 byte");
    CHECK(base::counted("{n} {n|byte|bytes}", 18'446'744'073'709'551'615U) == "18446744073709551615 bytes");
}

TEST_CASE("A language with more than two forms has its own rule for them") {
    // Polish: 1 slot, 2-4 sloty, 5 and more slotów; 12-14 as 5, 22-24 as 2.
    const base::PluralForm polish = [](std::uint64_t n) -> std::size_t {
        if (n == 1) return 0;
        return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2;
    };
    const auto slots = [&](const char* n) { return base::filled("{n} {n|slot|sloty|slotów}", {{"n", n}}, polish); };
    CHECK(slots("1") == "1 slot");
    CHECK(slots("4") == "4 sloty");
    CHECK(slots("5") == "5 slotów");
    CHECK(slots("13") == "13 slotów");
    CHECK(slots("22") == "22 sloty");
}

TEST_CASE("What is filled in is never read as a pattern itself") {
    CHECK(base::filled("{a} {b}", {{"a", "{b}[x]"}, {"b", "{a|x|y}"}}) == "{b}[x] {a|x|y}");
}

TEST_CASE("A part in brackets goes with its missing value; elsewhere that is a question mark") {
    const auto nothing = [](std::string_view, std::string_view) { return std::optional<std::string>(); };
    CHECK(base::filled("There it is[ at {n} {n|line|lines}].", nothing) == "There it is.");
    CHECK(base::filled("There it is at {n} {n|line|lines}.", nothing) == "There it is at ? lines.");
    CHECK(base::filled("There it is[ at {n} {n|line|lines}].", {{"n", "1"}}) == "There it is at 1 line.");
}

TEST_CASE("A value knows what stands before it") {
    std::string seen;
    (void)base::filled("“{a}” and {b}", [&](std::string_view name, std::string_view before) {
        seen += std::string(name) + "<" + std::string(before) + ">";
        return std::optional<std::string>("x");
    });
    CHECK(seen == "a<“>b<“{a}” and >");
}

TEST_CASE("A pattern that breaks off does no harm") {
    for (const char* broken : {"{", "{n", "{n|", "{n|a", "{n|a|", "[", "[{n", "]", "}", "{}", "{|}", "{n|a}"})
        (void)base::filled(broken, {{"n", "1"}});
    CHECK(base::filled("{n|a}", {{"n", "1"}}) == "a");
    CHECK(base::filled("{n|a}", {{"n", "2"}}) == "a");  // a form too few: the last there is
}
