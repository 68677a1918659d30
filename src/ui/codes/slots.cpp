// The page with the codes: search, the accounts on the token, and what is free.
#include "ui/codes/slots.hpp"
#include "ui/codes/slots_parts.hpp"
#include "ui/kit/imgui_compat.hpp"

namespace tokendeck::ui {
namespace {

constexpr float two_columns_from = 980;

void search_field(View& view, ImVec2 at, float width) {
    Memory& memory = view.memory;
    const float tall = view.px(size::control);
    const ImVec2 high{at.x + width, at.y + tall};
    const float icon_room = view.px(36);
    const float clear = view.px(30);
    if (view.blocked) memory.search.wants_focus = false;
    const Palette& c = view.colour;
    const float rounding = view.px(radius::field);
    fill(view.list(), at, high, c.surface, rounding);
    const float y = at.y + (tall - height(Face::body)) / 2;
    text_at(view.list(), {at.x + view.px(space::gap), y}, Face::body, c.muted, icon::search);
    // Only as wide as its text may be: what lies over a field is not reached by the mouse.
    const float room =
        width - icon_room - (memory.search.text.empty() ? view.px(space::gap) : clear + view.px(space::near));
    if (memory.search.text.empty())
        text_fit(view, {at.x + icon_room, y}, room, Face::body, c.muted, text(Key::slots_search), true);

    LineBox box{at, {at.x + icon_room + room, high.y}, icon_room};
    box.enabled = !view.blocked;
    box.take_focus = std::exchange(memory.search.wants_focus, false);
    box.escape_keeps = true;  // it ends the search
    const LineEvent event = edit_line(view, search_path, box, memory.search.text);
    memory.search.active = event.active;
    const bool has_focus = event.focused;
    const bool focused = event.active || (has_focus && compat::focus_visible());
    if (has_focus) memory.focus.now = search_path;
    if (event.changed) view.wish(state::Search{memory.search.text});
    outline(view.list(), at, high, focused ? c.accent : c.border_strong, rounding, view.px(focused ? 2 : 1));
    note_item(view, search_path, memory.search.text, at, high, true, focused);
    if (memory.search.text.empty()) return;
    if (icon_button(view, "slots/search/clear", {high.x - clear - view.px(space::tight), at.y + (tall - clear) / 2},
                    clear, icon::cross, text(Key::slots_search_clear), c.muted)) {
        memory.search.text.clear();
        view.wish(state::Search{});
    }
}

// Title, search, and what can be done with the whole.
void heading(View& view, Column& column, bool searchable) {
    const std::string_view add = text(Key::slots_add);
    const float add_width = button_width(view, add, icon::plus);
    const float add_x = column.right() - add_width;
    const float side = view.px(size::control);
    const float refresh_x = add_x - side - view.px(space::near);
    const std::string_view title = text(Key::slots_heading);
    text_at(view.list(), {column.x, column.y + (side - height(Face::heading)) / 2}, Face::heading, view.colour.text,
            title);
    if (searchable) {
        const float left = column.x + measure(Face::heading, title).x + view.px(space::page);
        const float room = refresh_x - view.px(space::near) - left;
        const float width = std::min(room, view.px(420));
        search_field(view, {left + room - width, column.y}, width);
    }
    if (state::find_pending(view.state, state::Wait::refresh) != nullptr)
        spinner(view, {refresh_x + side / 2, column.y + side / 2}, view.px(size::spinner));
    else if (icon_button(view, "slots/refresh", {refresh_x, column.y}, side, icon::refresh, text(Key::slots_refresh),
                         view.colour.muted))
        view.wish(state::Refresh{});
    if (button(view, "slots/add", {add_x, column.y}, Look::primary, add, icon::plus)) view.wish(state::StartWizard{});
    column.space(side + view.px(space::pad));
}

void nothing_yet(View& view, Column& column) {
    const float pad = view.px(space::wide);
    const float width = column.width - 2 * pad;
    const float heading_height = paragraph_height(width, Face::title, text(Key::slots_none));
    const float tall = view.px(90) + heading_height + view.px(space::hair) +
                       paragraph_height(width, Face::body, text(Key::slots_none_body)) + view.px(space::page);
    const ImVec2 low{column.x, column.y};
    card(view, low, {column.right(), column.y + tall}, radius::card);
    emblem(view, {column.x + column.width / 2, low.y + view.px(50)}, view.px(28), icon::qrcode, view.colour.accent_text,
           view.colour.accent_soft);
    const float y = low.y + view.px(90);
    paragraph(view, {low.x + pad, y}, width, Face::title, view.colour.text, text(Key::slots_none), true);
    paragraph(view, {low.x + pad, y + heading_height + view.px(space::hair)}, width, Face::body, view.colour.muted,
              text(Key::slots_none_body), true);
    column.space(tall + view.px(space::near));
}

void nothing_found(View& view, Column& column) {
    const std::string words = text(Key::slots_not_found, {{"what", printable(view.state.search)}});
    column.space(view.px(space::group));
    const float tall = paragraph_height(column.width, Face::title, words);
    paragraph(view, {column.x, column.y}, column.width, Face::title, view.colour.muted, words, true);
    note_item(view, "slots/not-found", words, {column.x, column.y}, {column.right(), column.y + tall}, true, false);
    column.space(tall + view.px(space::group));
}

void cards(View& view, Column& column, const Listed& listed, std::size_t columns, bool low) {
    const float tall = view.px(low ? low_card_height : card_height);
    const float gap = view.px(low ? space::tight : space::near);
    const float width = columns == 2 ? std::round((column.width - view.px(space::gap)) / 2) : column.width;
    const bool searched = !view.state.search.empty();
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const float x = i % columns == 1 ? column.right() - width : column.x;
        // While something is searched for, digits belong to the search.
        draw_card(view, {x, column.y}, {width, tall}, *listed[i], searched || i >= 9 ? 0 : i + 1, searched && i == 0);
        if (i % columns == columns - 1 || i + 1 == listed.size()) column.space(tall + gap);
    }
}

void free_line(View& view, Column& column, std::size_t free) {
    const std::string words =
        free == 0 ? std::string(text(Key::slots_free_none)) : text(Key::slots_free, {{"n", std::to_string(free)}});
    column.space(view.px(space::tight));
    const float tall = button_height(view);
    const float y = column.y + (tall - height(Face::body)) / 2;
    text_at(view.list(), {column.x, y}, Face::body, view.colour.muted, words);
    const float taken = measure(Face::body, words).x;
    note_item(view, "slots/free", words, {column.x, y}, {column.x + taken, y + height(Face::body)}, true, false);
    const bool map = view.state.slot_map;
    if (button(view, "slots/map", {column.x + taken + view.px(space::near), column.y}, Look::quiet,
               text(map ? Key::slots_map_hide : Key::slots_map_show), icon::grid))
        view.wish(state::ShowSlotMap{!map});
    column.space(tall);
}

}  // namespace

void draw_slots(View& view, ImVec2 low, ImVec2 high) {
    const state::ActiveToken& token = *view.state.active;
    const auto used = static_cast<std::size_t>(std::count_if(token.slots.begin(), token.slots.end(), otp::occupied));
    const Listed listed = state::listed_slots(view.state);
    if (!view.memory.search.active) view.memory.search.text = view.state.search;
    Column column = begin_area(view, "slots", low, high, space::page, space::pad, space::page_most);
    const std::size_t columns = column.width >= view.px(two_columns_from) ? 2 : 1;
    take_slots_keys(view, listed, columns);

    heading(view, column, used > 1);
    if (used == 0) nothing_yet(view, column);
    else if (listed.empty()) nothing_found(view, column);
    else cards(view, column, listed, columns, used >= low_cards_from);
    free_line(view, column, token.slots.size() - used);
    if (view.state.slot_map) draw_slot_map(view, column);
    if (used > 0 && !token.status.abilities.edit) {
        column.space(view.px(space::near));
        const float top = column.y;
        text_in(view, column, Face::small, view.colour.muted, text(Key::slots_no_edit));
        note_item(view, "slots/no-edit", text(Key::slots_no_edit), {column.x, top}, {column.right(), column.y}, true,
                  false);
    }
    end_area(view, column, space::pad);
}

}  // namespace tokendeck::ui
