// All places of the token by kind and number: what is where, what is free, and what is wrong.
#include "ui/codes/slots_parts.hpp"
#include "ui/kit/slot_words.hpp"

namespace tokendeck::ui {
namespace {

constexpr float tile_height = 44;
constexpr float tile_least = 132;

void tile(View& view, ImVec2 low, ImVec2 high, const otp::SlotSummary& slot) {
    const bool used = otp::occupied(slot);
    const StateLook* const look = look_of(slot.state);
    const std::string name = used ? slot_title(slot) : std::string(text(Key::slots_map_free));
    const std::string words = place(slot.id) + ": " + name;
    const Press press =
        press_area(view, used ? "slots/map/" + otp::text(slot.id) : slot_path(slot, "add"), words, low, high);
    const float rounding = view.px(radius::field);
    const Palette& c = view.colour;
    if (look != nullptr) fill(view.list(), low, high, tone_background(view, look->tone), rounding);
    else if (used || press.hovered) fill(view.list(), low, high, c.surface, rounding);
    outline(view.list(), low, high,
            press.hovered     ? c.accent
            : look != nullptr ? tone_colour(view, look->tone)
                              : c.border,
            rounding, view.px(thickness::hair));

    const std::string number = std::holds_alternative<otp::NumberedSlot>(slot.id)
                                   ? std::to_string(std::get<otp::NumberedSlot>(slot.id).number)
                                   : std::string();
    const float number_room = view.px(space::wide);
    const float y = low.y + (high.y - low.y - height(Face::small)) / 2;
    text_at(view.list(), {low.x + view.px(space::apart), y}, Face::small, c.muted, number);
    const float x = low.x + view.px(space::apart) + number_room;
    const char* const glyph = look != nullptr ? look->glyph : !used && press.hovered ? icon::plus : nullptr;
    const float glyph_room = glyph != nullptr ? view.px(space::page) : 0;
    text_fit(view, {x, y}, high.x - x - glyph_room - view.px(space::near), Face::small, used ? c.text : c.muted, name,
             true);
    if (glyph != nullptr)
        text_at(view.list(), {high.x - view.px(space::near) - measure(Face::small, glyph).x, y}, Face::small,
                look != nullptr ? tone_colour(view, look->tone) : c.accent_text, glyph);
    if (press.focused) focus_ring(view, low, high, rounding);
    if (!press.pressed) return;
    if (!used) return view.wish(state::StartWizard{slot.id});
    view.wish(state::CopyCode{slot.id});
    view.memory.focus.wanted = slot_path(slot, "copy");  // its card is where the code appears
}

void kind(View& view, Column& column, otp::OtpKind wanted, Key title) {
    std::vector<const otp::SlotSummary*> places;
    for (const otp::SlotSummary& slot : view.state.active->slots)
        if (slot.parameters.kind == wanted) places.push_back(&slot);
    if (places.empty()) return;
    column.space(view.px(space::near));
    text_in(view, column, Face::small, view.colour.muted, text(title));
    column.space(view.px(space::tight));
    const float gap = view.px(space::near);
    const auto columns =
        std::max<std::size_t>(1, static_cast<std::size_t>((column.width + gap) / (view.px(tile_least) + gap)));
    const float width = (column.width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto at = static_cast<float>(i % columns);
        const float left = std::round(column.x + at * (width + gap));
        const float right = std::round(column.x + at * (width + gap) + width);
        tile(view, {left, column.y}, {right, column.y + view.px(tile_height)}, *places[i]);
        if (i % columns == columns - 1 || i + 1 == places.size()) column.space(view.px(tile_height) + gap);
    }
}

// What the colours mean, of those that are there.
void legend(View& view, Column& column) {
    float x = column.x;
    bool any = false;
    for (const otp::SlotState one :
         {otp::SlotState::proven, otp::SlotState::unsure, otp::SlotState::mismatch, otp::SlotState::unreadable}) {
        const auto has = [one](const otp::SlotSummary& slot) { return slot.state == one; };
        if (std::none_of(view.state.active->slots.begin(), view.state.active->slots.end(), has)) continue;
        const StateLook& look = *look_of(one);
        const float width = view.px(space::page) + measure(Face::small, text(look.words)).x + view.px(space::pad);
        if (any && x + width > column.right()) {
            x = column.x;
            column.space(view.px(22));
        }
        text_at(view.list(), {x, column.y}, Face::small, tone_colour(view, look.tone), look.glyph);
        text_at(view.list(), {x + view.px(space::page), column.y}, Face::small, view.colour.muted, text(look.words));
        x += width;
        any = true;
    }
    if (any) column.space(view.px(22));
}

}  // namespace

void draw_slot_map(View& view, Column& column) {
    kind(view, column, otp::OtpKind::totp, Key::review_kind_totp_long);
    kind(view, column, otp::OtpKind::hotp, Key::review_kind_hotp_long);
    column.space(view.px(space::tight));
    legend(view, column);
}

}  // namespace tokendeck::ui
