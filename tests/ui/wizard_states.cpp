// The wizard with several accounts, a secret made here, the recovery sheet and the spare token.
#include "crypto/errors.hpp"
#include "device/errors.hpp"
#include "files/errors.hpp"
#include "ui/states.hpp"

namespace {

using namespace tokendeck;
using state::AppState;
using state::Candidate;
using state::WizardStep;

constexpr std::uint8_t first_free = 5;  // TOTP, of begin_wizard

Candidate account(std::string issuer, std::string name, std::uint8_t number) {
    Candidate one;
    one.enrolment.issuer = std::move(issuer);
    one.enrolment.account = std::move(name);
    one.enrolment.secret = base::SecretBytes(20);
    one.enrolment.secret.bytes()[0] = number;
    one.name = otp::suggested_name(one.enrolment, 15);
    one.chosen = true;
    one.slot = otp::NumberedSlot{otp::OtpKind::totp, number};
    return one;
}

void several(AppState& s, WizardStep step) {
    begin_wizard(s, step);
    auto& w = *s.wizard;
    w.candidates.clear();
    w.candidates.push_back(account("Example GmbH", "alice.wonder@example.com", first_free));
    w.candidates.push_back(account("Mail", "ann", first_free + 1));
    w.candidates.push_back(account("Bank", "ann", 2));
    w.candidates.back().enrolment.parameters.kind = otp::OtpKind::hotp;
    w.candidates.back().slot = otp::NumberedSlot{otp::OtpKind::hotp, 2};
    w.current = 1;
}

void with_others(AppState& s) {
    auto& w = *s.wizard;
    w.candidates[0].name = "Example GmbH:alice";
    w.candidates[0].problems = otp::check_fit(w.candidates[0].enrolment, w.candidates[0].name, s.active->status.limits);
    w.candidates.push_back(account("Cloud", "team", 0));
    w.candidates.back().enrolment.parameters.algorithm = otp::HashAlgorithm::sha256;
    w.candidates.back().chosen = false;
    w.candidates.back().slot.reset();
    w.candidates.back().problems =
        otp::check_fit(w.candidates.back().enrolment, w.candidates.back().name, s.active->status.limits);
    channel::AccountRefused refused;
    refused.place = 4;
    refused.error = base::Error{crypto::errors::migration_md5};
    refused.error.subject = "Old forum";
    refused.error.field = "algorithm";
    w.refused.push_back(std::move(refused));
}

void sheet(AppState& s) {
    auto& sheet = s.wizard->sheet;
    sheet.open = true;
    sheet.side = 33;
    sheet.modules = base::SecretBytes(33 * 33);
    for (std::size_t i = 0; i < sheet.modules.size(); ++i)
        sheet.modules.bytes()[i] = (i * 2654435761U >> 7 & 1U) != 0 ? 1 : 0;
    sheet.base32 = base::SecretText::copy_of("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
    sheet.path = "/home/alice/Documents/Recovery sheet Example GmbH.pdf";
}

void kept(AppState& s) {
    begin_wizard(s, WizardStep::proven);
    show_wizard_code(s);
}

void made(AppState& s, WizardStep step) {
    begin_wizard(s, step);
    auto& w = *s.wizard;
    w.made_here = true;
    w.source = channel::EnrolmentSource::bare_secret;
    w.account().enrolment.issuer.clear();
    w.account().enrolment.account = "Server";
    w.account().name = "Server";
    sheet(s);
    w.sheet.path.clear();
}

void spare(AppState& s) {
    begin_wizard(s, WizardStep::review);
    s.wizard->spare_of = {s.active->status.info.key, s.active->status.card_serial};
}

}  // namespace

void add_wizard_states(std::vector<NamedState>& states) {
    const auto add = [&](std::string name, std::function<void(AppState&)> f) {
        states.emplace_back(std::move(name), std::move(f));
    };
    add("wizard-input-chooser", [](AppState& s) {
        begin_wizard(s, WizardStep::input);
        s.wizard->asked_app = 1;
    });
    add("wizard-reading-screen", [](AppState& s) {
        begin_wizard(s, WizardStep::reading);
        s.wizard->in<state::ReadingStep>()->from = state::ReadingFrom::screen;
        s.wizard->asked_app = 1;
    });
    add("wizard-reading-several", [](AppState& s) {
        begin_wizard(s, WizardStep::reading);
        s.wizard->in<state::ReadingStep>()->file = "export-1.png";
        s.wizard->in<state::ReadingStep>()->to_read = {"/home/alice/export-2.png", "/home/alice/export-3.png"};
    });
    add("wizard-choose", [](AppState& s) { several(s, WizardStep::choose); });
    add("wizard-choose-problems", [](AppState& s) {
        several(s, WizardStep::choose);
        with_others(s);
    });
    add("wizard-choose-parts", [](AppState& s) {
        several(s, WizardStep::choose);
        s.wizard->parts = {{7, 0, 3}, {7, 1, 3}};
    });
    add("wizard-choose-full", [](AppState& s) {
        several(s, WizardStep::choose);
        for (auto& slot : s.active->slots) slot.state = otp::SlotState::programmed;
        for (auto& one : s.wizard->candidates) one.slot.reset();
    });
    add("wizard-choose-no-token", [](AppState& s) {
        several(s, WizardStep::choose);
        s.active.reset();
        s.tokens.clear();
        for (auto& one : s.wizard->candidates) one.slot.reset();
    });
    add("wizard-pin-several", [](AppState& s) { several(s, WizardStep::pin); });
    add("wizard-writing-several", [](AppState& s) {
        several(s, WizardStep::writing);
        s.wizard->candidates[0].fate = Candidate::Fate::proven;
        s.wizard->in<state::WritingStep>()->progress = channel::WriteStep::proving;
    });
    add("wizard-proven-several", [](AppState& s) {
        several(s, WizardStep::proven);
        for (auto& one : s.wizard->candidates) one.fate = Candidate::Fate::proven;
        s.wizard->current = 2;
    });
    add("wizard-failed-several", [](AppState& s) {
        several(s, WizardStep::failed);
        s.wizard->candidates[0].fate = Candidate::Fate::proven;
        s.wizard->candidates[1].fate = Candidate::Fate::failed;
        s.wizard->in<state::FailedStep>()->error = base::Error{device::errors::write_broke_off};
        s.wizard->in<state::FailedStep>()->error->subject = "wire.unplugged";
        s.wizard->in<state::FailedStep>()->slot_is_unsure = true;
    });
    add("wizard-review-same", [](AppState& s) {
        begin_wizard(s, WizardStep::review);
        s.wizard->account().same_as = otp::NumberedSlot{otp::OtpKind::totp, 1};
        s.wizard->account().same_for_certain = true;
        s.wizard->account().shortened_from = "Example GmbH:alice.wonder@example.com";
    });
    add("wizard-review-same-name", [](AppState& s) {
        begin_wizard(s, WizardStep::review);
        s.wizard->account().same_as = otp::NumberedSlot{otp::OtpKind::totp, 1};
        s.wizard->account().shortened_from = "Example GmbH:alice.wonder@example.com";
    });
    add("wizard-choose-same", [](AppState& s) {
        several(s, WizardStep::choose);
        s.wizard->candidates[0].shortened_from = "Example GmbH:alice.wonder@example.com";
        s.wizard->candidates[1].same_as = otp::NumberedSlot{otp::OtpKind::totp, 1};
        for (auto& one : s.wizard->candidates) one.chosen = &one == &s.wizard->candidates[0];
    });
    add("wizard-choose-none", [](AppState& s) {
        several(s, WizardStep::choose);
        for (auto& one : s.wizard->candidates) one.chosen = false;
    });
    add("wizard-proven-waiting", [](AppState& s) {
        begin_wizard(s, WizardStep::proven);
        s.awaited = state::AwaitedCode{otp::NumberedSlot{otp::OtpKind::totp, 5},
                                       "Example GmbH",
                                       s.active->status.info.key,
                                       {s.unix_now.milliseconds + 3'000}};
    });
    add("wizard-proven-both", [](AppState& s) {
        kept(s);
        s.wizard->spare_of = {"hid:7", "0000BEEF"};
    });
    add("wizard-review-spare-error", [](AppState& s) {
        spare(s);
        channel::TokenInfo other = s.active->status.info;
        other.key = "hid:2";
        other.card_serial = "0000C0DE";
        s.tokens.push_back(other);
        s.open_error = base::Error{device::errors::no_answer};
        s.open_error_token = "hid:2";
    });
    add("wizard-review-made", [](AppState& s) { made(s, WizardStep::review); });
    add("wizard-proven-made", [](AppState& s) {
        made(s, WizardStep::proven);
        show_wizard_code(s);
    });
    add("wizard-review-spare", [](AppState& s) {
        spare(s);
        channel::TokenInfo other = s.active->status.info;
        other.key = "hid:2";
        other.simulated = false;
        other.card_serial = "0000C0DE";
        s.tokens.push_back(other);
        other.key = "simulated:2";
        other.simulated = true;
        other.card_serial = "0000BEEF";
        s.tokens.push_back(other);
    });
    add("wizard-review-spare-none", spare);
    add("wizard-sheet", [](AppState& s) {
        kept(s);
        sheet(s);
    });
    add("wizard-sheet-making", [](AppState& s) {
        kept(s);
        s.wizard->sheet.open = true;
        s.wizard->sheet.request = 9;
    });
    add("wizard-sheet-saved", [](AppState& s) {
        kept(s);
        sheet(s);
        s.wizard->sheet.saved = s.wizard->sheet.path;
    });
    add("wizard-sheet-error", [](AppState& s) {
        kept(s);
        sheet(s);
        s.wizard->sheet.error = base::Error{files::errors::folder_not_found};
        s.wizard->sheet.error->subject = "Documents";
    });
}
