// After the proof: the account on paper, and on a spare token.
#include "state/parts.hpp"
#include "state/wizard.hpp"
#include "state/wizard_parts.hpp"

namespace tokendeck::state::wizard {

void ask_for_sheet(AppState& state) {
    Wizard& w = *state.wizard;
    w.sheet.open = true;
    w.sheet.error.reset();
    if (w.made_here && w.account().enrolment.account.empty()) {
        // The other side would not know what to call it; as soon as there is a name the code is made.
        w.sheet = RecoverySheet{};
        w.sheet.open = true;
        return;
    }
    w.sheet.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ShowSheet{w.sheet.request, copy_of(w.account().enrolment)});
}

void close_sheet(AppState& state) {
    if (state.wizard) state.wizard->sheet = RecoverySheet{};
}

void forget_kept_secret(AppState& state) {
    if (!state.wizard) return;
    close_sheet(state);
    if (!at(state, WizardStep::proven)) return;
    for (Candidate& one : state.wizard->candidates) one.enrolment.secret = {};
}

void tick(AppState& state) {
    if (state.wizard && wizard_keeps_secret(*state.wizard) &&
        state.now >= state.wizard->in<ProvenStep>()->secret_kept_until)
        forget_kept_secret(state);
}

// ---- what came back ----

void sheet_shown(AppState& state, channel::SheetShown reply) {
    if (!state.wizard || reply.id == 0 || state.wizard->sheet.request != reply.id) return;
    RecoverySheet& sheet = state.wizard->sheet;
    sheet.request = 0;
    sheet.side = reply.side;
    sheet.modules = std::move(reply.modules);
    sheet.base32 = std::move(reply.base32);
    if ((state.wizard->made_here && !at(state, WizardStep::proven)) || !sheet.path.empty()) return;
    sheet.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::SuggestSheetPath{sheet.request, state.wizard->account().name});
}

void sheet_path_suggested(AppState& state, channel::SheetPathSuggested reply) {
    if (!state.wizard || reply.id == 0 || state.wizard->sheet.request != reply.id) return;
    state.wizard->sheet.request = 0;
    state.wizard->sheet.path = std::move(reply.path);
}

void sheet_written(AppState& state, channel::SheetWritten reply) {
    if (!state.wizard || reply.id == 0 || state.wizard->sheet.request != reply.id) return;
    state.wizard->sheet.request = 0;
    state.wizard->sheet.saving = false;
    state.wizard->sheet.saved = std::move(reply.path);
}

// ---- what the user wishes ----

namespace {

// A sheet is for one account.
bool sheet_possible(const AppState& state) {
    return at(state, WizardStep::proven) && wizard_keeps_secret(*state.wizard) && !several(*state.wizard);
}

}  // namespace

void apply(AppState& state, OpenSheet) {
    if (sheet_possible(state) && !state.wizard->sheet.open) ask_for_sheet(state);
}

void apply(AppState& state, CloseSheet) {
    if (state.wizard && !state.wizard->made_here) close_sheet(state);
    else if (at(state, WizardStep::proven)) close_sheet(state);
}

void apply(AppState& state, EditSheetPath intent) {
    if (!state.wizard || state.wizard->sheet.saving) return;
    state.wizard->sheet.path = std::move(intent.path);
    state.wizard->sheet.error.reset();
    state.wizard->sheet.saved.reset();
}

void apply(AppState& state, SaveSheet intent) {
    if (!sheet_possible(state)) return;
    Wizard& w = *state.wizard;
    if (!w.sheet.open || w.sheet.request != 0 || w.sheet.path.empty()) return;
    w.sheet.saving = true;
    w.sheet.error.reset();
    w.sheet.saved.reset();
    w.sheet.request = ++state.last_id;
    state.outbox.crypto.emplace_back(
        channel::WriteSheet{w.sheet.request, w.sheet.path, copy_of(w.account().enrolment), std::move(intent.facts)});
}

void apply(AppState& state, StartSpare) {
    if (!at(state, WizardStep::proven) || !wizard_keeps_secret(*state.wizard)) return;
    Wizard& w = *state.wizard;
    close_sheet(state);
    w.spare_of = w.token;
    w.made_here = false;
    w.set_time_back = false;
    // What could not be read, or was not written, is not for the spare token either.
    w.refused.clear();
    w.parts.clear();
    std::erase_if(w.candidates, [](const Candidate& one) { return one.enrolment.secret.empty(); });
    for (Candidate& one : w.candidates) {
        one.chosen = one.fate == Candidate::Fate::proven;
        one.fate = Candidate::Fate::waiting;
        one.slot.reset();
        one.overwrite_confirmed = false;
    }
    review(state);
}

}  // namespace tokendeck::state::wizard
