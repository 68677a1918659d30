#include "state/app_state.hpp"

#include <algorithm>

namespace tokendeck::state {

const otp::SlotSummary* find_slot(const AppState& state, const otp::SlotId& slot) {
    if (!state.active) return nullptr;
    const auto& slots = state.active->slots;
    const auto it = std::ranges::find(slots, slot, &otp::SlotSummary::id);
    return it == slots.end() ? nullptr : &*it;
}

const PendingCommand* find_pending(const AppState& state, Wait what) {
    const auto it = std::ranges::find(state.pending, what, &PendingCommand::what);
    return it == state.pending.end() ? nullptr : &*it;
}

const PendingCommand* code_pending(const AppState& state, const otp::SlotId& slot) {
    const auto it = std::ranges::find_if(
        state.pending, [&](const PendingCommand& p) { return p.what == Wait::code && p.slot == slot; });
    return it == state.pending.end() ? nullptr : &*it;
}

const char* screen_name(const AppState& state) {
    switch (state.screen) {
        case Screen::start: return "start";
        case Screen::slots: return "slots";
        case Screen::care: return "care";
        case Screen::diagnostics: return "diagnostics";
        case Screen::settings: return "settings";
        case Screen::wizard: break;
    }
    if (!state.wizard) return "wizard:input";
    switch (state.wizard->step) {
        case WizardStep::input:
        case WizardStep::reading: return "wizard:input";
        case WizardStep::review: return "wizard:review";
        case WizardStep::pin: return "wizard:pin";
        case WizardStep::writing: return "wizard:writing";
        case WizardStep::proven: return "wizard:proven";
        case WizardStep::failed: return "wizard:failed";
    }
    return "";
}

const otp::SlotSummary* wizard_target(const AppState& state) {
    return state.wizard && state.wizard->slot ? find_slot(state, *state.wizard->slot) : nullptr;
}

bool wizard_ready_for_pin(const AppState& state) {
    const otp::SlotSummary* target = wizard_target(state);
    if (target == nullptr || otp::blocked(state.wizard->problems)) return false;
    return !otp::occupied(*target) || state.wizard->overwrite_confirmed;
}

bool user_pin_needed(const AppState& state) {
    return state.active && state.active->status.pin_protected_codes && !state.active->status.user_pin_held;
}

bool token_busy(const AppState& state) {
    return (state.wizard && state.wizard->step == WizardStep::writing) || (state.remove && state.remove->busy) ||
           (state.user_pin && state.user_pin->busy) || (state.edit && state.edit->busy) ||
           (state.care && state.care->busy);
}

bool can_edit(const AppState& state, const otp::SlotSummary& slot) {
    // Of a slot that is unsure or gives wrong codes, the secret itself may be wrong: it has to be written again.
    return state.active && state.active->status.abilities.edit &&
           (slot.state == otp::SlotState::programmed || slot.state == otp::SlotState::proven);
}

bool edit_ready(const EditDialog& dialog) {
    const bool changed = dialog.name != dialog.slot.name || !(dialog.parameters == dialog.slot.parameters);
    return changed && dialog.problems.empty() && !dialog.over;
}

std::optional<base::Milliseconds> time_to_next_change(const AppState& state) {
    using base::Milliseconds;
    std::optional<Milliseconds> soonest;
    const auto in = [&](Milliseconds wait) {
        wait = std::max(wait, Milliseconds{0});
        if (!soonest || wait < *soonest) soonest = wait;
    };
    const auto at = [&](base::SteadyTime moment) {
        // Rounded up: waking a moment early would draw a frame in which nothing has changed.
        in(std::chrono::ceil<Milliseconds>(moment - state.now));
    };
    // A number of seconds is on screen: it changes when the computer's second does.
    const bool seconds_shown = state.shown || state.clipboard || !state.pending.empty() || state.opening ||
                               (state.wizard && state.wizard->step == WizardStep::reading);
    if (seconds_shown) in(Milliseconds{1000 - ((state.unix_now.milliseconds % 1000) + 1000) % 1000});
    if (state.shown && !state.shown->timed()) at(state.shown->hidden_at);
    if (state.clipboard) at(state.clipboard->clears_at);
    if (state.notice) at(state.notice->ends_at);
    for (const RecentHotp& recent : state.recent_hotp) at(recent.until);
    if (state.active && state.active->user_pin_accepted_at)
        at(*state.active->user_pin_accepted_at + state.settings.user_pin_time);
    return soonest;
}

}  // namespace tokendeck::state
