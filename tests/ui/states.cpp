#include "ui/states.hpp"

#include "base/errors.hpp"
#include "crypto/errors.hpp"
#include "device/errors.hpp"
#include "qr/errors.hpp"
#include "wire/transport.hpp"

namespace {

using namespace tokendeck;
using state::AppState;
using state::Screen;
using state::WizardStep;

channel::TokenInfo token(bool simulated = true) {
    channel::TokenInfo info;
    info.key = simulated ? "simulated:1" : "hid:1";
    info.model = "pro";
    info.title = "Nitrokey Pro";
    info.usb_serial = "00000000000051F2";
    info.via = simulated ? "simulated" : "hidraw";
    info.simulated = simulated;
    return info;
}

otp::SlotSummary slot(otp::OtpKind kind, std::uint8_t number, std::string name = {},
                      otp::SlotState slot_state = otp::SlotState::programmed) {
    otp::SlotSummary summary;
    summary.id = otp::NumberedSlot{kind, number};
    summary.state = name.empty() ? otp::SlotState::empty : slot_state;
    summary.name = std::move(name);
    summary.parameters.kind = kind;
    if (kind == otp::OtpKind::hotp) summary.parameters.counter = 41;
    return summary;
}

void base_state(AppState& s) {
    s.now = base::SteadyTime{} + std::chrono::hours{2};
    s.unix_now = {1'790'000'008'000};
    s.looked_for_tokens = true;
    s.screen = Screen::start;
    s.settings.simulated_models = {{"pro", "Nitrokey Pro 0.15", "/x/pro"},
                                   {"pro-0.7", "Nitrokey Pro 0.7", "/x/pro-0.7"},
                                   {"storage", "Nitrokey Storage 0.57", "/x/storage"}};
}

void open_token(AppState& s, bool simulated = true) {
    base_state(s);
    s.tokens = {token(simulated)};
    s.screen = Screen::slots;
    s.active.emplace();
    auto& status = s.active->status;
    status.info = token(simulated);
    status.firmware_minor = 15;
    status.card_serial = "0000A1B2";
    status.user_tries = 3;
    status.admin_tries = 3;
    status.config = {0xFF, 0xFF, 0xFF, 0x00, 0xFF};
    status.limits.hotp_slots = 3;
    status.limits.totp_slots = 15;
    status.limits.secret_bytes_max = 40;
    status.limits.name_bytes_max = 15;
    status.limits.period_max = 65535;
    status.limits.counter_max = UINT64_MAX - 1;
    status.abilities.edit = true;
    status.abilities.pin_max = 20;
    s.settings.simulated_models = {{"pro", "Nitrokey Pro 0.15", "/x/pro"},
                                   {"pro-0.7", "Nitrokey Pro 0.7", "/x/pro-0.7"},
                                   {"storage", "Nitrokey Storage 0.57", "/x/storage"}};
    s.active->opened_at = s.now - std::chrono::minutes{3};
    for (std::uint8_t i = 1; i <= 3; ++i) s.active->slots.push_back(slot(otp::OtpKind::hotp, i));
    for (std::uint8_t i = 1; i <= 15; ++i) s.active->slots.push_back(slot(otp::OtpKind::totp, i));
}

void put(AppState& s, const otp::SlotSummary& summary) {
    for (auto& held : s.active->slots)
        if (held.id == summary.id) held = summary;
}

void some_accounts(AppState& s, bool simulated = true) {
    open_token(s, simulated);
    put(s, slot(otp::OtpKind::totp, 1, "GitHub", otp::SlotState::proven));
    put(s, slot(otp::OtpKind::totp, 2, "Posteo"));
    put(s, slot(otp::OtpKind::totp, 3, "M\xC3\xBCller:Bank", otp::SlotState::unsure));
    put(s, slot(otp::OtpKind::totp, 4, "VPN", otp::SlotState::mismatch));
    put(s, slot(otp::OtpKind::hotp, 1, "Server room", otp::SlotState::proven));
}

void show_code(AppState& s, std::uint8_t number = 1) {
    s.shown.emplace();
    s.shown->slot = otp::NumberedSlot{otp::OtpKind::totp, number};
    s.shown->name = "GitHub";
    s.shown->code = base::SecretText::copy_of("481516");
    s.shown->valid_from = {1'789'999'980'000 + 10'000};
    s.shown->valid_until = {s.shown->valid_from.milliseconds + 30'000};
    s.shown->masked_at = s.now + std::chrono::seconds{8};
    s.clipboard = state::ClipboardLoan{"GitHub", s.now + std::chrono::seconds{38}};
}

void wizard(AppState& s, WizardStep step) {
    some_accounts(s);
    s.screen = Screen::wizard;
    s.wizard.emplace();
    s.wizard->token.key = s.active->status.info.key;
    put_at(s, step);
}

void as_storage(AppState& s) {
    auto& status = s.active->status;
    status.info.model = "storage";
    status.info.title = "Nitrokey Storage";
    status.info.usb_serial = "0000000000000";
    s.tokens = {status.info};
    status.firmware_minor = 57;
    status.limits.totp_slots = 14;
    status.abilities.keys_erase_slots = true;
    status.storage.emplace();
    status.storage->unencrypted = {true, true};
    status.storage->encrypted = {true, false};
    status.storage->sd_card_serial = "DACC3B78";
    status.storage->keys_initialised = false;
    status.storage->new_sd_card = true;
    status.storage->firmware_locked = true;
    status.storage->development_build = true;
    status.storage->card_in_use = true;
    status.quirks = {"Q-S1", "Q-S5", "Q-S9", "Q-S11"};
}

// As the table has it: what the newest of these can do.
channel::NewestFirmware newest_firmware(const channel::TokenStatus& status, std::uint8_t minor) {
    channel::NewestFirmware newest{minor, "2026-11", status.limits, status.abilities, {"Q-P1", "Q-P3", "Q-P7"}};
    newest.limits.secret_bytes_max = 40;
    newest.abilities.edit = true;
    newest.abilities.pin_per_command = false;
    newest.abilities.lock_key_slots = 0;
    return newest;
}

void as_pro_07(AppState& s) {
    auto& status = s.active->status;
    status.firmware_minor = 7;
    status.limits.secret_bytes_max = 20;
    status.limits.secret_may_begin_with_zero = false;
    status.abilities.pin_per_command = true;
    status.abilities.lock_key_slots = 2;
    status.general.numlock = 1;
    status.general.capslock = 2;
    status.config = {0, 1, 0xFF, 0, 0xFF};
    status.quirks = {"Q-P1", "Q-P3", "Q-P7", "Q-P8", "Q-P9"};
}

void care(AppState& s, state::CareAction action, state::CareStep step = state::CareStep::pins) {
    some_accounts(s);
    s.screen = Screen::care;
    s.care.emplace();
    s.care->action = action;
    s.care->token = s.active->status.info.key;
    s.care->step = step;
    s.care->config = s.active->status.general;
    if (action == state::CareAction::pin_protection) s.care->config.pin_protected_codes = true;
}

// A check that has come to `reached` of its steps.
void check(AppState& s, std::size_t reached) {
    some_accounts(s);
    s.screen = Screen::diagnostics;
    s.check.emplace();
    s.check->token = s.active->status.info.key;
    for (std::size_t i = 0; i < channel::check_steps; ++i)
        s.check->steps.push_back({static_cast<channel::CheckStep>(i),
                                  i < reached    ? channel::CheckResult::passed
                                  : i == reached ? channel::CheckResult::running
                                                 : channel::CheckResult::not_reached,
                                  {}});
    s.check->running = reached > 0;
    if (s.check->running)
        s.pending.push_back({1, state::Wait::check, {}, s.check->token, s.now - std::chrono::seconds{3}});
}

void check_done(AppState& s) {
    check(s, channel::check_steps);
    s.pending.clear();
    s.check->running = false;
    s.check->result.emplace();
    s.check->result->status = s.active->status;
    s.check->result->steps = s.check->steps;
}

void edit(AppState& s, std::size_t number) {
    some_accounts(s);
    s.edit.emplace();
    s.edit->slot = s.active->slots[number];
    s.edit->token = s.active->status.info.key;
    s.edit->name = s.edit->slot.name;
    s.edit->parameters = s.edit->slot.parameters;
}

base::Error wrong_pin() {
    return base::Error{device::errors::wrong_pin};
}
channel::PinProblem refused(channel::PinKind pin) {
    return {.pin = pin, .kind = channel::PinProblem::Kind::wrong};
}

std::vector<NamedState> make() {
    std::vector<NamedState> states;
    const auto add = [&](std::string name, std::function<void(AppState&)> f) {
        states.emplace_back(std::move(name), std::move(f));
    };

    add("start-looking", [](AppState& s) {
        base_state(s);
        s.looked_for_tokens = false;
    });
    add("start", base_state);
    add("start-no-permission", [](AppState& s) {
        base_state(s);
        auto info = token(false);
        info.access = channel::TokenAccess::no_permission;
        info.node = "/dev/hidraw3";
        s.tokens = {info};
    });
    add("start-findings", [](AppState& s) {
        base_state(s);
        auto info = token(false);
        info.access = channel::TokenAccess::no_permission;
        info.node = "/dev/hidraw3";
        s.tokens = {info};
        channel::Finding finding;
        finding.error = base::Error{wire::errors::no_permission};
        finding.error.subject = "/dev/hidraw3";
        finding.command =
            "sudo cp packaging/udev/70-tokendeck.rules /etc/udev/rules.d/ && sudo udevadm control --reload";
        channel::Finding clock;
        clock.weight = channel::Finding::Weight::advice;
        clock.error = base::Error{base::ErrorCode{"doctor.clock-unsynchronised"}};
        clock.command = "sudo timedatectl set-ntp true";
        s.findings = std::vector{finding, clock};
        s.finding_open = 0;
    });
    add("start-not-served", [](AppState& s) {
        base_state(s);
        auto info = token(false);
        info.access = channel::TokenAccess::not_served;
        info.title = "Nitrokey Pro in its boot loader";
        s.tokens = {info};
    });
    add("start-opening", [](AppState& s) {
        base_state(s);
        s.tokens = {token(false)};
        s.opening = s.tokens[0].key;
        s.pending.push_back({1, state::Wait::open, {}, s.tokens[0].key, s.now - std::chrono::seconds{4}});
    });
    add("start-open-error", [](AppState& s) {
        base_state(s);
        s.tokens = {token(false)};
        s.open_error = base::Error{device::errors::card_silent};
        s.open_error_token = s.tokens[0].key;
    });
    add("slots-empty", [](AppState& s) { open_token(s); });
    add("slots", [](AppState& s) { some_accounts(s); });
    add("slots-code", [](AppState& s) {
        some_accounts(s);
        show_code(s);
    });
    add("slots-code-late", [](AppState& s) {
        some_accounts(s, false);
        show_code(s);
        s.shown->code = base::SecretText::copy_of("11112222");
        s.unix_now = {s.shown->valid_until.milliseconds - 3'500};
    });
    add("slots-hotp-code", [](AppState& s) {
        some_accounts(s);
        show_code(s);
        s.shown->slot = otp::NumberedSlot{otp::OtpKind::hotp, 1};
        s.shown->valid_from = s.shown->valid_until = {};
        s.notice = state::Notice{state::Notice::Kind::success, "notice.slot-removed", "Old mail", std::nullopt,
                                 s.now + std::chrono::seconds{5}};
    });
    add("slots-waiting", [](AppState& s) {
        some_accounts(s);
        s.pending.push_back({1, state::Wait::code, otp::NumberedSlot{otp::OtpKind::totp, 2}, s.active->status.info.key,
                             s.now - std::chrono::seconds{2}});
        s.pending.push_back({2, state::Wait::refresh, {}, s.active->status.info.key, s.now});
        s.notice = state::Notice{state::Notice::Kind::problem, "", "", base::Error{device::errors::foreign_answers},
                                 s.now + std::chrono::seconds{5}};
    });
    add("slots-full", [](AppState& s) {
        open_token(s);
        for (auto& held : s.active->slots) {
            held.state = otp::SlotState::programmed;
            held.name = "Account " + otp::text(held.id);
        }
        s.active->slots[4].name = "WWWWWWWWWWWWWWW";
        s.active->slots[5].name = "\xD0\x9F\xD0\xBE\xD1\x87\xD1\x82\xD0\xB0";
        s.active->slots[6].name =
            "bad\xFF"
            "bytes";
        s.active->slots[7].name = " ";
        s.active->slots[7].parameters.digits = 8;
        s.active->slots[7].parameters.period = 60;
    });
    add("remove", [](AppState& s) {
        some_accounts(s);
        s.remove = state::RemoveDialog{s.active->slots[3], s.active->status.info.key, false, std::nullopt};
    });
    add("remove-error", [](AppState& s) {
        some_accounts(s);
        s.active->status.admin_tries = 1;
        s.remove = state::RemoveDialog{s.active->slots[3], s.active->status.info.key, false, wrong_pin(),
                                       refused(channel::PinKind::admin)};
    });
    add("remove-busy", [](AppState& s) {
        some_accounts(s);
        s.remove = state::RemoveDialog{s.active->slots[3], s.active->status.info.key, true, std::nullopt};
        s.pending.push_back({1, state::Wait::erase, s.active->slots[3].id, s.active->status.info.key, s.now});
    });
    add("user-pin", [](AppState& s) {
        some_accounts(s);
        s.active->status.pin_protected_codes = true;
        s.user_pin = state::UserPinDialog{s.active->slots[3], s.active->status.info.key, false, std::nullopt};
    });
    add("time", [](AppState& s) {
        some_accounts(s);
        s.time = state::TimeDialog{s.active->slots[3], s.active->status.info.key};
    });

    add("user-pin-blocked", [](AppState& s) {
        some_accounts(s);
        s.active->status.pin_protected_codes = true;
        s.active->status.user_tries = 0;
        s.user_pin = state::UserPinDialog{s.active->slots[3], s.active->status.info.key, false, std::nullopt};
    });
    add("user-pin-both-blocked", [](AppState& s) {
        some_accounts(s);
        s.active->status.pin_protected_codes = true;
        s.active->status.user_tries = s.active->status.admin_tries = 0;
        s.user_pin = state::UserPinDialog{s.active->slots[3], s.active->status.info.key, false, std::nullopt};
    });
    add("user-pin-last-try", [](AppState& s) {
        some_accounts(s);
        as_pro_07(s);
        s.active->status.pin_protected_codes = true;
        s.active->status.user_tries = 1;
        s.user_pin = state::UserPinDialog{s.active->slots[3], s.active->status.info.key, false, wrong_pin(),
                                          refused(channel::PinKind::user)};
    });
    add("slots-no-edit", [](AppState& s) {
        some_accounts(s);
        s.active->status.abilities.edit = false;
    });
    add("edit", [](AppState& s) { edit(s, 3); });
    add("edit-hotp", [](AppState& s) { edit(s, 0); });
    add("edit-both-pins", [](AppState& s) {
        edit(s, 0);
        s.active->status.pin_protected_codes = true;
    });
    add("edit-error", [](AppState& s) {
        edit(s, 3);
        s.active->status.admin_tries = 1;
        s.edit->error = wrong_pin();
        s.edit->error_pin = refused(channel::PinKind::admin);
    });
    add("edit-over", [](AppState& s) {
        edit(s, 3);
        s.edit->over = true;
        s.edit->error = base::Error{device::errors::edit_changed_code};
    });
    add("edit-busy", [](AppState& s) {
        edit(s, 3);
        s.edit->busy = true;
        s.pending.push_back({1, state::Wait::edit, s.edit->slot.id, s.edit->token, s.now});
    });
    add("care", [](AppState& s) {
        some_accounts(s);
        s.screen = Screen::care;
    });
    add("care-pro-0.7", [](AppState& s) {
        some_accounts(s);
        as_pro_07(s);
        s.active->status.user_tries = 0;
        s.active->status.admin_tries = 2;
        s.screen = Screen::care;
    });
    add("care-storage", [](AppState& s) {
        some_accounts(s);
        as_storage(s);
        s.active->status.user_pin_held = true;
        s.active->user_pin_accepted_at = s.now;
        s.screen = Screen::care;
    });
    add("care-no-token", [](AppState& s) {
        base_state(s);
        s.screen = Screen::care;
    });
    add("care-user-pin", [](AppState& s) { care(s, state::CareAction::user_pin); });
    add("care-user-pin-wrong", [](AppState& s) {
        care(s, state::CareAction::user_pin);
        s.active->status.user_tries = 1;
        s.care->error = wrong_pin();
        s.care->error_pin = refused(channel::PinKind::user);
    });
    add("care-admin-pin", [](AppState& s) { care(s, state::CareAction::admin_pin); });
    add("care-admin-blocked", [](AppState& s) {
        care(s, state::CareAction::unblock);
        s.active->status.user_tries = 0;
        s.active->status.admin_tries = 0;
    });
    add("care-unblock", [](AppState& s) {
        care(s, state::CareAction::unblock);
        s.active->status.user_tries = 0;
    });
    add("care-pin-protection", [](AppState& s) { care(s, state::CareAction::pin_protection); });
    add("care-lock-keys", [](AppState& s) {
        care(s, state::CareAction::lock_keys);
        as_pro_07(s);
        s.care->config = s.active->status.general;
    });
    add("care-lock", [](AppState& s) { care(s, state::CareAction::lock, state::CareStep::consequences); });
    add("care-lock-storage", [](AppState& s) {
        care(s, state::CareAction::lock, state::CareStep::consequences);
        as_storage(s);
    });
    add("care-new-key", [](AppState& s) { care(s, state::CareAction::new_key, state::CareStep::consequences); });
    add("care-new-key-storage", [](AppState& s) {
        care(s, state::CareAction::new_key, state::CareStep::consequences);
        as_storage(s);
    });
    add("care-reset", [](AppState& s) { care(s, state::CareAction::reset, state::CareStep::consequences); });
    add("care-reset-storage", [](AppState& s) {
        care(s, state::CareAction::reset, state::CareStep::consequences);
        as_storage(s);
    });
    add("care-reset-pins", [](AppState& s) {
        care(s, state::CareAction::reset);
        s.care->agreed = true;
    });
    add("care-busy", [](AppState& s) {
        care(s, state::CareAction::reset);
        s.care->busy = true;
        s.pending.push_back({1, state::Wait::care, {}, s.care->token, s.now - std::chrono::seconds{3}});
    });
    add("care-done", [](AppState& s) {
        care(s, state::CareAction::reset, state::CareStep::done);
        for (const base::ErrorCode code : {device::errors::reset_default_pins, device::errors::reset_needs_key,
                                           device::errors::reset_kept_clock, device::errors::reset_unverified})
            s.care->remarks.push_back(base::Error{code});
    });

    add("check", [](AppState& s) { check(s, 0); });
    add("check-protected-wrong-pin", [](AppState& s) {
        check(s, 0);
        s.active->status.pin_protected_codes = true;
        s.check->error = wrong_pin();
        s.check->error_pin = refused(channel::PinKind::user);
    });
    add("check-reading-only", [](AppState& s) {
        check(s, 0);
        as_pro_07(s);
    });
    add("check-running", [](AppState& s) { check(s, 12); });
    add("check-stopping", [](AppState& s) {
        check(s, 12);
        s.check->cancelling = true;
    });
    add("check-done", [](AppState& s) { check_done(s); });
    add("check-failed", [](AppState& s) {
        check_done(s);
        auto& result = *s.check->result;
        result.steps[5] = {channel::CheckStep::counter_codes, channel::CheckResult::failed,
                           base::Error{device::errors::check_wrong_code}};
        result.steps[7] = {channel::CheckStep::counter_erased, channel::CheckResult::unclear,
                           base::Error{device::errors::no_answer}};
        result.left = otp::NumberedSlot{otp::OtpKind::hotp, 2};
        s.check->steps = result.steps;
    });

    add("wizard-input", [](AppState& s) { wizard(s, WizardStep::input); });
    add("wizard-input-error", [](AppState& s) {
        wizard(s, WizardStep::input);
        s.wizard->in<state::InputStep>()->error = base::Error{crypto::errors::secret_look_alike};
        s.wizard->in<state::InputStep>()->error->subject = "0";
        s.wizard->in<state::InputStep>()->error->position = 7;
    });
    add("wizard-browser", [](AppState& s) {
        wizard(s, WizardStep::input);
        auto& b = s.wizard->in<state::InputStep>()->browser;
        b.open = true;
        b.path = "/home/alice/Pictures";
        b.entries = {{"Holidays", true}, {"Screenshots", true}};
        for (int i = 1; i <= 14; ++i) b.entries.push_back({"qr-code-" + std::to_string(i) + ".png", false});
    });
    add("wizard-reading", [](AppState& s) {
        wizard(s, WizardStep::reading);
        s.wizard->in<state::ReadingStep>()->file = "screenshot-2026-03-01.png";
    });
    add("wizard-review", [](AppState& s) { wizard(s, WizardStep::review); });
    add("wizard-review-overwrite", [](AppState& s) {
        wizard(s, WizardStep::review);
        s.wizard->account().slot = otp::NumberedSlot{otp::OtpKind::totp, 1};
    });
    add("wizard-review-problems", [](AppState& s) {
        wizard(s, WizardStep::review);
        s.wizard->account().name = "Example GmbH:alice.wonder";
        s.wizard->account().enrolment.parameters.algorithm = otp::HashAlgorithm::sha256;
        s.wizard->account().problems =
            otp::check_fit(s.wizard->account().enrolment, s.wizard->account().name, s.active->status.limits);
    });
    add("wizard-review-bare", [](AppState& s) {
        wizard(s, WizardStep::review);
        s.wizard->source = channel::EnrolmentSource::bare_secret;
        s.wizard->account().enrolment.issuer.clear();
        s.wizard->account().enrolment.account.clear();
        s.wizard->account().name.clear();
        s.wizard->account().problems =
            otp::check_fit(s.wizard->account().enrolment, s.wizard->account().name, s.active->status.limits);
    });
    add("wizard-review-no-token", [](AppState& s) {
        wizard(s, WizardStep::review);
        s.active.reset();
        s.tokens.clear();
        s.wizard->account().slot.reset();
    });
    add("wizard-pin", [](AppState& s) { wizard(s, WizardStep::pin); });
    add("wizard-pin-wrong", [](AppState& s) {
        wizard(s, WizardStep::pin);
        s.active->status.admin_tries = 2;
        s.wizard->in<state::PinStep>()->error = wrong_pin();
        s.wizard->in<state::PinStep>()->error_pin = refused(channel::PinKind::admin);
    });
    add("wizard-pin-last-try", [](AppState& s) {
        wizard(s, WizardStep::pin);
        s.active->status.admin_tries = 1;
    });
    add("wizard-pin-blocked", [](AppState& s) {
        wizard(s, WizardStep::pin);
        s.active->status.admin_tries = 0;
    });
    add("wizard-pin-both", [](AppState& s) {
        wizard(s, WizardStep::pin);
        s.active->status.pin_protected_codes = true;
    });
    add("wizard-writing", [](AppState& s) {
        wizard(s, WizardStep::writing);
        s.wizard->in<state::WritingStep>()->progress = channel::WriteStep::reading_back;
    });
    add("wizard-proven", [](AppState& s) {
        wizard(s, WizardStep::proven);
        show_code(s, 5);
    });
    add("settings-account-waiting", [](AppState& s) {
        wizard(s, WizardStep::review);
        s.screen = state::Screen::settings;
    });
    add("closing", [](AppState& s) {
        wizard(s, WizardStep::review);
        s.screen = state::Screen::settings;
        s.closing.emplace();
    });
    add("wizard-proven-counter", [](AppState& s) {
        wizard(s, WizardStep::proven);
        show_code(s, 5);
        s.wizard->in<state::ProvenStep>()->counter = 0;
        s.wizard->in<state::ProvenStep>()->result.parameters.kind = otp::OtpKind::hotp;
        s.wizard->in<state::ProvenStep>()->result.parameters.counter = 1;
    });
    add("wizard-proven-over", [](AppState& s) { wizard(s, WizardStep::proven); });
    add("wizard-failed-unsure", [](AppState& s) {
        wizard(s, WizardStep::failed);
        s.wizard->in<state::FailedStep>()->error = base::Error{device::errors::write_broke_off};
        s.wizard->in<state::FailedStep>()->error->subject = "wire.unplugged";
        s.wizard->in<state::FailedStep>()->slot_is_unsure = true;
        s.wizard->in<state::FailedStep>()->result = slot(otp::OtpKind::totp, 5, "Example GmbH", otp::SlotState::unsure);
    });
    add("wizard-failed-mismatch", [](AppState& s) {
        wizard(s, WizardStep::failed);
        s.wizard->in<state::FailedStep>()->error = base::Error{device::errors::code_differs};
        s.wizard->in<state::FailedStep>()->result =
            slot(otp::OtpKind::totp, 5, "Example GmbH", otp::SlotState::mismatch);
    });
    add("wizard-failed-untouched", [](AppState& s) {
        wizard(s, WizardStep::failed);
        s.wizard->in<state::FailedStep>()->error = base::Error{device::errors::echo_differs};
        s.wizard->in<state::FailedStep>()->error->field = "secret";
        s.wizard->in<state::FailedStep>()->result = slot(otp::OtpKind::totp, 5);
    });
    add("diagnostics", [](AppState& s) {
        some_accounts(s);
        s.screen = Screen::diagnostics;
        s.active->clock_set_at = base::UnixTime{s.unix_now.milliseconds - 123'000};
        s.active->status.newest = newest_firmware(s.active->status, 15);
        auto& d = s.diagnostics;
        d.computer_clock = channel::ComputerClock{true, base::Microseconds{12'345}, base::Microseconds{800}, {}};
        d.errors = {{"wire.transfer-failed", 1}, {"wrong PIN", 1}};
        for (int i = 0; i < 90; ++i) {
            channel::ExchangeRecord record;
            record.command = i % 5 == 4 ? "GET_USER_PASSWORD_RETRY_COUNT" : i % 3 == 0 ? "READ_SLOT_NAME" : "GET_CODE";
            record.status = i == 80 ? "wrong PIN" : "ok";
            record.duration = base::Microseconds{4'000 + (i * 7919) % 9'000 + (i % 17 == 0 ? 60'000 : 0)};
            record.reads = static_cast<std::uint32_t>(1 + i % 4);
            record.foreign = i == 70 ? 1 : 0;
            record.transport_error = i == 60;
            if (record.transport_error) record.status = "wire.transfer-failed";
            d.exchanges.push_back(record);
        }
        d.total = 1'234;
        d.transport_errors = 1;
        d.foreign_replies = 1;
        d.refusals = 1;
    });
    add("diagnostics-storage", [](AppState& s) {
        some_accounts(s);
        as_storage(s);
        s.active->status.newest = newest_firmware(s.active->status, 57);
        s.active->clock_set_at = base::UnixTime{s.unix_now.milliseconds - 7'000'000};
        s.diagnostics.computer_clock = channel::ComputerClock{false, {}, {}, {}};
        s.screen = Screen::diagnostics;
    });
    add("diagnostics-pro-0.7", [](AppState& s) {
        some_accounts(s);
        as_pro_07(s);
        s.active->status.newest = newest_firmware(s.active->status, 15);
        s.screen = Screen::diagnostics;
    });
    add("diagnostics-no-token", [](AppState& s) {
        base_state(s);
        s.screen = Screen::diagnostics;
    });
    add("settings", [](AppState& s) {
        some_accounts(s);
        s.screen = Screen::settings;
    });
    add("settings-problems", [](AppState& s) {
        using Kind = state::SettingsProblem::Kind;
        some_accounts(s);
        s.screen = Screen::settings;
        s.settings_problems.lines = {
            {Kind::bad_value, 3, "clipboard_seconds", "4 5", "45", "5 \xE2\x80\xA6 600"},
            {Kind::bad_value, 4, "simulated_model", "nk3", "pro", "pro | pro-0.7 | pro-0.8 | storage | librem"},
            {Kind::not_a_setting, 17, {}, "just words, and more of them than fit in\xE2\x80\xA6", {}, {}},
            {Kind::unknown_key, 18, "colour", {}, {}, {}},
            {Kind::said_twice, 1200, "reduced_motion", {}, "auto", {}},
        };
        s.settings_problems.more = 17;
    });
    add("settings-unusable", [](AppState& s) {
        some_accounts(s);
        s.screen = Screen::settings;
        s.settings_problems.file = base::Error{base::ErrorCode{"base.file-too-large"},
                                               {},
                                               "/home/ann/.config/tokendeck/settings.conf",
                                               {},
                                               1'000'000,
                                               65'536};
    });
    add_slots_states(states);
    add_wizard_states(states);
    return states;
}

}  // namespace

void begin_slots(AppState& state) {
    some_accounts(state);
}

void put_at(AppState& state, WizardStep step) {
    auto& w = *state.wizard;
    if (w.candidates.empty() && step != WizardStep::input && step != WizardStep::reading) {
        auto& one = w.candidates.emplace_back();
        one.enrolment.issuer = "Example GmbH";
        one.enrolment.account = "alice.wonder@example.com";
        one.enrolment.secret = base::SecretBytes(20);
        one.enrolment.secret.bytes()[0] = 1;  // not all zero, which no token takes
        one.name = "Example GmbH";
        one.chosen = true;
        one.slot = otp::NumberedSlot{otp::OtpKind::totp, 5};
    }
    const otp::SlotSummary result = slot(otp::OtpKind::totp, 5, "Example GmbH", otp::SlotState::proven);
    switch (step) {
        case WizardStep::input: w.step = state::InputStep{}; break;
        case WizardStep::reading: {
            state::ReadingStep reading;
            reading.since = state.now - std::chrono::seconds{3};
            w.step = std::move(reading);
            break;
        }
        case WizardStep::choose:
        case WizardStep::review: w.step = state::ReviewStep{}; break;
        case WizardStep::pin: w.step = state::PinStep{}; break;
        case WizardStep::writing: {
            state::WritingStep writing;
            writing.started = state.now - std::chrono::seconds{2};
            w.step = writing;
            break;
        }
        case WizardStep::proven:
            w.step = state::ProvenStep{result, std::nullopt, state.now + std::chrono::minutes{10}};
            break;
        case WizardStep::failed: {
            state::FailedStep failed;
            failed.result = result;
            w.step = std::move(failed);
            break;
        }
    }
}

void begin_wizard(AppState& state, WizardStep step) {
    wizard(state, step);
}

void show_wizard_code(AppState& state) {
    show_code(state, 5);
}

const std::vector<NamedState>& all_states() {
    static const std::vector<NamedState> states = make();
    return states;
}
