// Things to use, and areas.
#include "ui/kit/widgets.hpp"

#include "ui/kit/imgui_compat.hpp"

namespace tokendeck::ui {
namespace {

ImVec2 middle_of_text(ImVec2 low, ImVec2 high, ImVec2 text) {
    return {low.x + (high.x - low.x - text.x) / 2, low.y + (high.y - low.y - text.y) / 2};
}

// In a window narrower than the words they take several lines.
float tooltip_words(const View& view, std::string_view text) {
    const float room = ImGui::GetIO().DisplaySize.x - 2 * view.px(space::tight) - 2 * view.px(space::apart);
    return std::max(1.0F, std::min(room, std::ceil(measure(Face::small, text).x)));
}

}  // namespace

void tooltip(View& view, std::string_view text) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(view.px(space::apart), view.px(space::snug)));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, view.px(radius::small));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, view.px(space::pixel));
    const float width = tooltip_words(view, text);
    ImGui::BeginTooltip();
    const float tall =
        paragraph(view, ImGui::GetCursorScreenPos(), width, Face::small, ImGui::GetColorU32(ImGuiCol_Text), text);
    ImGui::Dummy({width, tall});
    ImGui::EndTooltip();
    ImGui::PopStyleVar(3);
}

void tooltip(View& view, const Press& press, ImVec2 low, ImVec2 high, std::string_view text) {
    if (!press.hovered && !press.focused) return;
    if (!press.hovered) {
        const ImVec2 display = ImGui::GetIO().DisplaySize;
        const float words = tooltip_words(view, text);
        const ImVec2 size{words + view.px(space::page),
                          paragraph_height(words, Face::small, text) + view.px(space::gap)};
        // Where there is no room for all of it, its beginning is seen.
        const float x = std::max(view.px(space::tight),
                                 std::min((low.x + high.x - size.x) / 2, display.x - size.x - view.px(space::tight)));
        const float above = low.y - view.px(space::snug) - size.y;
        const bool below = high.y + view.px(space::snug) + size.y < display.y || above < 0;
        ImGui::SetNextWindowPos({std::round(x), below ? high.y + view.px(space::snug) : above});
    }
    tooltip(view, text);
}

void note_item(View& view, const std::string& path, std::string_view text, ImVec2 low, ImVec2 high, bool enabled,
               bool focused) {
    const ImGuiWindow* const window = ImGui::GetCurrentWindow();
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    const float x0 = std::max({low.x, window->ClipRect.Min.x, 0.0F});
    const float y0 = std::max({low.y, window->ClipRect.Min.y, 0.0F});
    const float x1 = std::min({high.x, window->ClipRect.Max.x, display.x});
    const float y1 = std::min({high.y, window->ClipRect.Max.y, display.y});
    if (x1 - x0 < 3 || y1 - y0 < 3) return;
    view.items.add({path, std::string(text), x0, y0, x1 - x0, y1 - y0, enabled && !view.blocked, focused});
}

Press press_area(View& view, const std::string& path, std::string_view text, ImVec2 low, ImVec2 high, bool enabled,
                 bool tab_stop) {
    enabled = enabled && !view.blocked;
    const ImRect rect(low, high);
    const ImGuiID id = ImGui::GetCurrentWindow()->GetID(path.c_str());
    Press press;
    if (enabled && view.memory.focus.wanted == path) {
        view.memory.focus.wanted.clear();
        compat::focus_item(id, rect, 0);
    }
    const bool visible = ImGui::ItemAdd(rect, enabled ? id : 0, nullptr,
                                        !enabled   ? ImGuiItemFlags_Disabled
                                        : tab_stop ? compat::button_flags
                                                   : compat::passed_flags);
    if (enabled && ImGui::GetCurrentContext()->NavId == id && ImGui::IsWindowFocused()) view.memory.focus.now = path;
    if (!visible) return press;
    bool hovered = false;
    bool held = false;
    if (enabled) {
        press.pressed = ImGui::ButtonBehavior(rect, id, &hovered, &held);
        const bool focused = ImGui::GetCurrentContext()->NavId == id && ImGui::IsWindowFocused();
        press.focused = focused && compat::focus_visible();
        if (press.focused && !ImGui::GetIO().KeyCtrl && compat::enter_pressed()) press.pressed = true;
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    press.hovered = hovered;
    press.held = held;
    note_item(view, path, text, low, high, enabled, press.focused);
    return press;
}

float button_height(const View& view) {
    return view.px(size::control);
}

float button_width(const View& view, std::string_view label, const char* icon_glyph) {
    float width = view.px(space::pad) * 2 + measure(Face::strong, label).x;
    if (icon_glyph != nullptr) width += measure(Face::body, icon_glyph).x + view.px(space::near);
    return std::round(width);
}

bool button(View& view, const std::string& path, ImVec2 at, Look look, std::string_view label, const char* icon_glyph,
            bool enabled, float width) {
    const float wide = width > 0 ? width : button_width(view, label, icon_glyph);
    const ImVec2 high{at.x + wide, at.y + button_height(view)};
    const Press press = press_area(view, path, label, at, high, enabled);
    const float rounding = view.px(radius::field);
    const Palette& c = view.colour;
    const bool lit = press.hovered || press.held;
    ImU32 text_colour = c.text;
    switch (look) {
        case Look::primary:
            fill(view.list(), at, high, !enabled ? c.raised : lit ? c.accent_hover : c.accent, rounding);
            text_colour = c.on_accent;
            break;
        case Look::danger:
            fill(view.list(), at, high, !enabled ? c.raised : faded(c.danger_fill, lit ? 0.88F : 1.0F), rounding);
            text_colour = c.on_danger;
            break;
        case Look::plain:
            fill(view.list(), at, high, lit ? c.raised : c.surface, rounding);
            outline(view.list(), at, high, c.border_strong, rounding, view.px(thickness::hair));
            break;
        case Look::quiet:
            if (lit) fill(view.list(), at, high, c.raised, rounding);
            text_colour = c.accent_text;
            break;
    }
    if (!enabled) {
        text_colour = c.muted;
        if (look != Look::quiet) outline(view.list(), at, high, c.border, rounding, view.px(thickness::hair));
    }
    const float icon_width = icon_glyph != nullptr ? measure(Face::body, icon_glyph).x + view.px(space::near) : 0;
    const float room = wide - view.px(space::apart) * 2 - icon_width;
    const float text_width = std::min(room, measure(Face::strong, label).x);
    float x = at.x + (wide - text_width - icon_width) / 2;
    const float y = at.y + (button_height(view) - height(Face::strong)) / 2;
    if (icon_glyph != nullptr) text_at(view.list(), {x, y}, Face::body, text_colour, icon_glyph);
    text_fit(view, {x + icon_width, y}, room, Face::strong, text_colour, label);
    if (press.focused) focus_ring(view, at, high, rounding);
    return press.pressed;
}

bool main_button(View& view, const std::string& path, ImVec2 at, std::string_view label, const char* icon_glyph,
                 bool enabled) {
    const bool pressed = button(view, path, at, Look::primary, label, icon_glyph, enabled);
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    // A field that Enter ends gives up the keyboard in the same frame, and leads on by itself.
    const bool nothing = (view.memory.focus.before.empty() || !view.memory.focus.seen) && g.ActiveId == 0 &&
                         g.ActiveIdPreviousFrame == 0 && !compat::popup_open() && !view.memory.popup_was_open;
    return pressed || (enabled && !view.blocked && nothing && !g.IO.KeyCtrl && compat::enter_pressed());
}

bool icon_button(View& view, const std::string& path, ImVec2 at, float side, const char* icon_glyph,
                 std::string_view text, ImU32 colour, bool enabled, bool tab_stop) {
    const ImVec2 high{at.x + side, at.y + side};
    const Press press = press_area(view, path, text, at, high, enabled, tab_stop);
    if (press.hovered) fill(view.list(), at, high, view.colour.raised, view.px(radius::field));
    tooltip(view, press, at, high, text);
    text_at(view.list(), middle_of_text(at, high, measure(Face::body, icon_glyph)), Face::body,
            enabled ? colour : faded(view.colour.muted, 0.5F), icon_glyph);
    if (press.focused) focus_ring(view, at, high, view.px(radius::field));
    return press.pressed;
}

float checkbox_height(const View& view, float width, std::string_view label) {
    const float box = view.px(size::tick);
    return std::max(box, paragraph_height(width - box - view.px(space::apart), Face::body, label)) +
           view.px(space::tight);
}

bool checkbox(View& view, Column& column, const std::string& path, std::string_view label, bool value, Tone tone) {
    const float box = view.px(size::tick);
    const float text_x = column.x + box + view.px(space::apart);
    const float text_width = column.right() - text_x;
    const float tall = checkbox_height(view, column.width, label);
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    const Press press = press_area(view, path, label, low, high);
    const ImVec2 box_high{low.x + box, low.y + box};
    const ImU32 colour = tone == Tone::info ? view.colour.accent : tone_colour(view, tone);
    fill(view.list(), low, box_high, value ? colour : view.colour.surface, view.px(radius::small));
    outline(view.list(), low, box_high, value || press.hovered ? colour : view.colour.border_strong,
            view.px(radius::small), view.px(thickness::thin));
    if (value)
        text_at(view.list(), middle_of_text(low, box_high, measure(Face::small, icon::check)), Face::small,
                view.colour.surface, icon::check);
    paragraph(view, {text_x, low.y + (box - height(Face::body)) / 2}, text_width, Face::body, view.colour.text, label);
    if (press.focused) focus_ring(view, low, high, view.px(radius::small));
    column.y = high.y;
    return press.pressed;
}

int segmented(View& view, const std::string& path, ImVec2 at, float width, std::span<const Choice> choices,
              int chosen) {
    const float tall = view.px(size::control);
    const float rounding = view.px(radius::field);
    const ImVec2 high{at.x + width, at.y + tall};
    fill(view.list(), at, high, view.colour.raised, rounding);
    outline(view.list(), at, high, view.colour.border, rounding, view.px(thickness::hair));
    const float part = width / static_cast<float>(choices.size());
    int result = -1;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const Choice& choice = choices[i];
        const ImVec2 low{std::round(at.x + part * static_cast<float>(i)) + view.px(3), at.y + view.px(3)};
        const ImVec2 end{std::round(at.x + part * static_cast<float>(i + 1)) - view.px(3), high.y - view.px(3)};
        const bool is_chosen = static_cast<int>(i) == chosen;
        const Press press = press_area(view, path + "/" + choice.name, choice.label, low, end, choice.enabled);
        if (is_chosen) {
            fill(view.list(), low, end, view.colour.surface, view.px(radius::small));
            outline(view.list(), low, end, view.colour.accent, view.px(radius::small), view.px(thickness::thin));
        }
        const ImU32 colour = !choice.enabled               ? faded(view.colour.muted, 0.6F)
                             : is_chosen                   ? view.colour.accent_text
                             : press.hovered || press.held ? view.colour.text
                                                           : view.colour.muted;
        const Face face = is_chosen ? Face::strong : Face::body;
        const float icon_room =
            choice.icon_glyph != nullptr ? measure(Face::body, choice.icon_glyph).x + view.px(space::near) : 0;
        const float room = end.x - low.x - view.px(space::near) - icon_room;
        const float text_width = std::min(room, measure(face, choice.label).x);
        const float x = low.x + (end.x - low.x - text_width - icon_room) / 2;
        const float y = low.y + (end.y - low.y - height(face)) / 2;
        if (choice.icon_glyph != nullptr) text_at(view.list(), {x, y}, Face::body, colour, choice.icon_glyph);
        text_fit(view, {x + icon_room, y}, room, face, colour, choice.label);
        if (press.focused) focus_ring(view, low, end, view.px(radius::small));
        if (press.pressed && !is_chosen) result = static_cast<int>(i);
    }
    return result;
}

int dropdown(View& view, const std::string& path, ImVec2 at, float width, std::string_view shown,
             std::span<const DropEntry> entries, int chosen, float list_width) {
    const float tall = view.px(size::field);
    const ImVec2 high{at.x + width, at.y + tall};
    const Press press = press_area(view, path, shown, at, high);
    fill(view.list(), at, high, view.colour.surface, view.px(radius::field));
    outline(view.list(), at, high, press.hovered ? view.colour.accent : view.colour.border_strong,
            view.px(radius::field), view.px(thickness::hair));
    if (width > view.px(60))
        text_fit(view, {at.x + view.px(space::gap), at.y + (tall - height(Face::body)) / 2}, width - view.px(48),
                 Face::body, view.colour.text, shown, true);
    text_at(view.list(), {high.x - view.px(26), at.y + (tall - height(Face::small)) / 2}, Face::small,
            view.colour.muted, icon::chevron_down);
    if (press.focused) focus_ring(view, at, high, view.px(radius::field));

    const std::string popup = path + "##list";
    if (press.pressed) ImGui::OpenPopup(popup.c_str());
    const float row = view.px(size::list_row);
    const float pad = view.px(5);
    const float wanted = row * static_cast<float>(entries.size()) + 2 * pad;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    const float below = display.y - high.y - view.px(space::gap);
    const float above = at.y - view.px(space::gap);
    const bool down = below >= std::min(wanted, view.px(190)) || below >= above;
    const float list_height = std::min(wanted, down ? below : above);
    const float list_x = list_width > 0 ? high.x - list_width : at.x;
    ImGui::SetNextWindowPos(
        {list_x, down ? high.y + view.px(space::tight) : at.y - view.px(space::tight) - list_height});
    ImGui::SetNextWindowSize({list_width > 0 ? list_width : width, list_height});
    int result = -1;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    if (ImGui::BeginPopup(popup.c_str())) {
        const ImVec2 origin = ImGui::GetCursorScreenPos();
        float y = origin.y + pad;
        const float inner = ImGui::GetContentRegionAvail().x - 2 * pad;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const DropEntry& entry = entries[i];
            const ImVec2 low{origin.x + pad, y};
            const ImVec2 end{low.x + inner, y + row};
            const bool is_chosen = static_cast<int>(i) == chosen;
            const Press pick = press_area(view, path + "/" + entry.name, entry.label, low, end);
            if (pick.hovered || pick.focused) fill(view.list(), low, end, view.colour.raised, view.px(radius::small));
            else if (is_chosen) fill(view.list(), low, end, view.colour.accent_soft, view.px(radius::small));
            const float remark_width = entry.remark.empty() ? 0 : measure(Face::small, entry.remark).x;
            text_fit(view, {low.x + view.px(space::apart), y + (row - height(Face::body)) / 2},
                     inner - view.px(space::group) - remark_width, Face::body, view.colour.text, entry.label, true);
            text_at(view.list(), {end.x - view.px(space::apart) - remark_width, y + (row - height(Face::small)) / 2},
                    Face::small, view.colour.muted, entry.remark);
            if (is_chosen && ImGui::IsWindowAppearing()) {
                ImGui::SetScrollY(y - origin.y - list_height / 2);
                ImGui::SetKeyboardFocusHere(-1);
            }
            if (pick.pressed) {
                result = static_cast<int>(i);
                ImGui::CloseCurrentPopup();
            }
            y += row;
        }
        ImGui::SetCursorScreenPos({origin.x, y + pad - 1});
        ImGui::Dummy({1, 1});
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
    return result;
}

bool text_field(View& view, const std::string& path, ImVec2 at, float width, std::string& text, bool wrong,
                bool enabled, bool* entered) {
    enabled = enabled && !view.blocked;
    const ImVec2 high{at.x + width, at.y + view.px(size::field)};
    const float rounding = view.px(radius::field);
    fill(view.list(), at, high, ImGui::GetColorU32(ImGuiCol_FrameBg), rounding);
    const LineEvent event = edit_line(view, path, {at, high, view.px(space::gap), view.px(space::gap), enabled}, text);
    if (entered != nullptr) *entered = event.entered;
    const bool focused = event.active || (event.focused && compat::focus_visible());
    const ImU32 usual = focused ? view.colour.accent : view.colour.border_strong;
    outline(view.list(), at, high, wrong ? view.colour.danger : usual, rounding, view.px(focused ? 2 : 1));
    note_item(view, path, text, at, high, enabled, focused);
    return event.changed;
}

Column begin_area(View& view, const char* id, ImVec2 low, ImVec2 high, float padding_x, float padding_y,
                  float width_max) {
    ImGui::SetCursorScreenPos(low);
    compat::begin_child(id, {std::max(1.0F, high.x - low.x), std::max(1.0F, high.y - low.y)},
                        ImGuiWindowFlags_NoBackground);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    // Always as if the bar were there: the content does not jump when it appears.
    float width = high.x - low.x - 2 * view.px(padding_x);
    float x = origin.x + view.px(padding_x);
    if (width_max > 0 && width > view.px(width_max)) {
        x += std::round((width - view.px(width_max)) / 2);
        width = view.px(width_max);
    }
    return {x, origin.y + view.px(padding_y), width};
}

Centred begin_centred(View& view, Column& column, float room) {
    column.space(std::round(std::max(0.0F, room - view.memory.page.height) * 0.42F));
    return {column.y};
}

void end_centred(View& view, const Column& column, Centred begun) {
    const float tall = column.y - begun.top;
    if (std::abs(tall - view.memory.page.height) > 0.5F) view.redraw_within(base::Milliseconds{0});
    view.memory.page.height = tall;
}

void end_area(View& view, const Column& column, float padding_y) {
    const ImVec2 origin = ImGui::GetWindowPos();
    ImGui::SetCursorScreenPos({origin.x, column.y + view.px(padding_y) - 1});
    ImGui::Dummy({1, 1});
    ImGui::EndChild();
}

}  // namespace tokendeck::ui
