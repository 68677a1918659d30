// Small questions above the window: removing an account, the user PIN for a code, setting the token's clock back,
// closing the window while an account waits. And the window that they and the other dialogs stand in.
#include "ui/kit/dialog_parts.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/pin_panel.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/pages.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

namespace tokendeck::ui {

namespace {

// Returns true when Enter was pressed in the field; the field is not there while the PIN is blocked.
bool pin_part(View& view, Column& column, Pin pin, const std::string& path) {
    if (!draw_pin_facts(view, column, pin, path)) return false;
    return draw_pin_field(view, column, path, view.memory.secrets.dialog_pin,
                          {pin, false, text(pin == Pin::admin ? Key::pin_admin : Key::pin_user), true});
}

bool pin_ready(const View& view, Pin pin) {
    return !pin_blocked(view, pin) && pin_typed(view, view.memory.secrets.dialog_pin, pin) &&
           last_try_settled(view, pin);
}

// A dialog that asks for one PIN.
struct OnePin {
    Pin pin;
    std::string path;  // its items: <path>/pin, <path>/confirm, <path>/cancel
    Key confirm;
    const char* glyph;
    Look look;
    Key busy;                              // what is being done once the PIN was sent
    const state::PendingCommand* pending;  // since when; may be null
};

// The PIN's field, or what is being done, and the buttons. `confirm` only with a PIN that may be sent.
DialogPressed pin_and_buttons(View& view, Column& column, bool busy, const OnePin& asked) {
    bool entered = false;
    if (busy) dialog_busy(view, column, text(asked.busy), asked.pending);
    else entered = pin_part(view, column, asked.pin, asked.path + "/pin");
    const bool ready = pin_ready(view, asked.pin);
    SecretField& field = view.memory.secrets.dialog_pin;
    DialogPressed pressed = dialog_buttons(view, column,
                                           {asked.path + "/cancel",
                                            asked.path + "/confirm",
                                            {},
                                            text(asked.confirm),
                                            asked.glyph,
                                            asked.look,
                                            ready,
                                            why_tick(view, asked.pin, field)},
                                           busy);
    if (!pressed.cancel && entered && !ready) lead_to_tick(view, asked.pin, field, asked.path + "/pin");
    pressed.confirm = (pressed.confirm || entered) && ready;
    return pressed;
}

void remove_dialog(View& view, Column& column, const state::RemoveDialog& dialog) {
    dialog_heading(view, column, icon::trash, Tone::danger,
                   text(Key::remove_heading, {{"name", slot_title(dialog.slot)}}));
    if (!dialog.error || !view.low()) {  // it was read before the PIN was typed
        text_in(view, column, Face::body, view.colour.text, text(Key::remove_body, {{"place", place(dialog.slot.id)}}));
        column.space(view.px(space::apart));
    }
    dialog_error(view, column, dialog.error, dialog.error_pin, "remove/message");
    const DialogPressed pressed =
        pin_and_buttons(view, column, dialog.busy,
                        {Pin::admin, "remove", Key::remove_confirm, icon::trash, Look::danger, Key::remove_busy,
                         state::find_pending(view.state, state::Wait::erase)});
    if (pressed.cancel) view.wish(state::CancelRemove{});
    else if (pressed.confirm)
        view.wish(state::SubmitRemove{view.memory.secrets.dialog_pin.take(), last_try_agreed(view)});
}

void user_pin_dialog(View& view, Column& column, const state::UserPinDialog& dialog) {
    dialog_heading(view, column, icon::lock, Tone::info,
                   text(Key::userpin_heading, {{"name", slot_title(dialog.slot)}}));
    const bool once = view.state.active && view.state.active->status.abilities.pin_per_command;
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(view.state.settings.user_pin_time).count();
    text_in(
        view, column, Face::body, view.colour.text,
        once ? std::string(text(Key::userpin_body_once)) : text(Key::userpin_body, {{"n", std::to_string(minutes)}}));
    column.space(view.px(space::apart));
    dialog_error(view, column, dialog.error, dialog.error_pin, "userpin/message");
    const DialogPressed pressed = pin_and_buttons(view, column, dialog.busy,
                                                  {Pin::user, "userpin", Key::userpin_confirm, icon::key, Look::primary,
                                                   Key::userpin_busy, state::code_pending(view.state, dialog.slot.id)});
    if (pressed.cancel) view.wish(state::CancelUserPin{});
    else if (pressed.confirm)
        view.wish(state::SubmitUserPin{view.memory.secrets.dialog_pin.take(), last_try_agreed(view)});
}

void time_dialog(View& view, Column& column, const state::TimeDialog& dialog) {
    dialog_heading(view, column, icon::clock, Tone::warning, text(Key::time_heading));
    text_in(view, column, Face::body, view.colour.text,
            text(Key::time_body, {{"name", slot_title(dialog.slot)}, {"now", utc(view.state.unix_now)}}));
    column.space(view.px(space::snug));
    const DialogPressed pressed = dialog_buttons(
        view, column, {"time/cancel", "time/agree", {}, text(Key::time_agree), icon::clock, Look::primary, true},
        false);
    if (pressed.cancel) view.wish(state::CancelTime{});
    else if (pressed.confirm) view.wish(state::AgreeToSetTimeBack{});
}

void closing_dialog(View& view, Column& column) {
    const std::string name = printable(state::waiting_account(view.state));
    const std::size_t count = state::accounts_waiting(view.state);
    const bool spare = view.state.wizard && view.state.wizard->first_proof;
    const std::string heading =
        count > 1 ? text(spare ? Key::closing_heading_spare_several : Key::closing_heading_several,
                         {{"n", std::to_string(count)}})
        : name.empty() ? std::string(text(Key::closing_heading_unnamed))
                       : text(spare ? Key::closing_heading_spare : Key::closing_heading, {{"name", name}});
    dialog_heading(view, column, icon::warning, Tone::warning, heading);
    text_in(view, column, Face::body, view.colour.text,
            text(count > 1 ? Key::closing_body_several : Key::closing_body));
    column.space(view.px(space::snug));
    const DialogPressed pressed = dialog_buttons(view, column,
                                                 {"closing/close", "closing/stay", text(Key::closing_close),
                                                  text(Key::closing_stay), icon::arrow_right, Look::primary, true},
                                                 false);
    if (pressed.confirm || compat::key_pressed(ImGuiKey_Escape)) view.wish(state::StayOpen{});
    else if (pressed.cancel) view.wish(state::AskToClose{true});
}

}  // namespace

bool dialog_open(const state::AppState& state) {
    return state.closing || state.care || state.check || state.edit || state.remove || state.user_pin || state.time ||
           state.help;
}

namespace {

// Behind the other dialogs, which wait for an answer.
bool only_help(const state::AppState& state) {
    return state.help &&
           !(state.closing || state.care || state.check || state.edit || state.remove || state.user_pin || state.time);
}

// The keys that scroll, where none of them has something else to do: nothing here is moved by them.
void scroll_by_keys(const View& view, float page) {
    if (ImGui::GetActiveID() != 0 || compat::popup_open()) return;
    float by = 0;
    if (compat::key_pressed(ImGuiKey_PageDown, true)) by = page * 0.9F;
    if (compat::key_pressed(ImGuiKey_PageUp, true)) by = -page * 0.9F;
    if (compat::key_pressed(ImGuiKey_DownArrow, true)) by = view.px(40);
    if (compat::key_pressed(ImGuiKey_UpArrow, true)) by = -view.px(40);
    if (by == 0) return;
    ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() + by, 0.0F, ImGui::GetScrollMaxY()));
    view.redraw_within(base::Milliseconds{0});
}

// How much of it is in sight, and where.
void scroll_mark(View& view, ImVec2 low, float bottom) {
    const float most = ImGui::GetScrollMaxY();
    if (most <= 0) return;
    const float tall = bottom - low.y;
    const float part = std::max(view.px(space::wide), tall * tall / (tall + most));
    const float at = low.y + (tall - part) * std::clamp(ImGui::GetScrollY() / most, 0.0F, 1.0F);
    fill(view.list(), {low.x, at}, {low.x + view.px(5), at + part}, view.colour.border_strong, view.px(3));
}

}  // namespace

void draw_dialog(View& view) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    if (!view.memory.dialog.was_open) ImGui::SetNextWindowFocus();
    constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                       ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground;
    if (ImGui::Begin("tokendeck dialog", nullptr, flags)) {
        ImDrawList* const list = view.list();
        fill(list, {0, 0}, size, view.colour.scrim, 0);
        const std::size_t behind = view.items.items().size();
        const float pad = dialog_pad(view);
        const float margin = dialog_margin(view);
        const float width = std::min(view.px(only_help(view.state) ? 720 : 580), size.x - view.px(32));
        // Its height is known only after it was drawn: content above, card below, swapped by channels.
        list->ChannelsSplit(2);
        list->ChannelsSetCurrent(1);
        const float x = std::round((size.x - width) / 2);
        // Higher than the window only where there is much to say; then all but the buttons scrolls.
        const bool higher = view.memory.dialog.height > size.y - 2 * margin;
        const float y = std::round(std::max(margin, (size.y - view.memory.dialog.height) / 2)) - ImGui::GetScrollY();
        Column column{x + pad, y + pad, width - 2 * pad};
        view.memory.dialog.higher = higher;
        if (higher) {
            ImGui::PushClipRect({x, margin + view.px(space::hair)}, {x + width, dialog_foot_top(view) - view.px(7)},
                                true);
            scroll_by_keys(view, dialog_foot_top(view) - margin);
        }
        if (view.state.closing) closing_dialog(view, column);
        else if (view.state.care) draw_care_dialog(view, column, *view.state.care);
        else if (view.state.check) draw_check_dialog(view, column, *view.state.check);
        else if (view.state.edit) draw_edit_dialog(view, column, *view.state.edit);
        else if (view.state.remove) remove_dialog(view, column, *view.state.remove);
        else if (view.state.user_pin) user_pin_dialog(view, column, *view.state.user_pin);
        else if (view.state.time) time_dialog(view, column, *view.state.time);
        else if (view.state.help) draw_help(view, column);
        if (std::exchange(view.memory.dialog.higher, false)) ImGui::PopClipRect();  // it had no buttons
        const float bottom = column.y + pad;
        list->ChannelsSetCurrent(0);
        card(view, {x, std::max(y, margin)}, {x + width, std::min(bottom, size.y - margin)});
        list->ChannelsMerge();
        if (higher)
            scroll_mark(view, {x + width - view.px(9), margin + view.px(space::apart)},
                        dialog_foot_top(view) - view.px(space::gap));
        ImGui::SetCursorScreenPos({x, bottom + view.px(space::near) - 1});
        ImGui::Dummy({1, 1});
        if (std::abs(view.memory.dialog.height - (bottom - y)) > 0.5F) {
            view.memory.dialog.height = bottom - y;
            view.redraw_within(base::Milliseconds{0});
            view.items.keep(behind);  // in the next frame it is all in another place
        }
    }
    ImGui::End();
}

}  // namespace tokendeck::ui
