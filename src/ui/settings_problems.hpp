// The words for what is wrong with the settings file, in the language that is set.
#pragma once

#include "state/settings_problems.hpp"

#include <string>
#include <vector>

namespace tokendeck::ui {

// One line for each problem: the place, the problem, the value used instead, and what would be right.
[[nodiscard]] std::vector<std::string> settings_problem_lines(const state::SettingsProblems& problems);

}  // namespace tokendeck::ui
