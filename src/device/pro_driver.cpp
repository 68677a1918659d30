#include "device/pro_driver.hpp"

#include "device/errors.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {
namespace {

base::Error error_of(wire::CommandStatus status, wire::Command command) {
    base::Error error;
    switch (status) {
        case wire::CommandStatus::wrong_slot: error.code = errors::wrong_slot; break;
        case wire::CommandStatus::slot_not_programmed: error.code = errors::slot_not_programmed; break;
        case wire::CommandStatus::wrong_password: error.code = errors::wrong_pin; break;
        case wire::CommandStatus::not_authorized: error.code = errors::not_authorised; break;
        case wire::CommandStatus::timestamp_warning: error.code = errors::time_refused; break;
        case wire::CommandStatus::no_name: error.code = errors::name_refused; break;
        case wire::CommandStatus::unknown_command: error.code = errors::unknown_command; break;
        default:
            error.code = errors::unexpected_status;
            error.actual = static_cast<std::int64_t>(status);
            break;
    }
    error.field = wire::name(command);
    return error;
}

// The token's answers that mean it did nothing (protocol page, section 7.5).
bool refused(base::ErrorCode code) {
    return code == errors::wrong_slot || code == errors::not_authorised || code == errors::name_refused ||
           code == errors::unknown_command || code == errors::request_damaged;
}

}  // namespace

const char* field_of(channel::PinKind kind) {
    return kind == channel::PinKind::admin ? "admin-pin" : "user-pin";
}

base::Result<void> check_pin(channel::PinKind kind, const base::SecretText& pin) {
    const bool admin = kind == channel::PinKind::admin;
    const char* const field = field_of(kind);
    const std::size_t least = admin ? admin_pin_min : user_pin_min;
    if (pin.size() < least)
        return base::Error{errors::pin_too_short, field, {}, {}, {}, static_cast<std::int64_t>(least)};
    if (pin.size() > pin_max)
        return base::Error{errors::pin_too_long, field, {}, {}, {}, static_cast<std::int64_t>(pin_max)};
    if (pin.view().find('\0') != std::string_view::npos) return base::Error{errors::pin_has_zero, field};
    return {};
}

base::Result<wire::Report> ProDriver::run(wire::Report request, const Terms& terms) {
    const wire::Command command = wire::command_of(request);
    auto reply = exchanger_->exchange(std::move(request), terms);
    if (!reply.ok()) return reply;
    if (const auto status = wire::status_of(reply.value()); status != wire::CommandStatus::ok)
        return error_of(status, command);
    return reply;
}

base::Result<wire::Status> ProDriver::status() {
    auto reply = run(wire::get_status(), reading);
    if (!reply.ok()) return std::move(reply).error();
    return wire::decode_status(reply.value());
}

base::Result<std::optional<std::uint8_t>> ProDriver::tries_left(channel::PinKind kind) {
    auto reply = run(wire::get_retry_count(kind == channel::PinKind::admin), reading);
    if (!reply.ok()) return std::move(reply).error();
    const std::uint8_t tries = wire::decode_retry_count(reply.value());
    if (tries == 0xFF) return std::optional<std::uint8_t>{};
    return std::optional<std::uint8_t>{tries};
}

base::Result<std::optional<wire::Slot>> ProDriver::read_slot(std::uint8_t slot_code) {
    auto reply = run(wire::read_slot(slot_code), reading);
    if (reply.ok()) return std::optional<wire::Slot>{wire::decode_slot(reply.value())};
    if (reply.error().code == errors::slot_not_programmed) return std::optional<wire::Slot>{};
    return std::move(reply).error();
}

template <channel::PinKind Kind>
base::Result<Authentication<Kind>> ProDriver::authenticate(const base::SecretText& pin, base::Random& random) {
    base::SecretBytes password(wire::temporary_password_size);
    if (auto filled = random.fill(password.bytes()); !filled.ok()) return std::move(filled).error();
    auto reply = run(wire::authenticate(Kind == channel::PinKind::admin, pin, password.bytes()), acting);
    if (!reply.ok()) return std::move(reply).error();
    return Authentication<Kind>(std::move(password));
}

base::Result<AdminAuthentication> ProDriver::authenticate_admin(const base::SecretText& pin, base::Random& random) {
    return authenticate<channel::PinKind::admin>(pin, random);
}

base::Result<UserAuthentication> ProDriver::authenticate_user(const base::SecretText& pin, base::Random& random) {
    return authenticate<channel::PinKind::user>(pin, random);
}

base::Result<void> ProDriver::fill_buffer(const AdminAuthentication& admin, std::string_view name,
                                          std::span<const std::uint8_t> secret) {
    const auto password = admin.password_.bytes();
    auto echo = run(wire::send_name(password, name), acting);
    if (!echo.ok()) return std::move(echo).error();
    if (!wire::echo_matches_name(echo.value(), name)) return base::Error{errors::echo_differs, "name"};

    for (const std::uint8_t index : {std::uint8_t{0}, std::uint8_t{1}}) {
        echo = run(wire::send_secret(password, secret, index), acting);
        if (!echo.ok()) return std::move(echo).error();
        const std::size_t known = index == 0 ? wire::otp_data_chunk_size : wire::slot_secret_size;
        if (!wire::echo_matches_secret(echo.value(), secret, known)) return base::Error{errors::echo_differs, "secret"};
    }
    return {};
}

base::Result<void> ProDriver::change_slot(wire::Report request) {
    auto reply = run(std::move(request), acting);
    if (reply.ok()) return {};
    may_have_changed_slot_ = exchanger_->may_have_run() && !refused(reply.error().code);
    return std::move(reply).error();
}

base::Result<void> ProDriver::commit(const AdminAuthentication& admin, std::uint8_t slot_code,
                                     const otp::OtpParameters& parameters, std::uint8_t config) {
    return change_slot(wire::write_slot(admin.password_.bytes(), slot_code, parameters, config));
}

base::Result<void> ProDriver::erase_slot(const AdminAuthentication& admin, std::uint8_t slot_code) {
    return change_slot(wire::erase_slot(admin.password_.bytes(), slot_code));
}

base::Result<TimedCode> ProDriver::get_code(otp::OtpKind kind, std::uint8_t slot_code, const UserAuthentication* user) {
    // A TOTP code can be asked for any number of times; a HOTP code moves the counter.
    const Terms& terms = kind == otp::OtpKind::totp ? reading : acting;
    std::span<const std::uint8_t> password;
    if (user != nullptr) password = user->password_.bytes();
    auto reply = run(wire::get_code(slot_code, password), terms);
    if (!reply.ok()) return std::move(reply).error();
    return TimedCode{wire::decode_code(reply.value()), exchanger_->sent(), exchanger_->answered()};
}

base::Result<void> ProDriver::set_time(std::int64_t unix_seconds, bool hard) {
    auto reply = run(wire::set_time(unix_seconds, hard), acting);
    if (!reply.ok()) return std::move(reply).error();
    return {};
}

void ProDriver::flush() {
    (void)run(wire::get_status(), reading_while_stopping);
}

}  // namespace tokendeck::device
