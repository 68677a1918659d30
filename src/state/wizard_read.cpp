// Where accounts come from: pictures, pasted text, the clipboard, the screen, a random secret.
#include "state/errors.hpp"
#include "state/parts.hpp"
#include "state/wizard.hpp"
#include "state/wizard_parts.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::state::wizard {
namespace {

std::string file_name(const std::string& path) {
    const auto slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

// What is read now comes to the accounts that wait to be chosen from; otherwise it takes the place of what was there.
bool adds(const Wizard& w) {
    if (w.in<InputStep>() != nullptr || w.in<ReadingStep>() != nullptr) return !w.candidates.empty();
    return several(w) && (w.in<ReviewStep>() != nullptr || w.in<PinStep>() != nullptr);
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
    tell(state, base::Error{.code = errors::account_waiting, .subject = waiting_account(state)});
    return come_back(state);
}

ReadingStep& start_reading(AppState& state, ReadingFrom from) {
    give_up_picture(state);
    Wizard& w = begin(state);
    ReadingStep reading;
    reading.from = from;
    reading.since = state.now;
    reading.request = ++state.last_id;
    // What was typed is still in its box if nothing comes of it.
    if (from == ReadingFrom::text) {
        if (InputStep* const input = w.in<InputStep>()) reading.typed = std::move(input->typed);
        else if (ReadingStep* const before = w.in<ReadingStep>()) reading.typed = std::move(before->typed);
    }
    if (!adds(w)) {
        // The place that the user clicked on is for the account read next; what was chosen for another one is not.
        Wizard fresh;
        fresh.code_parts = std::move(w.code_parts);
        if (w.in<InputStep>() != nullptr || w.in<ReadingStep>() != nullptr)
            fresh.wanted_slot = std::move(w.wanted_slot);
        w = std::move(fresh);
    }
    w.step = std::move(reading);
    return *w.in<ReadingStep>();
}

void read_next(AppState& state, ReadingStep& step) {
    std::string path = std::move(step.to_read.front());
    step.to_read.erase(step.to_read.begin());
    step.file = file_name(path);
    step.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ReadAccountsInImage{step.request, std::move(path)});
}

// The page to go back to when nothing came of reading.
void back_from_reading(AppState& state, std::optional<base::Error> error) {
    Wizard& w = *state.wizard;
    if (!w.candidates.empty()) return review(state);
    InputStep input;
    input.error = std::move(error);
    if (ReadingStep* const step = w.in<ReadingStep>()) input.typed = std::move(step->typed);
    w.step = std::move(input);
}

std::vector<const channel::CodePart*> parts_of(const Wizard& w, const channel::CodePart& one) {
    std::vector<const channel::CodePart*> parts;
    for (const channel::CodePart& part : w.code_parts)
        if (of_one_text(part, one)) parts.push_back(&part);
    std::ranges::sort(parts, {}, &channel::CodePart::index);
    return parts;
}

void keep_parts(Wizard& w, std::vector<channel::CodePart>& read) {
    for (channel::CodePart& part : read) {
        const bool known = std::ranges::any_of(w.code_parts, [&](const channel::CodePart& other) {
            return of_one_text(other, part) && other.index == part.index;
        });
        if (!known) w.code_parts.push_back(std::move(part));
    }
}

void keep_export(Wizard& w, channel::ExportFile file) {
    const auto same = [&](const ExportLeft& one) { return one.file.path == file.path; };
    const auto known = std::ranges::find_if(w.exports, same);
    ExportLeft& one = known != w.exports.end() ? *known : w.exports.emplace_back();
    one = ExportLeft{.file = std::move(file)};
}

// A text of which all parts were read is taken out of them, and read in its turn; false: there is none.
bool read_joined(AppState& state, ReadingStep& step) {
    Wizard& w = *state.wizard;
    for (std::size_t i = 0; i < w.code_parts.size(); ++i) {
        const auto parts = parts_of(w, w.code_parts[i]);
        if (parts.size() != w.code_parts[i].count) continue;
        base::SecretText text;
        for (const channel::CodePart* part : parts) text.append(part->text.view());
        std::uint8_t parity = w.code_parts[i].parity;
        for (const char c : text.view()) parity ^= static_cast<std::uint8_t>(c);
        const channel::CodePart one{parts.front()->index, parts.front()->count, parts.front()->parity, {}};
        std::erase_if(w.code_parts, [&](const channel::CodePart& part) { return of_one_text(part, one); });
        if (parity != 0) {
            w.refused.push_back({0, base::Error{errors::code_parts_differ}});
            return read_joined(state, step);
        }
        step.joined = true;
        step.request = ++state.last_id;
        state.outbox.crypto.emplace_back(channel::ReadAccountsInText{step.request, std::move(text), false});
        return true;
    }
    return false;
}

// Everything was read.
void settle(AppState& state) {
    Wizard& w = *state.wizard;
    if (!w.candidates.empty()) {
        if (!several(w)) w.parts.clear();
        return review(state);
    }
    std::optional<base::Error> error;
    if (auto missing = missing_codes(w)) error = std::move(missing);
    else if (!w.refused.empty()) error = std::move(w.refused.back().error);
    w.refused.clear();
    w.parts.clear();
    back_from_reading(state, std::move(error));
}

ReadingStep* reads(AppState& state, channel::MessageId id) {
    ReadingStep* const step = state.wizard ? state.wizard->in<ReadingStep>() : nullptr;
    return step != nullptr && step->request == id ? step : nullptr;
}

bool known(const Wizard& w, const otp::OtpEnrolment& account) {
    return std::ranges::any_of(w.candidates,
                               [&](const Candidate& one) { return otp::same_account(one.enrolment, account); });
}

InputStep* input_of(AppState& state) {
    return state.wizard ? state.wizard->in<InputStep>() : nullptr;
}

void list_folder(AppState& state, std::string path, bool typed = false) {
    InputStep* const input = input_of(state);
    if (input == nullptr) return;
    input->browser.open = true;
    input->browser.error.reset();
    input->browser.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ListFolder{input->browser.request, std::move(path), typed});
}

void explain(AppState& state, TypedText& typed, base::SecretText text) {
    // One that has not left yet is about a text that is no longer there.
    std::erase_if(state.outbox.crypto, [](const channel::CryptoRequest& request) {
        return std::holds_alternative<channel::ExplainText>(request);
    });
    typed.request = ++state.last_id;
    state.outbox.crypto.emplace_back(channel::ExplainText{typed.request, std::move(text), typed.as_hex});
}

}  // namespace

void stop_reading(AppState& state) {
    give_up_picture(state);
    back_from_reading(state, std::nullopt);
}

// ---- what came back ----

void accounts_read(AppState& state, channel::AccountsRead reply) {
    ReadingStep* const step = reads(state, reply.id);
    if (step == nullptr) return;  // the user went elsewhere
    Wizard& w = *state.wizard;
    if (!std::exchange(step->joined, false)) w.source = reply.source;
    const std::size_t before = w.candidates.size();
    for (channel::ReadAccount& account : reply.accounts) {
        if (known(w, account.enrolment)) continue;
        Candidate& one = w.candidates.emplace_back();
        one.enrolment = std::move(account.enrolment);
        one.as_read = one.enrolment.parameters;
        for (channel::Remark& remark : account.remarks) one.remarks.push_back({std::move(remark), std::nullopt});
    }
    for (channel::AccountRefused& refused : reply.refused) w.refused.push_back(std::move(refused));
    for (const channel::MigrationPart& part : reply.parts)
        if (std::ranges::count(w.parts, part) == 0) w.parts.push_back(part);
    choose_new(state, before);
    if (w.candidates.size() > before) w.without_otp += reply.without_otp;  // else it was read before
    if (reply.export_file) keep_export(w, std::move(*reply.export_file));
    keep_parts(w, reply.code_parts);
    if (read_joined(state, *step)) return;
    if (!step->to_read.empty()) return read_next(state, *step);
    settle(state);
}

void request_failed(AppState& state, channel::RequestFailed reply) {
    if (!state.wizard || reply.id == 0) return;
    Wizard& w = *state.wizard;
    if (w.sheet.request == reply.id) {
        w.sheet.request = 0;
        w.sheet.saving = w.sheet.deleting = false;
        w.sheet.error = std::move(reply.error);
    } else if (const auto left = std::ranges::find(w.exports, reply.id, &ExportLeft::request);
               left != w.exports.end()) {
        left->request = 0;
        left->error = std::move(reply.error);
    } else if (InputStep* const input = input_of(state); input != nullptr && input->browser.request == reply.id) {
        input->browser.request = 0;
        input->browser.error = std::move(reply.error);
    } else if (ReadingStep* const step = reads(state, reply.id)) {
        // One of several pictures does not spoil the others.
        step->joined = false;
        w.refused.push_back({0, std::move(reply.error)});
        if (!step->to_read.empty()) return read_next(state, *step);
        settle(state);
    }
}

void folder_listed(AppState& state, channel::FolderListed reply) {
    InputStep* const input = input_of(state);
    if (input == nullptr || reply.id == 0 || input->browser.request != reply.id) return;
    input->browser.request = 0;
    input->browser.places = std::move(reply.places);
    if (reply.is_file) return read_files(state, {std::move(reply.path)});
    input->browser.path = std::move(reply.path);
    input->browser.entries = std::move(reply.entries);
}

void text_explained(AppState& state, channel::TextExplained reply) {
    if (!state.wizard || reply.id == 0) return;
    TypedText* typed = nullptr;
    if (InputStep* const input = state.wizard->in<InputStep>()) typed = &input->typed;
    else if (ReadingStep* const step = state.wizard->in<ReadingStep>()) typed = &step->typed;
    if (typed == nullptr || typed->request != reply.id) return;
    typed->request = 0;
    typed->explained = std::move(reply);
}

void secret_made(AppState& state, channel::SecretMade reply) {
    if (reads(state, reply.id) == nullptr) return;
    Wizard& w = *state.wizard;
    w.source = channel::EnrolmentSource::bare_secret;
    w.made_here = true;
    w.candidates.emplace_back().enrolment.secret = std::move(reply.secret);
    settle(state);
    ask_for_sheet(state);
}

// ---- what the user wishes ----

void read_files(AppState& state, std::vector<std::string> paths) {
    if (paths.empty() || refused(state)) return;
    ReadingStep& step = start_reading(state, ReadingFrom::file);
    step.to_read = std::move(paths);
    read_next(state, step);
}

void apply(AppState& state, StartWizard intent) {
    if (busy_writing(state)) return;
    if (come_back(state)) {
        if (intent.slot && at(state, WizardStep::review)) {
            state.wizard->account().slot = std::move(intent.slot);
            state.wizard->account().overwrite_confirmed = false;
        }
        return recheck(state);
    }
    give_up_picture(state);
    if (state.wizard) forget_admin(state);
    state.wizard.reset();
    begin(state).wanted_slot = std::move(intent.slot);
}

void apply(AppState& state, ReadPicture intent) {
    if (refused(state)) return;
    const ReadingStep& step = start_reading(state, ReadingFrom::picture);
    state.outbox.crypto.emplace_back(channel::ReadAccountsInPicture{step.request, std::move(intent.picture)});
}

// Said on the page where the other ways are.
void apply(AppState& state, DropFailed intent) {
    if (state.wizard && !at(state, WizardStep::input)) return tell(state, std::move(intent.error));
    begin(state).in<InputStep>()->error = std::move(intent.error);
}

void apply(AppState& state, PasteText intent) {
    if (refused(state)) return;
    const ReadingStep& step = start_reading(state, ReadingFrom::text);
    const bool as_hex = step.typed.as_hex && !intent.dropped;
    state.outbox.crypto.emplace_back(channel::ReadAccountsInText{step.request, std::move(intent.text), as_hex});
}

void apply(AppState& state, ExplainTyped intent) {
    InputStep* const input = input_of(state);
    if (input == nullptr) return;
    if (intent.text.empty()) input->typed.as_hex = false;
    input->error.reset();
    explain(state, input->typed, std::move(intent.text));
}

void apply(AppState& state, UseAsHex intent) {
    InputStep* const input = input_of(state);
    if (input == nullptr) return;
    input->typed.as_hex = intent.yes;
    explain(state, input->typed, std::move(intent.text));
}

void apply(AppState& state, PictureFromClipboard) {
    if (refused(state)) return;
    state.wizard->asked_app = start_reading(state, ReadingFrom::clipboard).request;
    state.outbox.effects.emplace_back(TakePictureFromClipboard{state.wizard->asked_app});
}

void apply(AppState& state, PictureOfScreen) {
    if (refused(state)) return;
    state.wizard->asked_app = start_reading(state, ReadingFrom::screen).request;
    state.outbox.effects.emplace_back(TakePictureOfScreen{state.wizard->asked_app});
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
    const ReadingStep* const step = reads(state, intent.id);
    if (step == nullptr || state.wizard->asked_app != intent.id) return;
    state.wizard->asked_app = 0;
    state.outbox.crypto.emplace_back(channel::ReadAccountsInPicture{step->request, std::move(intent.picture)});
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
    if (w.in<ReadingStep>() != nullptr) back_from_reading(state, std::nullopt);
    if (intent.no_chooser) {
        if (at(state, WizardStep::choose)) w.step = InputStep{};
        list_folder(state, {});
        if (InputStep* const input = w.in<InputStep>()) input->browser.error = std::move(intent.error);
        return;
    }
    if (!intent.error) return;
    if (InputStep* const input = w.in<InputStep>()) input->error = std::move(intent.error);
    else tell(state, std::move(*intent.error));
}

void apply(AppState& state, MakeNewSecret) {
    if (!at(state, WizardStep::input)) return;
    const channel::MessageId request = start_reading(state, ReadingFrom::new_secret).request;
    state.outbox.crypto.emplace_back(channel::MakeSecret{request});
}

void apply(AppState& state, OpenBrowser) {
    list_folder(state, {});
}

void apply(AppState& state, BrowseFolder intent) {
    list_folder(state, std::move(intent.path));
}

void apply(AppState& state, OpenTypedPath intent) {
    if (!intent.path.empty()) list_folder(state, std::move(intent.path), true);
}

void apply(AppState& state, CloseBrowser) {
    InputStep* const input = input_of(state);
    if (input == nullptr) return;
    input->browser = {};
    if (!state.wizard->candidates.empty()) review(state);
}

}  // namespace tokendeck::state::wizard
