// The list of keys.
#include "ui/codes/slots_parts.hpp"
#include "ui/kit/dialog_parts.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/pages.hpp"

#include <initializer_list>

namespace tokendeck::ui {
namespace {

// A cap, or a word between caps: "–".
using Caps = std::initializer_list<std::string_view>;

void line(View& view, Column& column, Caps caps, std::string_view words) {
    const float caps_room = view.px(124);
    float x = column.x;
    for (const std::string_view cap : caps) {
        if (cap == "\xE2\x80\x93") {
            text_at(view.list(), {x, column.y + (key_cap_height(view) - height(Face::small)) / 2}, Face::small,
                    view.colour.muted, cap);
            x += measure(Face::small, cap).x + view.px(space::tight);
        } else {
            x += key_cap(view, {x, column.y}, cap) + view.px(space::tight);
        }
    }
    const float text_x = column.x + caps_room;
    const float text_y = column.y + (key_cap_height(view) - height(Face::small)) / 2;
    const float tall = paragraph(view, {text_x, text_y}, column.right() - text_x, Face::small, view.colour.text, words);
    column.space(std::max(key_cap_height(view), tall) + view.px(view.low() ? 7 : 9));
}

void title(View& view, Column& column, std::string_view words) {
    text_in(view, column, Face::strong, view.colour.text, words);
    column.space(view.px(space::tight));
}

}  // namespace

void draw_help(View& view, Column& column) {
    text_at(view.list(), {column.x, column.y}, Face::title, view.colour.text, text(Key::help_heading));
    note_item(view, "help", text(Key::help_heading), {column.x, column.y},
              {column.right(), column.y + height(Face::title)}, true, false);
    column.space(view.px(view.low() ? 32 : 40));

    const float gap = view.px(space::pad);
    const float half = std::round((column.width - gap) / 2);
    Column left{column.x, column.y, half};
    title(view, left, text(Key::help_codes));
    line(view, left, {text(Key::help_letters)}, text(Key::help_type));
    line(view, left, {"1", "\xE2\x80\x93", "9"}, text(Key::help_digit));
    line(view, left, {text(Key::key_enter)}, text(Key::help_enter));
    line(view, left, {"\xE2\x86\x90", "\xE2\x86\x91", "\xE2\x86\x93", "\xE2\x86\x92"}, text(Key::help_arrows));
    line(view, left, {text(Key::key_home), text(Key::key_end)}, text(Key::help_ends));
    line(view, left, {"F2"}, text(Key::help_edit));
    line(view, left, {text(Key::key_delete)}, text(Key::help_remove));
    line(view, left, {text(Key::key_escape)}, text(Key::help_escape));

    const std::string_view ctrl = text(Key::key_ctrl);
    Column right{column.x + half + gap, column.y, half};
    title(view, right, text(Key::help_everywhere));
    line(view, right, {text(Key::key_tab)}, text(Key::help_tab));
    line(view, right, {ctrl, "N"}, text(Key::help_add));
    line(view, right, {ctrl, "V"}, text(Key::help_paste));
    line(view, right, {ctrl, "F"}, text(Key::help_find));
    line(view, right, {"F5"}, text(Key::help_refresh));
    line(view, right, {ctrl, "1", "\xE2\x80\x93", "4"}, text(Key::help_pages));
    line(view, right, {ctrl, "+", "\xE2\x88\x92", "0"}, text(Key::help_scale));
    line(view, right, {"F1"}, text(Key::help_help));

    column.y = std::max(left.y, right.y);
    const DialogPressed pressed = dialog_buttons(view, column, {"help/close", {}, text(Key::close)}, false);
    if (pressed.cancel || compat::named_key_pressed(compat::keys::f1)) view.wish(state::ShowHelp{false});
}

}  // namespace tokendeck::ui
