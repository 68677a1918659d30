#include "ui/kit/dialog_parts.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "words/texts.hpp"

#include <algorithm>

namespace tokendeck::ui {

float dialog_margin(const View& view) {
    return view.px(space::near);
}

float dialog_pad(const View& view) {
    return view.px(view.low() ? 16 : 24);
}

float dialog_foot_top(const View& view) {
    return ImGui::GetIO().DisplaySize.y - dialog_margin(view) - dialog_pad(view) - button_height(view);
}

namespace {

// Tells what was decided in draw_dialog, before the content was drawn.
bool higher_than_window(const View& view) {
    return view.memory.dialog.higher;
}

}  // namespace

DialogPressed dialog_buttons(View& view, Column& column, const DialogButtons& buttons, bool busy) {
    DialogPressed pressed;
    column.space(view.px(space::snug));
    const float below = column.y + button_height(view);
    if (higher_than_window(view)) {  // what scrolls ends above them
        ImGui::PopClipRect();
        view.memory.dialog.higher = false;
        column.y = dialog_foot_top(view);
        view.list()->AddRectFilled({column.x, column.y - view.px(7)}, {column.right(), column.y - view.px(space::snug)},
                                   view.colour.border);
    }
    const std::string_view cancel = buttons.cancel.empty() ? text(Key::cancel) : buttons.cancel;
    float right = column.right();
    if (!buttons.confirm_path.empty()) {
        const float confirm_width = button_width(view, buttons.label, buttons.glyph);
        right -= confirm_width;
        const ImVec2 at{right, column.y};
        const bool enabled = buttons.enabled && !busy;
        pressed.confirm =
            buttons.look == Look::primary
                ? main_button(view, buttons.confirm_path, at, buttons.label, buttons.glyph, enabled)
                : button(view, buttons.confirm_path, at, buttons.look, buttons.label, buttons.glyph, enabled);
        right -= view.px(space::apart);
    }
    const ImVec2 cancel_at{right - button_width(view, cancel), column.y};
    const bool only_closes = buttons.confirm_path.empty() && cancel == text(Key::close);
    const Look look = buttons.confirm_path.empty() ? Look::primary : Look::plain;
    pressed.cancel = only_closes ? main_button(view, buttons.cancel_path, cancel_at, cancel, nullptr, !busy)
                                 : button(view, buttons.cancel_path, cancel_at, look, cancel, nullptr, !busy);
    if (!buttons.enabled && !busy && !buttons.why.empty()) {
        const ImVec2 at{column.x, column.y + (button_height(view) - height(Face::small)) / 2};
        const float taken = text_fit(view, at, cancel_at.x - view.px(space::near) - column.x, Face::small,
                                     view.colour.muted, buttons.why);
        note_item(view, "dialog/why", buttons.why, at, {at.x + taken, at.y + height(Face::small)}, true, false);
    }
    column.y = below;
    if (!busy && compat::key_pressed(ImGuiKey_Escape)) pressed.cancel = true;
    return pressed;
}

void dialog_heading(View& view, Column& column, const char* glyph, Tone tone, std::string_view words) {
    const float radius = view.px(space::page);
    emblem(view, {column.x + radius, column.y + radius}, radius, glyph, tone_colour(view, tone),
           tone_background(view, tone));
    const float x = column.x + 2 * radius + view.px(14);
    const float width = column.right() - x;
    const float tall = paragraph_height(width, Face::title, words);
    // Which token it is about stands below the words, beside the emblem.
    const float line = view.px(22);
    const float top = column.y + std::max(0.0F, (2 * radius - tall - line) / 2 + view.px(space::hair));
    paragraph(view, {x, top}, width, Face::title, view.colour.text, words);
    note_item(view, "dialog/heading", words, {x, top}, {x + width, top + tall}, true, false);
    Column below{x, top + tall, width};
    draw_token_line(view, below, "dialog/token");
    column.space(std::max(2 * radius, below.y - column.y) + view.px(space::near));
}

void dialog_error(View& view, Column& column, const std::optional<base::Error>& error,
                  const std::optional<channel::PinProblem>& pin, const std::string& path) {
    if (!error) return;
    const Words words = pin_error_words(view, *error, pin);
    banner(view, column, Tone::danger, words.what, words.next, path);
    column.space(view.px(space::apart));
}

void dialog_busy(View& view, Column& column, std::string_view words, const state::PendingCommand* pending) {
    spinner(view, {column.x + view.px(space::gap), column.y + view.px(space::page)}, view.px(9));
    std::string line(words);
    if (pending != nullptr)
        line += " " + text(Key::seconds, {{"n", std::to_string(seconds_since(view, pending->since))}});
    text_fit(view, {column.x + view.px(size::big_icon_room), column.y + view.px(11)},
             column.width - view.px(size::big_icon_room), Face::body, view.colour.muted, line);
    column.space(view.px(44));
}

}  // namespace tokendeck::ui
