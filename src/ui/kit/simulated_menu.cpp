#include "ui/kit/simulated_menu.hpp"
#include "ui/kit/widgets.hpp"
#include "words/texts.hpp"

#include <vector>

namespace tokendeck::ui {

void choose_simulated(View& view, const std::string& path, ImVec2 at, float width, float list_width) {
    const state::Settings& settings = view.state.settings;
    std::vector<DropEntry> entries;
    int chosen = -1;
    for (const state::SimulatedModel& model : settings.simulated_models) {
        if (model.key == settings.simulated_model) chosen = static_cast<int>(entries.size());
        entries.push_back({model.key, model.title});
    }
    const std::string shown =
        chosen >= 0 ? entries[static_cast<std::size_t>(chosen)].label : std::string(text(Key::start_model));
    const int wish = dropdown(view, path, at, width, shown, entries, chosen, list_width);
    if (wish >= 0) view.wish(state::ChooseSimulated{entries[static_cast<std::size_t>(wish)].name});
}

}  // namespace tokendeck::ui
