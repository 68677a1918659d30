// "Check this token": what will happen and the PIN, then each step as it passes, then a report to share.
#include "state/check_report.hpp"
#include "ui/diagnostics/diagnostics.hpp"
#include "ui/kit/dialog_parts.hpp"
#include "ui/kit/pin_panel.hpp"
#include "ui/kit/slot_words.hpp"
#include "words/check_texts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <cmath>

namespace tokendeck::ui {
namespace {

using channel::CheckResult;

bool writes(const View& view) {
    return view.state.active && channel::check_writes(view.state.active->status, view.state.active->slots);
}

bool wants_user_pin(const View& view) {
    return state::user_pin_needed(view.state);
}

bool pin_ready(const View& view, const SecretField& field, Pin pin) {
    return !pin_blocked(view, pin) && pin_typed(view, field, pin) && last_try_settled(view, pin);
}

std::string_view why_pins(const View& view) {
    const std::string_view admin = why_tick(view, Pin::admin, view.memory.secrets.dialog_pin);
    return !admin.empty() || !wants_user_pin(view) ? admin
                                                   : why_tick(view, Pin::user, view.memory.secrets.dialog_user_pin);
}

// Returns true when Enter was pressed in one of them.
bool pins(View& view, Column& column) {
    bool entered = false;
    if (draw_pin_facts(view, column, Pin::admin, "check/pin"))
        entered = draw_pin_field(view, column, "check/pin", view.memory.secrets.dialog_pin,
                                 {Pin::admin, false, text(Key::pin_admin), true});
    if (wants_user_pin(view) && draw_pin_facts(view, column, Pin::user, "check/user-pin"))
        entered = draw_pin_field(view, column, "check/user-pin", view.memory.secrets.dialog_user_pin,
                                 {Pin::user, false, text(Key::pin_user), false}) ||
                  entered;
    return entered;
}

void ask(View& view, Column& column, const state::CheckDialog& dialog) {
    const bool with_pin = writes(view);
    if (!dialog.error || !view.low()) {  // it was read before the PIN was typed
        const std::string_view about = text(with_pin ? Key::check_about : Key::check_about_reading);
        const float top = column.y;
        text_in(view, column, Face::body, view.colour.text, about);
        note_item(view, "check/about", about, {column.x, top}, {column.right(), column.y}, true, false);
        column.space(view.px(space::near));
    }
    dialog_error(view, column, dialog.error, dialog.error_pin, "check/message");
    const bool entered = with_pin && pins(view, column);
    const bool ready =
        !with_pin || (pin_ready(view, view.memory.secrets.dialog_pin, Pin::admin) &&
                      (!wants_user_pin(view) || pin_ready(view, view.memory.secrets.dialog_user_pin, Pin::user)));
    const DialogPressed pressed = dialog_buttons(view, column,
                                                 {"check/cancel",
                                                  "check/confirm",
                                                  {},
                                                  text(Key::check_confirm),
                                                  icon::check,
                                                  Look::primary,
                                                  ready,
                                                  with_pin ? why_pins(view) : std::string_view{}},
                                                 false);
    if (pressed.cancel) view.wish(state::LeaveCheck{});
    else if ((pressed.confirm || entered) && ready)
        view.wish(state::SubmitCheck{view.memory.secrets.dialog_pin.take(), view.memory.secrets.dialog_user_pin.take(),
                                     last_try_agreed(view)});
    else if (entered && !pin_typed(view, view.memory.secrets.dialog_pin, Pin::admin))
        view.memory.secrets.dialog_pin.focus();
    else if (entered && wants_user_pin(view) && !pin_typed(view, view.memory.secrets.dialog_user_pin, Pin::user))
        view.memory.secrets.dialog_user_pin.focus();
    else if (entered) {
        lead_to_tick(view, Pin::user, view.memory.secrets.dialog_user_pin, "check/user-pin");
        lead_to_tick(view, Pin::admin, view.memory.secrets.dialog_pin, "check/pin");
    }
}

ImU32 colour_of(const View& view, CheckResult result) {
    switch (result) {
        case CheckResult::passed: return view.colour.success;
        case CheckResult::failed: return view.colour.danger;
        case CheckResult::unclear: return view.colour.warning;
        case CheckResult::running: return view.colour.text;
        case CheckResult::skipped:
        case CheckResult::not_reached: break;
    }
    return view.colour.muted;
}

void steps(View& view, Column& column, const state::CheckDialog& dialog) {
    float result_width = 0;  // the same for all lines, in every language
    for (const CheckResult one : {CheckResult::not_reached, CheckResult::running, CheckResult::passed,
                                  CheckResult::failed, CheckResult::unclear, CheckResult::skipped})
        result_width = std::max(result_width, measure(Face::small, text(words::key_of(one))).x);
    const float room = column.width - std::ceil(result_width) - view.px(space::pad);
    int number = 0;
    for (const channel::CheckedStep& step : dialog.steps) {
        ++number;
        // A low window shows what is under way, or went wrong.
        const bool dull = step.result == CheckResult::passed || step.result == CheckResult::skipped ||
                          step.result == CheckResult::not_reached;
        if (view.low() && dull) continue;
        const std::string_view words = text(words::key_of(step.step));
        const std::string_view result = text(words::key_of(step.result));
        const float top = column.y;
        text_at(view.list(), {column.right() - std::ceil(result_width), top}, Face::small, colour_of(view, step.result),
                result);
        column.space(paragraph(view, {column.x, top}, room, Face::small,
                               step.result == CheckResult::not_reached ? view.colour.muted : view.colour.text, words) +
                     view.px(3));
        note_item(view, "check/step/" + std::to_string(number), std::string(words) + ": " + std::string(result),
                  {column.x, top}, {column.right(), column.y}, true, false);
    }
    column.space(view.px(space::snug));
}

// What did not pass, in words.
void trouble(View& view, Column& column, const channel::TokenChecked& result) {
    if (result.left) {
        banner(view, column, Tone::danger, text(Key::check_left, {{"place", place(*result.left)}}),
               text(Key::check_left_body), "check/left");
        column.space(view.px(space::snug));
    }
    for (const channel::CheckedStep& step : result.steps) {
        if (!step.error || (step.result != CheckResult::failed && step.result != CheckResult::unclear)) continue;
        dialog_error(view, column, step.error, {}, "check/trouble");
        return;
    }
}

// The report's first line, in the language of the window.
std::string summary(const channel::TokenChecked& checked) {
    const auto sum = channel::tally(checked.steps);
    const channel::TokenStatus& status = checked.status;
    const std::string firmware = std::to_string(status.firmware_major) + "." + std::to_string(status.firmware_minor);
    const bool simulated = status.info.simulated;
    return text(simulated ? Key::check_summary_simulated : Key::check_summary, {{"n", std::to_string(sum.passed)},
                                                                                {"all", std::to_string(sum.of)},
                                                                                {"title", status.info.title},
                                                                                {"firmware", firmware},
                                                                                {"via", status.info.via}});
}

void came_of_it(View& view, Column& column, const state::CheckDialog& dialog) {
    const channel::TokenChecked& result = *dialog.result;
    const auto sum = channel::tally(result.steps);
    const bool sound = !sum.failed && !result.cancelled && !result.left;
    banner(view, column, sound ? Tone::success : Tone::warning, summary(result),
           result.cancelled ? text(Key::check_cancelled)
           : dialog.copied  ? text(Key::notice_report_copied)
                            : text(sound ? Key::check_sound : Key::check_unsound),
           "check/summary");
    column.space(view.px(space::near));
    trouble(view, column, result);
    steps(view, column, dialog);
    const DialogPressed pressed = dialog_buttons(
        view, column,
        {"check/close", "check/copy", text(Key::close), text(Key::diag_copy_report), icon::copy, Look::primary, true},
        false);
    if (pressed.cancel) view.wish(state::LeaveCheck{});
    else if (pressed.confirm) view.wish(state::CopyCheckReport{});
}

}  // namespace

void draw_check_dialog(View& view, Column& column, const state::CheckDialog& dialog) {
    dialog_heading(view, column, icon::check, Tone::info, text(Key::check_heading));
    if (dialog.result) return came_of_it(view, column, dialog);
    if (!dialog.running) return ask(view, column, dialog);
    dialog_busy(view, column, text(dialog.cancelling ? Key::check_cancelling : Key::check_busy),
                state::find_pending(view.state, state::Wait::check));
    steps(view, column, dialog);
    if (dialog_buttons(view, column, {"check/stop", {}, text(Key::check_stop)}, dialog.cancelling).cancel)
        view.wish(state::LeaveCheck{});
}

}  // namespace tokendeck::ui
