// Where accounts come from: pictures, pasted text, the clipboard, the screen, a random secret.
#include "state/errors.hpp"
#include "state/parts.hpp"
#include "state/wizard.hpp"
#include "state/wizard_parts.hpp"

#include <algorithm>

namespace tokendeck::state::wizard {
namespace {

std::string file_name(const std::string& path) {
    const auto slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

// What is read now comes to the accounts that wait to be chosen from; otherwise it takes the place of what was there.
bool adds(const Wizard& w) {
    if (!several(w)) return false;
    return w.step == WizardStep::choose || w.step == WizardStep::pin || w.step == WizardStep::reading ||
           w.step == WizardStep::input;
}

void give_up_picture(AppState& state) {
    if (!state.wizard || state.wizard->asked_app == 0) return;
    state.outbox.effects.emplace_back(CancelPicture{state.wizard->asked_app});
    state.wizard->asked_app = 0;
}

// An account that was read and is not written yet is not replaced by the next one; the person is told which it is.
bool refused(AppState& state) {
    if (busy_writing(state)) return true;
    if (!wizard_holds_accounts(state) || adds(*state.wizard)) return false;
    tell(state, base::Error{errors::account_waiting, {}, waiting_account(state)});
    return come_back(state);
}

Wizard& start_reading(AppState& state, ReadingFrom from, std::string what) {
    give_up_picture(state);
    Wizard& w = begin(state);
    if (!adds(w)) {
        // The place that the user clicked on is for the account read next; what was chosen for another one is not.
        Wizard fresh;
        if (w.step == WizardStep::input || w.step == WizardStep::reading) fresh.slot = std::move(w.slot);
        // What was typed is still in its box if nothing comes of it.
        if (from == ReadingFrom::text) fresh.typed = std::move(w.typed);
        else fresh.typed.as_hex = w.typed.as_hex;
        w = std::move(fresh);
    }
    w.to_read.clear();
    w.input_error.reset();
    w.browser = {};
    w.step = WizardStep::reading;
    w.reading_from = from;
    w.reading = std::move(what);
    w.reading_since = state.now;
    w.request = ++state.last_id;
    return w;
}

void read_next(AppState& state) {
    Wizard& w = *state.wizard;
    std::string path = std::move(w.to_read.front());
    w.to_read.erase(w.to_read.begin());
    w.reading = file_name(path);
    w.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ReadAccountsInImage{w.request, std::move(path)});
}

// Everything was read.
void settle(AppState& state) {
    Wizard& w = *state.wizard;
    w.reading.clear();
    if (w.candidates.empty()) {
        w.step = WizardStep::input;
        if (!w.refused.empty()) w.input_error = std::move(w.refused.back().error);
        w.refused.clear();
        w.parts.clear();
        return;
    }
    const bool one = w.candidates.size() == 1 && w.refused.empty() && parts_missing(w) == 0;
    if (one) {
        otp::OtpEnrolment enrolment = std::move(w.candidates.front().enrolment);
        w.candidates.clear();
        w.parts.clear();
        return review(state, std::move(enrolment), w.source);
    }
    w.step = WizardStep::choose;
    assign_slots(state);
}

bool reads(const AppState& state, channel::MessageId id) {
    return at(state, WizardStep::reading) && state.wizard->request == id;
}

bool known(const Wizard& w, const otp::OtpEnrolment& account) {
    return std::ranges::any_of(w.candidates, [&](const Candidate& one) {
        return one.enrolment.issuer == account.issuer && one.enrolment.account == account.account &&
               one.enrolment.parameters == account.parameters && base::same(one.enrolment.secret, account.secret);
    });
}

void list_folder(AppState& state, std::string path) {
    Wizard& w = *state.wizard;
    w.browser.open = true;
    w.browser.busy = true;
    w.browser.error.reset();
    w.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ListFolder{w.request, std::move(path)});
}

void explain(AppState& state, base::SecretText text) {
    TypedText& typed = state.wizard->typed;
    // One that has not left yet is about a text that is no longer there.
    std::erase_if(state.outbox.crypto, [](const channel::CryptoRequest& request) {
        return std::holds_alternative<channel::ExplainText>(request);
    });
    typed.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ExplainText{typed.request, std::move(text), typed.as_hex});
}

// The page to go back to when nothing came of reading.
WizardStep before_reading(const Wizard& w) {
    return several(w) ? WizardStep::choose : WizardStep::input;
}

}  // namespace

void stop_reading(AppState& state) {
    give_up_picture(state);
    Wizard& w = *state.wizard;
    w.to_read.clear();
    w.request = 0;
    w.step = before_reading(w);
    if (w.step == WizardStep::choose) assign_slots(state);
}

// ---- what came back ----

void accounts_read(AppState& state, channel::AccountsRead reply) {
    if (!reads(state, reply.id)) return;  // the user went elsewhere
    Wizard& w = *state.wizard;
    w.source = reply.source;
    const std::size_t before = w.candidates.size();
    for (otp::OtpEnrolment& account : reply.accounts) {
        if (known(w, account)) continue;
        Candidate& one = w.candidates.emplace_back();
        one.enrolment = std::move(account);
    }
    for (channel::AccountRefused& refused : reply.refused) w.refused.push_back(std::move(refused));
    for (const channel::MigrationPart& part : reply.parts)
        if (std::ranges::count(w.parts, part) == 0) w.parts.push_back(part);
    choose_new(state, before);
    if (!w.to_read.empty()) return read_next(state);
    settle(state);
}

void request_failed(AppState& state, channel::RequestFailed reply) {
    if (!state.wizard) return;
    Wizard& w = *state.wizard;
    if (w.sheet.request != 0 && w.sheet.request == reply.id) {
        w.sheet.request = 0;
        w.sheet.saving = false;
        w.sheet.error = std::move(reply.error);
        return;
    }
    if (w.request != reply.id) return;
    if (w.browser.busy) {
        w.browser.busy = false;
        w.browser.error = std::move(reply.error);
    } else if (w.step == WizardStep::reading) {
        // One of several pictures does not spoil the others.
        w.refused.push_back({0, std::move(reply.error)});
        if (!w.to_read.empty()) return read_next(state);
        settle(state);
    }
}

void folder_listed(AppState& state, channel::FolderListed reply) {
    if (!state.wizard || state.wizard->request != reply.id || !state.wizard->browser.busy) return;
    FolderBrowser& browser = state.wizard->browser;
    browser.busy = false;
    browser.path = std::move(reply.path);
    browser.entries = std::move(reply.entries);
}

void text_explained(AppState& state, channel::TextExplained reply) {
    if (!state.wizard || reply.id == 0 || state.wizard->typed.request != reply.id) return;
    state.wizard->typed.request = 0;
    state.wizard->typed.explained = std::move(reply);
}

void secret_made(AppState& state, channel::SecretMade reply) {
    if (!reads(state, reply.id)) return;
    otp::OtpEnrolment enrolment;
    enrolment.secret = std::move(reply.secret);
    review(state, std::move(enrolment), channel::EnrolmentSource::bare_secret);
    state.wizard->made_here = true;
    ask_for_sheet(state);
}

// ---- what the user wishes ----

void read_files(AppState& state, std::vector<std::string> paths) {
    if (paths.empty() || refused(state)) return;
    Wizard& w = start_reading(state, ReadingFrom::file, {});
    w.to_read = std::move(paths);
    read_next(state);
}

void apply(AppState& state, StartWizard intent) {
    if (busy_writing(state)) return;
    if (come_back(state)) {
        const bool chosen = intent.slot && at(state, WizardStep::review);
        if (chosen) take_slot(state, suggest_slot(state, state.wizard->enrolment.parameters.kind, intent.slot));
        return recheck(state);
    }
    give_up_picture(state);
    if (state.wizard) forget_admin(state);
    state.wizard.reset();
    begin(state).slot = std::move(intent.slot);
}

void apply(AppState& state, PasteText intent) {
    if (refused(state)) return;
    Wizard& w = start_reading(state, ReadingFrom::text, {});
    state.outbox.crypto.emplace_back(channel::ReadAccountsInText{w.request, std::move(intent.text), w.typed.as_hex});
}

void apply(AppState& state, ExplainTyped intent) {
    if (!at(state, WizardStep::input)) return;
    if (intent.text.empty()) state.wizard->typed.as_hex = false;
    state.wizard->input_error.reset();
    explain(state, std::move(intent.text));
}

void apply(AppState& state, UseAsHex intent) {
    if (!at(state, WizardStep::input)) return;
    state.wizard->typed.as_hex = intent.yes;
    explain(state, std::move(intent.text));
}

void apply(AppState& state, PictureFromClipboard) {
    if (refused(state)) return;
    Wizard& w = start_reading(state, ReadingFrom::clipboard, {});
    w.asked_app = w.request;
    state.outbox.effects.emplace_back(TakePictureFromClipboard{w.request});
}

void apply(AppState& state, PictureOfScreen) {
    if (refused(state)) return;
    Wizard& w = start_reading(state, ReadingFrom::screen, {});
    w.asked_app = w.request;
    state.outbox.effects.emplace_back(TakePictureOfScreen{w.request});
}

// The page stays as it is while the desktop's dialogue is open.
void apply(AppState& state, ChooseFile) {
    if (!at(state, WizardStep::input) && !at(state, WizardStep::choose)) return;
    give_up_picture(state);
    Wizard& w = *state.wizard;
    w.asked_app = ++state.last_id;
    state.outbox.effects.emplace_back(ChoosePictures{w.asked_app});
}

void apply(AppState& state, PictureTaken intent) {
    if (!state.wizard || state.wizard->asked_app != intent.id || !reads(state, intent.id)) return;
    Wizard& w = *state.wizard;
    w.asked_app = 0;
    state.outbox.crypto.emplace_back(channel::ReadAccountsInPicture{w.request, std::move(intent.picture)});
}

void apply(AppState& state, PicturesChosen intent) {
    if (!state.wizard || intent.id == 0 || state.wizard->asked_app != intent.id) return;
    state.wizard->asked_app = 0;
    if (!busy_writing(state)) read_files(state, std::move(intent.paths));
}

void apply(AppState& state, PictureFailed intent) {
    if (!state.wizard || intent.id == 0 || state.wizard->asked_app != intent.id) return;
    Wizard& w = *state.wizard;
    w.asked_app = 0;
    if (w.step == WizardStep::reading) w.step = before_reading(w);
    if (intent.no_chooser) {
        w.step = w.step == WizardStep::choose ? WizardStep::input : w.step;
        if (w.step == WizardStep::input) list_folder(state, {});
        return;
    }
    if (!intent.error) return;
    if (w.step == WizardStep::input) w.input_error = std::move(intent.error);
    else tell(state, std::move(*intent.error));
}

void apply(AppState& state, MakeNewSecret) {
    if (!at(state, WizardStep::input)) return;
    Wizard& w = start_reading(state, ReadingFrom::new_secret, {});
    state.outbox.crypto.emplace_back(channel::MakeSecret{w.request});
}

void apply(AppState& state, OpenBrowser) {
    if (at(state, WizardStep::input)) list_folder(state, {});
}

void apply(AppState& state, BrowseFolder intent) {
    if (at(state, WizardStep::input)) list_folder(state, std::move(intent.path));
}

void apply(AppState& state, CloseBrowser) {
    if (!state.wizard) return;
    state.wizard->browser = {};
    if (at(state, WizardStep::input) && several(*state.wizard)) state.wizard->step = WizardStep::choose;
}

}  // namespace tokendeck::state::wizard
