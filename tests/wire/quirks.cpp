// Every known fault of the firmware is handled or ruled out at a place that says so.
#include "wire/quirks.hpp"

#include "support/catch.hpp"
#include "support/data.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

using namespace tokendeck;
using wire::Family;

namespace {

// `file`: from the project's folder on.
std::string content_of(const std::string& file) {
    // Of the tests' folder only what is in it can be asked for.
    std::ifstream in(test_data("vectors").parent_path().parent_path() / file);
    INFO(file);
    REQUIRE(in.good());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// The file of each quirk, from the rows "| Q-P1 | what is done | `device/token_clock.cpp` |" of the page.
std::multimap<std::string, std::string> places() {
    std::multimap<std::string, std::string> found;
    std::istringstream page(content_of("docs/protocol/quirks.md"));
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| Q-")) continue;
        const std::size_t before = line.rfind(" | `"), end = line.rfind("` |");
        REQUIRE((before != std::string::npos && end != std::string::npos && before < end));
        found.emplace(line.substr(2, line.find(" |", 2) - 2), line.substr(before + 4, end - before - 4));
    }
    return found;
}

// The number as a whole: Q-P1 is not in "Q-P12".
bool mentions(const std::string& text, std::string_view number) {
    for (std::size_t at = text.find(number); at != std::string::npos; at = text.find(number, at + 1)) {
        const char after = at + number.size() < text.size() ? text[at + number.size()] : ' ';
        if (after < '0' || after > '9') return true;
    }
    return false;
}

std::vector<std::string> numbers_of(Family family, std::uint8_t minor) {
    std::vector<std::string> numbers;
    for (const wire::Quirk* quirk : wire::quirks_of(family, minor)) numbers.emplace_back(quirk->number);
    return numbers;
}

bool has(const std::vector<std::string>& numbers, std::string_view number) {
    return std::ranges::find(numbers, number) != numbers.end();
}

}  // namespace

TEST_CASE("Each quirk of the protocol page has its row, once", "[quirks]") {
    std::set<std::string> wanted;
    for (int i = 1; i <= 23; ++i) wanted.insert("Q-P" + std::to_string(i));
    for (int i = 1; i <= 23; ++i) wanted.insert("Q-S" + std::to_string(i));
    for (int i = 1; i <= 7; ++i) wanted.insert("Q-L" + std::to_string(i));
    std::set<std::string> found;
    for (const wire::Quirk& quirk : wire::quirks()) {
        INFO(quirk.number);
        CHECK(found.insert(std::string(quirk.number)).second);
        CHECK(quirk.first_minor <= quirk.last_minor);
    }
    CHECK(found == wanted);
}

TEST_CASE("Each quirk has one place that handles it, and that file names its number", "[quirks]") {
    const auto handled = places();
    for (const wire::Quirk& quirk : wire::quirks()) {
        INFO(quirk.number);
        CHECK(handled.count(std::string(quirk.number)) == 1);
    }
    CHECK(handled.size() == wire::quirks().size());
    for (const auto& [number, file] : handled) {
        INFO(number << " in " << file);
        CHECK(mentions(content_of("src/" + file), number));
    }
}

TEST_CASE("A firmware has the quirks of its versions and family only", "[quirks]") {
    CHECK(has(numbers_of(Family::pro, 7), "Q-P8"));
    CHECK_FALSE(has(numbers_of(Family::pro, 8), "Q-P8"));
    CHECK(has(numbers_of(Family::pro, 8), "Q-P7"));
    CHECK_FALSE(has(numbers_of(Family::pro, 9), "Q-P7"));
    CHECK(has(numbers_of(Family::storage, 53), "Q-S10"));
    CHECK_FALSE(has(numbers_of(Family::storage, 53), "Q-S1"));
    CHECK(has(numbers_of(Family::storage, 57), "Q-S1"));
    CHECK_FALSE(has(numbers_of(Family::storage, 57), "Q-P1"));
    CHECK_FALSE(has(numbers_of(Family::pro, 15), "Q-L1"));
}
