#include "wire/codes.hpp"

namespace tokendeck::wire {

std::string_view name(Command command) {
    switch (command) {
        case Command::get_status: return "GET_STATUS";
        case Command::write_to_slot: return "WRITE_TO_SLOT";
        case Command::read_slot_name: return "READ_SLOT_NAME";
        case Command::read_slot: return "READ_SLOT";
        case Command::get_code: return "GET_CODE";
        case Command::write_config: return "WRITE_CONFIG";
        case Command::erase_slot: return "ERASE_SLOT";
        case Command::first_authenticate: return "FIRST_AUTHENTICATE";
        case Command::authorize: return "AUTHORIZE";
        case Command::get_password_retry_count: return "GET_PASSWORD_RETRY_COUNT";
        case Command::set_time: return "SET_TIME";
        case Command::user_authenticate: return "USER_AUTHENTICATE";
        case Command::get_user_password_retry_count: return "GET_USER_PASSWORD_RETRY_COUNT";
        case Command::user_authorize: return "USER_AUTHORIZE";
        case Command::unlock_user_password: return "UNLOCK_USER_PASSWORD";
        case Command::lock_device: return "LOCK_DEVICE";
        case Command::factory_reset: return "FACTORY_RESET";
        case Command::change_user_pin: return "CHANGE_USER_PIN";
        case Command::change_admin_pin: return "CHANGE_ADMIN_PIN";
        case Command::send_otp_data: return "SEND_OTP_DATA";
        case Command::verify_otp_code: return "VERIFY_OTP_CODE";
        case Command::firmware_update: return "FIRMWARE_UPDATE";
        case Command::change_firmware_password: return "CHANGE_FIRMWARE_PASSWORD";
        case Command::get_random: return "GET_RANDOM";
        case Command::enable_encrypted_volume: return "ENABLE_ENCRYPTED_VOLUME";
        case Command::disable_encrypted_volume: return "DISABLE_ENCRYPTED_VOLUME";
        case Command::enable_hidden_volume: return "ENABLE_HIDDEN_VOLUME";
        case Command::disable_hidden_volume: return "DISABLE_HIDDEN_VOLUME";
        case Command::enter_update_mode: return "ENTER_UPDATE_MODE";
        case Command::export_firmware: return "EXPORT_FIRMWARE";
        case Command::generate_new_keys: return "GENERATE_NEW_KEYS";
        case Command::fill_with_random: return "FILL_WITH_RANDOM";
        case Command::set_unencrypted_read_only: return "SET_UNENCRYPTED_READ_ONLY";
        case Command::set_unencrypted_read_write: return "SET_UNENCRYPTED_READ_WRITE";
        case Command::get_device_status: return "GET_DEVICE_STATUS";
        case Command::hidden_volume_setup: return "HIDDEN_VOLUME_SETUP";
        case Command::send_password: return "SEND_PASSWORD";
        case Command::send_new_password: return "SEND_NEW_PASSWORD";
        case Command::clear_new_sd_card: return "CLEAR_NEW_SD_CARD";
        case Command::send_startup: return "SEND_STARTUP";
        case Command::clear_keys_not_initiated: return "CLEAR_KEYS_NOT_INITIATED";
        case Command::lock_firmware: return "LOCK_FIRMWARE";
        case Command::production_test: return "PRODUCTION_TEST";
        case Command::change_update_password: return "CHANGE_UPDATE_PASSWORD";
        case Command::set_unencrypted_read_only_admin: return "SET_UNENCRYPTED_READ_ONLY_ADMIN";
        case Command::set_unencrypted_read_write_admin: return "SET_UNENCRYPTED_READ_WRITE_ADMIN";
        case Command::set_encrypted_read_only: return "SET_ENCRYPTED_READ_ONLY";
        case Command::set_encrypted_read_write: return "SET_ENCRYPTED_READ_WRITE";
        case Command::check_smartcard_usage: return "CHECK_SMARTCARD_USAGE";
        case Command::wink: return "WINK";
        case Command::sd_card_high_watermark: return "SD_CARD_HIGH_WATERMARK";
        case Command::get_pw_safe_slot_status: return "GET_PW_SAFE_SLOT_STATUS";
        case Command::get_pw_safe_slot_name: return "GET_PW_SAFE_SLOT_NAME";
        case Command::get_pw_safe_slot_password: return "GET_PW_SAFE_SLOT_PASSWORD";
        case Command::get_pw_safe_slot_login: return "GET_PW_SAFE_SLOT_LOGIN";
        case Command::set_pw_safe_slot_data_1: return "SET_PW_SAFE_SLOT_DATA_1";
        case Command::set_pw_safe_slot_data_2: return "SET_PW_SAFE_SLOT_DATA_2";
        case Command::pw_safe_erase_slot: return "PW_SAFE_ERASE_SLOT";
        case Command::pw_safe_enable: return "PW_SAFE_ENABLE";
        case Command::pw_safe_init_key: return "PW_SAFE_INIT_KEY";
        case Command::detect_sc_aes: return "DETECT_SC_AES";
        case Command::new_aes_key: return "NEW_AES_KEY";
    }
    return "unknown";
}

std::string_view name(CommandStatus status) {
    switch (status) {
        case CommandStatus::ok: return "ok";
        case CommandStatus::wrong_crc: return "wrong checksum";
        case CommandStatus::wrong_slot: return "wrong slot";
        case CommandStatus::slot_not_programmed: return "slot not programmed";
        case CommandStatus::wrong_password: return "wrong PIN";
        case CommandStatus::not_authorized: return "not authorized";
        case CommandStatus::timestamp_warning: return "timestamp warning";
        case CommandStatus::no_name: return "no name";
        case CommandStatus::not_supported: return "not supported";
        case CommandStatus::unknown_command: return "unknown command";
        case CommandStatus::aes_dec_failed: return "AES key not usable";
        case CommandStatus::aes_create_key_failed: return "AES key not created";
        case CommandStatus::error_changing_user_password: return "user PIN refused";
        case CommandStatus::error_changing_admin_password: return "admin PIN refused";
        case CommandStatus::error_unblocking_pin: return "unblock refused";
        case CommandStatus::invalid_input: return "invalid input";
    }
    return "unknown";
}

std::string_view name(StartedStatus status) {
    switch (status) {
        case StartedStatus::idle: return "idle";
        case StartedStatus::ok: return "ok";
        case StartedStatus::busy: return "busy";
        case StartedStatus::wrong_password: return "wrong PIN";
        case StartedStatus::busy_with_progress: return "busy";
        case StartedStatus::user_pin_missing: return "user PIN missing";
        case StartedStatus::card_error: return "smart card error or busy";
        case StartedStatus::firmware_locked: return "firmware locked";
    }
    return "unknown";
}

bool repeatable(Command command) {
    switch (command) {
        case Command::get_status:
        case Command::read_slot_name:
        case Command::read_slot:
        case Command::get_password_retry_count:
        case Command::get_user_password_retry_count:
        case Command::get_device_status:
        case Command::check_smartcard_usage:
        case Command::sd_card_high_watermark: return true;
        default: return false;
    }
}

}  // namespace tokendeck::wire
