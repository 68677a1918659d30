// The keyboard on the page with the codes. Letters search, digits copy, arrows move, without anything being clicked
// first.
#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "ui/codes/slots.hpp"
#include "ui/codes/slots_parts.hpp"
#include "ui/kit/imgui_compat.hpp"

namespace tokendeck::ui {
namespace {

// Number of the card that has the focus, by what `what` it is that has it ("copy"; null: anything of the card).
std::optional<std::size_t> focused_card(const View& view, const Listed& listed, const char* what) {
    const std::string& focus = view.memory.focus.before;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const std::string start = what != nullptr ? slot_path(*listed[i], what) : slot_path(*listed[i], "");
        if (what != nullptr ? focus == start : focus.starts_with(start)) return i;
    }
    return std::nullopt;
}

void focus_card(View& view, const Listed& listed, std::size_t number) {
    view.memory.focus.wanted = slot_path(*listed[number], "copy");
    compat::drop_arrow_key();
}

// The field for the search has the focus.
bool searching(const View& view) {
    return view.memory.search.active || (view.memory.focus.seen && view.memory.focus.before == search_path);
}

void typed(View& view, const Listed& listed, bool searchable) {
    ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
    if (queue.empty() || ImGui::IsAnyItemActive()) return;
    const ImGuiIO& io = ImGui::GetIO();
    if ((io.KeyCtrl && !io.KeyAlt) || io.KeySuper) return;
    bool search = false;
    compat::each_typed_character([&](char32_t c) {
        if (c < 0x21 && view.memory.search.text.empty()) return;  // Space presses what has the focus
        if (base::is_ascii_control(c)) return;
        if (view.memory.search.text.empty() && c >= '1' && c <= '9') {
            const std::size_t number = static_cast<std::size_t>(c - '1');
            if (number < listed.size()) {
                view.wish(state::CopyCode{listed[number]->id});
                view.memory.focus.wanted = slot_path(*listed[number], "copy");
            }
            return;
        }
        if (!searchable) return;
        base::append_character(view.memory.search.text, c);
        search = true;
    });
    queue.resize(0);
    if (!search) return;
    view.memory.search.wants_focus = true;
    view.wish(state::Search{view.memory.search.text});
}

void moved(View& view, const Listed& listed, std::size_t columns) {
    const bool in_search = searching(view);
    const bool down = compat::key_pressed(ImGuiKey_DownArrow, true);
    const bool up = compat::key_pressed(ImGuiKey_UpArrow, true);
    const bool left = compat::key_pressed(ImGuiKey_LeftArrow, true);
    const bool right = compat::key_pressed(ImGuiKey_RightArrow, true);
    const bool home = compat::key_pressed(ImGuiKey_Home);
    const bool end = compat::key_pressed(ImGuiKey_End);
    if (!(down || up || left || right || home || end)) return;
    if (in_search) {
        if (down) focus_card(view, listed, 0);
        return;
    }
    if (home) return focus_card(view, listed, 0);
    if (end) return focus_card(view, listed, listed.size() - 1);
    const auto now = focused_card(view, listed, "copy");
    if (!now) {
        const bool nothing = view.memory.focus.before.empty() || !view.memory.focus.seen;
        if (nothing && (down || right)) focus_card(view, listed, 0);
        if (nothing && (up || left)) focus_card(view, listed, listed.size() - 1);
        return;
    }
    if (down && *now + columns < listed.size()) return focus_card(view, listed, *now + columns);
    if (down && *now / columns < (listed.size() - 1) / columns) return focus_card(view, listed, listed.size() - 1);
    if (up && *now >= columns) return focus_card(view, listed, *now - columns);
    if (columns > 1 && right && *now + 1 < listed.size()) return focus_card(view, listed, *now + 1);
    if (columns > 1 && left && *now > 0) return focus_card(view, listed, *now - 1);
}

void escape(View& view) {
    const state::AppState& s = view.state;
    if (s.awaited) return view.wish(state::CancelAwaited{});
    if (s.shown) view.wish(state::HideCode{});
    if (!s.search.empty()) {
        view.memory.search.text.clear();
        view.memory.search.wants_focus = false;
        view.wish(state::Search{});
    }
}

}  // namespace

void take_slots_keys(View& view, const Listed& listed, std::size_t columns) {
    if (view.blocked || compat::popup_open()) return;
    const auto used = std::count_if(view.state.active->slots.begin(), view.state.active->slots.end(), otp::occupied);
    const bool searchable = used > 1;
    typed(view, listed, searchable);
    if (searchable && compat::main_modifier_held() && compat::named_key_pressed(compat::keys::f))
        view.memory.search.wants_focus = true;
    if (compat::key_pressed(ImGuiKey_Escape)) escape(view);
    if (compat::named_key_pressed(compat::keys::f5) && !state::find_pending(view.state, state::Wait::refresh))
        view.wish(state::Refresh{});
    if (listed.empty() || !compat::no_modifier_held()) return;

    const bool in_search = searching(view);
    const bool unfocused = view.memory.focus.before.empty() || !view.memory.focus.seen;
    if ((in_search || unfocused) && !view.state.search.empty() && compat::enter_pressed()) {
        view.wish(state::CopyCode{listed[0]->id});
        view.memory.focus.wanted = slot_path(*listed[0], "copy");
        return;
    }
    if (!ImGui::IsAnyItemActive() || in_search) moved(view, listed, columns);
    const auto now = focused_card(view, listed, nullptr);
    if (!now || !view.memory.focus.seen || ImGui::IsAnyItemActive()) return;
    if (compat::key_pressed(ImGuiKey_Delete)) view.wish(state::AskRemove{listed[*now]->id});
    if (compat::named_key_pressed(compat::keys::f2) && state::can_edit(view.state, *listed[*now]))
        view.wish(state::AskEdit{listed[*now]->id});
}

}  // namespace tokendeck::ui
