#include "device/command_status.hpp"

#include "device/errors.hpp"

namespace tokendeck::device {
namespace {

using base::Error;
using wire::Command;

Error unexpected(std::int64_t status, Command command) {
    return Error{.code = errors::unexpected_status, .field = std::string(wire::name(command)), .actual = status};
}

}  // namespace

bool names_slot(Command command) {
    switch (command) {
        case Command::write_to_slot:
        case Command::read_slot_name:
        case Command::read_slot:
        case Command::get_code:
        case Command::erase_slot: return true;
        default: return false;
    }
}

bool carries_pin(Command command) {
    switch (command) {
        case Command::first_authenticate:
        case Command::user_authenticate:
        case Command::unlock_user_password:
        case Command::factory_reset:
        case Command::change_user_pin:
        case Command::change_admin_pin:
        case Command::new_aes_key:
        case Command::send_password:
        case Command::send_new_password:
        case Command::generate_new_keys: return true;
        default: return false;
    }
}

bool carries_temporary_password(Command command) {
    switch (command) {
        case Command::write_to_slot:
        case Command::send_otp_data:
        case Command::write_config:
        case Command::erase_slot:
        case Command::get_code:
        case Command::authorize:
        case Command::user_authorize: return true;
        default: return false;
    }
}

Error error_of(wire::CommandStatus status, Command command) {
    using wire::CommandStatus;
    const std::string field(wire::name(command));
    switch (status) {
        case CommandStatus::wrong_slot:
            if (names_slot(command)) return {errors::wrong_slot, field};
            break;
        case CommandStatus::slot_not_programmed:
            if (names_slot(command)) return {errors::slot_not_programmed, field};
            break;
        case CommandStatus::wrong_password:
            if (carries_pin(command)) return {errors::wrong_pin, field};
            // About the temporary password, not about a PIN: it has cost no try.
            if (carries_temporary_password(command)) return {errors::not_authorised, field};
            break;
        case CommandStatus::not_authorized:
            if (carries_temporary_password(command)) return {errors::not_authorised, field};
            break;
        case CommandStatus::timestamp_warning:
            if (command == Command::set_time) return {errors::time_refused, field};
            break;
        case CommandStatus::no_name:
            if (command == Command::write_to_slot || command == Command::send_otp_data)
                return {errors::name_refused, field};
            break;
        case CommandStatus::unknown_command: return {errors::unknown_command, field};
        default: break;
    }
    return unexpected(static_cast<std::int64_t>(status), command);
}

Error error_of(wire::StartedStatus status, Command command) {
    using wire::StartedStatus;
    const std::string field(wire::name(command));
    if (status == StartedStatus::wrong_password && carries_pin(command)) return {errors::wrong_pin, field};
    // What libnitrokey does not tell its callers (quirk Q-L2).
    if (status == StartedStatus::card_error) return {errors::card_busy, field};
    return unexpected(static_cast<std::int64_t>(status), command);
}

}  // namespace tokendeck::device
