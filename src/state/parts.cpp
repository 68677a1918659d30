#include "state/parts.hpp"

#include <algorithm>

namespace tokendeck::state {
namespace {

constexpr base::Milliseconds notice_time{6'000};
constexpr base::Milliseconds problem_time{12'000};

}  // namespace

void tell(AppState& state, Notice::Kind kind, std::string text_key, std::string subject) {
    state.notice = Notice{kind, std::move(text_key), std::move(subject), std::nullopt, state.now + notice_time};
}

void tell(AppState& state, base::Error error, std::string subject) {
    state.notice = Notice{Notice::Kind::problem, {}, std::move(subject), std::move(error), state.now + problem_time};
}

void open_token(AppState& state, const channel::TokenKey& key) {
    state.opening = key;
    state.open_error.reset();
    state.open_error_token.clear();
    state.outbox.device.emplace_back(channel::OpenToken{wait_for(state, Wait::open, {}, key).id, key});
}

void take_settings_problems(AppState& state, SettingsProblems problems) {
    state.settings_problems = std::move(problems);
    const SettingsProblems& kept = state.settings_problems;
    const std::size_t count = kept.lines.size() + kept.more;
    if (kept.file) tell(state, *kept.file);
    else if (count > 0) tell(state, Notice::Kind::problem, "notice.settings-lines", std::to_string(count));
}

PendingCommand& wait_for(AppState& state, Wait what, otp::SlotId slot, channel::TokenKey token) {
    PendingCommand command;
    command.id = ++state.last_id;
    command.what = what;
    command.slot = std::move(slot);
    command.token = std::move(token);
    command.since = state.now;
    return state.pending.emplace_back(std::move(command));
}

std::optional<PendingCommand> finish(AppState& state, channel::MessageId id) {
    const auto it = std::ranges::find(state.pending, id, &PendingCommand::id);
    if (it == state.pending.end()) return std::nullopt;
    PendingCommand done = std::move(*it);
    state.pending.erase(it);
    return done;
}

void replace_slot(AppState& state, const otp::SlotSummary& slot) {
    if (!state.active) return;
    for (otp::SlotSummary& held : state.active->slots)
        if (held.id == slot.id) held = slot;
}

void take_status(AppState& state, channel::TokenStatus status, std::vector<otp::SlotSummary> slots) {
    ActiveToken& active = *state.active;
    active.status = std::move(status);
    active.slots = std::move(slots);
    if (!active.status.user_pin_held) active.user_pin_accepted_at.reset();
    else if (!active.user_pin_accepted_at) active.user_pin_accepted_at = state.now;
}

void lend_to_clipboard(AppState& state, const base::SecretText& code, const std::string& name, const otp::SlotId& slot,
                       base::UnixTime expires_at) {
    state.outbox.effects.emplace_back(PutOnClipboard{code.clone(), true});
    ClipboardLoan loan;
    loan.name = name;
    loan.clears_at = state.now + state.settings.clipboard_time;
    loan.expires_at = expires_at;
    loan.slot = slot;
    if (state.active) loan.token = state.active->status.info.key;
    state.clipboard = std::move(loan);
}

void take_back_clipboard(AppState& state) {
    if (!state.clipboard) return;
    state.clipboard.reset();
    state.outbox.effects.emplace_back(ClearClipboardIfOurs{});
}

void forget_code(AppState& state, const otp::SlotId& slot) {
    if (state.shown && state.shown->slot == slot) state.shown.reset();
    if (state.awaited && state.awaited->slot == slot) state.awaited.reset();
    std::erase_if(state.recent_hotp, [&](const RecentHotp& recent) { return recent.slot == slot; });
}

void forget_codes(AppState& state) {
    state.shown.reset();
    state.awaited.reset();
    state.recent_hotp.clear();
}

FactoryPins are_factory_pins(const base::SecretText& admin, const base::SecretText& user) {
    FactoryPins are;
    if (!admin.empty()) are.admin = base::same(admin, base::SecretText::copy_of("12345678"));
    if (!user.empty()) are.user = base::same(user, base::SecretText::copy_of("123456"));
    return are;
}

void know_factory(AppState& state, const FactoryPins& now) {
    if (!state.active || state.active->status.card_serial.empty()) return;
    FactoryPins& known = state.factory_pins[state.active->status.card_serial];
    if (now.admin) known.admin = now.admin;
    if (now.user) known.user = now.user;
}

void note_factory(AppState& state, const PendingCommand& command, std::optional<channel::PinKind> refused) {
    if (!state.active || (!command.token.empty() && state.active->status.info.key != command.token)) return;
    if (!refused) return know_factory(state, command.factory);
    // That one is wrong tells only of the one that a new token has.
    FactoryPins now;
    if (*refused == channel::PinKind::admin && command.factory.admin == true) now.admin = false;
    if (*refused == channel::PinKind::user && command.factory.user == true) now.user = false;
    know_factory(state, now);
}

void note_user_pin(AppState& state, const PendingCommand& command, bool done) {
    if (!command.with_user_pin || !state.active || state.active->status.info.key != command.token) return;
    // There each PIN is good for one code and was used up by it.
    if (state.active->status.abilities.pin_per_command) return;
    state.active->user_pin_accepted_at = state.now;
    if (done) state.active->status.user_pin_held = true;
}

void note_user_pin_failure(AppState& state, const PendingCommand& command, const channel::CommandFailed& event) {
    const bool about_it = event.pin && event.pin->pin == channel::PinKind::user;
    if (!about_it) note_user_pin(state, command, false);
    const bool wanted = about_it && (event.pin->kind == channel::PinProblem::Kind::missing ||
                                     event.pin->kind == channel::PinProblem::Kind::forgotten);
    if (wanted && state.active) {
        state.active->status.user_pin_held = false;
        state.active->user_pin_accepted_at.reset();
    }
}

}  // namespace tokendeck::state
