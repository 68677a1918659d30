#include "state/app_state.hpp"

#include <algorithm>

namespace tokendeck::state {

AppState::AppState() = default;
AppState::AppState(AppState&&) noexcept = default;
AppState& AppState::operator=(AppState&&) noexcept = default;
AppState::~AppState() = default;

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
        case WizardStep::choose: return "wizard:choose";
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

bool wizard_holds_accounts(const AppState& state) {
    if (!state.wizard) return false;
    const Wizard& w = *state.wizard;
    if (w.step == WizardStep::writing || w.step == WizardStep::proven) return false;
    const auto waits = [](const Candidate& one) { return one.fate != Candidate::Fate::proven; };
    if (!w.candidates.empty()) return std::ranges::any_of(w.candidates, waits);
    return w.step != WizardStep::input && w.step != WizardStep::reading && !w.enrolment.secret.empty();
}

std::string waiting_account(const AppState& state) {
    if (!wizard_holds_accounts(state)) return {};
    const Wizard& w = *state.wizard;
    if (w.candidates.empty()) return w.name;
    const auto first =
        std::ranges::find_if(w.candidates, [](const Candidate& one) { return one.fate != Candidate::Fate::proven; });
    return first->name;
}

bool choice_ready(const AppState& state) {
    if (!state.wizard || !state.active || spare_is_missing(state)) return false;
    bool any = false;
    for (const Candidate& one : state.wizard->candidates) {
        if (!one.chosen || one.fate == Candidate::Fate::proven) continue;
        if (!one.slot || otp::blocked(one.problems)) return false;
        any = true;
    }
    return any;
}

bool wizard_keeps_secret(const Wizard& wizard) {
    if (wizard.step != WizardStep::proven) return false;
    return !wizard.enrolment.secret.empty() ||
           std::ranges::any_of(wizard.candidates, [](const Candidate& one) { return !one.enrolment.secret.empty(); });
}

std::size_t parts_missing(const Wizard& wizard) {
    std::size_t missing = 0;
    std::vector<std::int32_t> batches;
    for (const channel::MigrationPart& part : wizard.parts) {
        if (std::ranges::count(batches, part.batch) > 0) continue;
        batches.push_back(part.batch);
        std::vector<std::uint32_t> seen;
        for (const channel::MigrationPart& other : wizard.parts)
            if (other.batch == part.batch && std::ranges::count(seen, other.index) == 0) seen.push_back(other.index);
        if (part.count > seen.size()) missing += part.count - seen.size();
    }
    return missing;
}

bool spare_is_missing(const AppState& state) {
    if (!state.wizard || state.wizard->spare_of.empty()) return false;
    if (!state.active) return true;
    const channel::TokenStatus& status = state.active->status;
    const std::string& first = state.wizard->spare_of_card;
    return status.info.key == state.wizard->spare_of || (!first.empty() && status.card_serial == first);
}

bool code_readable(const AppState& state) {
    return state.shown && (!state.settings.mask_codes || state.now < state.shown->masked_at);
}

namespace {

// ASCII letters alike whether small or not; others as they are.
bool contains(std::string_view text, std::string_view wanted) {
    const auto folded = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    const auto found = std::ranges::search(text, wanted, {}, folded, folded);
    return wanted.empty() || !found.empty();
}

}  // namespace

std::vector<const otp::SlotSummary*> listed_slots(const AppState& state) {
    std::vector<const otp::SlotSummary*> listed;
    if (!state.active) return listed;
    for (const otp::SlotSummary& slot : state.active->slots)
        if (otp::occupied(slot) && contains(slot.name, state.search)) listed.push_back(&slot);
    return listed;
}

bool wizard_ready_for_pin(const AppState& state) {
    if (spare_is_missing(state)) return false;
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
    const bool seconds_shown = state.shown || (state.clipboard && !state.clipboard->kept) || !state.pending.empty() ||
                               state.opening || (state.wizard && state.wizard->step == WizardStep::reading);
    if (seconds_shown) in(Milliseconds{1000 - ((state.unix_now.milliseconds % 1000) + 1000) % 1000});
    if (state.shown && !state.shown->timed()) at(state.shown->hidden_at);
    if (state.shown && state.settings.mask_codes && state.now < state.shown->masked_at) at(state.shown->masked_at);
    if (state.awaited) {
        in(Milliseconds{1000 - ((state.unix_now.milliseconds % 1000) + 1000) % 1000});
        in(Milliseconds{state.awaited->at.milliseconds - state.unix_now.milliseconds});
    }
    if (state.clipboard && !state.clipboard->kept) at(state.clipboard->clears_at);
    if (state.wizard && wizard_keeps_secret(*state.wizard)) at(state.wizard->secret_kept_until);
    if (state.notice) at(state.notice->ends_at);
    for (const RecentHotp& recent : state.recent_hotp) at(recent.until);
    if (state.active && state.active->user_pin_accepted_at)
        at(*state.active->user_pin_accepted_at + state.settings.user_pin_time);
    return soonest;
}

}  // namespace tokendeck::state
