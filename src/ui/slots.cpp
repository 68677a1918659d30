// The accounts on the token. One click on a row copies its code.
#include "ui/imgui_compat.hpp"
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

constexpr float row_height = 66;

struct StateLook {
    Key words;
    const char* glyph;
    Tone tone;
};

const StateLook* look_of(otp::SlotState slot_state) {
    static constexpr StateLook proven{Key::slot_proven, icon::check_circle, Tone::success};
    static constexpr StateLook unsure{Key::slot_unsure, icon::warning, Tone::warning};
    static constexpr StateLook mismatch{Key::slot_mismatch, icon::cross_circle, Tone::danger};
    switch (slot_state) {
        case otp::SlotState::proven: return &proven;
        case otp::SlotState::unsure: return &unsure;
        case otp::SlotState::mismatch: return &mismatch;
        case otp::SlotState::empty:
        case otp::SlotState::programmed: break;
    }
    return nullptr;
}

// A letter in a coloured square, so that a row is found again without reading.
void monogram(View& view, ImVec2 low, float side, const std::string& name) {
    static constexpr std::array<ImU32, 6> light{IM_COL32(11, 97, 109, 255), IM_COL32(107, 63, 160, 255),
                                                IM_COL32(23, 107, 63, 255), IM_COL32(138, 82, 0, 255),
                                                IM_COL32(36, 84, 160, 255), IM_COL32(160, 48, 96, 255)};
    static constexpr std::array<ImU32, 6> dark{IM_COL32(114, 208, 218, 255), IM_COL32(201, 168, 242, 255),
                                               IM_COL32(110, 215, 155, 255), IM_COL32(242, 192, 99, 255),
                                               IM_COL32(140, 182, 250, 255), IM_COL32(245, 150, 190, 255)};
    unsigned sum = 7;
    for (const char c : name) sum = sum * 31 + static_cast<unsigned char>(c);
    const ImU32 colour = (view.info.dark ? dark : light)[sum % light.size()];
    const ImVec2 high{low.x + side, low.y + side};
    fill(view.list(), low, high, faded(colour, view.info.dark ? 0.18F : 0.12F), view.px(10));
    std::size_t end = name.empty() ? 0 : 1;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
    std::string letter = name.substr(0, end);
    if (letter.size() == 1 && letter[0] >= 'a' && letter[0] <= 'z') letter[0] = static_cast<char>(letter[0] - 32);
    const ImVec2 extent = measure(Face::title, letter);
    text_at(view.list(), {low.x + (side - extent.x) / 2, low.y + (side - extent.y) / 2}, Face::title, colour, letter);
}

void used_row(View& view, ImVec2 low, float width, const otp::SlotSummary& slot) {
    const state::AppState& s = view.state;
    const std::string id = otp::text(slot.id);
    const float tall = view.px(row_height);
    const ImVec2 high{low.x + width, low.y + tall};
    const float remove_side = view.px(36);
    const float remove_x = high.x - view.px(10) - remove_side;
    const bool editable = state::can_edit(s, slot);
    const float tools_x = editable ? remove_x - remove_side : remove_x;  // where what is clicked for a code ends
    const std::string name = slot_title(slot);
    const bool shown = s.shown && s.shown->slot == slot.id;
    const state::PendingCommand* const pending = state::code_pending(s, slot.id);

    card(view, low, high, 12);
    const Press press =
        press_area(view, "slots/" + id + "/copy", printable(slot.name), low, {tools_x, high.y}, pending == nullptr);
    if (press.hovered || press.held) {
        fill(view.list(), {low.x + view.px(1), low.y + view.px(1)}, {high.x - view.px(1), high.y - view.px(1)},
             press.held ? view.colour.raised : faded(view.colour.raised, 0.6F), view.px(11));
    }
    if (shown || press.hovered) outline(view.list(), low, high, view.colour.accent, view.px(12), view.px(1.5F));

    const float mark = view.px(40);
    monogram(view, {low.x + view.px(13), low.y + (tall - mark) / 2}, mark, name);

    float right = tools_x - view.px(6);
    if (shown) {
        right -= code_width(view, *s.shown, 1.0F) + view.px(10);
        draw_code(view, {tools_x - view.px(6), low.y + tall / 2}, *s.shown, 1.0F, "slots/" + id + "/code");
    } else if (pending != nullptr) {
        const long seconds = seconds_since(view, pending->since);
        const std::string words = text(Key::slot_reading, {{"n", std::to_string(seconds)}});
        const float words_width = measure(Face::small, words).x;
        right -= words_width + view.px(36);
        text_at(view.list(), {right + view.px(10), low.y + (tall - height(Face::small)) / 2}, Face::small,
                view.colour.muted, words);
        spinner(view, {right + words_width + view.px(24), low.y + tall / 2}, view.px(8));
    } else if (press.hovered || press.focused) {
        const std::string_view words = text(Key::slot_copy);
        const float words_width = measure(Face::small, words).x + view.px(24);
        if (right - low.x > view.px(330)) {
            right -= words_width + view.px(4);
            text_at(view.list(), {right, low.y + (tall - height(Face::small)) / 2}, Face::small,
                    view.colour.accent_text, icon::copy);
            text_at(view.list(), {right + view.px(22), low.y + (tall - height(Face::small)) / 2}, Face::small,
                    view.colour.accent_text, words);
        }
    }

    const float text_x = low.x + view.px(66);
    const float room = right - text_x - view.px(8);
    text_fit(view, {text_x, low.y + view.px(11)}, room, Face::strong, view.colour.text, name, true);
    const std::string detail = place(slot.id) + " \xC2\xB7 " + facts(slot.parameters);
    const StateLook* const look = look_of(slot.state);
    const float line = low.y + view.px(36);
    float x = text_x;
    // A state that is a problem comes first: it must be read even where there is little room.
    if (look != nullptr) {
        const ImU32 colour = tone_colour(view, look->tone);
        text_at(view.list(), {x, line}, Face::small, colour, look->glyph);
        x += measure(Face::small, look->glyph).x + view.px(5);
        const float taken = text_fit(view, {x, line}, text_x + room - x, Face::small, colour, text(look->words), shown);
        note_item(view, "slots/" + id + "/state", text(look->words), {x, line}, {x + taken, line + height(Face::small)},
                  true, false);
        x += taken + view.px(6);
        if (x < text_x + room - view.px(30)) {
            text_at(view.list(), {x, line}, Face::small, view.colour.muted, "\xC2\xB7");
            x += view.px(10);
        }
    }
    if (x < text_x + room - view.px(30))
        text_fit(view, {x, line}, text_x + room - x, Face::small, view.colour.muted, detail, true);

    if (press.focused) focus_ring(view, low, high, view.px(12));
    if (press.pressed) view.wish(state::CopyCode{slot.id});
    if (editable && icon_button(view, "slots/" + id + "/edit", {tools_x, low.y + (tall - remove_side) / 2}, remove_side,
                                icon::pencil, text(Key::slot_edit), view.colour.muted))
        view.wish(state::AskEdit{slot.id});
    if (icon_button(view, "slots/" + id + "/remove", {remove_x, low.y + (tall - remove_side) / 2}, remove_side,
                    icon::trash, text(Key::slot_remove), view.colour.muted))
        view.wish(state::AskRemove{slot.id});
}

void free_places(View& view, Column& column, const std::vector<otp::SlotSummary>& slots) {
    float x = column.x;
    const float tall = view.px(32);
    for (const otp::SlotSummary& slot : slots) {
        if (otp::occupied(slot)) continue;
        const std::string words = place(slot.id);
        const float width = std::round(measure(Face::small, words).x + view.px(38));
        if (x + width > column.right()) {
            x = column.x;
            column.space(tall + view.px(8));
        }
        const ImVec2 low{x, column.y};
        const ImVec2 high{x + width, column.y + tall};
        const Press press = press_area(view, "slots/" + otp::text(slot.id) + "/add", words, low, high);
        if (press.hovered) fill(view.list(), low, high, view.colour.surface, tall / 2);
        outline(view.list(), low, high, press.hovered ? view.colour.accent : view.colour.border_strong, tall / 2,
                view.px(1));
        const ImU32 colour = press.hovered ? view.colour.accent_text : view.colour.muted;
        text_at(view.list(), {low.x + view.px(12), low.y + (tall - height(Face::small)) / 2}, Face::small, colour,
                icon::plus);
        text_at(view.list(), {low.x + view.px(28), low.y + (tall - height(Face::small)) / 2}, Face::small, colour,
                words);
        if (press.focused) focus_ring(view, low, high, tall / 2);
        if (press.pressed) view.wish(state::StartWizard{slot.id});
        x += width + view.px(8);
    }
    column.space(tall);
}

void nothing_yet(View& view, Column& column) {
    const float tall = view.px(190);
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    card(view, low, high);
    const float middle = column.x + column.width / 2;
    emblem(view, {middle, low.y + view.px(50)}, view.px(28), icon::qrcode, view.colour.accent_text,
           view.colour.accent_soft);
    const float pad = view.px(24);
    float y = low.y + view.px(90);
    y += paragraph(view, {low.x + pad, y}, column.width - 2 * pad, Face::title, view.colour.text, text(Key::slots_none),
                   true);
    paragraph(view, {low.x + pad, y + view.px(2)}, column.width - 2 * pad, Face::body, view.colour.muted,
              text(Key::slots_none_body), true);
    column.space(tall);
}

void used_rows(View& view, Column& column, const std::vector<otp::SlotSummary>& slots) {
    const float gap = view.px(8);
    const bool two = column.width >= view.px(880);
    const float width = two ? std::round((column.width - view.px(12)) / 2) : column.width;
    int drawn = 0;
    for (const otp::SlotSummary& slot : slots) {
        if (!otp::occupied(slot)) continue;
        const bool second = two && drawn % 2 == 1;
        const float x = second ? column.right() - width : column.x;
        used_row(view, {x, column.y}, width, slot);
        ++drawn;
        if (!two || second) column.space(view.px(row_height) + gap);
    }
    if (two && drawn % 2 == 1) column.space(view.px(row_height) + gap);
}

}  // namespace

void draw_slots(View& view, ImVec2 low, ImVec2 high) {
    const std::vector<otp::SlotSummary>& slots = view.state.active->slots;
    const auto used = std::count_if(slots.begin(), slots.end(), otp::occupied);
    Column column = begin_area(view, "slots", low, high, 20, 16, 1160);

    const std::string_view add = text(Key::slots_add);
    const float add_width = button_width(view, add, icon::plus);
    const float add_x = column.right() - add_width;
    text_at(view.list(), {column.x, column.y - view.px(4)}, Face::heading, view.colour.text, text(Key::slots_heading));
    text_fit(view, {column.x, column.y + view.px(27)}, add_x - column.x - view.px(56), Face::small, view.colour.muted,
             text(Key::slots_used, {{"n", std::to_string(used)}, {"all", std::to_string(slots.size())}}));
    const bool refreshing = state::find_pending(view.state, state::Wait::refresh) != nullptr;
    const float refresh_x = add_x - view.px(46);
    if (refreshing) spinner(view, {refresh_x + view.px(19), column.y + view.px(19)}, view.px(8));
    else if (icon_button(view, "slots/refresh", {refresh_x, column.y}, view.px(38), icon::refresh,
                         text(Key::slots_refresh), view.colour.muted))
        view.wish(state::Refresh{});
    if (button(view, "slots/add", {add_x, column.y}, Look::primary, add, icon::plus)) view.wish(state::StartWizard{});
    column.space(view.px(56));

    if (used == 0) {
        nothing_yet(view, column);
        column.space(view.px(8));
    } else {
        used_rows(view, column, slots);
        if (!view.state.active->status.abilities.edit) {
            const float top = column.y;
            text_in(view, column, Face::small, view.colour.muted, text(Key::slots_no_edit));
            note_item(view, "slots/no-edit", text(Key::slots_no_edit), {column.x, top}, {column.right(), column.y},
                      true, false);
        }
    }
    if (static_cast<std::size_t>(used) < slots.size()) {
        column.space(view.px(12));
        text_at(view.list(), {column.x, column.y}, Face::small, view.colour.muted,
                text(Key::slots_free, {{"n", std::to_string(slots.size() - static_cast<std::size_t>(used))}}));
        column.space(view.px(26));
        free_places(view, column, slots);
    }
    end_area(view, column, 16);
    if (!view.blocked && view.state.shown && compat::key_pressed(ImGuiKey_Escape)) view.wish(state::HideCode{});
}

}  // namespace tokendeck::ui
