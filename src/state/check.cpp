#include "state/check.hpp"

#include "state/check_report.hpp"
#include "state/errors.hpp"
#include "state/parts.hpp"
#include "state/wizard.hpp"

#include <utility>

namespace tokendeck::state::check {

void apply(AppState& state, AskCheck) {
    if (!state.active || token_busy(state)) return;
    CheckDialog dialog;
    dialog.token = state.active->status.info.key;
    for (std::size_t i = 0; i < channel::check_steps; ++i)
        dialog.steps.push_back({static_cast<channel::CheckStep>(i), channel::CheckResult::not_reached, {}});
    state.check = std::move(dialog);
}

void apply(AppState& state, SubmitCheck intent) {
    if (!state.check || state.check->running || state.check->result) return;
    if (!state.active || state.active->status.info.key != state.check->token) {
        state.check.reset();
        tell(state, base::Error{errors::token_changed});
        return;
    }
    CheckDialog& dialog = *state.check;
    PendingCommand& pending = wait_for(state, Wait::check, {}, dialog.token);
    pending.with_user_pin = !intent.user_pin.empty();
    channel::CheckToken command;
    command.id = pending.id;
    command.token = dialog.token;
    command.admin_pin = std::move(intent.admin_pin);
    command.user_pin = std::move(intent.user_pin);
    command.last_try = intent.last_try;
    state.outbox.device.emplace_back(std::move(command));
    dialog.running = true;
    dialog.error.reset();
    dialog.error_pin.reset();
}

void cancel(AppState& state) {
    if (!state.check || !state.check->running || state.check->cancelling) return;
    state.check->cancelling = true;
    state.outbox.device.emplace_back(channel::CancelCheck{++state.last_id});
}

void apply(AppState& state, LeaveCheck) {
    if (!state.check) return;
    if (state.check->running) cancel(state);
    else state.check.reset();
}

void apply(AppState& state, CopyCheckReport) {
    if (!state.check || !state.check->result) return;
    state.clipboard.reset();  // what it takes the place of; and no clock runs for a report
    state.outbox.effects.emplace_back(PutOnClipboard{base::SecretText::copy_of(check_report(*state.check->result))});
    state.check->copied = true;
}

void progress(AppState& state, channel::CheckProgress event) {
    if (!state.check || !state.check->running) return;
    for (channel::CheckedStep& step : state.check->steps)
        if (step.step == event.step.step) step = std::move(event.step);
}

void done(AppState& state, channel::TokenChecked event) {
    if (const auto command = finish(state, event.id)) note_user_pin(state, *command, true);
    if (state.active && state.active->status.info.key == event.status.info.key) {
        take_status(state, event.status, event.slots);
        wizard::recheck(state);
    }
    if (!state.check || !state.check->running) return;
    state.check->running = state.check->cancelling = false;
    state.check->steps = event.steps;
    state.check->result = std::move(event);
}

void failed(AppState& state, const PendingCommand& command, channel::CommandFailed event) {
    note_user_pin_failure(state, command, event);
    if (!state.check || !state.check->running) return tell(state, std::move(event.error));
    CheckDialog& dialog = *state.check;
    dialog.running = dialog.cancelling = false;
    for (channel::CheckedStep& step : dialog.steps) step = {step.step, channel::CheckResult::not_reached, {}};
    dialog.error_pin = event.pin;
    dialog.error = std::move(event.error);
}

}  // namespace tokendeck::state::check
