#include "state/codes.hpp"

#include "state/errors.hpp"
#include "state/parts.hpp"

#include <algorithm>

namespace tokendeck::state::codes {
namespace {

void ask_for(AppState& state, const otp::SlotId& slot, base::SecretText user_pin, bool set_time_back, bool last_try,
             bool exchange = false) {
    const channel::TokenKey key = state.active->status.info.key;
    PendingCommand& pending = wait_for(state, Wait::code, slot, key);
    pending.with_user_pin = !user_pin.empty();
    pending.set_time_back = set_time_back;
    pending.exchange = exchange;
    channel::GetCode command;
    command.id = pending.id;
    command.token = key;
    command.slot = slot;
    command.user_pin = std::move(user_pin);
    command.set_time_back = set_time_back;
    command.last_try = last_try;
    state.outbox.device.emplace_back(std::move(command));
}

base::SteadyTime seen_until(const AppState& state) {
    return state.now + state.settings.code_seen_time;
}

// The next code of this slot is so near that it is better waited for; nothing: it is not.
std::optional<base::UnixTime> worth_waiting_for(const AppState& state, const otp::SlotSummary& slot) {
    const auto& parameters = slot.parameters;
    if (parameters.kind != otp::OtpKind::totp) return std::nullopt;
    const std::int64_t period = std::int64_t{parameters.period} * 1000;
    if (period < 3 * code_time_least.count()) return std::nullopt;  // else nearly every click would wait
    const std::int64_t now = state.unix_now.milliseconds;
    if (now < 0) return std::nullopt;
    const std::int64_t next = now - now % period + period;
    if (next - now >= code_time_least.count()) return std::nullopt;
    return base::UnixTime{next};
}

// The code on the clipboard that has expired goes, and that is said.
void take_back_expired(AppState& state) {
    if (!state.clipboard) return;
    tell(state, Notice::Kind::info, "notice.code-expired", state.clipboard->name);
    take_back_clipboard(state);
}

// It is no longer good: the next one takes its place where the token gives it without being asked for a PIN.
void exchange_expired(AppState& state) {
    ClipboardLoan& loan = *state.clipboard;
    const otp::SlotSummary* const slot =
        state.active && state.active->status.info.key == loan.token ? find_slot(state, loan.slot) : nullptr;
    if (slot == nullptr || !otp::occupied(*slot) || user_pin_needed(state) || token_busy(state))
        return take_back_expired(state);
    loan.exchanging = true;
    loan.seen = state.shown && state.shown->slot == loan.slot;
    if (code_pending(state, loan.slot) == nullptr) ask_for(state, loan.slot, {}, false, false, true);
}

void exchanged(AppState& state, channel::CodeRead event) {
    if (!state.clipboard || !state.clipboard->exchanging || state.clipboard->slot != event.slot.id) return;
    state.clipboard->exchanging = false;
    state.clipboard->expires_at = event.valid_until;
    state.outbox.effects.emplace_back(ExchangeClipboardIfOurs{event.code.clone()});
    // Readable only where the person is still busy with this account.
    if (!state.clipboard->seen || state.shown) return;
    const base::SteadyTime masked = at(state, WizardStep::proven) ? seen_until(state) : state.now;
    state.shown = ShownCode{event.slot.id, event.slot.name, std::move(event.code), event.valid_from, event.valid_until,
                            state.now,     masked};
}

}  // namespace

void show_proven(AppState& state, const otp::SlotSummary& slot, base::SecretText code, base::UnixTime from,
                 base::UnixTime until) {
    const auto next = state.active && !user_pin_needed(state) ? worth_waiting_for(state, slot) : std::nullopt;
    if (next) state.awaited = AwaitedCode{slot.id, slot.name, state.active->status.info.key, *next};
    else show_and_lend(state, slot, std::move(code), from, until);
}

void show_and_lend(AppState& state, const otp::SlotSummary& slot, base::SecretText code, base::UnixTime from,
                   base::UnixTime until) {
    lend_to_clipboard(state, code, slot.name, slot.id, until);
    forget_code(state, slot.id);
    const base::SteadyTime over = state.now + state.settings.hotp_shown_time;
    if (until.milliseconds == 0) state.recent_hotp.push_back({slot.id, slot.name, code.clone(), over});
    state.shown = ShownCode{slot.id, slot.name, std::move(code), from, until, over, seen_until(state)};
}

void read(AppState& state, channel::CodeRead event) {
    const auto command = finish(state, event.id);
    // A PIN that it took along is forgotten by the command that followed it.
    if (command && !command->unseen) note_user_pin(state, *command, true);
    if (state.user_pin && command && state.user_pin->slot.id == command->slot) state.user_pin.reset();
    // The token was changed while the code was on its way: it is not of a slot that is on screen.
    if (command && (!state.active || state.active->status.info.key != command->token)) return;
    replace_slot(state, event.slot);
    if (command && command->unseen) return;
    if (command && command->exchange) return exchanged(state, std::move(event));
    if (event.slot.parameters.kind == otp::OtpKind::hotp && !event.counter)
        tell(state, Notice::Kind::info, "notice.hotp-unsure", event.slot.name);
    show_and_lend(state, event.slot, std::move(event.code), event.valid_from, event.valid_until);
}

void failed(AppState& state, const PendingCommand& command, channel::CommandFailed event) {
    using Kind = channel::PinProblem::Kind;
    note_user_pin_failure(state, command, event);
    if (command.exchange) return take_back_expired(state);
    const otp::SlotSummary* slot = find_slot(state, command.slot);
    const bool pin_to_type = event.pin && event.pin->pin == channel::PinKind::user && event.pin->kind != Kind::other;
    if (slot != nullptr && !state.user_pin && pin_to_type)
        state.user_pin = UserPinDialog{.slot = *slot, .token = command.token, .set_time_back = command.set_time_back};
    const bool in_dialog = state.user_pin && state.user_pin->slot.id == command.slot;
    if (in_dialog) state.user_pin->busy = false;
    if (slot != nullptr && event.time_refused) {
        if (in_dialog) state.user_pin.reset();
        state.time = TimeDialog{*slot, command.token};
    } else if (in_dialog) {
        // That a PIN is needed is what the dialogue says anyway.
        if (pin_to_type && event.pin->kind == Kind::missing) return;
        state.user_pin->error = std::move(event.error);
        state.user_pin->error_pin = event.pin;
    } else {
        tell(state, std::move(event.error), slot != nullptr ? slot->name : std::string{});
    }
}

void copy(AppState& state, const otp::SlotId& id) {
    const otp::SlotSummary* slot = find_slot(state, id);
    if (slot == nullptr || !otp::occupied(*slot) || code_pending(state, id) != nullptr) return;
    // A HOTP code is used up by reading it: a second click soon after gives the same one, even if another slot's code
    // was shown in between or this one was hidden.
    const auto recent = std::ranges::find(state.recent_hotp, id, &RecentHotp::slot);
    if (recent != state.recent_hotp.end() && recent->until > state.now) {
        lend_to_clipboard(state, recent->code, recent->name, id, {});
        state.shown = ShownCode{id, recent->name, recent->code.clone(), {}, {}, recent->until, seen_until(state)};
        tell(state, Notice::Kind::info, "notice.hotp-again", recent->name);
        return;
    }
    // A second click while the next code is waited for: the one of now is wanted.
    const bool impatient = state.awaited && state.awaited->slot == id;
    const auto next = impatient ? std::nullopt : worth_waiting_for(state, *slot);
    state.awaited.reset();
    if (next) {
        state.awaited = AwaitedCode{id, slot->name, state.active->status.info.key, *next};
        return;
    }
    // A TOTP code that is still good is copied again as it is, without asking the token.
    if (state.shown && state.shown->slot == id && state.shown->timed() && state.shown->valid_until > state.unix_now) {
        lend_to_clipboard(state, state.shown->code, state.shown->name, id, state.shown->valid_until);
        state.shown->masked_at = seen_until(state);
        return;
    }
    ask_for(state, id, {}, false, false);
}

void show_again(AppState& state) {
    if (state.shown) state.shown->masked_at = seen_until(state);
}

void submit_user_pin(AppState& state, SubmitUserPin intent) {
    if (!state.user_pin || state.user_pin->busy || !state.active) return;
    if (state.user_pin->token != state.active->status.info.key) {
        state.user_pin.reset();
        return tell(state, base::Error{errors::token_changed});
    }
    state.user_pin->busy = true;
    state.user_pin->error.reset();
    state.user_pin->error_pin.reset();
    ask_for(state, state.user_pin->slot.id, std::move(intent.pin), state.user_pin->set_time_back, intent.last_try);
}

void set_time_back(AppState& state) {
    if (!state.time || !state.active) return;
    const TimeDialog agreed = std::move(*state.time);
    state.time.reset();
    if (agreed.token != state.active->status.info.key) return tell(state, base::Error{errors::token_changed});
    ask_for(state, agreed.slot.id, {}, true, false);
}

void forget_asked(AppState& state) {
    for (PendingCommand& pending : state.pending)
        if (pending.what == Wait::code || pending.what == Wait::write) pending.unseen = true;
}

void forget_user_pin(AppState& state) {
    state.outbox.device.emplace_back(channel::ForgetPins{wait_for(state, Wait::forget).id});
    if (!state.active) return;
    state.active->user_pin_accepted_at.reset();
    state.active->status.user_pin_held = false;
    if (state.wizard) state.wizard->admin_held = false;
}

void tick(AppState& state) {
    // A code that is to stay until the person says otherwise stays; the footer says that it has expired.
    if (loan_expired(state) && !state.clipboard->exchanging && !state.clipboard->kept &&
        state.now < state.clipboard->clears_at)
        exchange_expired(state);
    if (state.shown) {
        const bool over =
            state.shown->timed() ? state.unix_now >= state.shown->valid_until : state.now >= state.shown->hidden_at;
        if (over) state.shown.reset();
    }
    if (state.awaited && state.unix_now >= state.awaited->at) {
        const AwaitedCode awaited = std::move(*state.awaited);
        state.awaited.reset();
        // Asked for as if clicked now. If the computer's clock jumped meanwhile, it may be waited for once more.
        if (state.active && state.active->status.info.key == awaited.token) copy(state, awaited.slot);
    }
    std::erase_if(state.recent_hotp, [&](const RecentHotp& recent) { return state.now >= recent.until; });
    if (state.active && state.active->user_pin_accepted_at &&
        state.now >= *state.active->user_pin_accepted_at + state.settings.user_pin_time)
        forget_user_pin(state);
}

}  // namespace tokendeck::state::codes
