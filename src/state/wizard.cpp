#include "state/wizard.hpp"

#include "state/errors.hpp"
#include "state/parts.hpp"
#include "state/wizard_parts.hpp"

#include <algorithm>

namespace tokendeck::state::wizard {

// For the sheet and a spare token, after the proof.
constexpr base::Milliseconds secret_kept{600'000};

Wizard& begin(AppState& state) {
    if (!state.wizard) state.wizard.emplace();
    state.screen = Screen::wizard;
    return *state.wizard;
}

bool at(const AppState& state, WizardStep step) {
    return state.wizard && state.wizard->step == step;
}

std::optional<otp::SlotId> suggest_slot(const AppState& state, otp::OtpKind kind,
                                        const std::optional<otp::SlotId>& wanted) {
    if (!state.active) return std::nullopt;
    const auto of_kind = [&](const otp::SlotId& id) {
        const auto* numbered = std::get_if<otp::NumberedSlot>(&id);
        return numbered == nullptr || numbered->kind == kind;
    };
    if (wanted && of_kind(*wanted) && find_slot(state, *wanted) != nullptr) return wanted;
    for (const auto& slot : state.active->slots)
        if (of_kind(slot.id) && !otp::occupied(slot)) return slot.id;
    return std::nullopt;
}

void take_slot(AppState& state, std::optional<otp::SlotId> slot) {
    Wizard& w = *state.wizard;
    w.slot = std::move(slot);
    w.overwrite_confirmed = false;
    if (w.slot && state.active) {
        w.last_slot = w.slot;
        w.last_card = state.active->status.card_serial;
    }
}

void suggest_again(AppState& state) {
    const Wizard& w = *state.wizard;
    const bool same_card = state.active && !w.last_card.empty() && state.active->status.card_serial == w.last_card &&
                           !spare_is_missing(state);
    take_slot(state, suggest_slot(state, w.enrolment.parameters.kind, same_card ? w.last_slot : std::nullopt));
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

void leave(AppState& state) {
    if (state.wizard && state.wizard->asked_app != 0)
        state.outbox.effects.emplace_back(CancelPicture{state.wizard->asked_app});
    forget_admin(state);
    // The code of the proof went to the web site: from now on a click takes the next one.
    if (at(state, WizardStep::proven))
        std::erase_if(state.recent_hotp, [&](const RecentHotp& one) { return one.slot == state.wizard->result.id; });
    state.wizard.reset();
    state.screen = state.active ? Screen::slots : Screen::start;
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

void review(AppState& state, otp::OtpEnrolment enrolment, channel::EnrolmentSource source) {
    Wizard& w = *state.wizard;
    w.source = source;
    w.enrolment = std::move(enrolment);
    w.step = WizardStep::review;
    const std::size_t name_bytes = state.active ? state.active->status.limits.name_bytes_max : SIZE_MAX;
    w.name = otp::suggested_name(w.enrolment, name_bytes);
    take_slot(state, suggest_slot(state, w.enrolment.parameters.kind, w.slot));
    recheck(state);
}

// ---- what came back ----

void progress(AppState& state, const channel::WriteProgress& event) {
    if (busy_writing(state) && state.wizard->request == event.id) state.wizard->progress = event.step;
}

void proven(AppState& state, channel::SlotProven& event) {
    if (!busy_writing(state) || state.wizard->request != event.id) return;
    Wizard& w = *state.wizard;
    w.code_counter = event.counter;
    w.result = event.slot;
    w.secret_kept_until = state.now + secret_kept;
    if (several(w)) return candidate_proven(state, event);
    w.enrolment.secret = std::move(event.secret);
    w.step = WizardStep::proven;
}

void write_failed(AppState& state, const PendingCommand& command, channel::CommandFailed event) {
    if (event.pin != channel::PinKind::user) note_user_pin(state, command, false);
    const bool user_pin_forgotten = is(event.error, "device.user-pin-needed");
    if (user_pin_forgotten && state.active) {
        state.active->status.user_pin_held = false;
        state.active->user_pin_accepted_at.reset();
    }
    if (event.slot) forget_code(state, event.slot->id);
    if (!busy_writing(state) || state.wizard->request != event.id) return;
    Wizard& w = *state.wizard;
    w.admin_held = false;
    (several(w) ? w.candidates[*w.current].enrolment : w.enrolment).secret = std::move(event.secret);
    w.slot_is_unsure = event.slot && (event.slot->state == otp::SlotState::unsure);
    if (event.slot) w.result = *event.slot;
    const bool same_token = state.active && state.active->status.info.key == w.token;
    // A wrong PIN is asked for again where it was typed; everything else is a page of its own.
    const bool about_a_pin = event.pin || user_pin_forgotten;
    if (about_a_pin && !event.slot && same_token && event.tries_left.value_or(1) > 0) {
        w.step = WizardStep::pin;
        w.pin_error = std::move(event.error);
        w.pin_error_kind = user_pin_forgotten ? channel::PinKind::user : event.pin;
        return;
    }
    w.step = WizardStep::failed;
    if (several(w)) candidate_failed(state, event.error);
    w.failure = std::move(event.error);
    if (!event.slot && w.slot) {
        if (const auto* slot = find_slot(state, *w.slot)) w.result = *slot;
    }
}

void token_changed(AppState& state) {
    if (!state.wizard || busy_writing(state)) return;
    Wizard& w = *state.wizard;
    w.overwrite_confirmed = false;
    w.pin_error.reset();
    w.admin_held = false;
    if (several(w) && (w.step == WizardStep::choose || w.step == WizardStep::pin)) {
        w.step = WizardStep::choose;
        for (Candidate& one : w.candidates)
            if (state.active && one.name.size() > state.active->status.limits.name_bytes_max)
                one.name = otp::suggested_name(one.enrolment, state.active->status.limits.name_bytes_max);
        return assign_slots(state);
    }
    if (w.step != WizardStep::review && w.step != WizardStep::pin) return;
    w.step = WizardStep::review;
    if (state.active) {
        if (w.name.size() > state.active->status.limits.name_bytes_max)
            w.name = otp::suggested_name(w.enrolment, state.active->status.limits.name_bytes_max);
    }
    suggest_again(state);
    recheck(state);
}

void recheck(AppState& state) {
    if (at(state, WizardStep::choose)) return assign_slots(state);
    if (!state.wizard || (state.wizard->step != WizardStep::review && state.wizard->step != WizardStep::pin)) return;
    Wizard& w = *state.wizard;
    w.problems = state.active ? otp::check_fit(w.enrolment, w.name, state.active->status.limits)
                              : std::vector<otp::FitProblem>{};
}

// ---- what the user wishes ----

void apply(AppState& state, EditName intent) {
    if (!at(state, WizardStep::review)) return;
    Wizard& w = *state.wizard;
    w.name = std::move(intent.name);
    if (w.made_here && w.enrolment.account != w.name) {
        w.enrolment.account = w.name;  // what the other side will call it, too
        ask_for_sheet(state);
    }
    recheck(state);
}

void apply(AppState& state, EditParameters intent) {
    if (!at(state, WizardStep::review) || state.wizard->source != channel::EnrolmentSource::bare_secret) return;
    Wizard& w = *state.wizard;
    const bool other_kind = w.enrolment.parameters.kind != intent.parameters.kind;
    w.enrolment.parameters = intent.parameters;
    if (w.made_here) ask_for_sheet(state);
    if (other_kind) take_slot(state, suggest_slot(state, intent.parameters.kind, std::nullopt));
    recheck(state);
}

void apply(AppState& state, ChooseSlot intent) {
    if (!at(state, WizardStep::review)) return;
    take_slot(state, std::move(intent.slot));
}

void apply(AppState& state, ConfirmOverwrite intent) {
    if (at(state, WizardStep::review)) state.wizard->overwrite_confirmed = intent.yes;
}

void apply(AppState& state, ContinueToPin) {
    const bool choice = at(state, WizardStep::choose) && choice_ready(state);
    if (!choice && !(at(state, WizardStep::review) && wizard_ready_for_pin(state))) return;
    Wizard& w = *state.wizard;
    w.token = state.active->status.info.key;
    w.last_card = state.active->status.card_serial;
    w.stop_asked = false;
    w.pin_error.reset();
    w.pin_error_kind.reset();
    w.step = WizardStep::pin;
    if (!choice) return;
    const auto first = std::ranges::find_if(
        w.candidates, [](const Candidate& one) { return one.chosen && one.fate != Candidate::Fate::proven; });
    w.current = static_cast<std::size_t>(first - w.candidates.begin());
}

void apply(AppState& state, BackToReview) {
    if (!at(state, WizardStep::pin)) return;
    state.wizard->step = several(*state.wizard) ? WizardStep::choose : WizardStep::review;
    recheck(state);
}

void apply(AppState& state, SubmitPin intent) {
    if (!at(state, WizardStep::pin) || !state.active) return;
    Wizard& w = *state.wizard;
    const bool ready = several(w) ? w.current && choice_ready(state) : wizard_ready_for_pin(state);
    if (state.active->status.info.key != w.token || !ready) {
        // Cannot happen through the window (token_changed goes back to review); never write to another token.
        w.step = WizardStep::failed;
        w.failure = base::Error{errors::token_changed};
        return;
    }
    if (several(w)) write_next(state, std::move(intent));
    else send_write(state, w.enrolment, w.name, *w.slot, std::move(intent), false);
}

void send_write(AppState& state, otp::OtpEnrolment& enrolment, const std::string& name, const otp::SlotId& slot,
                SubmitPin pins, bool hold_admin) {
    Wizard& w = *state.wizard;
    channel::WriteSlot command;
    PendingCommand& pending = wait_for(state, Wait::write, slot, w.token);
    pending.with_user_pin = !pins.user_pin.empty();
    command.id = pending.id;
    command.token = w.token;
    command.slot = slot;
    command.name = name;
    command.parameters = enrolment.parameters;
    command.secret = std::move(enrolment.secret);
    command.admin_pin = std::move(pins.admin_pin);
    command.user_pin = std::move(pins.user_pin);
    command.set_time_back = w.set_time_back;
    command.last_try = pins.last_try;
    command.hold_admin = hold_admin;
    command.return_secret = true;
    w.request = command.id;
    w.step = WizardStep::writing;
    w.progress = channel::WriteStep::authenticating;
    w.started = state.now;
    w.admin_held = false;
    w.pin_error.reset();
    w.pin_error_kind.reset();
    w.slot_is_unsure = false;
    w.code_counter.reset();
    state.outbox.device.emplace_back(std::move(command));
}

void apply(AppState& state, TryAgain) {
    if (!at(state, WizardStep::failed)) return;
    Wizard& w = *state.wizard;
    if (w.failure && w.failure->code.name == "device.time-refused") w.set_time_back = true;
    w.failure.reset();
    if (several(w)) {
        w.step = WizardStep::choose;
        for (Candidate& one : w.candidates)
            if (one.fate == Candidate::Fate::failed) one.fate = Candidate::Fate::waiting;
        return assign_slots(state);
    }
    w.step = w.enrolment.secret.empty() ? WizardStep::input : WizardStep::review;
    w.overwrite_confirmed = false;
    if (w.step == WizardStep::review && wizard_target(state) == nullptr) suggest_again(state);
    recheck(state);
}

void apply(AppState& state, CancelWizard) {
    if (at(state, WizardStep::reading) && several(*state.wizard)) return stop_reading(state);
    if (!busy_writing(state)) return leave(state);
    if (several(*state.wizard)) state.wizard->stop_asked = true;
}

void apply(AppState& state, CloseWizard) {
    if (!busy_writing(state)) leave(state);
}

}  // namespace tokendeck::state::wizard
