// Changing a slot's name, digits, period or counter. The secret stays, and that is proven.
#include "ui/kit/dialog_parts.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/pin_panel.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/manage/manage.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <array>
#include <charconv>

namespace tokendeck::ui {
namespace {

template <typename Number>
bool parse(const std::string& digits, Number& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() && !digits.empty();
}

// Name, digits, and period or counter, in one row.
void fields(View& view, Column& column, const state::EditDialog& dialog) {
    Memory& memory = view.memory;
    if (!memory.dialog.was_open) {
        memory.dialog.name = dialog.name;
        memory.dialog.number_wrong = false;
        memory.dialog.number = std::to_string(dialog.parameters.kind == otp::OtpKind::totp ? dialog.parameters.period
                                                                                           : dialog.parameters.counter);
    }
    const bool totp = dialog.parameters.kind == otp::OtpKind::totp;
    const float gap = view.px(space::gap);
    const float name_width = std::round(column.width * 0.48F);
    const float digits_width = view.px(92);
    const float digits_x = column.x + name_width + gap;
    const float number_x = digits_x + digits_width + gap;
    const float number_width = column.right() - number_x;
    const std::size_t limit = view.state.active->status.limits.name_bytes_max;
    const bool over = memory.dialog.name.size() > limit;
    const auto label = [&](float x, std::string_view words) {
        text_at(view.list(), {x, column.y}, Face::small, view.colour.muted, words);
    };
    label(column.x, text(Key::edit_name));
    const std::string counted = name_length(memory.dialog.name, limit);
    const float counted_x = column.x + name_width - measure(Face::small, counted).x;
    text_at(view.list(), {counted_x, column.y}, Face::small, over ? view.colour.danger : view.colour.muted, counted);
    note_item(view, "edit/name-bytes", counted, {counted_x, column.y},
              {column.x + name_width, column.y + height(Face::small)}, true, false);
    label(digits_x, text(Key::review_digits));
    label(number_x, text(totp ? Key::edit_period : Key::edit_counter));
    column.space(view.px(size::small_label_row));

    state::ChangeEdit wanted{memory.dialog.name, dialog.parameters};
    // Where the keyboard goes first; a field that only has the ring would not take what is typed.
    if (!memory.dialog.was_open) ImGui::SetKeyboardFocusHere();
    bool changed = text_field(view, "edit/name", {column.x, column.y}, name_width, memory.dialog.name,
                              over || memory.dialog.name.empty(), !dialog.busy);
    wanted.name = memory.dialog.name;
    const std::array choices{Choice{"6", "6", nullptr, !dialog.busy}, Choice{"8", "8", nullptr, !dialog.busy}};
    const int digits = segmented(view, "edit/digits", {digits_x, column.y + view.px(space::pixel)}, digits_width,
                                 choices, dialog.parameters.digits == 8 ? 1 : 0);
    if (digits >= 0) {
        wanted.parameters.digits = digits == 0 ? 6 : 8;
        changed = true;
    }
    if (text_field(view, totp ? "edit/period" : "edit/counter", {number_x, column.y}, number_width,
                   memory.dialog.number, memory.dialog.number_wrong, !dialog.busy)) {
        memory.dialog.number_wrong = totp ? !parse(memory.dialog.number, wanted.parameters.period)
                                          : !parse(memory.dialog.number, wanted.parameters.counter);
        if (memory.dialog.number_wrong) wanted.parameters = dialog.parameters;  // which is said once, below
        changed = true;
    }
    if (changed) view.wish(std::move(wanted));
    column.space(view.px(size::field_row_low));

    if (memory.dialog.number_wrong) {
        text_in(view, column, Face::small, view.colour.danger, text(Key::review_not_a_number));
        column.space(view.px(space::snug));
    }
    for (const otp::FitProblem& problem : dialog.problems) {
        const bool of_number = problem.part == otp::AccountPart::counter || problem.part == otp::AccountPart::period;
        if (memory.dialog.number_wrong && of_number) continue;
        const Words words = describe(problem.error);
        const float top = column.y;
        text_in(view, column, Face::small, view.colour.danger, sentences(words));
        note_item(view, "edit/problem/" + std::string(problem.error.field), sentences(words), {column.x, top},
                  {column.right(), column.y}, true, false);
        column.space(view.px(space::snug));
    }
}

// The admin PIN, and the user PIN beside it where codes are protected. Returns true when Enter was pressed.
bool pins(View& view, Column& column) {
    const bool both = state::user_pin_needed(view.state);
    Column left{column.x, column.y, column.width};
    Column right{};
    if (both) {
        const float gap = view.px(space::page);
        left.width = std::round((column.width - gap) / 2);
        right = {left.right() + gap, column.y, column.width - gap - left.width};
    }
    bool entered = false;
    if (draw_pin_facts(view, left, Pin::admin, "edit/pin"))
        entered = draw_pin_field(view, left, "edit/pin", view.memory.secrets.dialog_pin,
                                 {Pin::admin, false, text(Key::pin_admin), false});
    if (both && draw_pin_facts(view, right, Pin::user, "edit/user-pin"))
        entered = draw_pin_field(view, right, "edit/user-pin", view.memory.secrets.dialog_user_pin,
                                 {Pin::user, false, text(Key::pin_user), false}) ||
                  entered;
    column.y = std::max(left.y, right.y);
    return entered;
}

std::string_view why_pins(const View& view) {
    const std::string_view admin = why_tick(view, Pin::admin, view.memory.secrets.dialog_pin);
    if (!admin.empty() || !state::user_pin_needed(view.state)) return admin;
    return why_tick(view, Pin::user, view.memory.secrets.dialog_user_pin);
}

bool pin_ready(const View& view, const SecretField& field, Pin pin) {
    return !pin_blocked(view, pin) && pin_typed(view, field, pin) && last_try_settled(view, pin);
}

}  // namespace

void draw_edit_dialog(View& view, Column& column, const state::EditDialog& dialog) {
    const bool totp = dialog.parameters.kind == otp::OtpKind::totp;
    dialog_heading(view, column, icon::pencil, Tone::info,
                   text(Key::edit_heading, {{"name", slot_title(dialog.slot)}, {"place", place(dialog.slot.id)}}));
    dialog_error(view, column, dialog.error, dialog.error_pin, "edit/message");
    if (dialog.over) {
        if (dialog_buttons(view, column, {"edit/cancel", {}, text(Key::close)}, false).cancel)
            view.wish(state::CancelEdit{});
        return;
    }
    fields(view, column, dialog);
    if (!dialog.error || !view.low()) {  // it was read before the PIN was typed
        text_in(view, column, Face::small, view.colour.text, text(totp ? Key::edit_body : Key::edit_body_hotp));
        column.space(view.px(space::near));
    }
    bool entered = false;
    if (dialog.busy)
        dialog_busy(view, column, text(Key::edit_busy), state::find_pending(view.state, state::Wait::edit));
    else entered = pins(view, column);
    const bool pins_ready =
        pin_ready(view, view.memory.secrets.dialog_pin, Pin::admin) &&
        (!state::user_pin_needed(view.state) || pin_ready(view, view.memory.secrets.dialog_user_pin, Pin::user));
    const bool ready = state::edit_ready(dialog) && !view.memory.dialog.number_wrong && pins_ready;
    const Key label = dialog.set_time_back ? Key::edit_again : Key::edit_confirm;
    const DialogPressed pressed = dialog_buttons(
        view, column,
        {"edit/cancel", "edit/confirm", {}, text(label), icon::pencil, Look::primary, ready, why_pins(view)},
        dialog.busy);
    if (pressed.cancel) {
        view.wish(state::CancelEdit{});
    } else if ((pressed.confirm || entered) && ready) {
        view.wish(state::SubmitEdit{view.memory.secrets.dialog_pin.take(), view.memory.secrets.dialog_user_pin.take(),
                                    last_try_agreed(view)});
    } else if (entered && !pin_typed(view, view.memory.secrets.dialog_pin, Pin::admin)) {
        view.memory.secrets.dialog_pin.focus();  // Enter leads on to the PIN that is missing
    } else if (entered && state::user_pin_needed(view.state) &&
               !pin_typed(view, view.memory.secrets.dialog_user_pin, Pin::user)) {
        view.memory.secrets.dialog_user_pin.focus();
    } else if (entered) {
        lead_to_tick(view, Pin::user, view.memory.secrets.dialog_user_pin, "edit/user-pin");
        lead_to_tick(view, Pin::admin, view.memory.secrets.dialog_pin, "edit/pin");
    }
}

}  // namespace tokendeck::ui
