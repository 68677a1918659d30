#include "state/apply.hpp"

#include "base/ascii.hpp"
#include "base/overload.hpp"
#include "state/care.hpp"
#include "state/check.hpp"
#include "state/codes.hpp"
#include "state/diagnostics.hpp"
#include "state/errors.hpp"
#include "state/parts.hpp"
#include "state/wizard.hpp"

#include <algorithm>
#include <array>

namespace tokendeck::state {
namespace {

// Forgets everything that belongs to the token that was active.
void forget_token(AppState& state) {
    state.active.reset();
    forget_codes(state);
    care::close(state);
    wizard::token_changed(state);
}

void examine(AppState& state) {
    if (find_pending(state, Wait::examine) == nullptr)
        state.outbox.device.emplace_back(channel::Examine{wait_for(state, Wait::examine).id});
}

// ---- device events ----

// Problems come first: what to do about the first one is there to be read.
void examined(AppState& state, std::vector<channel::Finding> findings) {
    const bool problem = !findings.empty() && findings.front().weight == channel::Finding::Weight::problem;
    state.finding_open = problem ? std::optional<std::size_t>{0} : std::nullopt;
    state.findings = std::move(findings);
}

// There are tokens, and none can be used: why?
void look_for_reasons(AppState& state) {
    state.findings.reset();
    const bool usable = std::ranges::any_of(state.tokens, [&](const channel::TokenInfo& info) {
        return info.access == channel::TokenAccess::openable && info.key != state.open_error_token;
    });
    if (!state.tokens.empty() && !state.active && !state.opening && !usable) examine(state);
}

// An account waits for the spare token, and only one that is plugged in can be it: nobody has to say which.
void take_only_spare(AppState& state) {
    if (state.screen != Screen::wizard || !spare_is_missing(state) || state.opening || token_busy(state)) return;
    const auto others = possible_spares(state);
    if (others.size() == 1 && others.front()->key != state.open_error_token) open_token(state, others.front()->key);
}

[[nodiscard]] bool is_there(const AppState& state, const channel::TokenKey& key) {
    return std::ranges::any_of(state.tokens, [&](const channel::TokenInfo& info) { return info.key == key; });
}

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
    // It is back; and one that does not take the place of the one in use was seen by nobody who looks at Settings.
    for (const auto& info : event.tokens) {
        if (!fresh(info)) continue;
        if (state.notice && state.notice->until_back == info.title) state.notice.reset();
        if (info.simulated && state.active && state.screen == Screen::settings)
            tell(state, Notice::Kind::info, "notice.simulated-plugged", info.title);
    }
    const channel::TokenKey key = to_open != nullptr ? to_open->key : channel::TokenKey{};
    const bool changed = state.tokens != event.tokens;
    if (changed) state.findings.reset();
    state.tokens = std::move(event.tokens);
    if (state.notice && !state.notice->token.empty() && !is_there(state, state.notice->token)) state.notice.reset();
    if (!key.empty()) open_token(state, key);
    else if (changed) look_for_reasons(state);
    take_only_spare(state);
}

void token_lost(AppState& state, const channel::TokenLost& event) {
    if (state.opening == event.key) state.opening.reset();
    if (!state.active || state.active->status.info.key != event.key) return;
    tell(state, Notice::Kind::info, "notice.token-unplugged", state.active->status.info.title);
    state.notice->until_back = state.active->status.info.title;
    // What was copied before stays on the clipboard for its time: it is often pulled as soon as the code is there.
    forget_token(state);
    if (state.screen == Screen::slots || state.screen == Screen::care) state.screen = Screen::start;
    for (const auto& info : state.tokens)
        if (info.key != event.key && info.access == channel::TokenAccess::openable && !state.opening)
            open_token(state, info.key);
}

void opened(AppState& state, channel::TokenOpened event) {
    finish(state, event.id);
    state.opening.reset();
    state.open_error.reset();
    state.open_error_token.clear();
    forget_token(state);
    state.findings.reset();
    state.active.emplace();
    state.active->opened_at = state.now;
    take_status(state, std::move(event.status), std::move(event.slots));
    if (state.screen == Screen::start) state.screen = Screen::slots;
    wizard::token_changed(state);
}

void refreshed(AppState& state, channel::TokenRefreshed event) {
    finish(state, event.id);
    if (!state.active || state.active->status.info.key != event.status.info.key) return;
    take_status(state, std::move(event.status), std::move(event.slots));
    wizard::recheck(state);
}

void note_tries(AppState& state, const channel::CommandFailed& event) {
    if (!state.active || !event.pin || !event.pin->tries_left) return;
    auto& status = state.active->status;
    (event.pin->pin == channel::PinKind::admin ? status.admin_tries : status.user_tries) = event.pin->tries_left;
}

void failed(AppState& state, channel::CommandFailed event) {
    const auto command = finish(state, event.id);
    note_tries(state, event);
    if (event.slot) replace_slot(state, *event.slot);
    if (!command) return;
    if (event.pin && event.pin->kind == channel::PinProblem::Kind::wrong) note_factory(state, *command, event.pin->pin);
    const std::optional<Notice> before = std::exchange(state.notice, std::nullopt);
    switch (command->what) {
        case Wait::open:
            if (state.opening == command->token) state.opening.reset();
            // Of one that was unplugged meanwhile there is nothing to say.
            if (is_there(state, command->token)) {
                state.open_error = std::move(event.error);
                state.open_error_token = command->token;
            }
            look_for_reasons(state);
            break;
        case Wait::code: codes::failed(state, *command, std::move(event)); break;
        case Wait::write: wizard::write_failed(state, *command, std::move(event)); break;
        case Wait::edit: care::edit_failed(state, *command, std::move(event)); break;
        case Wait::erase: care::erase_failed(state, std::move(event)); break;
        case Wait::check: check::failed(state, *command, std::move(event)); break;
        case Wait::care: care::failed(state, std::move(event)); break;
        case Wait::refresh:
        case Wait::examine:
        case Wait::attach:
        case Wait::detach: tell(state, std::move(event.error)); break;
        case Wait::forget: break;  // there was nothing to forget
    }
    if (!state.notice) state.notice = before;
    else if (command->what != Wait::attach && command->what != Wait::examine)
        state.notice->token = command->token.empty() && state.active ? state.active->status.info.key : command->token;
}

void proven(AppState& state, channel::SlotProven event) {
    const auto command = finish(state, event.id);
    if (command) note_user_pin(state, *command, true);
    if (command) note_factory(state, *command, std::nullopt);
    const bool unseen = command && command->unseen;
    if (unseen) event.secret = {};  // as what was kept when the screen was locked
    // The token was changed or pulled in the meantime: what was written is not on the one that is shown.
    if (!command || (state.active && state.active->status.info.key == command->token)) {
        replace_slot(state, event.slot);
        forget_code(state, event.slot.id);
        // Of several accounts nobody asked for a code.
        if (!unseen && (!state.wizard || !several(*state.wizard)))
            codes::show_proven(state, event.slot, std::move(event.code), event.valid_from, event.valid_until);
    }
    wizard::proven(state, event);
}

// ---- intents ----

void go_to(AppState& state, Screen screen) {
    if (screen == Screen::wizard || state.screen == screen) return;
    if (state.screen == Screen::wizard) {
        if (wizard::busy_writing(state)) return;  // stays until the token has answered
        wizard::set_aside(state);
    }
    // Without a token the start page stands for the codes; the page to manage one says what it needs.
    state.screen = screen == Screen::slots && !state.active ? Screen::start : screen;
}

void choose_token(AppState& state, const channel::TokenKey& key) {
    if (token_busy(state) || state.opening == key) return;
    if (state.active && state.active->status.info.key == key) return;
    care::close(state);  // they are for the token that is about to be left
    open_token(state, key);
}

void copy_command(AppState& state, std::size_t number) {
    if (!state.findings || number >= state.findings->size()) return;
    const std::string& command = (*state.findings)[number].command;
    if (command.empty()) return;
    state.clipboard.reset();  // what it takes the place of; and no clock runs for a command
    state.outbox.effects.emplace_back(PutOnClipboard{base::SecretText::copy_of(command)});
}

void unfold_finding(AppState& state, std::size_t number) {
    if (!state.findings || number >= state.findings->size()) return;
    state.finding_open = state.finding_open == number ? std::nullopt : std::optional{number};
}

// Which clipboard managers can leave a program out, and how.
void code_came_back(AppState& state, const std::string& program) {
    struct Known {
        std::string_view part;  // of the name, in small letters
        const char* name;
        const char* text_key;
    };
    static constexpr std::array known{Known{"copyq", "CopyQ", "notice.code-back-copyq"},
                                      Known{"parcellite", "Parcellite", "notice.code-back-history"},
                                      Known{"clipman", "Clipman", "notice.code-back-history"}};
    const std::string small = base::lowered(program);
    for (const Known& one : known)
        if (small.find(one.part) != std::string::npos)
            return tell(state, Notice::Kind::problem, one.text_key, one.name);
    tell(state, Notice::Kind::problem, program.empty() ? "notice.code-back-unnamed" : "notice.code-back", program);
}

void ask_to_close(AppState& state, bool sure) {
    // A second time without an answer is one.
    if (sure || state.closing || !wizard_holds_accounts(state)) {
        state.closing.reset();
        state.may_close = true;
        return;
    }
    state.closing.emplace();
}

void leave_all(AppState& state) {
    forget_codes(state);
    codes::forget_asked(state);
    codes::forget_user_pin(state);
    care::close(state);
    wizard::forget_kept_secret(state);
    if (!wizard::busy_writing(state)) wizard::leave(state);
}

void read_files(AppState& state, std::vector<std::string> paths) {
    if (wizard::busy_writing(state)) tell(state, base::Error{errors::writing_now});
    else wizard::read_files(state, std::move(paths));
}

}  // namespace

void apply(AppState& state, channel::DeviceEvent event) {
    std::visit(base::Overload{
                   [](std::monostate) {},
                   [&](channel::TokensSeen& e) { tokens_seen(state, std::move(e)); },
                   [&](channel::TokenLost& e) { token_lost(state, e); },
                   [&](channel::TokenOpened& e) { opened(state, std::move(e)); },
                   [&](channel::TokenRefreshed& e) { refreshed(state, std::move(e)); },
                   [&](channel::CodeRead& e) { codes::read(state, std::move(e)); },
                   [&](channel::WriteProgress& e) { wizard::progress(state, e); },
                   [&](channel::SlotProven& e) { proven(state, std::move(e)); },
                   [&](channel::SlotErased& e) { care::erased(state, e); },
                   [&](channel::SlotEdited& e) { care::edited(state, e); },
                   [&](channel::CareDone& e) { care::done(state, std::move(e)); },
                   [&](channel::Examined& e) {
                       finish(state, e.id);
                       examined(state, std::move(e.findings));
                   },
                   [&](channel::Done& e) { finish(state, e.id); },
                   [&](channel::CommandFailed& e) { failed(state, std::move(e)); },
                   [&](channel::ExchangesLogged& e) { diagnostics::log(state, std::move(e)); },
                   [&](channel::ComputerClock& e) { state.diagnostics.computer_clock = e; },
                   [&](channel::CheckProgress& e) { check::progress(state, std::move(e)); },
                   [&](channel::TokenChecked& e) { check::done(state, std::move(e)); },
                   [&](channel::TokenClockSet& e) {
                       if (state.active) state.active->clock_set_at = e.at;
                   },
               },
               event);
}

void apply(AppState& state, channel::CryptoReply reply) {
    std::visit(base::Overload{
                   [](std::monostate) {},
                   [&](channel::AccountsRead& e) { wizard::accounts_read(state, std::move(e)); },
                   [&](channel::TextExplained& e) { wizard::text_explained(state, std::move(e)); },
                   [&](channel::SecretMade& e) { wizard::secret_made(state, std::move(e)); },
                   [&](channel::SheetShown& e) { wizard::sheet_shown(state, std::move(e)); },
                   [&](channel::SheetPathSuggested& e) { wizard::sheet_path_suggested(state, std::move(e)); },
                   [&](channel::SheetDeleted& e) { wizard::sheet_deleted(state, e); },
                   [&](channel::ExportDeleted& e) { wizard::export_deleted(state, e); },
                   [&](channel::SheetWritten& e) { wizard::sheet_written(state, std::move(e)); },
                   [&](channel::FolderListed& e) { wizard::folder_listed(state, std::move(e)); },
                   [&](channel::RequestFailed& e) { wizard::request_failed(state, std::move(e)); },
               },
               reply);
}

void apply(AppState& state, Intent intent) {
    std::visit(
        base::Overload{
            [](std::monostate) {},
            [&](GoTo& i) { go_to(state, i.screen); },
            [&](ChooseToken& i) { choose_token(state, i.key); },
            [&](StartSimulated&) {
                if (find_pending(state, Wait::attach) != nullptr) return;
                state.outbox.device.emplace_back(channel::AttachSimulated{
                    wait_for(state, Wait::attach).id, state.settings.simulated_model, state.settings.simulated_file});
            },
            [&](ChooseSimulated& i) {
                for (const SimulatedModel& model : state.settings.simulated_models) {
                    if (model.key != i.model) continue;
                    state.settings.simulated_model = model.key;
                    state.settings.simulated_file = model.file;
                }
            },
            [&](UnplugSimulated&) {
                if (token_busy(state)) return;
                state.outbox.device.emplace_back(channel::DetachSimulated{wait_for(state, Wait::detach).id});
            },
            [&](Refresh&) {
                if (state.active && find_pending(state, Wait::refresh) == nullptr)
                    state.outbox.device.emplace_back(channel::RefreshToken{wait_for(state, Wait::refresh).id});
            },
            [&](CopyCode& i) { codes::copy(state, i.slot); },
            [&](HideCode&) { state.shown.reset(); },
            [&](ShowCode&) { codes::show_again(state); },
            [&](CancelAwaited&) { state.awaited.reset(); },
            [&](Search& i) { state.search = std::move(i.text); },
            [&](ShowSlotMap& i) { state.slot_map = i.on; },
            [&](ShowHelp& i) { state.help = i.on; },
            [&](ClearClipboard&) { take_back_clipboard(state); },
            [&](KeepClipboard&) {
                if (state.clipboard) state.clipboard->kept = true;
            },
            [&](ClipboardReplaced&) { state.clipboard.reset(); },
            [&](CodeCameBack& i) { code_came_back(state, i.program); },
            [&](SetMaskCodes& i) { state.settings.mask_codes = i.on; },
            [&](SetScale& i) { state.settings.scale_percent = i.percent; },
            [&](SetLanguage& i) { state.settings.language = std::move(i.language); },
            [&](SetMotion& i) { state.settings.motion = i.motion; },
            [&](SubmitUserPin& i) { codes::submit_user_pin(state, std::move(i)); },
            [&](CancelUserPin&) {
                if (state.user_pin && !state.user_pin->busy) state.user_pin.reset();
            },
            [&](ForgetPin&) { codes::forget_user_pin(state); },
            [&](ForgetShown&) {
                check::cancel(state);  // or the PIN's authentication would outlive this
                take_back_clipboard(state);
                forget_codes(state);
                codes::forget_asked(state);
                codes::forget_user_pin(state);
                wizard::forget_kept_secret(state);
            },
            [&](SetUserPinTime& i) { state.settings.user_pin_time = i.time; },
            [&](SetClipboardTime& i) { state.settings.clipboard_time = i.time; },
            [&](AgreeToSetTimeBack&) { codes::set_time_back(state); },
            [&](CancelTime&) { state.time.reset(); },
            [&](AskToClose& i) { ask_to_close(state, i.sure); },
            [&](LeaveAll&) { leave_all(state); },
            [&](StayOpen&) {
                state.closing.reset();
                wizard::come_back(state);
            },
            [&](StartSpare& i) {
                wizard::apply(state, std::move(i));
                take_only_spare(state);
            },
            [&](ExamineNow&) { examine(state); },
            [&](CopyCommand& i) { copy_command(state, i.finding); },
            [&](UnfoldFinding& i) { unfold_finding(state, i.finding); },
            [&](CopyReport&) { diagnostics::copy_report(state); },
            [&](TrayTold& i) { state.tray = i.tray; },
            [&](DismissNotice&) { state.notice.reset(); },
            [&](SettingsFileRead& i) { take_settings_problems(state, std::move(i.problems)); },
            [&](SettingsNotKept& i) { tell(state, std::move(i.error)); },
            [&](SetTheme& i) { state.settings.theme = i.theme; },
            [&](ReadFile& i) { read_files(state, {std::move(i.path)}); },
            [&](ReadFiles& i) { read_files(state, std::move(i.paths)); },
            [&](auto& i) {
                if constexpr (requires { care::apply(state, std::move(i)); }) care::apply(state, std::move(i));
                else if constexpr (requires { check::apply(state, std::move(i)); }) check::apply(state, std::move(i));
                else wizard::apply(state, std::move(i));
            },
        },
        intent);
}

void tick(AppState& state, base::SteadyTime now, base::UnixTime unix_now) {
    state.now = now;
    state.unix_now = unix_now;
    codes::tick(state);
    wizard::tick(state);
    if (state.clipboard && !state.clipboard->kept && now >= state.clipboard->clears_at) take_back_clipboard(state);
    if (state.notice && now >= state.notice->ends_at) state.notice.reset();
}

void shut_down(AppState& state) {
    take_back_clipboard(state);
    forget_codes(state);
    wizard::forget_kept_secret(state);
    state.wizard.reset();
    state.outbox.device.clear();
    state.outbox.crypto.clear();
}

}  // namespace tokendeck::state
