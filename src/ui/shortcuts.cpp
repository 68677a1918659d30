#include "ui/imgui_compat.hpp"
#include "ui/views.hpp"

#include <array>

namespace tokendeck::ui {

void draw_shortcuts(View& view) {
    if (compat::popup_open()) return;
    if (compat::named_key_pressed(compat::keys::f1)) view.wish(state::ShowHelp{true});
    const state::AppState& s = view.state;
    const bool writing = s.screen == state::Screen::wizard && state::at(s, state::WizardStep::writing);
    if (writing || !compat::main_modifier_held()) return;
    static constexpr std::array pages{state::Screen::slots, state::Screen::care, state::Screen::diagnostics,
                                      state::Screen::settings};
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (compat::named_key_pressed(compat::keys::digits[i])) view.wish(state::GoTo{pages[i]});
    if (compat::named_key_pressed(compat::keys::comma)) view.wish(state::GoTo{state::Screen::settings});
    if (compat::named_key_pressed(compat::keys::n) && s.screen != state::Screen::wizard)
        view.wish(state::StartWizard{});
}

}  // namespace tokendeck::ui
