#include "state/wizard.hpp"

#include "state/errors.hpp"
#include "state/parts.hpp"

#include <algorithm>

namespace tokendeck::state::wizard {
namespace {

Wizard& begin(AppState& state) {
    if (!state.wizard) state.wizard.emplace();
    state.screen = Screen::wizard;
    return *state.wizard;
}

bool at(const AppState& state, WizardStep step) {
    return state.wizard && state.wizard->step == step;
}

// The slot that is suggested: what the user clicked on if it is of the right kind, else the first free one.
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

// What to offer on the token that is active now: on the same card what it was before the token was pulled, above all
// a slot that a broken-off write left unsure.
void suggest_again(AppState& state) {
    const Wizard& w = *state.wizard;
    const bool same_card = state.active && !w.last_card.empty() && state.active->status.card_serial == w.last_card;
    take_slot(state, suggest_slot(state, w.enrolment.parameters.kind, same_card ? w.last_slot : std::nullopt));
}

void start_reading(AppState& state, std::string what) {
    Wizard& w = begin(state);
    // The place that the user clicked on is for the account read next; what was chosen for another one is not.
    if (w.step != WizardStep::input && w.step != WizardStep::reading) {
        w.slot.reset();
        w.last_slot.reset();
        w.last_card.clear();
    }
    w.enrolment = {};
    w.name.clear();
    w.problems.clear();
    w.overwrite_confirmed = false;
    w.input_error.reset();
    w.failure.reset();
    w.pin_error.reset();
    w.set_time_back = false;
    w.browser = {};
    w.step = WizardStep::reading;
    w.reading = std::move(what);
    w.request = ++state.last_id;
}

void list_folder(AppState& state, std::string path) {
    Wizard& w = *state.wizard;
    w.browser.open = true;
    w.browser.busy = true;
    w.browser.error.reset();
    w.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ListFolder{w.request, std::move(path)});
}

std::string file_name(const std::string& path) {
    const auto slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace

bool busy_writing(const AppState& state) {
    return at(state, WizardStep::writing);
}

void leave(AppState& state) {
    state.wizard.reset();
    state.screen = state.active ? Screen::slots : Screen::start;
}

// ---- what came back ----

void enrolment_read(AppState& state, channel::EnrolmentRead reply) {
    if (!at(state, WizardStep::reading) || state.wizard->request != reply.id) return;  // the user went elsewhere
    Wizard& w = *state.wizard;
    w.source = reply.source;
    w.enrolment = std::move(reply.enrolment);
    w.step = WizardStep::review;
    w.reading.clear();
    const std::size_t name_bytes = state.active ? state.active->status.limits.name_bytes_max : SIZE_MAX;
    w.name = otp::suggested_name(w.enrolment, name_bytes);
    take_slot(state, suggest_slot(state, w.enrolment.parameters.kind, w.slot));
    recheck(state);
}

void folder_listed(AppState& state, channel::FolderListed reply) {
    if (!state.wizard || state.wizard->request != reply.id || !state.wizard->browser.busy) return;
    FolderBrowser& browser = state.wizard->browser;
    browser.busy = false;
    browser.path = std::move(reply.path);
    browser.entries = std::move(reply.entries);
}

void request_failed(AppState& state, channel::RequestFailed reply) {
    if (!state.wizard || state.wizard->request != reply.id) return;
    Wizard& w = *state.wizard;
    if (w.browser.busy) {
        w.browser.busy = false;
        w.browser.error = std::move(reply.error);
    } else if (w.step == WizardStep::reading) {
        w.step = WizardStep::input;
        w.input_error = std::move(reply.error);
    }
}

void progress(AppState& state, const channel::WriteProgress& event) {
    if (busy_writing(state) && state.wizard->request == event.id) state.wizard->progress = event.step;
}

void proven(AppState& state, channel::MessageId id, const otp::SlotSummary& slot, bool counter_moved) {
    if (!busy_writing(state) || state.wizard->request != id) return;
    state.wizard->counter_moved = counter_moved;
    state.wizard->step = WizardStep::proven;
    state.wizard->result = slot;
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
    w.enrolment.secret = std::move(event.secret);
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
    if (!state.wizard || (state.wizard->step != WizardStep::review && state.wizard->step != WizardStep::pin)) return;
    Wizard& w = *state.wizard;
    w.problems = state.active ? otp::check_fit(w.enrolment, w.name, state.active->status.limits)
                              : std::vector<otp::FitProblem>{};
}

// ---- what the user wishes ----

void read_file(AppState& state, std::string path) {
    start_reading(state, file_name(path));
    state.outbox.crypto.emplace_back(channel::ReadImage{state.wizard->request, std::move(path)});
}

void apply(AppState& state, StartWizard intent) {
    if (busy_writing(state)) return;
    state.wizard.reset();
    begin(state).slot = std::move(intent.slot);
}

void apply(AppState& state, PasteText intent) {
    if (busy_writing(state)) return;
    start_reading(state, {});
    state.outbox.crypto.emplace_back(channel::ReadText{state.wizard->request, std::move(intent.text)});
}

void apply(AppState& state, OpenBrowser) {
    if (at(state, WizardStep::input)) list_folder(state, {});
}

void apply(AppState& state, BrowseFolder intent) {
    if (at(state, WizardStep::input)) list_folder(state, std::move(intent.path));
}

void apply(AppState& state, CloseBrowser) {
    if (state.wizard) state.wizard->browser = {};
}

void apply(AppState& state, EditName intent) {
    if (!at(state, WizardStep::review)) return;
    state.wizard->name = std::move(intent.name);
    recheck(state);
}

void apply(AppState& state, EditParameters intent) {
    if (!at(state, WizardStep::review) || state.wizard->source != channel::EnrolmentSource::bare_secret) return;
    Wizard& w = *state.wizard;
    const bool other_kind = w.enrolment.parameters.kind != intent.parameters.kind;
    w.enrolment.parameters = intent.parameters;
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
    if (!at(state, WizardStep::review) || !wizard_ready_for_pin(state)) return;
    state.wizard->step = WizardStep::pin;
    state.wizard->token = state.active->status.info.key;
    state.wizard->pin_error.reset();
    state.wizard->pin_error_kind.reset();
}

void apply(AppState& state, BackToReview) {
    if (!at(state, WizardStep::pin)) return;
    state.wizard->step = WizardStep::review;
    recheck(state);
}

void apply(AppState& state, SubmitPin intent) {
    if (!at(state, WizardStep::pin) || !state.active) return;
    Wizard& w = *state.wizard;
    const channel::TokenKey key = state.active->status.info.key;
    if (key != w.token || !wizard_ready_for_pin(state)) {
        // Cannot happen through the window (token_changed goes back to review); never write to another token.
        w.step = WizardStep::failed;
        w.failure = base::Error{errors::token_changed};
        return;
    }
    channel::WriteSlot command;
    PendingCommand& pending = wait_for(state, Wait::write, *w.slot, key);
    pending.with_user_pin = !intent.user_pin.empty();
    command.id = pending.id;
    command.token = key;
    command.slot = *w.slot;
    command.name = w.name;
    command.parameters = w.enrolment.parameters;
    command.secret = std::move(w.enrolment.secret);
    command.admin_pin = std::move(intent.admin_pin);
    command.user_pin = std::move(intent.user_pin);
    command.set_time_back = w.set_time_back;
    command.last_try = intent.last_try;
    w.request = command.id;
    w.step = WizardStep::writing;
    w.progress = channel::WriteStep::authenticating;
    w.started = state.now;
    w.pin_error.reset();
    w.pin_error_kind.reset();
    w.slot_is_unsure = false;
    w.counter_moved = false;
    state.outbox.device.emplace_back(std::move(command));
}

void apply(AppState& state, TryAgain) {
    if (!at(state, WizardStep::failed)) return;
    Wizard& w = *state.wizard;
    if (w.failure && w.failure->code.name == "device.time-refused") w.set_time_back = true;
    w.failure.reset();
    w.step = w.enrolment.secret.empty() ? WizardStep::input : WizardStep::review;
    w.overwrite_confirmed = false;
    if (w.step == WizardStep::review && wizard_target(state) == nullptr) suggest_again(state);
    recheck(state);
}

void apply(AppState& state, CancelWizard) {
    if (!busy_writing(state)) leave(state);
}

void apply(AppState& state, CloseWizard) {
    if (!busy_writing(state)) leave(state);
}

}  // namespace tokendeck::state::wizard
