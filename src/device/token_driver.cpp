#include "device/token_driver.hpp"

#include "base/error_number.hpp"
#include "device/command_status.hpp"
#include "device/errors.hpp"
#include "device/slot_summary.hpp"
#include "wire/old_protocol.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {
namespace {

// A Storage takes its time: up to 110 ms before a started command begins, and it parses every 10 ms.
constexpr base::Milliseconds storage_lost_after{200};
// Its status is delivered to one read only (quirk Q-S6): how often it is asked for before that is an error.
constexpr int status_attempts = 6;

base::Error impossible(const char* field, std::uint64_t actual, std::uint64_t limit) {
    return {
        .code = errors::impossible_value, .field = field, .actual = base::number(actual), .limit = base::number(limit)};
}

std::uint8_t oldest_minor(const wire::Model& model) {
    std::uint8_t oldest = 0xFF;
    for (const wire::FirmwareProfile& profile : wire::firmware_profiles())
        if (profile.family == model.family) oldest = std::min(oldest, profile.first_minor);
    return oldest;
}

// How often a Storage is asked again for what another program may have had its hand in.
constexpr int doubtful_attempts = 8;

std::span<const std::uint8_t> result_of(const wire::Report& reply) {
    return reply.bytes().subspan(wire::result_at, wire::result_size);
}

// A programmed slot has a name, so a reply in which nothing is was read while it was being built.
bool doubtful(const wire::Report& reply) {
    return wire::may_carry_foreign_block(reply) || result_of(reply)[0] == 0;
}

// The token's answers that mean it did nothing (docs/protocol/pro-storage.md, section 7.5).
bool refused(const base::Error& error) {
    constexpr auto invalid_input = static_cast<std::int64_t>(wire::CommandStatus::invalid_input);
    return error.code == errors::wrong_slot || error.code == errors::not_authorised ||
           error.code == errors::name_refused || error.code == errors::unknown_command ||
           error.code == errors::request_damaged ||
           (error.code == errors::unexpected_status && error.actual == invalid_input);
}

// An error about a slot, with its name.
base::Error naming(base::Error error, std::uint8_t slot_code) {
    if (error.code != errors::wrong_slot && error.code != errors::slot_not_programmed) return error;
    if (const auto slot = wire::slot_of(slot_code)) error.subject = otp::text(*slot);
    return error;
}

base::Result<void> naming(base::Result<void> result, std::uint8_t slot_code) {
    if (result.ok()) return result;
    return naming(std::move(result).error(), slot_code);
}

}  // namespace

const char* field_of(channel::PinKind kind) {
    return kind == channel::PinKind::admin ? "admin-pin" : "user-pin";
}

base::Result<void> check_pin(channel::PinKind kind, const base::SecretText& pin, std::size_t most) {
    const bool admin = kind == channel::PinKind::admin;
    const char* const field = field_of(kind);
    const std::size_t least = admin ? admin_pin_min : user_pin_min;
    if (pin.size() < least)
        return base::Error{.code = errors::pin_too_short, .field = field, .limit = static_cast<std::int64_t>(least)};
    if (pin.size() > most)
        return base::Error{.code = errors::pin_too_long, .field = field, .limit = static_cast<std::int64_t>(most)};
    if (pin.view().find('\0') != std::string_view::npos)
        return base::Error{.code = errors::pin_has_zero, .field = field};
    return {};
}

base::Result<void> check_new_pin(channel::PinKind kind, const base::SecretText& pin) {
    auto form = check_pin(kind, pin, new_pin_max);
    if (form.ok()) return form;
    if (form.error().code == errors::pin_too_short) form.error().code = errors::new_pin_too_short;
    if (form.error().code == errors::pin_too_long) form.error().code = errors::new_pin_too_long;
    return form;
}

base::Result<wire::Report> TokenDriver::run(wire::Report request, const Terms& terms) {
    exchanger_->seal(request);
    return run_sealed(request, terms);
}

base::Result<wire::Report> TokenDriver::run_sealed(const wire::Report& request, const Terms& terms) {
    const wire::Command command = wire::command_of(request);
    auto reply = exchanger_->exchange_sealed(request, terms);
    if (!reply.ok()) return reply;
    if (const auto status = wire::status_of(reply.value()); status != wire::CommandStatus::ok)
        return error_of(status, command);
    if (!wire::is_started(command)) return reply;
    // A status that was delivered before the block said ok is a status all the same.
    if (command == wire::Command::get_device_status) return reply;
    if (const auto status = wire::started_status_of(reply.value()); status != wire::StartedStatus::ok)
        return error_of(status, command);
    return reply;
}

base::Result<wire::StorageStatus> TokenDriver::device_status() {
    for (int attempt = 0; attempt < status_attempts; ++attempt) {
        auto reply = run(wire::get_device_status(), reading);
        if (!reply.ok() && reply.error().code == errors::no_answer) {
            // It waits for the smart card while another program has that; this tells.
            auto usage = run(wire::check_smartcard_usage(), reading);
            if (!usage.ok() && usage.error().code == errors::card_busy) return std::move(usage).error();
        }
        if (!reply.ok()) return std::move(reply).error();
        if (const auto status = wire::decode_device_status(reply.value())) return *status;
    }
    // Answered each time, but without the payload: it is delivered once (quirk Q-S6), so another program read it.
    exchanger_->note_others();
    return base::Error{.code = errors::foreign_answers,
                       .field = std::string(wire::name(wire::Command::get_device_status))};
}

base::Result<TokenState> TokenDriver::state() {
    if (storage()) exchanger_->set_storage(storage_lost_after);
    TokenState state;
    if (storage()) {
        auto read = device_status();
        if (!read.ok()) return std::move(read).error();
        const wire::StorageStatus& status = read.value();
        state.firmware = {status.firmware_major, status.firmware_minor, status.build};
        state.card_serial = status.card_serial;
        state.storage = status;
    }
    auto read = run(wire::get_status(), reading);
    if (!read.ok()) return std::move(read).error();
    const wire::Status status = wire::decode_status(read.value());
    state.config = status.config;
    if (!storage()) {  // a Storage's version and serial in there are made up (quirk Q-S13)
        state.firmware = {status.firmware_major, status.firmware_minor, 0};
        state.card_serial = status.card_serial;
    }
    // A token keeps its firmware while it is plugged in.
    if (!wire::plausible(state.firmware) || (firmware_ && state.firmware != *firmware_)) {
        return base::Error{
            .code = errors::impossible_firmware,
            .field = "firmware",
            .subject = std::to_string(state.firmware.major) + "." + std::to_string(state.firmware.minor)};
    }
    if (state.storage && state.storage->impossible) {
        const auto& [field, actual, limit] = *state.storage->impossible;
        return impossible(field, actual, limit);
    }
    const wire::FirmwareProfile* const profile = wire::find_profile(*model_, state.firmware);
    if (profile == nullptr) {
        return base::Error{.code = errors::firmware_not_served,
                           .field = "firmware",
                           .subject = std::string(model_->title),
                           .actual = state.firmware.minor,
                           .limit = oldest_minor(*model_)};
    }
    profile_ = profile;
    firmware_ = state.firmware;
    tells_card_use_ = storage() && (state.firmware.major > 0 || state.firmware.minor >= 49);
    auto usage = card_in_use();
    if (!usage.ok()) return std::move(usage).error();
    state.card_in_use = usage.value();
    return state;
}

base::Result<std::optional<bool>> TokenDriver::card_in_use() {
    if (!tells_card_use_) return std::optional<bool>{};
    // The one command that is answered also while another program has the card (section 2.8).
    auto usage = run(wire::check_smartcard_usage(), reading);
    if (usage.ok()) return std::optional<bool>{false};
    if (usage.error().code == errors::card_busy) return std::optional<bool>{true};
    return std::move(usage).error();
}

base::Result<std::optional<std::uint8_t>> TokenDriver::tries_left(channel::PinKind kind) {
    const bool admin = kind == channel::PinKind::admin;
    std::optional<std::uint8_t> tries;
    if (!profile_->cached_tries) {
        auto reply = run(wire::get_retry_count(admin), reading);
        if (!reply.ok()) return std::move(reply).error();
        tries = wire::decode_retry_count(reply.value());
    }
    // What the command itself tells may be old (quirk Q-S18); and where it is 0 or no count, the reply may have been
    // read while the card was still being asked (quirk Q-S23), which the status cannot.
    if (!tries || (storage() && (*tries == 0 || *tries > tries_max))) {
        auto status = device_status();
        if (!status.ok()) return std::move(status).error();
        tries = admin ? status.value().admin_tries : status.value().user_tries;
    }
    if (*tries == 0xFF || *tries == wire::tries_card_not_ready || *tries == wire::tries_read_failed)
        return std::optional<std::uint8_t>{};  // no counts (quirk Q-S15)
    if (*tries > tries_max) return impossible(field_of(kind), *tries, tries_max);
    return tries;
}

base::Result<std::optional<wire::Slot>> TokenDriver::read_slot(std::uint8_t slot_code) {
    auto reply = run(wire::read_slot(slot_code), reading);
    // Quirks Q-S22 and Q-S23: what may have been written into it by another program's command, or is empty though the
    // slot is programmed, is asked for until two replies are the same. Each such command writes another number.
    for (int attempt = 0; storage() && reply.ok() && doubtful(reply.value()); ++attempt) {
        if (attempt == doubtful_attempts) return base::Error{.code = errors::foreign_answers, .field = "READ_SLOT"};
        auto again = run(wire::read_slot(slot_code), reading);
        const bool same = again.ok() && std::ranges::equal(result_of(reply.value()), result_of(again.value()));
        reply = std::move(again);
        if (same) break;
    }
    if (!reply.ok()) {
        if (reply.error().code == errors::slot_not_programmed) return std::optional<wire::Slot>{};
        return naming(std::move(reply).error(), slot_code);
    }
    if (!profile_->authorises_packets) return std::optional<wire::Slot>{wire::decode_slot(reply.value())};
    const bool hotp = slot_code < wire::totp_slot_base;
    auto slot = wire::old_protocol::decode_slot(reply.value(), hotp, profile_->decimal_counter);
    if (!slot) return base::Error{.code = errors::impossible_value, .field = "counter"};
    return std::optional<wire::Slot>{std::move(*slot)};
}

template <channel::PinKind Kind>
base::Result<Authentication<Kind>> TokenDriver::authenticate(const base::SecretText& pin, base::Random& random) {
    // A new one each time: a Pro up to 0.8 keeps the one before if this fails (quirk Q-P7), but nobody knows that.
    base::SecretBytes password(wire::temporary_password_size);
    if (auto filled = random.fill(password.bytes()); !filled.ok()) return std::move(filled).error();
    auto reply = run(wire::authenticate(Kind == channel::PinKind::admin, pin, password.bytes()), acting);
    if (!reply.ok()) return std::move(reply).error();
    return Authentication<Kind>(std::move(password));
}

base::Result<AdminAuthentication> TokenDriver::authenticate_admin(const base::SecretText& pin, base::Random& random) {
    return authenticate<channel::PinKind::admin>(pin, random);
}

base::Result<UserAuthentication> TokenDriver::authenticate_user(const base::SecretText& pin, base::Random& random) {
    return authenticate<channel::PinKind::user>(pin, random);
}

base::Result<void> TokenDriver::prepare(const AdminAuthentication& admin, const SlotContent& content) {
    if (profile_->authorises_packets) return {};
    const auto password = admin.password_.bytes();
    const auto send = [&](const auto& piece, const auto& matches, const char* name) -> base::Result<void> {
        for (int attempt = 0;; ++attempt) {
            auto echo = run(piece(), storage() ? preparing : acting);
            if (!echo.ok()) return std::move(echo).error();
            if (matches(echo.value())) return {};
            // Another program's block may be in the echo (quirk Q-S22). The same piece once more changes nothing.
            if (!storage() || !wire::may_carry_foreign_block(echo.value()) || attempt == doubtful_attempts)
                return base::Error{.code = errors::echo_differs, .field = name};
        }
    };
    if (auto sent = send([&] { return wire::send_name(password, content.name); },
                         [&](const wire::Report& echo) { return wire::echo_matches_name(echo, content.name); }, "name");
        !sent.ok())
        return sent;

    // Both pieces always, also zeros for "keep": libnitrokey sends none then, and trusts the buffer to be clean (quirks
    // Q-P15, Q-L4).
    for (const std::uint8_t index : {std::uint8_t{0}, std::uint8_t{1}}) {
        const std::size_t known = index == 0 ? wire::otp_data_chunk_size : wire::slot_secret_size;
        auto sent = send(
            [&] { return wire::send_secret(password, content.secret, index); },
            [&](const wire::Report& echo) { return wire::echo_matches_secret(echo, content.secret, known); }, "secret");
        if (!sent.ok()) return sent;
    }
    return {};
}

base::Result<void> TokenDriver::change(wire::Report request, const Terms& terms) {
    exchanger_->seal(request);
    return change_sealed(request, terms);
}

base::Result<void> TokenDriver::change_sealed(const wire::Report& request, const Terms& terms) {
    may_have_changed_ = false;
    auto reply = run_sealed(request, terms);
    if (reply.ok()) return {};
    may_have_changed_ = exchanger_->may_have_run() && !refused(reply.error());
    return std::move(reply).error();
}

base::Result<void> TokenDriver::change_authorised(const wire::Report& sealed, AdminAuthentication& admin) {
    may_have_changed_ = false;
    admin.spent_ = admin.spent_ || profile_->password_once;
    auto authorised = run(wire::old_protocol::authorize(true, sealed, admin.password_.bytes()), acting);
    if (!authorised.ok()) return std::move(authorised).error();
    return change_sealed(sealed, acting);
}

base::Result<void> TokenDriver::commit(AdminAuthentication& admin, std::uint8_t slot_code, const SlotContent& content) {
    if (!profile_->authorises_packets)
        return naming(change(wire::write_slot(admin.password_.bytes(), slot_code, content.parameters, content.config,
                                              content.token_id)),
                      slot_code);
    wire::Report packet = wire::old_protocol::write_slot(slot_code, content.name, content.secret, content.parameters,
                                                         content.config, profile_->decimal_counter, content.token_id);
    wire::seal_without_nonce(packet);  // its payload reaches into where the nonce would be
    return naming(change_authorised(packet, admin), slot_code);
}

base::Result<void> TokenDriver::erase_slot(AdminAuthentication& admin, std::uint8_t slot_code) {
    if (!profile_->authorises_packets)
        return naming(change(wire::erase_slot(admin.password_.bytes(), slot_code)), slot_code);
    wire::Report packet = wire::old_protocol::erase_slot(slot_code);
    exchanger_->seal(packet);
    return naming(change_authorised(packet, admin), slot_code);
}

base::Result<TimedCode> TokenDriver::get_code(otp::OtpKind kind, std::uint8_t slot_code, UserAuthentication* user) {
    // A TOTP code can be asked for any number of times; a HOTP code moves the counter, and an authorisation is used up.
    code_may_be_used_up_ = false;
    const bool once = user != nullptr && profile_->authorises_packets;
    const Terms& terms = kind == otp::OtpKind::totp && !once ? reading : acting;
    std::span<const std::uint8_t> password;
    if (user != nullptr && !once) password = user->password_.bytes();
    wire::Report request = wire::get_code(slot_code, password);
    exchanger_->seal(request);
    if (once) {
        user->spent_ = user->spent_ || profile_->password_once;
        auto authorised = run(wire::old_protocol::authorize(false, request, user->password_.bytes()), acting);
        if (!authorised.ok()) return std::move(authorised).error();
    }
    auto reply = run_sealed(request, terms);
    if (!reply.ok()) {
        code_may_be_used_up_ = kind == otp::OtpKind::hotp && reply_lost(reply.error());
        return naming(std::move(reply).error(), slot_code);
    }
    code_may_be_used_up_ = kind == otp::OtpKind::hotp;
    const wire::Code code = wire::decode_code(reply.value());
    const std::uint32_t code_end = code.eight_digits ? 100'000'000 : 1'000'000;
    // The code itself is a secret, and a wrong one may be a part of one.
    if (code.value >= code_end) return base::Error{.code = errors::impossible_value, .field = "code"};
    TimedCode timed{code, exchanger_->sent(), exchanger_->answered()};
    // After another program's AUTHORIZE a Storage says "ok" to an unauthorised GET_CODE, with nothing in it (quirk
    // Q-S3). Where codes are PIN-protected, a real code of all zeros is refused with it, once in a million; that is
    // better than a wrong one. The protection may have been turned on by another program, so it is asked for.
    if (storage() && code.value == 0) {
        auto status = run(wire::get_status(), reading);
        if (!status.ok()) return std::move(status).error();
        if (wire::decode_status(status.value()).pin_protected_codes())
            return base::Error{.code = errors::not_authorised,
                               .field = std::string(wire::name(wire::Command::get_code))};
    }
    return timed;
}

bool TokenDriver::reply_lost(const base::Error& error) const {
    const bool lost = error.code == errors::no_answer || error.code == errors::foreign_answers ||
                      error.code == wire::errors::transfer_failed || error.code == wire::errors::unplugged;
    return lost && exchanger_->may_have_run();
}

base::Result<void> TokenDriver::set_time(std::int64_t unix_seconds, bool hard) {
    auto reply = run(wire::set_time(unix_seconds, hard), setting_time);
    if (!reply.ok()) return std::move(reply).error();
    return {};
}

void TokenDriver::flush() {  // quirk Q-P16
    (void)run(wire::get_status(), reading_while_stopping);
}

}  // namespace tokendeck::device
