// Several accounts at once: which ones, where they go, and one after another onto the token.
#include "state/parts.hpp"
#include "state/wizard.hpp"
#include "state/wizard_parts.hpp"

#include <algorithm>

namespace tokendeck::state::wizard {
namespace {

bool to_be_written(const Candidate& one) {
    return one.chosen && one.fate != Candidate::Fate::proven;
}

std::size_t name_bytes_max(const AppState& state) {
    return state.active ? state.active->status.limits.name_bytes_max : SIZE_MAX;
}

void check(const AppState& state, Candidate& one) {
    one.problems = state.active ? otp::check_fit(one.enrolment, one.name, state.active->status.limits)
                                : std::vector<otp::FitProblem>{};
}

// A slot that this account's own broken-off write left unsure is written again.
bool own_unsure(const AppState& state, const Candidate& one) {
    const otp::SlotSummary* const slot = one.slot && one.failure ? find_slot(state, *one.slot) : nullptr;
    return slot != nullptr && slot->state == otp::SlotState::unsure;
}

// At the next one that waits; false: there is none.
bool next_candidate(Wizard& w) {
    for (std::size_t i = 0; i < w.candidates.size(); ++i) {
        if (!to_be_written(w.candidates[i])) continue;
        w.current = i;
        return true;
    }
    return false;
}

}  // namespace

void assign_slots(AppState& state) {
    Wizard& w = *state.wizard;
    std::vector<otp::SlotId> taken;
    for (const Candidate& one : w.candidates)
        if (to_be_written(one) && own_unsure(state, one)) taken.push_back(*one.slot);
    for (Candidate& one : w.candidates) {
        if (one.fate == Candidate::Fate::proven) continue;
        check(state, one);
        if (to_be_written(one) && own_unsure(state, one)) continue;
        one.slot.reset();
        if (!one.chosen || !state.active) continue;
        for (const otp::SlotSummary& slot : state.active->slots) {
            const auto* const numbered = std::get_if<otp::NumberedSlot>(&slot.id);
            const bool of_kind = numbered == nullptr || numbered->kind == one.enrolment.parameters.kind;
            if (!of_kind || otp::occupied(slot) || std::ranges::count(taken, slot.id) > 0) continue;
            one.slot = slot.id;
            taken.push_back(slot.id);
            break;
        }
    }
}

void choose_new(AppState& state, std::size_t from) {
    Wizard& w = *state.wizard;
    for (std::size_t i = from; i < w.candidates.size(); ++i) {
        Candidate& one = w.candidates[i];
        one.name = otp::suggested_name(one.enrolment, name_bytes_max(state));
        one.chosen = true;
        assign_slots(state);
        one.chosen = !otp::blocked(one.problems) && (one.slot || !state.active);
    }
    assign_slots(state);
}

void write_next(AppState& state, SubmitPin pins) {
    Wizard& w = *state.wizard;
    if (!w.current || !w.candidates[*w.current].slot) return;
    Candidate& one = w.candidates[*w.current];
    const auto after = std::ranges::count_if(w.candidates, to_be_written) - 1;
    one.failure.reset();
    one.fate = Candidate::Fate::waiting;
    send_write(state, one.enrolment, one.name, *one.slot, std::move(pins), after > 0);
}

void candidate_proven(AppState& state, channel::SlotProven& event) {
    Wizard& w = *state.wizard;
    Candidate& one = w.candidates[*w.current];
    one.enrolment.secret = std::move(event.secret);
    one.fate = Candidate::Fate::proven;
    one.failure.reset();
    w.admin_held = event.admin_pin_held;
    if (w.stop_asked || !next_candidate(w)) {
        w.stop_asked = false;
        forget_admin(state);
        w.step = WizardStep::proven;
        return;
    }
    const bool same_token = state.active && state.active->status.info.key == w.token;
    if (!same_token) {
        w.admin_held = false;
        w.step = WizardStep::choose;
        assign_slots(state);
    } else if (w.admin_held && !user_pin_needed(state)) {
        write_next(state, {});
    } else {
        w.step = WizardStep::pin;
    }
}

void candidate_failed(AppState& state, const base::Error& error) {
    Wizard& w = *state.wizard;
    w.stop_asked = false;
    Candidate& one = w.candidates[*w.current];
    one.fate = Candidate::Fate::failed;
    one.failure = error;
}

void apply(AppState& state, ChooseCandidate intent) {
    if (!at(state, WizardStep::choose) || intent.number >= state.wizard->candidates.size()) return;
    state.wizard->candidates[intent.number].chosen = intent.yes;
    assign_slots(state);
}

void apply(AppState& state, NameCandidate intent) {
    if (!at(state, WizardStep::choose) || intent.number >= state.wizard->candidates.size()) return;
    Candidate& one = state.wizard->candidates[intent.number];
    one.name = std::move(intent.name);
    check(state, one);
}

}  // namespace tokendeck::state::wizard
