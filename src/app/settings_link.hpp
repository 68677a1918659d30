// Connects the settings on disk with those in the state, and resolves "automatic" to what the system prefers now.
// Thread: main.
#pragma once

#include "cli/options.hpp"
#include "settings/settings_file.hpp"
#include "state/app_state.hpp"
#include "window/geometry.hpp"
#include "words/language.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tokendeck::app {

void take_settings(const settings::SettingsValues& values, state::Settings& settings);
// All but the window's place.
void give_settings(const state::Settings& settings, settings::SettingsValues& values);

[[nodiscard]] window::WindowGeometry geometry_of(const settings::SettingsValues& values);
void give_geometry(const window::WindowGeometry& geometry, settings::SettingsValues& values);

// `desktop`: what the desktop prefers.
[[nodiscard]] bool wants_dark(state::Theme theme, bool desktop);
[[nodiscard]] bool wants_reduced_motion(state::Motion motion, std::optional<bool> desktop);

// The language of the window. `system`: the user's language on this system.
[[nodiscard]] words::Language wants_language(const std::string& language, words::Language system);

// The models that can be simulated, each once. The model that --simulate named keeps the file given with it.
[[nodiscard]] std::vector<state::SimulatedModel> simulated_models(const cli::Simulate& asked);

}  // namespace tokendeck::app
