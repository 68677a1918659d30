#include "state/app_state.hpp"

#include "base/ascii.hpp"
#include "state/errors.hpp"

#include <algorithm>
#include <array>

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
    switch (step_of(*state.wizard)) {
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

WizardStep step_of(const Wizard& wizard) {
    static constexpr std::array names{WizardStep::input,   WizardStep::reading, WizardStep::review, WizardStep::pin,
                                      WizardStep::writing, WizardStep::proven,  WizardStep::failed};
    static_assert(names.size() == std::variant_size_v<decltype(Wizard::step)>);
    const WizardStep step = names[wizard.step.index()];
    return step == WizardStep::review && several(wizard) ? WizardStep::choose : step;
}

bool at(const AppState& state, WizardStep step) {
    return state.wizard && step_of(*state.wizard) == step;
}

bool several(const Wizard& wizard) {
    if (wizard.candidates.size() != 1) return !wizard.candidates.empty();
    return !wizard.refused.empty() || parts_missing(wizard) > 0;
}

bool to_be_written(const Candidate& candidate) {
    return candidate.chosen && candidate.fate != Candidate::Fate::proven;
}

bool is_open(const AnsweredRemark& one) {
    if (!one.remark.asks) return false;
    return one.remark.meant ? !one.yes.has_value() : !one.yes.value_or(false);
}

bool has_open_remark(const Candidate& candidate) {
    return std::ranges::any_of(candidate.remarks, is_open);
}

bool lacks_counter(const Candidate& candidate) {
    return std::ranges::any_of(candidate.remarks, [](const AnsweredRemark& one) { return one.remark.lacks_counter; });
}

const otp::SlotSummary* wizard_target(const AppState& state) {
    if (!state.wizard || state.wizard->candidates.empty() || several(*state.wizard)) return nullptr;
    const Candidate& one = state.wizard->account();
    return one.slot ? find_slot(state, *one.slot) : nullptr;
}

namespace {

bool waits(const Candidate& one) {
    return one.fate != Candidate::Fate::proven && !one.enrolment.secret.empty();
}

}  // namespace

bool takes_accounts(const AppState& state) {
    return !at(state, WizardStep::writing);
}

bool wizard_holds_accounts(const AppState& state) {
    if (!state.wizard) return false;
    const Wizard& w = *state.wizard;
    if (w.in<WritingStep>() != nullptr || w.in<ProvenStep>() != nullptr) return false;
    return std::ranges::any_of(w.candidates, waits);
}

std::string waiting_account(const AppState& state) {
    if (!wizard_holds_accounts(state)) return {};
    return std::ranges::find_if(state.wizard->candidates, waits)->name;
}

std::size_t accounts_waiting(const AppState& state) {
    if (!wizard_holds_accounts(state)) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(state.wizard->candidates, waits));
}

bool wizard_keeps_secret(const Wizard& wizard) {
    return wizard.in<ProvenStep>() != nullptr &&
           std::ranges::any_of(wizard.candidates, [](const Candidate& one) { return !one.enrolment.secret.empty(); });
}

std::vector<channel::MigrationPart> missing_parts(const Wizard& wizard) {
    std::vector<channel::MigrationPart> missing;
    std::vector<std::int32_t> batches;
    for (const channel::MigrationPart& part : wizard.parts) {
        if (std::ranges::count(batches, part.batch) > 0) continue;
        batches.push_back(part.batch);
        for (std::uint32_t index = 0; index < part.count; ++index) {
            const bool read = std::ranges::any_of(wizard.parts, [&](const channel::MigrationPart& other) {
                return other.batch == part.batch && other.index == index;
            });
            if (!read) missing.push_back({part.batch, index, part.count});
        }
    }
    return missing;
}

std::size_t accounts_not_written(const Wizard& wizard) {
    const auto open = std::ranges::count_if(wizard.candidates,
                                            [](const Candidate& one) { return one.fate != Candidate::Fate::proven; });
    return static_cast<std::size_t>(open) + wizard.left_out + wizard.refused.size();
}

std::optional<base::Error> missing_codes(const Wizard& wizard) {
    if (wizard.code_parts.empty()) return std::nullopt;
    const channel::CodePart& last = wizard.code_parts.back();
    const auto read = std::ranges::count_if(
        wizard.code_parts, [&](const channel::CodePart& part) { return channel::of_one_text(part, last); });
    return base::Error{.code = errors::code_in_parts, .actual = read, .limit = static_cast<std::int64_t>(last.count)};
}

std::size_t parts_missing(const Wizard& wizard) {
    return missing_parts(wizard).size();
}

bool spare_is_missing(const AppState& state) {
    if (!state.wizard || state.wizard->spare_of.key.empty()) return false;
    if (!state.active) return true;
    const channel::TokenStatus& status = state.active->status;
    const Wizard::Token& first = state.wizard->spare_of;
    return status.info.key == first.key || (!first.card.empty() && status.card_serial == first.card);
}

std::vector<const channel::TokenInfo*> possible_spares(const AppState& state) {
    std::vector<const channel::TokenInfo*> others;
    if (!state.wizard) return others;
    const Wizard::Token& first = state.wizard->spare_of;
    for (const channel::TokenInfo& info : state.tokens) {
        const bool is_first = info.key == first.key || (!first.card.empty() && info.card_serial == first.card);
        if (!is_first && info.access == channel::TokenAccess::openable) others.push_back(&info);
    }
    return others;
}

bool loan_expired(const AppState& state) {
    return state.clipboard && state.clipboard->expires_at.milliseconds != 0 &&
           state.unix_now >= state.clipboard->expires_at;
}

bool of_kind(const otp::SlotId& slot, otp::OtpKind kind) {
    const auto* const numbered = std::get_if<otp::NumberedSlot>(&slot);
    return numbered == nullptr || numbered->kind == kind;
}

bool code_readable(const AppState& state) {
    return state.shown && (!state.settings.mask_codes || state.now < state.shown->masked_at);
}

namespace {

// ASCII letters alike whether small or not; others as they are.
bool contains(std::string_view text, std::string_view wanted) {
    const auto found = std::ranges::search(text, wanted, {}, base::lower, base::lower);
    return wanted.empty() || !found.empty();
}

}  // namespace

std::vector<const otp::SlotSummary*> listed_slots(const AppState& state) {
    std::vector<const otp::SlotSummary*> listed;
    if (!state.active) return listed;
    for (const otp::SlotSummary& slot : state.active->slots)
        if (otp::occupied(slot) && contains(slot.name, state.search)) listed.push_back(&slot);
    std::ranges::stable_partition(
        listed, [](const otp::SlotSummary* slot) { return slot->parameters.kind == otp::OtpKind::totp; });
    return listed;
}

bool wizard_ready_for_pin(const AppState& state) {
    if (!state.wizard || !state.active || spare_is_missing(state)) return false;
    bool any = false;
    for (const Candidate& one : state.wizard->candidates) {
        if (!to_be_written(one)) continue;
        const otp::SlotSummary* const slot = one.slot ? find_slot(state, *one.slot) : nullptr;
        if (slot == nullptr || otp::blocked(one.problems) || has_open_remark(one)) return false;
        if (otp::occupied(*slot) && !one.overwrite_confirmed) return false;
        if (one.same_as && !one.keep_both) return false;
        any = true;
    }
    return any;
}

bool may_go_back(const Wizard& wizard) {
    return !wizard.made_here && wizard.spare_of.key.empty();
}

FactoryPins factory_pins(const AppState& state) {
    if (!state.active) return {};
    const auto found = state.factory_pins.find(state.active->status.card_serial);
    return found == state.factory_pins.end() ? FactoryPins{} : found->second;
}

bool user_pin_needed(const AppState& state) {
    return state.active && state.active->status.pin_protected_codes && !state.active->status.user_pin_held;
}

bool token_busy(const AppState& state) {
    return at(state, WizardStep::writing) || (state.remove && state.remove->busy) ||
           (state.user_pin && state.user_pin->busy) || (state.edit && state.edit->busy) ||
           (state.care && state.care->busy) || (state.check && state.check->running);
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
    const auto moment_of = [&](base::SteadyTime moment) {
        // Rounded up: waking a moment early would draw a frame in which nothing has changed.
        in(std::chrono::ceil<Milliseconds>(moment - state.now));
    };
    // A number of seconds is on screen: it changes when the computer's second does.
    const bool seconds_shown = state.shown || (state.clipboard && !state.clipboard->kept) || !state.pending.empty() ||
                               state.opening || at(state, WizardStep::reading);
    if (seconds_shown) in(Milliseconds{1000 - ((state.unix_now.milliseconds % 1000) + 1000) % 1000});
    if (state.shown && !state.shown->timed()) moment_of(state.shown->hidden_at);
    if (state.shown && state.settings.mask_codes && state.now < state.shown->masked_at)
        moment_of(state.shown->masked_at);
    if (state.awaited) {
        in(Milliseconds{1000 - ((state.unix_now.milliseconds % 1000) + 1000) % 1000});
        in(Milliseconds{state.awaited->at.milliseconds - state.unix_now.milliseconds});
    }
    if (state.clipboard && !state.clipboard->kept) moment_of(state.clipboard->clears_at);
    if (state.clipboard && state.clipboard->expires_at.milliseconds != 0 && !loan_expired(state))
        in(Milliseconds{state.clipboard->expires_at.milliseconds - state.unix_now.milliseconds});
    if (state.wizard && wizard_keeps_secret(*state.wizard))
        moment_of(state.wizard->in<ProvenStep>()->secret_kept_until);
    if (state.notice) moment_of(state.notice->ends_at);
    for (const RecentHotp& recent : state.recent_hotp) moment_of(recent.until);
    if (state.active && state.active->user_pin_accepted_at)
        moment_of(*state.active->user_pin_accepted_at + state.settings.user_pin_time);
    return soonest;
}

}  // namespace tokendeck::state
