// What was wrong in the settings file, in sentences.
#include "support/catch.hpp"

#include "base/errors.hpp"
#include "support/languages.hpp"
#include "ui/settings_problems.hpp"

#include <string>
#include <vector>

using namespace tokendeck;

TEST_CASE(
    "Each problem of the settings file is told in either language with its line, what stands there and what holds") {
    using Kind = state::SettingsProblem::Kind;
    state::SettingsProblems problems;
    problems.lines = {{Kind::bad_value, 3, "theme", "blue", "system", "system | light | dark"},
                      {Kind::not_a_setting, 4, {}, "junk", {}, {}},
                      {Kind::unknown_key, 5, "colour", {}, {}, {}},
                      {Kind::said_twice, 6, "theme", {}, "light", {}}};
    problems.more = 9;
    const std::vector<std::vector<std::string>> parts{{"3", "theme", "blue", "system", "system | light | dark"},
                                                      {"4", "junk"},
                                                      {"5", "colour"},
                                                      {"6", "theme", "light"},
                                                      {"9"}};
    std::vector<std::string> english;
    for (const auto language : {words::Language::english, in_german}) {
        const Speaking speaking(language);
        const auto lines = ui::settings_problem_lines(problems);
        REQUIRE(lines.size() == parts.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            INFO(lines[i]);
            for (const std::string& part : parts[i]) CHECK(lines[i].find(part) != std::string::npos);
            CHECK(lines[i].find_first_of("{}[]?") == std::string::npos);
            CHECK(lines[i].find('\n') == std::string::npos);
            if (language == in_german) CHECK(lines[i] != english[i]);
        }
        english = lines;
    }
    problems = {};
    problems.file = base::Error{base::errors::file_too_large};
    problems.file->actual = 64;
    problems.file->limit = 40;
    const auto lines = ui::settings_problem_lines(problems);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("64") != std::string::npos);
    CHECK(lines[1].find("lost") != std::string::npos);
}
