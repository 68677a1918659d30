// The accounts that were read: their names and slots, which of several, and one after another onto the token.
#include "otp/duplicate.hpp"
#include "state/parts.hpp"
#include "state/wizard.hpp"
#include "state/wizard_parts.hpp"

#include <algorithm>

namespace tokendeck::state::wizard {
namespace {

// For the sheet and a spare token, after the proof.
constexpr base::Milliseconds secret_kept{600'000};

void check(const AppState& state, Candidate& one) {
    one.problems = state.active ? otp::check_fit(one.enrolment, one.name, state.active->status.limits)
                                : std::vector<otp::FitProblem>{};
}

// The slot of the token that holds this account already; not the one that is overwritten, nor what an earlier try left.
void look_for_same(const AppState& state, Candidate& one, const std::optional<otp::SlotId>& kept) {
    one.same_as.reset();
    if (!state.active || spare_is_missing(state)) return;
    const std::string& card = state.active->status.card_serial;
    const bool tried = one.was && one.failure && one.was->card == card;
    const auto found =
        otp::find_duplicate(state.active->slots, one.enrolment, one.name, [&](const otp::SlotSummary& slot) {
            return (!kept || slot.id != *kept) && !(tried && slot.id == one.was->slot);
        });
    if (found.slot == nullptr) return;
    one.same_as = found.slot->id;
    one.same_for_certain = found.same_account;
}

bool may_keep(const AppState& state, const Candidate& one, const otp::SlotId& id) {
    const otp::SlotSummary* const slot = find_slot(state, id);
    if (slot == nullptr || !of_kind(id, one.enrolment.parameters.kind)) return false;
    if (!several(*state.wizard)) return true;
    return one.failure && slot->state == otp::SlotState::unsure;
}

std::optional<otp::SlotId> kept_slot(const AppState& state, const Candidate& one) {
    if (!state.active) return std::nullopt;
    if (one.slot && may_keep(state, one, *one.slot)) return one.slot;
    const std::string& card = state.active->status.card_serial;
    const bool same_card = one.was && !card.empty() && one.was->card == card && !spare_is_missing(state);
    return same_card && may_keep(state, one, one.was->slot) ? std::optional(one.was->slot) : std::nullopt;
}

std::optional<otp::SlotId> free_slot(const AppState& state, otp::OtpKind kind, const std::vector<otp::SlotId>& taken) {
    if (!state.active) return std::nullopt;
    for (const otp::SlotSummary& slot : state.active->slots)
        if (of_kind(slot.id, kind) && !otp::occupied(slot) && std::ranges::count(taken, slot.id) == 0) return slot.id;
    return std::nullopt;
}

void take_slot(const AppState& state, Candidate& one, std::optional<otp::SlotId> slot) {
    if (one.slot != slot) one.overwrite_confirmed = false;
    one.slot = std::move(slot);
    if (one.slot && state.active) one.was = Candidate::SlotOfCard{*one.slot, state.active->status.card_serial};
}

}  // namespace

void assign_slots(AppState& state) {
    Wizard& w = *state.wizard;
    std::vector<otp::SlotId> taken;
    std::vector<Candidate*> without;
    for (Candidate& one : w.candidates) {
        if (one.fate == Candidate::Fate::proven) continue;
        check(state, one);
        std::optional<otp::SlotId> kept = to_be_written(one) ? kept_slot(state, one) : std::nullopt;
        look_for_same(state, one, kept);
        // Of several it is written only if the person ticks it.
        if (several(w) && one.same_as && !one.keep_both) one.chosen = false;
        if (kept) taken.push_back(*kept);
        else without.push_back(&one);
        if (!kept) continue;
        take_slot(state, one, std::move(kept));
        // Of several it is what its own broken-off write left there.
        if (several(w)) one.overwrite_confirmed = true;
    }
    for (Candidate* const one : without) {
        take_slot(state, *one, one->chosen ? free_slot(state, one->enrolment.parameters.kind, taken) : std::nullopt);
        if (one->slot) taken.push_back(*one->slot);
    }
}

namespace {

std::size_t longest_name(const AppState& state) {
    return state.active ? state.active->status.limits.name_bytes_max : SIZE_MAX;
}

void give_name(Candidate& one, std::string name) {
    const std::string whole = otp::whole_name(one.enrolment);
    one.name = std::move(name);
    one.shortened_from = one.name == whole ? std::string() : whole;
}

// A name of its own for an account that is kept beside one that seemed to be the same.
void keep_apart(AppState& state, Candidate& one) {
    one.keep_both = true;
    if (one.name_typed || !one.same_as || one.same_for_certain) return;
    std::vector<std::string> taken;
    for (const otp::SlotSummary& slot : state.active->slots)
        if (otp::occupied(slot)) taken.push_back(slot.name);
    for (const Candidate& other : state.wizard->candidates)
        if (&other != &one) taken.push_back(other.name);
    give_name(one, otp::distinct_name(one.enrolment, longest_name(state), taken));
}

}  // namespace

// Two different accounts of one picture get different names although a token keeps only the start of them.
void suggest_name(const AppState& state, Candidate& one) {
    if (one.name_typed) return;
    const std::size_t most = longest_name(state);
    if (!one.name.empty() && one.name.size() <= most) return;
    std::vector<std::string> taken;
    for (const Candidate& other : state.wizard->candidates)
        if (&other != &one && otp::whole_name(other.enrolment) != otp::whole_name(one.enrolment))
            taken.push_back(other.name);
    give_name(one, otp::distinct_name(one.enrolment, most, taken));
}

bool next_candidate(Wizard& w) {
    const auto next = std::ranges::find_if(w.candidates, to_be_written);
    if (next == w.candidates.end()) return false;
    w.current = static_cast<std::size_t>(next - w.candidates.begin());
    return true;
}

void choose_new(AppState& state, std::size_t from) {
    Wizard& w = *state.wizard;
    for (std::size_t i = from; i < w.candidates.size(); ++i) {
        Candidate& one = w.candidates[i];
        suggest_name(state, one);
        one.chosen = true;
        assign_slots(state);
        one.chosen =
            !otp::blocked(one.problems) && !has_open_remark(one) && (one.slot || !state.active) && !one.same_as;
    }
    assign_slots(state);
}

void write_next(AppState& state, SubmitPin pins) {
    Wizard& w = *state.wizard;
    Candidate& one = w.account();
    if (!one.slot) return;
    w.code_parts.clear();  // nothing is read any more
    channel::WriteSlot command;
    PendingCommand& pending = wait_for(state, Wait::write, *one.slot, w.token.key);
    pending.with_user_pin = !pins.user_pin.empty();
    pending.factory = are_factory_pins(pins.admin_pin, pins.user_pin);
    command.id = pending.id;
    command.token = w.token.key;
    command.slot = *one.slot;
    command.name = one.name;
    command.parameters = one.enrolment.parameters;
    command.secret = std::move(one.enrolment.secret);
    command.admin_pin = std::move(pins.admin_pin);
    command.user_pin = std::move(pins.user_pin);
    command.set_time_back = w.set_time_back;
    command.last_try = pins.last_try;
    command.hold_admin = std::ranges::count_if(w.candidates, to_be_written) > 1;
    command.return_secret = true;
    one.failure.reset();
    one.fate = Candidate::Fate::waiting;
    w.admin_held = false;
    const bool stop_asked = w.in<WritingStep>() != nullptr && w.in<WritingStep>()->stop_asked;
    w.step = WritingStep{command.id, channel::WriteStep::authenticating, state.now, stop_asked};
    state.outbox.device.emplace_back(std::move(command));
}

void candidate_proven(AppState& state, channel::SlotProven& event) {
    Wizard& w = *state.wizard;
    Candidate& one = w.account();
    one.enrolment.secret = std::move(event.secret);
    one.fate = Candidate::Fate::proven;
    one.failure.reset();
    w.admin_held = event.admin_pin_held;
    if (w.in<WritingStep>()->stop_asked || !next_candidate(w)) {
        forget_admin(state);
        w.step = ProvenStep{event.slot, event.counter, state.now + secret_kept};
        return;
    }
    const bool same_token = state.active && state.active->status.info.key == w.token.key;
    if (!same_token) {
        w.admin_held = false;
        review(state);
    } else if (w.admin_held && !user_pin_needed(state)) {
        write_next(state, {});
    } else {
        w.step = PinStep{};
    }
}

void candidate_failed(AppState& state, const base::Error& error) {
    Candidate& one = state.wizard->account();
    one.fate = Candidate::Fate::failed;
    one.failure = error;
}

void take_name(Candidate& one, std::string name) {
    one.name = std::move(name);
    one.name_typed = true;
    one.shortened_from.clear();
}

namespace {

Candidate* listed(AppState& state, std::size_t number) {
    if (!at(state, WizardStep::choose) || number >= state.wizard->candidates.size()) return nullptr;
    return &state.wizard->candidates[number];
}

}  // namespace

void apply(AppState& state, ChooseCandidate intent) {
    Candidate* const one = listed(state, intent.number);
    if (one == nullptr) return;
    one->chosen = intent.yes;
    if (intent.yes) keep_apart(state, *one);
    else one->keep_both = false;
    assign_slots(state);
}

void apply(AppState& state, KeepOnly intent) {
    if (!at(state, WizardStep::choose)) return;
    Wizard& w = *state.wizard;
    std::vector<Candidate> kept;
    for (std::size_t i = 0; i < w.candidates.size(); ++i)
        if (std::ranges::count(intent.numbers, i) > 0) kept.push_back(std::move(w.candidates[i]));
    if (kept.empty()) return leave(state);
    w.left_out += w.candidates.size() - kept.size() + w.refused.size();
    w.candidates = std::move(kept);
    w.refused.clear();
    w.parts.clear();
    for (Candidate& one : w.candidates) {
        one.chosen = true;
        one.slot.reset();  // the first free ones
        one.was.reset();
    }
    review(state);
}

void apply(AppState& state, AnswerRemark intent) {
    if (!at(state, WizardStep::review) && !at(state, WizardStep::choose)) return;
    Wizard& w = *state.wizard;
    if (intent.candidate >= w.candidates.size()) return;
    Candidate& one = w.candidates[intent.candidate];
    if (intent.remark >= one.remarks.size()) return;
    AnsweredRemark& answered = one.remarks[intent.remark];
    if (!answered.remark.asks) return;
    answered.yes = intent.yes;
    if (answered.remark.meant)
        one.enrolment.parameters = intent.yes.value_or(false) ? *answered.remark.meant : one.as_read;
    recheck(state);
}

void apply(AppState& state, KeepBoth) {
    if (!at(state, WizardStep::review)) return;
    keep_apart(state, state.wizard->account());
    recheck(state);
}

void apply(AppState& state, NameCandidate intent) {
    Candidate* const one = listed(state, intent.number);
    if (one == nullptr) return;
    take_name(*one, std::move(intent.name));
    recheck(state);
}

}  // namespace tokendeck::state::wizard
