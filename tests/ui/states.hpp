// Made-up states of the window, one for each thing it can show: for tests of the views, and for looking at them.
#pragma once

#include "state/app_state.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

using NamedState = std::pair<std::string, std::function<void(tokendeck::state::AppState&)>>;

[[nodiscard]] const std::vector<NamedState>& all_states();

// What states of the wizard are made from: a token with some accounts, and an account that was read.
void begin_wizard(tokendeck::state::AppState& state, tokendeck::state::WizardStep step);
// The wizard as it is at another step, with what such a step has.
void put_at(tokendeck::state::AppState& state, tokendeck::state::WizardStep step);
void show_wizard_code(tokendeck::state::AppState& state);
// wizard_states.cpp: several accounts, sheet, spare token, a secret made here.
void add_wizard_states(std::vector<NamedState>& states);

// slots_states.cpp: masked, waited for, searched, the slot map, the list of keys.
void add_slots_states(std::vector<NamedState>& states);
void begin_slots(tokendeck::state::AppState& state);
