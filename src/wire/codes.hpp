// Command ids, command status and device status of Pro and Storage. Source: protocol page, sections 2.5, 2.6, 3.1.
#pragma once

#include <cstdint>
#include <string_view>

namespace tokendeck::wire {

enum class Command : std::uint8_t {
    get_status = 0x00,
    write_to_slot = 0x01,
    read_slot_name = 0x02,
    read_slot = 0x03,
    get_code = 0x04,
    write_config = 0x05,
    erase_slot = 0x06,
    first_authenticate = 0x07,
    authorize = 0x08,
    get_password_retry_count = 0x09,
    set_time = 0x0B,
    user_authenticate = 0x0E,
    get_user_password_retry_count = 0x0F,
    user_authorize = 0x10,
    unlock_user_password = 0x11,
    lock_device = 0x12,
    factory_reset = 0x13,
    change_user_pin = 0x14,
    change_admin_pin = 0x15,
    send_otp_data = 0x17,
    verify_otp_code = 0x18,
    firmware_update = 0x19,
    change_firmware_password = 0x1A,
    get_random = 0x1B,
    get_pw_safe_slot_status = 0x60,
    get_pw_safe_slot_name = 0x61,
    get_pw_safe_slot_password = 0x62,
    get_pw_safe_slot_login = 0x63,
    set_pw_safe_slot_data_1 = 0x64,
    set_pw_safe_slot_data_2 = 0x65,
    pw_safe_erase_slot = 0x66,
    pw_safe_enable = 0x67,
    pw_safe_init_key = 0x68,
    detect_sc_aes = 0x6A,
    new_aes_key = 0x6B,
};

// Byte 6 of a response.
enum class CommandStatus : std::uint8_t {
    ok = 0,
    wrong_crc = 1,
    wrong_slot = 2,
    slot_not_programmed = 3,
    wrong_password = 4,
    not_authorized = 5,
    timestamp_warning = 6,
    no_name = 7,
    not_supported = 8,
    unknown_command = 9,
    aes_dec_failed = 10,
    aes_create_key_failed = 11,
    error_changing_user_password = 12,
    error_changing_admin_password = 13,
    error_unblocking_pin = 14,
    invalid_input = 100,
};

// Byte 0 of a response; a Pro only (a Storage always shows 0).
enum class DeviceStatus : std::uint8_t { ready = 0, busy = 1, error = 2, received = 3 };

// "GET_STATUS" and so on, for the diagnostics panel; "unknown" for an id outside the table.
[[nodiscard]] std::string_view name(Command command);
// "ok", "wrong password" and so on; "unknown" for a value outside the table.
[[nodiscard]] std::string_view name(CommandStatus status);

// Sending the same request a second time can change nothing on the token: no PIN try, no counter, no write.
// Only these may be sent again after a request or its reply was lost.
[[nodiscard]] bool repeatable(Command command);

}  // namespace tokendeck::wire
