// Made-up states of the window, one for each thing it can show: for tests of the views, and for looking at them.
#pragma once

#include "state/app_state.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

using NamedState = std::pair<std::string, std::function<void(tokendeck::state::AppState&)>>;

[[nodiscard]] const std::vector<NamedState>& all_states();
