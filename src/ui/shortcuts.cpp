#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/secret_field.hpp"
#include "ui/pages.hpp"

#include <array>

namespace tokendeck::ui {

namespace {

// Ctrl+V where no field has the keyboard: what is on the clipboard is an account to be added.
void paste_anywhere(View& view) {
    const state::AppState& s = view.state;
    if (!compat::shortcut_pressed(ImGuiKey_V) || ImGui::GetActiveID() != 0) return;
    const bool in_wizard = s.screen == state::Screen::wizard && s.wizard;
    if (in_wizard && !state::at(s, state::WizardStep::input)) return;
    SecretField& box = view.memory.secrets.pasted;
    if (in_wizard) return box.paste_and_focus();
    if (state::wizard_holds_accounts(s)) return view.wish(state::StartWizard{});
    view.wish(state::StartWizard{});
    box.wipe();
    box.paste_and_focus();
    if (box.empty()) return view.wish(state::PictureFromClipboard{});
    view.wish(state::PasteText{box.copy()});
    box.keep();
    box.seek_wrong();
}

// Escape leaves a page that is only looked at.
void leave_page(View& view) {
    const state::Screen screen = view.state.screen;
    const bool looked_at =
        screen == state::Screen::care || screen == state::Screen::diagnostics || screen == state::Screen::settings;
    if (looked_at && !view.memory.popup_was_open && ImGui::GetActiveID() == 0 && compat::key_pressed(ImGuiKey_Escape))
        view.wish(state::GoTo{state::Screen::slots});
}

}  // namespace

void draw_shortcuts(View& view) {
    if (compat::popup_open()) return;
    paste_anywhere(view);
    leave_page(view);
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
