#include "state/care.hpp"

#include "state/check.hpp"
#include "state/errors.hpp"
#include "state/parts.hpp"
#include "state/wizard.hpp"

namespace tokendeck::state::care {
namespace {

// The token that the dialogue was opened for is still the active one. If not, nothing is sent.
bool same_token(const AppState& state, const channel::TokenKey& key) {
    return state.active && state.active->status.info.key == key;
}

template <typename Dialog>
bool refuse_other_token(AppState& state, std::optional<Dialog>& dialog) {
    if (same_token(state, dialog->token)) return false;
    dialog.reset();
    tell(state, base::Error{errors::token_changed});
    return true;
}

std::vector<otp::FitProblem> problems_of(const AppState& state, const EditDialog& dialog) {
    return otp::check_edit(dialog.slot.parameters, dialog.parameters, dialog.name, state.active->status.limits);
}

}  // namespace

void close(AppState& state) {
    state.remove.reset();
    state.user_pin.reset();
    state.time.reset();
    state.edit.reset();
    state.care.reset();
    check::cancel(state);
    if (state.check && !state.check->running && !state.check->result) state.check.reset();
}

// ---- removing ----

void apply(AppState& state, AskRemove intent) {
    const otp::SlotSummary* slot = find_slot(state, intent.slot);
    if (slot == nullptr || !otp::occupied(*slot)) return;
    state.remove = RemoveDialog{.slot = *slot, .token = state.active->status.info.key};
}

void apply(AppState& state, SubmitRemove intent) {
    if (!state.remove || state.remove->busy || refuse_other_token(state, state.remove)) return;
    const auto& dialog = *state.remove;
    channel::EraseSlot command;
    command.id = wait_for(state, Wait::erase, dialog.slot.id, dialog.token).id;
    command.token = dialog.token;
    command.slot = dialog.slot.id;
    command.admin_pin = std::move(intent.admin_pin);
    command.last_try = intent.last_try;
    state.outbox.device.emplace_back(std::move(command));
    state.remove->busy = true;
    state.remove->error.reset();
    state.remove->error_pin.reset();
}

void apply(AppState& state, CancelRemove) {
    if (state.remove && !state.remove->busy) state.remove.reset();
}

void erased(AppState& state, const channel::SlotErased& event) {
    finish(state, event.id);
    const std::string name = state.remove ? state.remove->slot.name : otp::text(event.slot.id);
    replace_slot(state, event.slot);
    forget_code(state, event.slot.id);
    state.remove.reset();
    tell(state, Notice::Kind::success, "notice.slot-removed", name);
    wizard::recheck(state);
}

void erase_failed(AppState& state, channel::CommandFailed event) {
    if (state.remove && state.remove->busy) {
        state.remove->busy = false;
        state.remove->error = std::move(event.error);
        state.remove->error_pin = event.pin;
    } else {
        tell(state, std::move(event.error));
    }
}

// ---- editing ----

void apply(AppState& state, AskEdit intent) {
    const otp::SlotSummary* slot = find_slot(state, intent.slot);
    if (slot == nullptr || !can_edit(state, *slot)) return;
    EditDialog dialog;
    dialog.slot = *slot;
    dialog.token = state.active->status.info.key;
    dialog.name = slot->name;
    dialog.parameters = slot->parameters;
    dialog.problems = problems_of(state, dialog);
    state.edit = std::move(dialog);
}

void apply(AppState& state, ChangeEdit intent) {
    if (!state.edit || state.edit->busy || state.edit->over || !same_token(state, state.edit->token)) return;
    EditDialog& dialog = *state.edit;
    dialog.name = std::move(intent.name);
    const otp::OtpKind kind = dialog.slot.parameters.kind;
    dialog.parameters = intent.parameters;
    dialog.parameters.kind = kind;
    dialog.problems = problems_of(state, dialog);
}

void apply(AppState& state, SubmitEdit intent) {
    if (!state.edit || state.edit->busy || refuse_other_token(state, state.edit)) return;
    EditDialog& dialog = *state.edit;
    if (!edit_ready(dialog)) return;
    PendingCommand& pending = wait_for(state, Wait::edit, dialog.slot.id, dialog.token);
    pending.with_user_pin = !intent.user_pin.empty();
    channel::EditSlot command;
    command.id = pending.id;
    command.token = dialog.token;
    command.slot = dialog.slot.id;
    command.seen = dialog.slot;
    command.name = dialog.name;
    command.parameters = dialog.parameters;
    command.admin_pin = std::move(intent.admin_pin);
    command.user_pin = std::move(intent.user_pin);
    command.set_time_back = dialog.set_time_back;
    command.last_try = intent.last_try;
    state.outbox.device.emplace_back(std::move(command));
    dialog.busy = true;
    dialog.error.reset();
    dialog.error_pin.reset();
}

void apply(AppState& state, CancelEdit) {
    if (state.edit && !state.edit->busy) state.edit.reset();
}

void edited(AppState& state, const channel::SlotEdited& event) {
    if (const auto command = finish(state, event.id)) note_user_pin(state, *command, true);
    replace_slot(state, event.slot);
    forget_code(state, event.slot.id);
    state.edit.reset();
    tell(state, Notice::Kind::success, event.code_compared ? "notice.slot-edited" : "notice.slot-edited-unproven",
         event.slot.name);
    wizard::recheck(state);
}

void edit_failed(AppState& state, const PendingCommand& command, channel::CommandFailed event) {
    note_user_pin_failure(state, command, event);
    if (event.slot) forget_code(state, event.slot->id);
    if (!state.edit || !state.edit->busy) return tell(state, std::move(event.error));
    EditDialog& dialog = *state.edit;
    dialog.busy = false;
    dialog.over = event.slot.has_value();
    if (event.time_refused) dialog.set_time_back = true;
    dialog.error_pin = event.pin;
    dialog.error = std::move(event.error);
}

// ---- care of the token ----

void apply(AppState& state, AskCare intent) {
    if (!state.active || token_busy(state)) return;
    const auto& status = state.active->status;
    if (intent.action == CareAction::lock_keys && status.abilities.lock_key_slots == 0) return;
    close(state);
    CareDialog dialog;
    dialog.action = intent.action;
    dialog.token = status.info.key;
    dialog.config = status.general;
    if (intent.action == CareAction::pin_protection)
        dialog.config.pin_protected_codes = !status.general.pin_protected_codes;
    const bool told_first =
        intent.action == CareAction::lock || intent.action == CareAction::new_key || intent.action == CareAction::reset;
    dialog.step = told_first ? CareStep::consequences : CareStep::pins;
    state.care = std::move(dialog);
}

void apply(AppState& state, AgreeToCare intent) {
    if (state.care && state.care->step == CareStep::consequences) state.care->agreed = intent.yes;
}

void apply(AppState& state, ChangeCareConfig intent) {
    if (state.care && state.care->action == CareAction::lock_keys && !state.care->busy)
        state.care->config = intent.config;
}

void apply(AppState& state, ContinueCare) {
    if (!state.care || state.care->step != CareStep::consequences || state.care->action == CareAction::lock) return;
    if (state.care->agreed) state.care->step = CareStep::pins;
}

void apply(AppState& state, SubmitCare intent) {
    if (!state.care || state.care->busy || refuse_other_token(state, state.care)) return;
    CareDialog& dialog = *state.care;
    const bool destroys = dialog.action == CareAction::new_key || dialog.action == CareAction::reset;
    const CareStep from = dialog.action == CareAction::lock ? CareStep::consequences : CareStep::pins;
    if (dialog.step != from || (destroys && !dialog.agreed)) return;
    const channel::MessageId id = wait_for(state, Wait::care, {}, dialog.token).id;
    auto& out = state.outbox.device;
    if (dialog.action == CareAction::admin_pin) state.pending.back().factory = are_factory_pins(intent.pin, {});
    const FactoryPins wanted = dialog.action == CareAction::admin_pin ? are_factory_pins(intent.new_pin, {})
                                                                      : are_factory_pins({}, intent.new_pin);
    dialog.new_is_factory = wanted.admin.value_or(false) || wanted.user.value_or(false);
    const auto change_pin = [&](channel::PinKind kind) {
        out.emplace_back(channel::ChangePin{id, dialog.token, kind, std::move(intent.pin), std::move(intent.new_pin),
                                            std::move(intent.new_again), intent.last_try});
    };
    switch (dialog.action) {
        case CareAction::user_pin: change_pin(channel::PinKind::user); break;
        case CareAction::admin_pin: change_pin(channel::PinKind::admin); break;
        case CareAction::unblock:
            out.emplace_back(channel::UnblockUserPin{id, dialog.token, std::move(intent.pin), std::move(intent.new_pin),
                                                     std::move(intent.new_again), intent.last_try});
            break;
        case CareAction::pin_protection:
        case CareAction::lock_keys:
            out.emplace_back(
                channel::WriteConfig{id, dialog.token, dialog.config, std::move(intent.pin), intent.last_try});
            break;
        case CareAction::lock:
            forget_codes(state);
            take_back_clipboard(state);
            out.emplace_back(channel::LockToken{id, dialog.token});
            break;
        case CareAction::new_key:
            out.emplace_back(channel::NewAesKey{id, dialog.token, std::move(intent.pin), std::move(intent.new_pin),
                                                intent.last_try});
            break;
        case CareAction::reset:
            out.emplace_back(channel::FactoryReset{id, dialog.token, std::move(intent.pin), std::move(intent.new_pin),
                                                   intent.last_try});
            break;
    }
    dialog.busy = true;
    dialog.error.reset();
    dialog.error_pin.reset();
}

void apply(AppState& state, CloseCare) {
    if (state.care && !state.care->busy) state.care.reset();
}

void done(AppState& state, channel::CareDone event) {
    finish(state, event.id);
    const bool ours = same_token(state, event.status.info.key);
    if (ours && state.care && state.care->busy) {
        if (state.care->action == CareAction::admin_pin) know_factory(state, {state.care->new_is_factory, {}});
        if (state.care->action == CareAction::user_pin || state.care->action == CareAction::unblock)
            know_factory(state, {{}, state.care->new_is_factory});
        if (state.care->action == CareAction::reset) know_factory(state, {true, true});
    }
    if (ours) {
        using Task = channel::CareTask;
        const bool slots_changed = event.task == Task::factory_reset || event.task == Task::new_aes_key;
        if (slots_changed || event.task == Task::lock) forget_codes(state);
        if (event.task == Task::lock || event.task == Task::factory_reset) event.status.user_pin_held = false;
        take_status(state, std::move(event.status), std::move(event.slots));
        wizard::recheck(state);
    }
    if (!state.care || !state.care->busy || !ours) return;
    state.care->busy = false;
    state.care->step = CareStep::done;
    state.care->remarks = std::move(event.remarks);
}

void failed(AppState& state, channel::CommandFailed event) {
    if (state.active && event.token_may_have_changed && find_pending(state, Wait::refresh) == nullptr)
        state.outbox.device.emplace_back(channel::RefreshToken{wait_for(state, Wait::refresh).id});
    if (!state.care || !state.care->busy) return tell(state, std::move(event.error));
    state.care->busy = false;
    state.care->error_pin = event.pin;
    state.care->error = std::move(event.error);
}

}  // namespace tokendeck::state::care
