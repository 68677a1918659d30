// One account as a card: who it is of at the left, its code at the right. A click copies the code.
#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "ui/codes/code.hpp"
#include "ui/codes/slots_parts.hpp"
#include "ui/kit/letters.hpp"
#include "ui/kit/slot_words.hpp"

#include <algorithm>
#include <array>

namespace tokendeck::ui {
namespace {

// Of letters that have one at a known distance: Latin of Western Europe, Greek, Cyrillic.
std::string capital(std::string_view letter) {
    if (letter.empty()) return {};
    const base::Character c = base::first_character(letter);
    if (!c.valid) return std::string(letter);
    const auto within = [&](char32_t first, char32_t last) { return c.code >= first && c.code <= last; };
    const bool by_32 = within('a', 'z') || (within(0xE0, 0xFE) && c.code != 0xF7) ||
                       (within(0x3B1, 0x3C9) && c.code != 0x3C2) || within(0x430, 0x44F);
    const char32_t down = by_32 ? 32 : within(0x450, 0x45F) ? 80 : 0;
    std::string made;
    base::append_character(made, c.code - down);
    return made + std::string(letter.substr(c.size));
}

// A letter in a coloured square, so that a card is found again without reading.
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
    fill(view.list(), low, high, faded(colour, view.info.dark ? 0.18F : 0.12F), view.px(radius::popup));
    if (name.empty()) return;
    const std::string letter = capital(first_letter(Face::strong, name));
    const ImVec2 extent = measure(Face::title, letter);
    text_at(view.list(), {low.x + (side - extent.x) / 2, low.y + (side - extent.y) / 2}, Face::title, colour, letter);
}

// Pieces of a line, one after the other; a piece that has no room is left out with all that follow, but the first.
class Line {
  public:
    Line(View& view, ImVec2 at, float room) : view_(view), x_(at.x), y_(at.y), end_(at.x + room) {}
    // Returns the width taken, 0 if it was left out.
    float add(ImU32 colour, std::string_view words, const char* glyph = nullptr) {
        if (words.empty() || full_) return 0;
        const float glyph_width = glyph != nullptr ? measure(Face::small, glyph).x + view_.px(5) : 0;
        const float dot_width = first_ ? 0 : measure(Face::small, " \xC2\xB7 ").x;
        if (!first_ && x_ + dot_width + glyph_width + measure(Face::small, words).x > end_ + 0.5F) {
            full_ = true;
            return 0;
        }
        if (!first_) text_at(view_.list(), {x_, y_}, Face::small, view_.colour.muted, " \xC2\xB7 ");
        x_ += dot_width;
        if (glyph != nullptr) text_at(view_.list(), {x_, y_}, Face::small, colour, glyph);
        const float taken = glyph_width + text_fit(view_, {x_ + glyph_width, y_}, end_ - x_ - glyph_width, Face::small,
                                                   colour, words, true);
        x_ += taken;
        first_ = false;
        return taken;
    }
    [[nodiscard]] float x() const { return x_; }

  private:
    View& view_;
    float x_;
    float y_;
    float end_;
    bool first_ = true;
    bool full_ = false;
};

struct Right {
    float x;       // where it begins
    float end;     // where the tools begin
    float middle;  // in height
};

void reading(View& view, Right& right, const state::PendingCommand& pending) {
    const std::string words = text(Key::slot_reading, {{"n", std::to_string(seconds_since(view, pending.since))}});
    const float width = measure(Face::small, words).x;
    right.x = right.end - width - view.px(34);
    text_at(view.list(), {right.x, right.middle - height(Face::small) / 2}, Face::small, view.colour.muted, words);
    spinner(view, {right.end - view.px(14), right.middle}, view.px(size::spinner));
}

void shown_code(View& view, Right& right, const otp::SlotSummary& slot, const state::ShownCode& shown) {
    if (state::code_readable(view.state)) {
        right.x = right.end - draw_code(view, {right.end, right.middle}, shown, 0.9F, slot_path(slot, "code"));
        return;
    }
    const Rest rest = rest_of(view, shown);
    float dots_end = right.end;
    if (shown.timed()) {
        const float radius = view.px(countdown_radius + 3);
        draw_countdown(view, {right.end - radius, right.middle}, rest.fraction, rest.seconds, rest.late);
        dots_end -= 2 * radius + view.px(space::apart);
    }
    right.x = dots_end - draw_dots(view, {dots_end, right.middle}, shown.code.size(), view.colour.text);
}

void awaited_rest(View& view, Right& right, const state::AwaitedCode& awaited) {
    const std::int64_t rest = std::max<std::int64_t>(0, awaited.at.milliseconds - view.state.unix_now.milliseconds);
    const float radius = view.px(countdown_radius + 3);
    const auto whole = static_cast<float>(state::code_time_least.count());
    draw_countdown(view, {right.end - radius, right.middle}, std::min(1.0F, static_cast<float>(rest) / whole),
                   static_cast<long>((rest + 999) / 1000), false);
    right.x = right.end - 2 * radius;
}

void idle(View& view, Right& right, const otp::SlotSummary& slot, bool lit) {
    const std::string_view words = text(Key::slot_copy);
    const float words_width = measure(Face::small, words).x + view.px(size::icon_room);
    const auto digits = static_cast<std::size_t>(slot.parameters.digits);
    // The wider of the two, so that nothing moves under the mouse.
    right.x = right.end - std::max(words_width, dots_width(view, digits));
    if (!lit) {
        draw_dots(view, {right.end, right.middle}, digits, faded(view.colour.muted, 0.6F));
        return;
    }
    const float x = right.end - words_width;
    const float y = right.middle - height(Face::small) / 2;
    text_at(view.list(), {x, y}, Face::small, view.colour.accent_text, icon::copy);
    text_at(view.list(), {x + view.px(size::icon_room), y}, Face::small, view.colour.accent_text, words);
}

void second_line(View& view, ImVec2 at, float room, const otp::SlotSummary& slot, const AccountName& name,
                 bool copied) {
    Line line(view, at, room);
    const StateLook* const look = look_of(slot.state);
    // A state that is a problem comes first: it must be read even where there is little room.
    if (look != nullptr && look->problem) {
        const float taken = line.add(tone_colour(view, look->tone), text(look->words), look->glyph);
        note_item(view, slot_path(slot, "state"), text(look->words), at, {at.x + taken, at.y + height(Face::small)},
                  true, false);
    }
    if (copied) line.add(view.colour.success, text(Key::slot_copied), icon::check);
    line.add(view.colour.muted, name.account);
    line.add(view.colour.muted, place(slot.id));
    if (slot.state != otp::SlotState::unreadable) line.add(view.colour.muted, facts(slot.parameters));
}

void awaited_lines(View& view, ImVec2 at, float room, const otp::SlotSummary& slot, const state::AwaitedCode& awaited) {
    const std::int64_t rest = std::max<std::int64_t>(0, awaited.at.milliseconds - view.state.unix_now.milliseconds);
    const std::string words = text(Key::slot_awaited, {{"n", std::to_string((rest + 999) / 1000)}});
    const std::string_view now = text(Key::slot_awaited_now);
    text_fit(view, at, room, Face::small, view.colour.accent_text, words);
    const float below = at.y + view.px(17);
    text_fit(view, {at.x, below}, room, Face::small, view.colour.muted, now);
    note_item(view, slot_path(slot, "await"), words + " " + std::string(now), at,
              {at.x + room, below + height(Face::small)}, true, false);
}

// Returns where they begin.
float tools(View& view, ImVec2 low, ImVec2 high, const otp::SlotSummary& slot, bool shown) {
    const float side = view.px(36);
    const float y = low.y + (high.y - low.y - side) / 2;
    const bool editable = state::can_edit(view.state, slot);
    const float remove_x = high.x - view.px(space::near) - side;
    const float edit_x = editable ? remove_x - side : remove_x;
    const float first = shown ? edit_x - side : edit_x;
    if (shown && state::code_readable(view.state)) {
        if (icon_button(view, slot_path(slot, "hide"), {first, y}, side, icon::eye_off, text(Key::slot_hide),
                        view.colour.muted))
            view.wish(state::HideCode{});
    } else if (shown && icon_button(view, slot_path(slot, "show"), {first, y}, side, icon::eye, text(Key::slot_show),
                                    view.colour.accent_text)) {
        view.wish(state::ShowCode{});
    }
    if (editable && icon_button(view, slot_path(slot, "edit"), {edit_x, y}, side, icon::pencil, text(Key::slot_edit),
                                view.colour.muted))
        view.wish(state::AskEdit{slot.id});
    if (icon_button(view, slot_path(slot, "remove"), {remove_x, y}, side, icon::trash, text(Key::slot_remove),
                    view.colour.muted))
        view.wish(state::AskRemove{slot.id});
    return first;
}

float tools_width(const View& view, const otp::SlotSummary& slot, bool shown) {
    return view.px(36) * (1.0F + (state::can_edit(view.state, slot) ? 1 : 0) + (shown ? 1 : 0)) + view.px(space::near);
}

}  // namespace

AccountName account_name(const otp::SlotSummary& slot) {
    const std::string whole = slot_title(slot);
    const auto trimmed = [](std::string_view part) { return std::string(base::trimmed(part, " ")); };
    const std::size_t colon = whole.find(':');
    if (colon == std::string::npos) return {trimmed(whole), {}};
    AccountName name{trimmed(std::string_view(whole).substr(0, colon)),
                     trimmed(std::string_view(whole).substr(colon + 1))};
    if (name.issuer.empty() || name.account.empty()) return {trimmed(whole), {}};
    return name;
}

const StateLook* look_of(otp::SlotState slot_state) {
    static constexpr StateLook proven{Key::slot_proven, icon::check_circle, Tone::success, false};
    static constexpr StateLook unsure{Key::slot_unsure, icon::warning, Tone::warning, true};
    static constexpr StateLook mismatch{Key::slot_mismatch, icon::cross_circle, Tone::danger, true};
    static constexpr StateLook unreadable{Key::slot_unreadable, icon::warning, Tone::warning, true};
    switch (slot_state) {
        case otp::SlotState::proven: return &proven;
        case otp::SlotState::unsure: return &unsure;
        case otp::SlotState::mismatch: return &mismatch;
        case otp::SlotState::unreadable: return &unreadable;
        case otp::SlotState::empty:
        case otp::SlotState::programmed: break;
    }
    return nullptr;
}

std::string slot_path(const otp::SlotSummary& slot, const char* what) {
    return "slots/" + otp::text(slot.id) + "/" + what;
}

float key_cap_height(const View& view) {
    return view.px(22);
}

float key_cap_width(const View& view, std::string_view words, float least_width) {
    return std::max(
        {key_cap_height(view), least_width, std::round(measure(Face::small, words).x + view.px(space::gap))});
}

float key_cap(View& view, ImVec2 at, std::string_view words, float least_width) {
    const float width = key_cap_width(view, words, least_width);
    const ImVec2 high{at.x + width, at.y + key_cap_height(view)};
    const float rounding = view.px(radius::small);
    fill(view.list(), {at.x, at.y + view.px(space::pixel)}, {high.x, high.y + view.px(space::pixel)},
         view.colour.border_strong, rounding);
    fill(view.list(), at, high, view.colour.raised, rounding);
    outline(view.list(), at, high, view.colour.border_strong, rounding, view.px(thickness::hair));
    const ImVec2 extent = measure(Face::small, words);
    text_at(view.list(), {at.x + (width - extent.x) / 2, at.y + (high.y - at.y - extent.y) / 2}, Face::small,
            view.colour.muted, words);
    return width;
}

void draw_card(View& view, ImVec2 low, ImVec2 extent, const otp::SlotSummary& slot, std::size_t number,
               bool first_found) {
    const state::AppState& s = view.state;
    const float width = extent.x;
    const float tall = extent.y;
    const bool one_line = tall < view.px(card_height);
    const float rounding = view.px(radius::card);
    const ImVec2 high{low.x + width, low.y + tall};
    const AccountName name = account_name(slot);
    const StateLook* const look = look_of(slot.state);
    const bool shown = s.shown && s.shown->slot == slot.id;
    const bool awaited = s.awaited && s.awaited->slot == slot.id;
    const state::PendingCommand* const pending = state::code_pending(s, slot.id);
    const float tools_x = high.x - tools_width(view, slot, shown);

    card(view, low, high, radius::card);
    const Press press =
        press_area(view, slot_path(slot, "copy"), printable(slot.name), low, {tools_x, high.y}, pending == nullptr);
    if (press.hovered || press.held)
        fill(view.list(), {low.x + view.px(space::pixel), low.y + view.px(space::pixel)},
             {high.x - view.px(space::pixel), high.y - view.px(space::pixel)},
             press.held ? view.colour.raised : faded(view.colour.raised, 0.6F), rounding - view.px(1));
    if (shown || awaited || first_found || press.hovered)
        outline(view.list(), low, high, view.colour.accent, rounding, view.px(thickness::thin));
    else if (look != nullptr && look->problem)
        outline(view.list(), low, high, tone_colour(view, look->tone), rounding, view.px(thickness::thin));

    float x = low.x + view.px(space::gap);
    if (number != 0)
        key_cap(view, {x, low.y + (tall - key_cap_height(view)) / 2 - view.px(space::pixel)}, std::to_string(number));
    x += view.px(22 + 10);
    const float mark = view.px(one_line ? 30 : 40);
    monogram(view, {x, low.y + (tall - mark) / 2}, mark, name.issuer);
    x += mark + view.px(space::gap);

    Right right{tools_x, tools_x - view.px(space::near), low.y + tall / 2};
    if (pending != nullptr) reading(view, right, *pending);
    else if (shown) shown_code(view, right, slot, *s.shown);
    else if (awaited) awaited_rest(view, right, *s.awaited);
    else idle(view, right, slot, press.hovered || press.focused || first_found);

    const float room = right.x - x - view.px(space::gap);
    const float middle = low.y + (tall - height(Face::strong)) / 2;
    const float first_line = one_line ? middle : low.y + view.px(awaited ? 5 : 12);
    const float tick_room = look != nullptr && !look->problem ? view.px(size::icon_room) : 0;
    const float name_room = one_line ? std::max(room * 0.45F, room - view.px(260)) : room;
    const float taken =
        text_fit(view, {x, first_line}, name_room - tick_room, Face::strong, view.colour.text, name.issuer, true);
    if (tick_room > 0) {
        const ImVec2 tick{x + taken + view.px(7), first_line + view.px(1.5F)};
        text_at(view.list(), tick, Face::small, tone_colour(view, look->tone), look->glyph);
        note_item(view, slot_path(slot, "state"), text(look->words), tick,
                  {tick.x + view.px(15), tick.y + height(Face::small)}, true, false);
    }
    // In a low card the second line stands behind the first.
    const float behind = taken + tick_room + view.px(space::gap);
    const float below_x = one_line ? x + behind : x;
    const float below_room = one_line ? room - behind : room;
    if (awaited) {
        awaited_lines(view, {below_x, low.y + view.px(one_line ? 6 : 27)}, below_room, slot, *s.awaited);
    } else {
        const bool copied = shown && s.clipboard && s.clipboard->name == slot.name;
        const float y =
            one_line ? low.y + (tall - height(Face::small)) / 2 + view.px(space::pixel) : low.y + view.px(37);
        second_line(view, {below_x, y}, below_room, slot, name, copied);
    }

    if (press.focused) focus_ring(view, low, high, rounding);
    if (press.pressed) view.wish(state::CopyCode{slot.id});
    tools(view, low, high, slot, shown);
}

}  // namespace tokendeck::ui
