#include "state/apply.hpp"

#include "state/errors.hpp"
#include "state/wizard.hpp"

#include <algorithm>

namespace tokendeck::state {
namespace {

constexpr base::Milliseconds notice_time{6'000};
constexpr base::Milliseconds problem_time{12'000};

template <typename... Fs>
struct Overload : Fs... {
    using Fs::operator()...;
};
template <typename... Fs>
Overload(Fs...) -> Overload<Fs...>;

void tell(AppState& state, Notice::Kind kind, std::string text_key, std::string subject) {
    state.notice = Notice{kind, std::move(text_key), std::move(subject), std::nullopt, state.now + notice_time};
}

void tell(AppState& state, base::Error error, std::string subject = {}) {
    state.notice = Notice{Notice::Kind::problem, {}, std::move(subject), std::move(error), state.now + problem_time};
}

channel::MessageId wait_for(AppState& state, Wait what, otp::SlotId slot = {}, channel::TokenKey token = {}) {
    const channel::MessageId id = ++state.last_id;
    state.pending.push_back({id, what, std::move(slot), std::move(token), state.now});
    return id;
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

void open(AppState& state, const channel::TokenKey& key) {
    state.opening = key;
    state.open_error.reset();
    state.open_error_token.clear();
    state.outbox.device.emplace_back(channel::OpenToken{wait_for(state, Wait::open, {}, key), key});
}

// Forgets everything that belongs to the token that was active.
void forget_token(AppState& state) {
    state.active.reset();
    state.shown.reset();
    state.remove.reset();
    state.user_pin.reset();
    state.time.reset();
    wizard::token_changed(state);
}

void lend_to_clipboard(AppState& state, const base::SecretText& code, const std::string& name) {
    state.outbox.effects.emplace_back(PutOnClipboard{code.clone()});
    state.clipboard = ClipboardLoan{name, state.now + state.settings.clipboard_time};
}

void take_back_clipboard(AppState& state) {
    if (!state.clipboard) return;
    state.clipboard.reset();
    state.outbox.effects.emplace_back(ClearClipboardIfOurs{});
}

void show_and_lend(AppState& state, const otp::SlotSummary& slot, base::SecretText code, base::UnixTime from,
                   base::UnixTime until) {
    lend_to_clipboard(state, code, slot.name);
    state.shown =
        ShownCode{slot.id, slot.name, std::move(code), from, until, state.now + state.settings.hotp_shown_time};
}

void ask_for_code(AppState& state, const otp::SlotId& slot, base::SecretText user_pin, bool set_time_back) {
    const channel::TokenKey key = state.active->status.info.key;
    channel::GetCode command;
    command.id = wait_for(state, Wait::code, slot, key);
    command.token = key;
    command.slot = slot;
    command.user_pin = std::move(user_pin);
    command.set_time_back = set_time_back;
    state.outbox.device.emplace_back(std::move(command));
}

bool is(const base::Error& error, std::string_view name) {
    return error.code.name == name;
}

// ---- device events ----

void tokens_seen(AppState& state, channel::TokensSeen event) {
    state.looked_for_tokens = true;
    // A token plugged in while another is in use does not take its place; it is listed.
    const auto fresh = [&](const channel::TokenInfo& info) {
        return std::ranges::none_of(state.tokens, [&](const auto& known) { return known.key == info.key; });
    };
    const channel::TokenInfo* to_open = nullptr;
    if (!state.active && !state.opening) {
        for (const auto& info : event.tokens)
            if (info.access == channel::TokenAccess::openable && (fresh(info) || to_open == nullptr) &&
                info.key != state.open_error_token)
                to_open = &info;
    }
    const bool failed_one_is_gone =
        std::ranges::none_of(event.tokens, [&](const auto& info) { return info.key == state.open_error_token; });
    if (failed_one_is_gone) {
        state.open_error.reset();
        state.open_error_token.clear();
    }
    const channel::TokenKey key = to_open != nullptr ? to_open->key : channel::TokenKey{};
    state.tokens = std::move(event.tokens);
    if (!key.empty()) open(state, key);
}

void token_lost(AppState& state, const channel::TokenLost& event) {
    if (state.opening == event.key) state.opening.reset();
    if (!state.active || state.active->status.info.key != event.key) return;
    tell(state, Notice::Kind::info, "notice.token-unplugged", state.active->status.info.title);
    // What was copied before stays on the clipboard for its time: it is often pulled as soon as the code is there.
    forget_token(state);
    if (state.screen == Screen::slots) state.screen = Screen::start;
    for (const auto& info : state.tokens)
        if (info.key != event.key && info.access == channel::TokenAccess::openable && !state.opening)
            open(state, info.key);
}

void opened(AppState& state, channel::TokenOpened event) {
    finish(state, event.id);
    state.opening.reset();
    state.open_error.reset();
    state.open_error_token.clear();
    forget_token(state);
    state.active = ActiveToken{std::move(event.status), std::move(event.slots), std::nullopt, state.now};
    if (state.screen == Screen::start) state.screen = Screen::slots;
    wizard::token_changed(state);
}

void refreshed(AppState& state, channel::TokenRefreshed event) {
    finish(state, event.id);
    if (!state.active || state.active->status.info.key != event.status.info.key) return;
    state.active->status = std::move(event.status);
    state.active->slots = std::move(event.slots);
    wizard::recheck(state);
}

void code_read(AppState& state, channel::CodeRead event) {
    const auto command = finish(state, event.id);
    if (state.user_pin && command && state.user_pin->slot.id == command->slot) state.user_pin.reset();
    replace_slot(state, event.slot);
    show_and_lend(state, event.slot, std::move(event.code), event.valid_from, event.valid_until);
}

void note_tries(AppState& state, const channel::CommandFailed& event) {
    if (!state.active || !event.pin || !event.tries_left) return;
    auto& status = state.active->status;
    (*event.pin == channel::PinKind::admin ? status.admin_tries : status.user_tries) = event.tries_left;
}

void code_failed(AppState& state, const PendingCommand& command, base::Error error) {
    const otp::SlotSummary* slot = find_slot(state, command.slot);
    if (slot != nullptr && (is(error, "device.user-pin-needed") || (error.field == "user-pin" && !state.user_pin)))
        state.user_pin = UserPinDialog{*slot, command.token, false, std::nullopt};
    if (state.user_pin && state.user_pin->slot.id == command.slot) {
        state.user_pin->busy = false;
        if (!is(error, "device.user-pin-needed")) state.user_pin->error = std::move(error);
        return;
    }
    if (slot != nullptr && is(error, "device.time-refused")) {
        state.time = TimeDialog{*slot, command.token};
        return;
    }
    tell(state, std::move(error), slot != nullptr ? slot->name : std::string{});
}

void failed(AppState& state, channel::CommandFailed event) {
    const auto command = finish(state, event.id);
    note_tries(state, event);
    if (event.slot) replace_slot(state, *event.slot);
    if (!command) return;
    switch (command->what) {
        case Wait::open:
            if (state.opening == command->token) state.opening.reset();
            state.open_error = std::move(event.error);
            state.open_error_token = command->token;
            break;
        case Wait::write: wizard::write_failed(state, std::move(event)); break;
        case Wait::erase:
            if (state.remove && state.remove->busy) {
                state.remove->busy = false;
                state.remove->error = std::move(event.error);
            } else {
                tell(state, std::move(event.error));
            }
            break;
        case Wait::code: code_failed(state, *command, std::move(event.error)); break;
        case Wait::refresh:
        case Wait::attach:
        case Wait::detach: tell(state, std::move(event.error)); break;
    }
}

void log_exchanges(AppState& state, channel::ExchangesLogged event) {
    auto& d = state.diagnostics;
    for (auto& record : event.records) {
        ++d.total;
        d.transport_errors += record.transport_error ? 1 : 0;
        d.foreign_replies += record.foreign;
        // Reading an empty slot is answered so; nothing is wrong with that.
        const bool empty_slot = record.status == "slot not programmed" && record.command.starts_with("READ_SLOT");
        d.refusals += !record.transport_error && record.status != "ok" && !empty_slot ? 1 : 0;
        d.exchanges.push_back(std::move(record));
        if (d.exchanges.size() > Diagnostics::kept) d.exchanges.pop_front();
    }
}

// ---- intents ----

void copy_code(AppState& state, const otp::SlotId& id) {
    const otp::SlotSummary* slot = find_slot(state, id);
    if (slot == nullptr || !otp::occupied(*slot) || code_pending(state, id) != nullptr) return;
    // A code that is still good is copied again as it is: no waiting, and no HOTP value is used up by a second click.
    if (state.shown && state.shown->slot == id &&
        (!state.shown->timed() || state.shown->valid_until > state.unix_now)) {
        lend_to_clipboard(state, state.shown->code, state.shown->name);
        return;
    }
    ask_for_code(state, id, {}, false);
}

void ask_remove(AppState& state, const otp::SlotId& id) {
    const otp::SlotSummary* slot = find_slot(state, id);
    if (slot == nullptr || !otp::occupied(*slot)) return;
    state.remove = RemoveDialog{*slot, state.active->status.info.key, false, std::nullopt};
}

void submit_remove(AppState& state, base::SecretText pin) {
    if (!state.remove || state.remove->busy) return;
    const auto& dialog = *state.remove;
    channel::EraseSlot command;
    command.id = wait_for(state, Wait::erase, dialog.slot.id, dialog.token);
    command.token = dialog.token;
    command.slot = dialog.slot.id;
    command.admin_pin = std::move(pin);
    state.outbox.device.emplace_back(std::move(command));
    state.remove->busy = true;
    state.remove->error.reset();
}

void submit_user_pin(AppState& state, base::SecretText pin) {
    if (!state.user_pin || state.user_pin->busy || !state.active) return;
    state.user_pin->busy = true;
    state.user_pin->error.reset();
    ask_for_code(state, state.user_pin->slot.id, std::move(pin), false);
}

void go_to(AppState& state, Screen screen) {
    if (screen == Screen::wizard || state.screen == screen) return;
    if (state.screen == Screen::wizard) {
        if (wizard::busy_writing(state)) return;  // stays until the token has answered
        wizard::leave(state);
    }
    state.screen = screen == Screen::slots && !state.active ? Screen::start : screen;
}

void choose_token(AppState& state, const channel::TokenKey& key) {
    if (wizard::busy_writing(state) || state.opening == key) return;
    if (state.active && state.active->status.info.key == key) return;
    open(state, key);
}

}  // namespace

void apply(AppState& state, channel::DeviceEvent event) {
    std::visit(Overload{
                   [](std::monostate) {},
                   [&](channel::TokensSeen& e) { tokens_seen(state, std::move(e)); },
                   [&](channel::TokenLost& e) { token_lost(state, e); },
                   [&](channel::TokenOpened& e) { opened(state, std::move(e)); },
                   [&](channel::TokenRefreshed& e) { refreshed(state, std::move(e)); },
                   [&](channel::CodeRead& e) { code_read(state, std::move(e)); },
                   [&](channel::WriteProgress& e) { wizard::progress(state, e); },
                   [&](channel::SlotProven& e) {
                       finish(state, e.id);
                       replace_slot(state, e.slot);
                       const otp::SlotSummary slot = e.slot;
                       show_and_lend(state, slot, std::move(e.code), e.valid_from, e.valid_until);
                       wizard::proven(state, e.id, slot);
                   },
                   [&](channel::SlotErased& e) {
                       finish(state, e.id);
                       const std::string name = state.remove ? state.remove->slot.name : otp::text(e.slot.id);
                       replace_slot(state, e.slot);
                       if (state.shown && state.shown->slot == e.slot.id) state.shown.reset();
                       state.remove.reset();
                       tell(state, Notice::Kind::success, "notice.slot-removed", name);
                       wizard::recheck(state);
                   },
                   [&](channel::SlotEdited& e) {
                       finish(state, e.id);
                       replace_slot(state, e.slot);
                   },
                   [&](channel::CareDone& e) { finish(state, e.id); },
                   [&](channel::Examined& e) { finish(state, e.id); },
                   [&](channel::Done& e) { finish(state, e.id); },
                   [&](channel::CommandFailed& e) { failed(state, std::move(e)); },
                   [&](channel::ExchangesLogged& e) { log_exchanges(state, std::move(e)); },
                   [&](channel::TokenClockSet& e) {
                       if (state.active) state.active->clock_set_at = e.at;
                   },
               },
               event);
}

void apply(AppState& state, channel::CryptoReply reply) {
    std::visit(Overload{
                   [](std::monostate) {},
                   [&](channel::EnrolmentRead& e) { wizard::enrolment_read(state, std::move(e)); },
                   [&](channel::FolderListed& e) { wizard::folder_listed(state, std::move(e)); },
                   [&](channel::RequestFailed& e) { wizard::request_failed(state, std::move(e)); },
               },
               reply);
}

void apply(AppState& state, Intent intent) {
    std::visit(
        Overload{
            [](std::monostate) {},
            [&](GoTo& i) { go_to(state, i.screen); },
            [&](ChooseToken& i) { choose_token(state, i.key); },
            [&](StartSimulated&) {
                if (find_pending(state, Wait::attach) != nullptr) return;
                state.outbox.device.emplace_back(channel::AttachSimulated{
                    wait_for(state, Wait::attach), state.settings.simulated_model, state.settings.simulated_file});
            },
            [&](UnplugSimulated&) {
                state.outbox.device.emplace_back(channel::DetachSimulated{wait_for(state, Wait::detach)});
            },
            [&](Refresh&) {
                if (state.active && find_pending(state, Wait::refresh) == nullptr)
                    state.outbox.device.emplace_back(channel::RefreshToken{wait_for(state, Wait::refresh)});
            },
            [&](CopyCode& i) { copy_code(state, i.slot); },
            [&](HideCode&) { state.shown.reset(); },
            [&](SubmitUserPin& i) { submit_user_pin(state, std::move(i.pin)); },
            [&](CancelUserPin&) {
                if (state.user_pin && !state.user_pin->busy) state.user_pin.reset();
            },
            [&](AgreeToSetTimeBack&) {
                if (!state.time || !state.active) return;
                const otp::SlotId slot = state.time->slot.id;
                state.time.reset();
                ask_for_code(state, slot, {}, true);
            },
            [&](CancelTime&) { state.time.reset(); },
            [&](AskRemove& i) { ask_remove(state, i.slot); },
            [&](SubmitRemove& i) { submit_remove(state, std::move(i.admin_pin)); },
            [&](CancelRemove&) {
                if (state.remove && !state.remove->busy) state.remove.reset();
            },
            [&](DismissNotice&) { state.notice.reset(); },
            [&](SetTheme& i) { state.settings.theme = i.theme; },
            [&](ReadFile& i) {
                if (wizard::busy_writing(state)) tell(state, base::Error{errors::writing_now});
                else wizard::read_file(state, std::move(i.path));
            },
            [&](auto& i) { wizard::apply(state, std::move(i)); },
        },
        intent);
}

void tick(AppState& state, base::SteadyTime now, base::UnixTime unix_now) {
    state.now = now;
    state.unix_now = unix_now;
    if (state.shown) {
        const bool over = state.shown->timed() ? unix_now >= state.shown->valid_until : now >= state.shown->hidden_at;
        if (over) state.shown.reset();
    }
    if (state.clipboard && now >= state.clipboard->clears_at) take_back_clipboard(state);
    if (state.notice && now >= state.notice->ends_at) state.notice.reset();
}

void shut_down(AppState& state) {
    take_back_clipboard(state);
    state.shown.reset();
    state.wizard.reset();
    state.outbox.device.clear();
    state.outbox.crypto.clear();
}

}  // namespace tokendeck::state
