// Command ids, command status and device status of Pro and Storage. Source: docs/protocol/pro-storage.md, sections 2.5,
// 2.6, 3.1.
#pragma once

#include <cstdint>
#include <string_view>

namespace tokendeck::wire {

// Never sent, whatever names are here, which rules these quirks out: the password safe's commands (Q-P17) and
// GET_RANDOM (Q-P13); SEND_STARTUP, which would spoil the clock (Q-S5); PRODUCTION_TEST (Q-S8); the volumes' commands
// and 0x3B, which tries the default PIN (Q-S14); enable_encrypted_volume, whose wrong PIN may be none (Q-S20).
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
    // A Storage's started commands, 0x20 to 0x5F; section 3.10. Those that this program never sends have no name here,
    // but for the simulated token: tokendeck leaves volumes and firmware alone.
    enable_encrypted_volume = 0x20,
    disable_encrypted_volume = 0x21,
    enable_hidden_volume = 0x22,
    disable_hidden_volume = 0x23,
    enter_update_mode = 0x24,
    export_firmware = 0x25,
    generate_new_keys = 0x26,
    fill_with_random = 0x27,
    set_unencrypted_read_only = 0x29,
    set_unencrypted_read_write = 0x2A,
    get_device_status = 0x2E,
    hidden_volume_setup = 0x31,
    send_password = 0x32,
    send_new_password = 0x33,
    clear_new_sd_card = 0x34,
    send_startup = 0x35,
    clear_keys_not_initiated = 0x36,
    lock_firmware = 0x37,
    production_test = 0x38,
    change_update_password = 0x3A,
    set_unencrypted_read_only_admin = 0x3C,
    set_unencrypted_read_write_admin = 0x3D,
    set_encrypted_read_only = 0x3E,
    set_encrypted_read_write = 0x3F,
    check_smartcard_usage = 0x40,
    wink = 0x41,
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
    sd_card_high_watermark = 0x70,  // Storage
};

// A Storage only starts these and tells in a block of its own how they go on (section 2.7).
[[nodiscard]] constexpr bool is_started(Command command) {
    return static_cast<std::uint8_t>(command) >= 0x20 && static_cast<std::uint8_t>(command) <= 0x5F;
}

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

// Byte 22 of a Storage's response to a started command; section 2.7.
enum class StartedStatus : std::uint8_t {
    idle = 0,
    ok = 1,
    busy = 2,
    wrong_password = 3,  // also: key unusable (quirk Q-S20)
    busy_with_progress = 4,
    user_pin_missing = 6,
    card_error = 7,  // smart card error, or another program is using it
    firmware_locked = 8,
};

// Byte 0 of a response; a Pro only (a Storage always shows 0).
enum class DeviceStatus : std::uint8_t { ready = 0, busy = 1, error = 2, received = 3 };

// "GET_STATUS" and so on, for the diagnostics panel; "unknown" for an id outside the table.
[[nodiscard]] std::string_view name(Command command);
// "ok", "wrong password" and so on; "unknown" for a value outside the table.
[[nodiscard]] std::string_view name(CommandStatus status);
[[nodiscard]] std::string_view name(StartedStatus status);

// Sending the same request a second time can change nothing on the token: no PIN try, no counter, no write.
// Only these may be sent again after a request or its reply was lost.
[[nodiscard]] bool repeatable(Command command);

}  // namespace tokendeck::wire
