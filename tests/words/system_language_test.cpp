// Which language the user's locale means.
#include "support/catch.hpp"
#include "support/languages.hpp"

#include "words/system_language.hpp"

#include <map>
#include <string>
#include <string_view>

using namespace tokendeck;

namespace {

words::Language with(const std::map<std::string, std::string, std::less<>>& variables) {
    return words::language_of_environment([&](std::string_view name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string_view() : std::string_view(found->second);
    });
}

const auto german = in_german;
constexpr auto english = words::Language::english;

}  // namespace

TEST_CASE(
    "The locale of messages decides: LC_ALL before LC_MESSAGES before LANG, an empty one as if it were not there") {
    CHECK(with({}) == english);
    CHECK(with({{"LANG", "de_DE.UTF-8"}}) == german);
    CHECK(with({{"LANG", "de_DE.UTF-8"}, {"LC_MESSAGES", "en_US.UTF-8"}}) == english);
    CHECK(with({{"LANG", "en_US.UTF-8"}, {"LC_MESSAGES", "de_AT.UTF-8"}}) == german);
    CHECK(with({{"LANG", "en_US.UTF-8"}, {"LC_MESSAGES", "fr_FR"}, {"LC_ALL", "de_CH"}}) == german);
    CHECK(with({{"LANG", "de_DE.UTF-8"}, {"LC_ALL", ""}, {"LC_MESSAGES", ""}}) == german);
    CHECK(with({{"LANG", "en_US.UTF-8"}, {"LC_NUMERIC", "de_DE.UTF-8"}}) == english);
}

TEST_CASE("Of the languages in LANGUAGE the first that is served counts, unless no language was chosen at all") {
    CHECK(with({{"LANG", "en_US.UTF-8"}, {"LANGUAGE", "de_AT:de:en"}}) == german);
    CHECK(with({{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "en_GB:de"}}) == english);
    CHECK(with({{"LANG", "fr_FR.UTF-8"}, {"LANGUAGE", "fr:nds:de:en"}}) == german);
    CHECK(with({{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "fr:it"}}) == german);
    CHECK(with({{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "::"}}) == german);
    CHECK(with({{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", ""}}) == german);
    CHECK(with({{"LANG", "C"}, {"LANGUAGE", "de"}}) == english);
    CHECK(with({{"LC_ALL", "C.UTF-8"}, {"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "de"}}) == english);
    CHECK(with({{"LANGUAGE", "de"}}) == english);
}
