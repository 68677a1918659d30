// Between the settings on disk and the settings the window's state has; and what "automatic" means today.
// Thread: main.
#pragma once

#include "app/options.hpp"
#include "app/settings_file.hpp"
#include "app/window_place.hpp"
#include "state/app_state.hpp"
#include "ui/language.hpp"

#include <optional>
#include <vector>

namespace tokendeck::app {

void take_settings(const SettingsValues& values, state::Settings& settings);
// All but the window's place.
void give_settings(const state::Settings& settings, SettingsValues& values);

[[nodiscard]] WindowStay stay_of(const SettingsValues& values);
void give_stay(const WindowStay& stay, SettingsValues& values);

// `desktop`: what the desktop prefers.
[[nodiscard]] bool wants_dark(state::Theme theme, bool desktop);
[[nodiscard]] bool wants_reduced_motion(state::Motion motion, std::optional<bool> desktop);

// What the window speaks. `system`: the user's language on this system.
[[nodiscard]] ui::Language wants_language(state::Language language, ui::Language system);

// What can be simulated, each once; of the model that was asked for with a file, that file.
[[nodiscard]] std::vector<state::SimulatedModel> simulated_models(const Simulate& asked);

}  // namespace tokendeck::app
