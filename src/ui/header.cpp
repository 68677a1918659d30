// The bar at the top with the token and the way around.
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/pages.hpp"
#include "words/texts.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

std::string subline(const state::ActiveToken& token) {
    const auto& status = token.status;
    if (!status.card_serial.empty()) return text(Key::token_card, {{"serial", status.card_serial}});
    if (!status.info.usb_serial.empty()) return text(Key::token_usb, {{"serial", status.info.usb_serial}});
    return std::string(text(Key::token_no_serial));
}

struct ChipText {
    std::string title;
    std::string detail;
    bool simulated = false;
};

ChipText chip_text(const View& view) {
    const state::AppState& s = view.state;
    if (s.opening) {
        for (const auto& info : s.tokens)
            if (info.key == *s.opening) return {info.title, std::string(text(Key::token_opening)), info.simulated};
        return {std::string(text(Key::token_opening)), "", false};
    }
    if (s.active) return {s.active->status.info.title, subline(*s.active), s.active->status.info.simulated};
    if (s.tokens.empty()) return {std::string(text(Key::token_none)), std::string(text(Key::token_none_detail)), false};
    if (s.tokens.size() == 1) return {s.tokens[0].title, std::string(text(Key::token_not_open)), s.tokens[0].simulated};
    return {std::string(text(Key::token_not_open)), text(Key::tokens_seen, {{"n", std::to_string(s.tokens.size())}}),
            false};
}

// One line of the token list.
bool token_row(View& view, Column& column, const channel::TokenInfo& info) {
    const bool active = view.state.active && view.state.active->status.info.key == info.key;
    const bool usable = info.access == channel::TokenAccess::openable;
    const float tall = view.px(54);
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    std::string detail;
    if (info.access == channel::TokenAccess::no_permission)
        detail = info.node.empty() ? std::string(text(Key::token_no_permission))
                                   : text(Key::token_no_permission_node, {{"node", info.node}});
    else if (info.access == channel::TokenAccess::not_served) detail = text(Key::token_not_served);
    else if (active) detail = text(Key::token_in_use, {{"what", subline(*view.state.active)}});
    else if (!info.card_serial.empty()) detail = text(Key::token_card, {{"serial", info.card_serial}});
    else if (!info.usb_serial.empty() && info.model != "storage")  // which is the same on every Storage
        detail = text(Key::token_usb, {{"serial", info.usb_serial}});
    else detail = text(Key::token_click_to_use);

    const Press press = press_area(view, "nav/token/" + info.key, token_name(info), low, high, usable);
    if (active) fill(view.list(), low, high, view.colour.accent_soft, view.px(radius::field));
    else if (press.hovered || press.focused) fill(view.list(), low, high, view.colour.raised, view.px(radius::field));
    const ImU32 tone = usable ? view.colour.accent_text : view.colour.warning;
    text_at(view.list(), {low.x + view.px(space::apart), low.y + (tall - height(Face::body)) / 2}, Face::body, tone,
            usable ? (info.simulated ? icon::flask : icon::usb) : icon::lock);
    const float text_x = low.x + view.px(38);
    float room = high.x - text_x - view.px(space::apart);
    if (info.simulated) {
        const float wide = badge_width(view, nullptr, text(Key::simulated));
        badge(view, {high.x - view.px(space::apart) - wide, low.y + (tall - badge_height(view)) / 2}, nullptr,
              text(Key::simulated), view.colour.simulated, view.colour.simulated_soft);
        room -= wide + view.px(space::near);
    }
    text_fit(view, {text_x, low.y + view.px(space::near)}, room, Face::strong, view.colour.text, info.title, true);
    text_fit(view, {text_x, low.y + view.px(29)}, room, Face::small, view.colour.muted, detail, true);
    column.y += tall + view.px(space::hair);
    return press.pressed;
}

void token_list(View& view, ImVec2 chip_low, ImVec2 chip_high) {
    const state::AppState& s = view.state;
    const float width = std::min(view.px(340), ImGui::GetIO().DisplaySize.x - view.px(space::pad));
    bool simulated_attached = false;
    for (const auto& info : s.tokens) simulated_attached = simulated_attached || info.simulated;
    const float tall = view.px(54 + 2) * static_cast<float>(s.tokens.size()) + view.px(s.tokens.empty() ? 52 : 0) +
                       view.px(1 + 12 + 38 + 8 + 6);
    const float x = std::min(chip_low.x, ImGui::GetIO().DisplaySize.x - width - view.px(space::near));
    ImGui::SetNextWindowPos({x, chip_high.y + view.px(space::snug)});
    ImGui::SetNextWindowSize({width, std::min(tall, ImGui::GetIO().DisplaySize.y - chip_high.y - view.px(space::pad))});
    if (!ImGui::BeginPopup("nav/token##list")) return;
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    Column column{origin.x + view.px(space::near), origin.y + view.px(space::near), width - view.px(space::pad)};
    if (s.tokens.empty()) {
        paragraph(view, {column.x + view.px(space::snug), column.y + view.px(space::tight)},
                  column.width - view.px(space::gap), Face::small, view.colour.muted, text(Key::token_list_empty));
        column.space(view.px(52));
    }
    for (const auto& info : s.tokens)
        if (token_row(view, column, info)) {
            view.wish(state::ChooseToken{info.key});
            ImGui::CloseCurrentPopup();
        }
    column.space(view.px(space::tight));
    view.list()->AddRectFilled({column.x, column.y}, {column.right(), column.y + view.px(space::pixel)},
                               view.colour.border);
    column.space(view.px(space::snug));
    if (simulated_attached) {
        if (button(view, "nav/token/unplug", {column.x, column.y}, Look::quiet, text(Key::unplug_simulated),
                   icon::eject)) {
            view.wish(state::UnplugSimulated{});
            ImGui::CloseCurrentPopup();
        }
    } else if (button(view, "nav/token/simulate", {column.x, column.y}, Look::quiet, text(Key::plug_simulated),
                      icon::flask)) {
        view.wish(state::StartSimulated{});
        ImGui::CloseCurrentPopup();
    }
    column.space(button_height(view) + view.px(space::near));
    ImGui::SetCursorScreenPos({origin.x, column.y - 1});
    ImGui::Dummy({1, 1});
    ImGui::EndPopup();
}

void token_chip(View& view, float x, float room) {
    const ChipText chip = chip_text(view);
    const float tall = view.px(size::menu_row);
    const float y = (header_height(view) - tall) / 2;
    const float icon_room = view.px(42);
    const float arrow_room = view.px(space::group);
    const bool badge_fits = room > view.px(250);
    const float badge_room =
        chip.simulated && badge_fits ? badge_width(view, icon::flask, text(Key::simulated)) + view.px(space::near) : 0;
    const std::string detail =
        chip.simulated && !badge_fits ? std::string(text(Key::simulated)) + " \xC2\xB7 " + chip.detail : chip.detail;
    const float wanted = icon_room + std::max(measure(Face::strong, chip.title).x, measure(Face::small, detail).x) +
                         badge_room + arrow_room + view.px(space::snug);
    const float width = std::min(room, std::round(wanted));
    const ImVec2 low{x, y};
    const ImVec2 high{x + width, y + tall};
    const Press press = press_area(
        view, "nav/token", chip.simulated ? chip.title + " (" + std::string(text(Key::simulated)) + ")" : chip.title,
        low, high);
    fill(view.list(), low, high, press.hovered ? view.colour.raised : view.colour.background, view.px(radius::popup));
    outline(view.list(), low, high, view.colour.border, view.px(radius::popup), view.px(thickness::hair));
    if (view.state.opening) spinner(view, {low.x + view.px(19), y + tall / 2}, view.px(size::spinner));
    else
        text_at(view.list(), {low.x + view.px(space::gap), y + (tall - height(Face::body)) / 2}, Face::body,
                !view.state.active ? view.colour.muted
                : chip.simulated   ? view.colour.simulated
                                   : view.colour.accent_text,
                chip.simulated ? icon::flask : icon::usb);
    const float text_room = width - icon_room - badge_room - arrow_room - view.px(space::hair);
    if (detail.empty()) {
        text_fit(view, {low.x + icon_room, y + (tall - height(Face::strong)) / 2}, text_room, Face::strong,
                 view.colour.text, chip.title, true);
    } else {
        text_fit(view, {low.x + icon_room, y + view.px(3)}, text_room, Face::strong, view.colour.text, chip.title,
                 true);
        text_fit(view, {low.x + icon_room, y + view.px(21.5F)}, text_room, Face::small, view.colour.muted, detail,
                 true);
    }
    if (badge_room > 0)
        badge(view, {high.x - arrow_room - badge_room + view.px(space::tight), y + (tall - badge_height(view)) / 2},
              icon::flask, text(Key::simulated), view.colour.simulated, view.colour.simulated_soft);
    text_at(view.list(), {high.x - view.px(space::wide), y + (tall - height(Face::small)) / 2}, Face::small,
            view.colour.muted, icon::chevron_down);
    if (press.focused) focus_ring(view, low, high, view.px(radius::popup));
    if (press.pressed) ImGui::OpenPopup("nav/token##list");
    token_list(view, low, high);
}

struct NavEntry {
    const char* path;
    const char* glyph;
    Key label;
    state::Screen screen;
};

float nav_width(const View& view, const NavEntry& entry, bool with_label) {
    const float label_width = with_label ? measure(Face::body, text(entry.label)).x + view.px(space::near) : 0;
    return std::max(view.px(size::menu_row),
                    std::round(measure(Face::body, entry.glyph).x + label_width + view.px(space::wide)));
}

void nav_entry(View& view, float x, const NavEntry& entry, bool with_label, bool current, bool enabled) {
    const float tall = view.px(size::menu_row);
    const float width = nav_width(view, entry, with_label);
    const std::string_view label = text(entry.label);
    const float label_width = with_label ? measure(Face::body, label).x + view.px(space::near) : 0;
    const float glyph_width = measure(Face::body, entry.glyph).x;
    const ImVec2 low{x, (header_height(view) - tall) / 2};
    const ImVec2 high{x + width, low.y + tall};
    const Press press = press_area(view, entry.path, label, low, high, enabled);
    if (current) fill(view.list(), low, high, view.colour.accent_soft, view.px(radius::popup));
    else if (press.hovered) fill(view.list(), low, high, view.colour.raised, view.px(radius::popup));
    const ImU32 faint = faded(view.colour.muted, 0.5F);
    const float text_x = low.x + (width - glyph_width - label_width) / 2;
    const float text_y = low.y + (tall - height(Face::body)) / 2;
    text_at(view.list(), {text_x, text_y}, Face::body,
            current   ? view.colour.accent_text
            : enabled ? view.colour.muted
                      : faint,
            entry.glyph);
    if (with_label)
        text_at(view.list(), {text_x + glyph_width + view.px(space::near), text_y}, Face::body,
                current   ? view.colour.accent_text
                : enabled ? view.colour.text
                          : view.colour.muted,
                label);
    if (press.focused) focus_ring(view, low, high, view.px(radius::popup));
    if (!with_label) tooltip(view, press, low, high, label);
    if (press.pressed) view.wish(state::GoTo{entry.screen});
}

}  // namespace

float header_height(const View& view) {
    return view.px(60);
}

void draw_header(View& view) {
    const float width = ImGui::GetIO().DisplaySize.x;
    const float tall = header_height(view);
    fill(view.list(), {0, 0}, {width, tall}, view.colour.surface, 0);
    view.list()->AddRectFilled({0, tall - view.px(space::pixel)}, {width, tall}, view.colour.border);

    const float mark = view.px(34);
    const float margin = std::max(0.0F, std::round((width - view.px(space::page_most)) / 2) - view.px(space::page));
    const float x = margin + view.px(space::page);
    const float y = (tall - mark) / 2;
    fill(view.list(), {x, y}, {x + mark, y + mark}, view.colour.accent, view.px(radius::field));
    const ImVec2 glyph = measure(Face::body, icon::key);
    text_at(view.list(), {x + (mark - glyph.x) / 2, y + (mark - glyph.y) / 2}, Face::body, view.colour.on_accent,
            icon::key);
    float left = x + mark + view.px(space::apart);
    const bool wide = width >= view.px(wide_from::header_words);
    if (width >= view.px(wide_from::program_name)) {  // below, the room is for telling tokens apart
        text_at(view.list(), {left, (tall - height(Face::title)) / 2}, Face::title, view.colour.text, "tokendeck");
        left += measure(Face::title, "tokendeck").x + view.px(space::pad);
    }

    const state::Screen screen = view.state.screen;
    const bool writing = screen == state::Screen::wizard && state::at(view.state, state::WizardStep::writing);
    static constexpr std::array entries{
        NavEntry{"nav/slots", icon::list, Key::nav_slots, state::Screen::slots},
        NavEntry{"nav/care", icon::wrench, Key::nav_care, state::Screen::care},
        NavEntry{"nav/diagnostics", icon::chart, Key::nav_diagnostics, state::Screen::diagnostics},
        NavEntry{"nav/settings", icon::cog, Key::nav_settings, state::Screen::settings},
    };
    const float gap = view.px(space::tight);
    float x_nav = width - margin - view.px(space::page) + gap;
    for (const NavEntry& entry : entries) x_nav -= nav_width(view, entry, wide) + gap;
    token_chip(view, left, x_nav - left - view.px(space::gap));
    for (const NavEntry& entry : entries) {
        const bool current =
            screen == entry.screen || (entry.screen == state::Screen::slots && screen == state::Screen::start);
        nav_entry(view, x_nav, entry, wide, current, !writing);
        x_nav += nav_width(view, entry, wide) + gap;
    }
}

}  // namespace tokendeck::ui
