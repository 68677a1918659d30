// Small questions above the window: removing an account, the user PIN for a code, setting the token's clock back.
#include "ui/imgui_compat.hpp"
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"
#include "ui/words.hpp"

namespace tokendeck::ui {
namespace {

struct Buttons {
    std::string cancel_path;
    std::string confirm_path;
    std::string_view label;
    const char* glyph;
    Look look;
    bool enabled;
};

struct Pressed {
    bool cancel = false;
    bool confirm = false;
};

Pressed buttons_row(View& view, Column& column, const Buttons& buttons, bool busy) {
    Pressed pressed;
    column.space(view.px(8));
    const std::string_view cancel = text(Key::cancel);
    const float confirm_width = button_width(view, buttons.label, buttons.glyph);
    const float confirm_x = column.right() - confirm_width;
    pressed.cancel = button(view, buttons.cancel_path, {confirm_x - view.px(10) - button_width(view, cancel), column.y},
                            Look::plain, cancel, nullptr, !busy);
    pressed.confirm = button(view, buttons.confirm_path, {confirm_x, column.y}, buttons.look, buttons.label,
                             buttons.glyph, buttons.enabled && !busy);
    column.space(button_height(view));
    if (!busy && compat::key_pressed(ImGuiKey_Escape)) pressed.cancel = true;
    return pressed;
}

void heading(View& view, Column& column, const char* glyph, ImU32 colour, ImU32 background, std::string_view words) {
    const float radius = view.px(20);
    emblem(view, {column.x + radius, column.y + radius}, radius, glyph, colour, background);
    const float x = column.x + 2 * radius + view.px(14);
    const float width = column.right() - x;
    const float tall = paragraph_height(width, Face::title, words);
    paragraph(view, {x, column.y + std::max(0.0F, (2 * radius - tall) / 2 + view.px(2))}, width, Face::title,
              view.colour.text, words);
    column.space(std::max(2 * radius, tall) + view.px(12));
}

void say_error(View& view, Column& column, const std::optional<base::Error>& error, const std::string& path) {
    if (!error) return;
    const Words words = describe(*error);
    banner(view, column, Tone::danger, words.what, words.next, path);
    column.space(view.px(10));
}

void busy_line(View& view, Column& column, std::string_view words, const state::PendingCommand* pending) {
    spinner(view, {column.x + view.px(12), column.y + view.px(20)}, view.px(9));
    std::string line(words);
    if (pending != nullptr)
        line += " " + text(Key::seconds, {{"n", std::to_string(seconds_since(view, pending->since))}});
    text_fit(view, {column.x + view.px(34), column.y + view.px(11)}, column.width - view.px(34), Face::body,
             view.colour.muted, line);
    column.space(view.px(44));
}

// Returns true when Enter was pressed in the field; the field is not there while busy or when the PIN is blocked.
bool pin_part(View& view, Column& column, Pin pin, const std::string& path, bool& blocked) {
    blocked = !draw_pin_facts(view, column, pin, true);
    if (blocked) return false;
    SecretFieldOptions options;
    options.hint = text(pin == Pin::admin ? Key::pin_admin : Key::pin_user);
    options.takes_focus = true;
    const bool entered =
        secret_field(view, path, {column.x, column.y}, {column.width, view.px(42)}, view.memory.dialog_pin, options);
    column.space(view.px(42) + view.px(6));
    return entered;
}

void remove_dialog(View& view, Column& column, const state::RemoveDialog& dialog) {
    heading(view, column, icon::trash, view.colour.danger, view.colour.danger_soft,
            text(Key::remove_heading, {{"name", slot_title(dialog.slot)}}));
    if (!dialog.error || !view.low()) {  // it was read before the PIN was typed
        text_in(view, column, Face::body, view.colour.text, text(Key::remove_body, {{"place", place(dialog.slot.id)}}));
        column.space(view.px(10));
    }
    say_error(view, column, dialog.error, "remove/message");
    bool blocked = false;
    bool entered = false;
    if (dialog.busy)
        busy_line(view, column, text(Key::remove_busy), state::find_pending(view.state, state::Wait::erase));
    else entered = pin_part(view, column, Pin::admin, "remove/pin", blocked);
    const bool ready = !view.memory.dialog_pin.empty() && !blocked;
    const Pressed pressed = buttons_row(
        view, column, {"remove/cancel", "remove/confirm", text(Key::remove_confirm), icon::trash, Look::danger, ready},
        dialog.busy);
    if (pressed.cancel) view.wish(state::CancelRemove{});
    else if ((pressed.confirm || entered) && ready) view.wish(state::SubmitRemove{view.memory.dialog_pin.take()});
}

void user_pin_dialog(View& view, Column& column, const state::UserPinDialog& dialog) {
    heading(view, column, icon::lock, view.colour.accent_text, view.colour.accent_soft,
            text(Key::userpin_heading, {{"name", slot_title(dialog.slot)}}));
    text_in(view, column, Face::body, view.colour.text, text(Key::userpin_body));
    column.space(view.px(10));
    say_error(view, column, dialog.error, "userpin/message");
    bool blocked = false;
    bool entered = false;
    if (dialog.busy) busy_line(view, column, text(Key::userpin_busy), state::code_pending(view.state, dialog.slot.id));
    else entered = pin_part(view, column, Pin::user, "userpin/pin", blocked);
    const bool ready = !view.memory.dialog_pin.empty() && !blocked;
    const Pressed pressed =
        buttons_row(view, column,
                    {"userpin/cancel", "userpin/confirm", text(Key::userpin_confirm), icon::key, Look::primary, ready},
                    dialog.busy);
    if (pressed.cancel) view.wish(state::CancelUserPin{});
    else if ((pressed.confirm || entered) && ready) view.wish(state::SubmitUserPin{view.memory.dialog_pin.take()});
}

void time_dialog(View& view, Column& column, const state::TimeDialog& dialog) {
    heading(view, column, icon::clock, view.colour.warning, view.colour.warning_soft, text(Key::time_heading));
    text_in(view, column, Face::body, view.colour.text,
            text(Key::time_body, {{"name", slot_title(dialog.slot)}, {"now", utc(view.state.unix_now)}}));
    column.space(view.px(6));
    const Pressed pressed = buttons_row(
        view, column, {"time/cancel", "time/agree", text(Key::time_agree), icon::clock, Look::primary, true}, false);
    if (pressed.cancel) view.wish(state::CancelTime{});
    else if (pressed.confirm) view.wish(state::AgreeToSetTimeBack{});
}

}  // namespace

bool dialog_open(const state::AppState& state) {
    return state.remove || state.user_pin || state.time;
}

void draw_dialog(View& view) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    if (!view.memory.dialog_was_open) ImGui::SetNextWindowFocus();
    constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                       ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground;
    if (ImGui::Begin("tokendeck dialog", nullptr, flags)) {
        ImDrawList* const list = view.list();
        fill(list, {0, 0}, size, view.colour.scrim, 0);
        const float pad = view.px(24);
        const float width = std::min(view.px(480), size.x - view.px(32));
        // Its height is known only after it was drawn: content above, card below, swapped by channels.
        list->ChannelsSplit(2);
        list->ChannelsSetCurrent(1);
        const float x = std::round((size.x - width) / 2);
        const float y = std::round(std::max(view.px(12), (size.y - view.memory.dialog_height) / 2));
        Column column{x + pad, y + pad, width - 2 * pad};
        if (view.state.remove) remove_dialog(view, column, *view.state.remove);
        else if (view.state.user_pin) user_pin_dialog(view, column, *view.state.user_pin);
        else if (view.state.time) time_dialog(view, column, *view.state.time);
        const float bottom = column.y + pad;
        list->ChannelsSetCurrent(0);
        card(view, {x, y}, {x + width, bottom}, 14);
        list->ChannelsMerge();
        if (std::abs(view.memory.dialog_height - (bottom - y)) > 0.5F) {
            view.memory.dialog_height = bottom - y;
            view.redraw_within(base::Milliseconds{0});
        }
    }
    ImGui::End();
}

}  // namespace tokendeck::ui
