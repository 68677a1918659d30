// After the proof: the account on paper, and on a spare token.
#include "state/parts.hpp"
#include "state/wizard.hpp"
#include "state/wizard_parts.hpp"

#include <utility>

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
    if (several(w)) {  // their codes are on the pages only
        state.outbox.crypto.emplace_back(channel::SuggestSheetPath{w.sheet.request, {}});
        return;
    }
    state.outbox.crypto.emplace_back(channel::ShowSheet{w.sheet.request, copy_of(w.account().enrolment)});
}

void close_sheet(AppState& state) {
    if (state.wizard) state.wizard->sheet = RecoverySheet{};
}

void forget_kept_secret(AppState& state) {
    if (!state.wizard) return;
    close_sheet(state);
    state.wizard->code_parts.clear();
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

void sheet_deleted(AppState& state, channel::SheetDeleted reply) {
    if (!state.wizard || reply.id == 0 || state.wizard->sheet.request != reply.id) return;
    state.wizard->sheet.request = 0;
    state.wizard->sheet.deleting = false;
    state.wizard->sheet.saved.reset();
    state.wizard->sheet.deleted = true;
}

void export_deleted(AppState& state, channel::ExportDeleted reply) {
    if (!state.wizard || reply.id == 0) return;
    for (ExportLeft& one : state.wizard->exports)
        if (one.request == reply.id) {
            one.request = 0;
            one.deleted = true;
        }
}

// ---- what the user wishes ----

namespace {

bool sheet_possible(const AppState& state) {
    return at(state, WizardStep::proven) && wizard_keeps_secret(*state.wizard);
}

// The sheet, if its file has been saved and nothing is under way with it.
RecoverySheet* saved_sheet(AppState& state) {
    if (!state.wizard) return nullptr;
    RecoverySheet& sheet = state.wizard->sheet;
    return sheet.open && sheet.saved && !sheet.deleting && sheet.request == 0 ? &sheet : nullptr;
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
    state.wizard->sheet.deleted = false;
}

void apply(AppState& state, OpenSheetFile) {
    RecoverySheet* const sheet = saved_sheet(state);
    if (sheet == nullptr) return;
    sheet->error.reset();
    state.outbox.effects.emplace_back(OpenFile{++state.last_id, *sheet->saved});
}

void apply(AppState& state, PrintSheetFile) {
    RecoverySheet* const sheet = saved_sheet(state);
    if (sheet == nullptr || sheet->printing) return;
    sheet->error.reset();
    sheet->printing = true;
    state.outbox.effects.emplace_back(PrintFile{++state.last_id, *sheet->saved});
}

void apply(AppState& state, DeleteSheetFile) {
    RecoverySheet* const sheet = saved_sheet(state);
    if (sheet == nullptr || sheet->printing) return;  // who prints reads it
    sheet->error.reset();
    sheet->deleting = true;
    sheet->request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::DeleteSheet{sheet->request, *sheet->saved});
}

// After the proof: before it, the file is the only place where the secret is for certain.
void apply(AppState& state, DeleteExportFile intent) {
    if (!at(state, WizardStep::proven) || intent.number >= state.wizard->exports.size()) return;
    ExportLeft& one = state.wizard->exports[intent.number];
    if (one.request != 0 || one.deleted) return;
    one.error.reset();
    one.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::DeleteExport{one.request, one.file});
}

void apply(AppState& state, SheetHandedOver intent) {
    if (!state.wizard || !state.wizard->sheet.saved) return;
    state.wizard->sheet.printing = false;
    if (intent.error) state.wizard->sheet.error = std::move(intent.error);
}

void apply(AppState& state, SaveSheet intent) {
    if (!sheet_possible(state)) return;
    Wizard& w = *state.wizard;
    if (!w.sheet.open || w.sheet.request != 0 || w.sheet.path.empty()) return;
    channel::WriteSheet write;
    bool first = true;
    auto slots = intent.facts.further_slots.begin();
    for (const Candidate& one : w.candidates) {
        if (one.fate != Candidate::Fate::proven || one.enrolment.secret.empty()) continue;
        if (std::exchange(first, false)) write.enrolment = copy_of(one.enrolment);
        else
            write.further.push_back(
                {copy_of(one.enrolment), slots != intent.facts.further_slots.end() ? *slots++ : ""});
    }
    if (first) return;
    w.sheet.saving = true;
    w.sheet.deleted = false;
    w.sheet.error.reset();
    w.sheet.saved.reset();
    write.id = w.sheet.request = ++state.last_id;
    write.path = w.sheet.path;
    write.facts = std::move(intent.facts);
    state.outbox.crypto.emplace_back(std::move(write));
}

void apply(AppState& state, StartSpare) {
    if (!at(state, WizardStep::proven) || !wizard_keeps_secret(*state.wizard)) return;
    Wizard& w = *state.wizard;
    close_sheet(state);
    std::erase_if(w.candidates, [](const Candidate& one) { return one.enrolment.secret.empty(); });
    w.first_proof = Wizard::FirstProof{std::move(*w.in<ProvenStep>()), {}};
    for (const Candidate& one : w.candidates)
        w.first_proof->candidates.push_back({one.name, one.shortened_from, one.chosen, one.slot});
    w.spare_of = w.token;
    w.made_here = false;
    w.set_time_back = false;
    // What could not be read, or was not written, is not for the spare token either.
    w.left_out += w.refused.size();
    w.refused.clear();
    w.parts.clear();
    for (Candidate& one : w.candidates) {
        one.chosen = one.fate == Candidate::Fate::proven;
        one.fate = Candidate::Fate::waiting;
        one.slot.reset();
        one.overwrite_confirmed = false;
    }
    review(state);
}

bool back_to_proof(AppState& state) {
    if (!state.wizard || !state.wizard->first_proof || busy_writing(state) || at(state, WizardStep::proven))
        return false;
    Wizard& w = *state.wizard;
    if (w.first_proof->candidates.size() != w.candidates.size()) return false;  // others were read meanwhile
    forget_admin(state);
    const Wizard::FirstProof proof = std::move(*std::exchange(w.first_proof, std::nullopt));
    for (std::size_t i = 0; i < w.candidates.size(); ++i) {
        Candidate& one = w.candidates[i];
        const Wizard::FirstProof::Was& was = proof.candidates[i];
        one.name = was.name;
        one.shortened_from = was.shortened_from;
        one.chosen = was.chosen;
        one.slot = was.slot;
        one.fate = was.chosen ? Candidate::Fate::proven : Candidate::Fate::waiting;
        one.failure.reset();
        one.same_as.reset();
    }
    w.set_time_back = false;
    w.token = std::exchange(w.spare_of, {});
    w.step = proof.step;
    go_back_to(state, w.token);
    return true;
}

}  // namespace tokendeck::state::wizard
