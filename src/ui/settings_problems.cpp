#include "ui/settings_problems.hpp"

#include "words/texts.hpp"
#include "words/words.hpp"

namespace tokendeck::ui {

using words::describe;
using words::Key;
using words::sentences;
using words::text;

namespace {

Key key_of(state::SettingsProblem::Kind kind) {
    using Kind = state::SettingsProblem::Kind;
    switch (kind) {
        case Kind::not_a_setting: return Key::settings_wrong_line;
        case Kind::unknown_key: return Key::settings_wrong_key;
        case Kind::bad_value: return Key::settings_wrong_value;
        case Kind::said_twice: break;
    }
    return Key::settings_wrong_twice;
}

}  // namespace

std::vector<std::string> settings_problem_lines(const state::SettingsProblems& problems) {
    std::vector<std::string> lines;
    if (problems.file) {
        lines.push_back(sentences(describe(*problems.file)));
        lines.emplace_back(text(Key::settings_wrong_file));
    }
    for (const state::SettingsProblem& one : problems.lines)
        lines.push_back(text(key_of(one.kind), {{"line", std::to_string(one.line)},
                                                {"key", one.key},
                                                {"found", one.found},
                                                {"used", one.used},
                                                {"allowed", one.allowed}}));
    if (problems.more > 0) lines.push_back(text(Key::settings_wrong_more, {{"n", std::to_string(problems.more)}}));
    return lines;
}

}  // namespace tokendeck::ui
