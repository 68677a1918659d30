#include "state/wizard.hpp"

#include "state/errors.hpp"
#include "state/parts.hpp"
#include "state/wizard_parts.hpp"

#include <algorithm>

namespace tokendeck::state::wizard {

Wizard& begin(AppState& state) {
    if (!state.wizard) state.wizard.emplace();
    state.screen = Screen::wizard;
    return *state.wizard;
}

otp::OtpEnrolment copy_of(const otp::OtpEnrolment& enrolment) {
    return {enrolment.issuer, enrolment.account, enrolment.parameters, enrolment.secret.clone()};
}

void forget_admin(AppState& state) {
    if (!state.wizard || !state.wizard->admin_held) return;
    state.wizard->admin_held = false;
    state.outbox.device.emplace_back(channel::ForgetPins{wait_for(state, Wait::forget).id, true});
}

bool busy_writing(const AppState& state) {
    return at(state, WizardStep::writing);
}

// After the spare token the first one is in use again, if it is still plugged in.
void go_back_to(AppState& state, const Wizard::Token& first) {
    if (first.key.empty() || !state.active || state.opening || token_busy(state)) return;
    const auto it = std::ranges::find_if(state.tokens, [&](const channel::TokenInfo& info) {
        return info.key == first.key || (!first.card.empty() && info.card_serial == first.card);
    });
    if (it != state.tokens.end() && it->key != state.active->status.info.key) open_token(state, it->key);
}

void leave(AppState& state) {
    if (state.wizard && state.wizard->asked_app != 0)
        state.outbox.effects.emplace_back(CancelPicture{state.wizard->asked_app});
    forget_admin(state);
    // The code of the proof went to the web site: from now on a click takes the next one.
    const auto* const proven = state.wizard ? state.wizard->in<ProvenStep>() : nullptr;
    if (proven != nullptr)
        std::erase_if(state.recent_hotp, [&](const RecentHotp& one) { return one.slot == proven->result.id; });
    const Wizard::Token first = proven != nullptr ? state.wizard->spare_of : Wizard::Token{};
    state.wizard.reset();
    state.screen = state.active ? Screen::slots : Screen::start;
    go_back_to(state, first);
}

void set_aside(AppState& state) {
    if (!wizard_holds_accounts(state)) return leave(state);
    forget_admin(state);
    if (at(state, WizardStep::reading)) stop_reading(state);
    if (at(state, WizardStep::pin)) apply(state, BackToReview{});
}

bool come_back(AppState& state) {
    if (!wizard_holds_accounts(state)) return false;
    state.screen = Screen::wizard;
    return true;
}

void review(AppState& state) {
    Wizard& w = *state.wizard;
    w.current = 0;
    w.step = ReviewStep{};
    if (!several(w)) {
        w.account().chosen = true;
        if (w.wanted_slot) w.account().slot = std::move(w.wanted_slot);
    }
    w.wanted_slot.reset();
    assign_slots(state);
}

// ---- what came back ----

namespace {

WritingStep* writes(AppState& state, channel::MessageId id) {
    WritingStep* const step = state.wizard ? state.wizard->in<WritingStep>() : nullptr;
    return step != nullptr && step->request == id ? step : nullptr;
}

}  // namespace

void progress(AppState& state, const channel::WriteProgress& event) {
    if (WritingStep* const step = writes(state, event.id)) step->progress = event.step;
}

void proven(AppState& state, channel::SlotProven& event) {
    if (writes(state, event.id) != nullptr) candidate_proven(state, event);
}

void write_failed(AppState& state, const PendingCommand& command, channel::CommandFailed event) {
    note_user_pin_failure(state, command, event);
    if (event.slot) forget_code(state, event.slot->id);
    if (writes(state, event.id) == nullptr) return;
    Wizard& w = *state.wizard;
    w.admin_held = false;
    w.account().enrolment.secret = std::move(event.secret);
    const bool same_token = state.active && state.active->status.info.key == w.token.key;
    // A wrong PIN is asked for again where it was typed; everything else is a page of its own.
    if (event.pin && !event.slot && same_token && event.pin->tries_left.value_or(1) > 0) {
        w.step = PinStep{.error = std::move(event.error), .error_pin = event.pin};
        return;
    }
    candidate_failed(state, event.error);
    FailedStep failed;
    failed.slot_is_unsure = event.slot && event.slot->state == otp::SlotState::unsure;
    if (event.slot) failed.result = *event.slot;
    else if (const auto* slot = w.account().slot ? find_slot(state, *w.account().slot) : nullptr) failed.result = *slot;
    failed.broke_off = event.broke_off;
    failed.time_refused = event.time_refused;
    failed.error = std::move(event.error);
    w.step = std::move(failed);
}

namespace {

// They were of another token.
void forget_slots(Wizard& w) {
    for (Candidate& one : w.candidates)
        if (one.fate != Candidate::Fate::proven) one.slot.reset();
}

}  // namespace

void token_changed(AppState& state) {
    if (!state.wizard || busy_writing(state)) return;
    Wizard& w = *state.wizard;
    w.admin_held = false;
    w.set_time_back = false;
    for (Candidate& one : w.candidates) one.overwrite_confirmed = false;
    if (w.in<ReviewStep>() == nullptr && w.in<PinStep>() == nullptr) return;
    forget_slots(w);
    for (Candidate& one : w.candidates) suggest_name(state, one);
    review(state);
}

void recheck(AppState& state) {
    if (state.wizard && (state.wizard->in<ReviewStep>() != nullptr || state.wizard->in<PinStep>() != nullptr))
        assign_slots(state);
}

// ---- what the user wishes ----

namespace {

// Null where there is no account that is reviewed alone.
Candidate* reviewed(AppState& state) {
    return at(state, WizardStep::review) ? &state.wizard->account() : nullptr;
}

}  // namespace

void apply(AppState& state, EditName intent) {
    Candidate* const one = reviewed(state);
    if (one == nullptr) return;
    take_name(*one, std::move(intent.name));
    if (state.wizard->made_here && one->enrolment.account != one->name) {
        one->enrolment.account = one->name;  // what the other side will call it, too
        ask_for_sheet(state);
    }
    recheck(state);
}

void apply(AppState& state, EditParameters intent) {
    Candidate* const one = reviewed(state);
    if (one == nullptr) return;
    if (state.wizard->source == channel::EnrolmentSource::bare_secret) {
        one->enrolment.parameters = intent.parameters;
    } else if (lacks_counter(*one)) {
        one->enrolment.parameters.counter = one->as_read.counter = intent.parameters.counter;
    } else {
        return;
    }
    if (state.wizard->made_here) ask_for_sheet(state);
    recheck(state);
}

void apply(AppState& state, ChooseSlot intent) {
    Candidate* const one = reviewed(state);
    if (one == nullptr) return;
    one->slot = std::move(intent.slot);
    one->overwrite_confirmed = false;
    recheck(state);
}

void apply(AppState& state, ConfirmOverwrite intent) {
    if (Candidate* const one = reviewed(state)) one->overwrite_confirmed = intent.yes;
}

void apply(AppState& state, ContinueToPin) {
    if (!state.wizard || state.wizard->in<ReviewStep>() == nullptr || !wizard_ready_for_pin(state)) return;
    Wizard& w = *state.wizard;
    w.token = {state.active->status.info.key, state.active->status.card_serial};
    next_candidate(w);
    w.step = PinStep{};
}

void apply(AppState& state, BackToReview) {
    if (at(state, WizardStep::pin)) review(state);
}

void apply(AppState& state, BackToInput intent) {
    Wizard* const w = reviewed(state) != nullptr ? &*state.wizard : nullptr;
    if (w == nullptr || !may_go_back(*w)) return;
    if (intent.typed) *w = Wizard{};
    w->step = InputStep{};
}

void apply(AppState& state, ForwardToReview) {
    if (at(state, WizardStep::input) && !state.wizard->candidates.empty()) review(state);
}

void apply(AppState& state, SubmitPin intent) {
    if (!at(state, WizardStep::pin) || !state.active) return;
    Wizard& w = *state.wizard;
    if (state.active->status.info.key != w.token.key || !wizard_ready_for_pin(state)) {
        // Cannot happen through the window (token_changed goes back to review); never write to another token.
        w.step = FailedStep{base::Error{errors::token_changed}};
        return;
    }
    write_next(state, std::move(intent));
}

void apply(AppState& state, TryAgain) {
    FailedStep* const failed = state.wizard ? state.wizard->in<FailedStep>() : nullptr;
    if (failed == nullptr) return;
    Wizard& w = *state.wizard;
    if (failed->time_refused) w.set_time_back = true;
    for (Candidate& one : w.candidates) {
        if (one.fate == Candidate::Fate::failed) one.fate = Candidate::Fate::waiting;
        one.overwrite_confirmed = false;
    }
    if (!wizard_holds_accounts(state)) {
        w = Wizard{};
        return;
    }
    if (!state.active || state.active->status.info.key != w.token.key) forget_slots(w);
    review(state);
}

void apply(AppState& state, CancelWizard) {
    if (at(state, WizardStep::reading) && !state.wizard->candidates.empty()) return stop_reading(state);
    if (back_to_proof(state)) return;
    if (!busy_writing(state)) return leave(state);
    if (several(*state.wizard)) state.wizard->in<WritingStep>()->stop_asked = true;
}

void apply(AppState& state, CloseWizard) {
    if (!busy_writing(state)) leave(state);
}

}  // namespace tokendeck::state::wizard
