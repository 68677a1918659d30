#include "app/settings_link.hpp"

#include "settings/data_folder.hpp"
#include "simulator/simulated_models.hpp"
#include "wire/models.hpp"

#include <algorithm>
#include <string>

namespace tokendeck::app {

void take_settings(const settings::SettingsValues& values, state::Settings& settings) {
    settings.theme = values.theme;
    settings.language = values.language;
    settings.motion = values.motion;
    settings.scale_percent = values.scale_percent;
    settings.mask_codes = values.mask_codes;
    settings.clipboard_time = std::chrono::seconds{values.clipboard_seconds};
    settings.user_pin_time = std::chrono::minutes{values.user_pin_minutes};
}

void give_settings(const state::Settings& settings, settings::SettingsValues& values) {
    values.theme = settings.theme;
    values.language = settings.language;
    values.motion = settings.motion;
    values.scale_percent = settings.scale_percent;
    values.mask_codes = settings.mask_codes;
    values.clipboard_seconds = static_cast<int>(settings.clipboard_time / std::chrono::seconds{1});
    values.user_pin_minutes = static_cast<int>(settings.user_pin_time / std::chrono::minutes{1});
    values.simulated_model = settings.simulated_model;
}

window::WindowGeometry geometry_of(const settings::SettingsValues& values) {
    return {values.window_place, values.window_size, values.window_maximised};
}

void give_geometry(const window::WindowGeometry& geometry, settings::SettingsValues& values) {
    using Limits = settings::SettingsLimits;
    const auto within = [](int number, int least, int most) { return number >= least && number <= most; };
    // What the file cannot say is not kept.
    if (geometry.place && within(geometry.place->x, Limits::place_least, Limits::place_most) &&
        within(geometry.place->y, Limits::place_least, Limits::place_most))
        values.window_place = geometry.place;
    if (geometry.size && within(geometry.size->width, Limits::size_least, Limits::size_most) &&
        within(geometry.size->height, Limits::size_least, Limits::size_most))
        values.window_size = geometry.size;
    values.window_maximised = geometry.maximised;
}

bool wants_dark(state::Theme theme, bool desktop) {
    return theme == state::Theme::system ? desktop : theme == state::Theme::dark;
}

bool wants_reduced_motion(state::Motion motion, std::optional<bool> desktop) {
    return motion == state::Motion::automatic ? desktop.value_or(false) : motion == state::Motion::reduced;
}

words::Language wants_language(const std::string& language, words::Language system) {
    return language.empty() ? system : words::language_of_code(language).value_or(system);
}

std::vector<state::SimulatedModel> simulated_models(const cli::Simulate& asked) {
    std::vector<state::SimulatedModel> models;
    for (const simulator::SimulatedModel& one : simulator::simulated_models()) {
        const simulator::SimulatedModel* const plain = simulator::find_simulated_model(one.model);
        if (one.names_firmware() && plain != nullptr && plain->firmware_minor == one.firmware_minor) continue;
        const wire::Model* const model = wire::find_model(one.model);
        state::SimulatedModel made;
        made.key = one.key;
        made.title =
            (model != nullptr ? std::string(model->title) : made.key) + " 0." + std::to_string(one.firmware_minor);
        made.file =
            made.key == asked.model && !asked.file.empty() ? asked.file : settings::default_simulated_file(made.key);
        models.push_back(std::move(made));
    }
    return models;
}

}  // namespace tokendeck::app
