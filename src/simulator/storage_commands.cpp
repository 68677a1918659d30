// A Storage's started commands. Source: docs/protocol/pro-storage.md, sections 2.7, 3.10, 4.6 and 7.5.
#include "base/bytes.hpp"
#include "simulator/storage_firmware.hpp"

#include <algorithm>

namespace tokendeck::simulator {
namespace {

constexpr std::size_t password_most = 30;    // bytes that the firmware tolerates in a field
constexpr std::size_t remembered_most = 20;  // quirk Q-S12
constexpr std::uint8_t encrypted_bit = 2;
constexpr std::uint8_t hidden_bit = 4;

}  // namespace

bool StorageFirmware::implements(Command command) const {
    switch (command) {
        case Command::set_unencrypted_read_only_admin:
        case Command::set_unencrypted_read_write_admin: return minor() == 49 || minor() >= 52;
        case Command::set_encrypted_read_only:
        case Command::set_encrypted_read_write: return minor() == 49;
        case Command::check_smartcard_usage: return minor() >= 49;
        case Command::wink: return minor() >= 52;
        case Command::enable_encrypted_volume:
        case Command::disable_encrypted_volume:
        case Command::enable_hidden_volume:
        case Command::disable_hidden_volume:
        case Command::enter_update_mode:
        case Command::export_firmware:
        case Command::generate_new_keys:
        case Command::fill_with_random:
        case Command::set_unencrypted_read_only:
        case Command::set_unencrypted_read_write:
        case Command::get_device_status:
        case Command::hidden_volume_setup:
        case Command::send_password:
        case Command::send_new_password:
        case Command::clear_new_sd_card:
        case Command::send_startup:
        case Command::clear_keys_not_initiated:
        case Command::lock_firmware:
        case Command::production_test:
        case Command::change_update_password: return true;
        default: {
            const auto id = static_cast<std::uint8_t>(command);
            return id == 0x2F || id == 0x3B;  // write status data; production test with write test
        }
    }
}

StorageFirmware::Outcome StorageFirmware::execute_started(Bytes request) {
    StorageData& data = state_.storage;
    switch (static_cast<Command>(request[0])) {
        case Command::enable_encrypted_volume: return enable_encrypted(request);
        case Command::disable_encrypted_volume:
            cost_ += timing_.volume;
            work_.active_volumes &= static_cast<std::uint8_t>(~encrypted_bit);
            return Outcome::ok;
        case Command::enable_hidden_volume: return enable_hidden(request);
        case Command::disable_hidden_volume:
            cost_ += timing_.volume;
            work_.active_volumes &= static_cast<std::uint8_t>(~hidden_bit);
            return Outcome::ok;
        case Command::enter_update_mode: {
            const auto password = password_field(request, 2);
            if (!password || !base::equal_in_constant_time(*password, state_.firmware_password.bytes()))
                return Outcome::wrong_password;
            power_.boot_loader = true;
            return Outcome::ok;
        }
        case Command::export_firmware:
            return verify_field(CardPin::admin, request, 2) ? Outcome::ok : Outcome::wrong_password;
        case Command::generate_new_keys: return generate_keys(request);
        case Command::fill_with_random:
            if (!verify_field(CardPin::admin, request, 3)) return Outcome::wrong_password;
            work_.block[2] = static_cast<std::uint8_t>(Outcome::busy_with_progress);
            show_block();
            cost_ += timing_.fill;
            data.filled_with_random = true;
            keep(base::Microseconds{0});
            return Outcome::ok;
        case Command::set_unencrypted_read_only:
        case Command::set_unencrypted_read_write:
            if (minor() >= 52 || !verify_field(CardPin::user, request, 2)) return Outcome::wrong_password;
            cost_ += timing_.read_only;
            data.unencrypted_read_only = static_cast<Command>(request[0]) == Command::set_unencrypted_read_only;
            keep(base::Microseconds{0});
            return Outcome::ok;
        case Command::set_unencrypted_read_only_admin:
            return with_admin_pin(request, data.unencrypted_read_only, true, timing_.read_only);
        case Command::set_unencrypted_read_write_admin:
            return with_admin_pin(request, data.unencrypted_read_only, false, timing_.read_only);
        case Command::set_encrypted_read_only:
            return with_admin_pin(request, data.encrypted_read_only, true, timing_.read_only);
        case Command::set_encrypted_read_write:
            return with_admin_pin(request, data.encrypted_read_only, false, timing_.read_only);
        case Command::get_device_status:
            refresh_tries();
            work_.payload_after = StorageWork::Payload::status;
            return Outcome::ok;
        case Command::hidden_volume_setup: return set_up_hidden(request);
        case Command::send_password: return send_password(request);
        case Command::send_new_password: return send_new_password(request);
        case Command::clear_new_sd_card:
            if (!verify_field(CardPin::admin, request, 2)) return Outcome::wrong_password;
            data.new_sd_card = false;
            data.filled_with_random = true;
            keep(timing_.flash_write);
            return Outcome::ok;
        case Command::send_startup: return startup(request);
        case Command::clear_keys_not_initiated:  // without a PIN: quirk Q-S14
            data.keys_not_initialised = false;
            keep(timing_.flash_write);
            return Outcome::ok;
        case Command::lock_firmware: return with_admin_pin(request, data.firmware_locked, true, timing_.flash_write);
        case Command::production_test: work_.payload_after = StorageWork::Payload::production; return Outcome::ok;
        case Command::change_update_password: return change_update_password(request);
        case Command::check_smartcard_usage: return faults_->card_in_use ? Outcome::card_error : Outcome::ok;
        default:
            if (request[0] == 0x3B) {  // tries the PIN that a token is sold with: quirk Q-S14
                constexpr std::uint8_t standard[] = {'1', '2', '3', '4', '5', '6'};
                (void)verify(CardPin::user, standard);
                work_.payload_after = StorageWork::Payload::production;
            }
            return Outcome::ok;
    }
}

std::optional<StorageFirmware::Bytes> StorageFirmware::password_field(Bytes request, std::size_t at) const {
    const Bytes password = text_field(request, at, password_most);
    if (password.empty() || (minor() >= 57 && password.size() == password_most)) return std::nullopt;
    return password;
}

bool StorageFirmware::verify_field(CardPin pin, Bytes request, std::size_t at) {
    const auto digits = password_field(request, at);
    return digits && verify(pin, *digits);
}

StorageFirmware::Outcome StorageFirmware::with_admin_pin(Bytes request, bool& flag, bool value,
                                                         base::Microseconds cost) {
    if (!verify_field(CardPin::admin, request, 2)) return Outcome::wrong_password;
    flag = value;
    keep(cost);
    return Outcome::ok;
}

// ---- volumes ----

StorageFirmware::Outcome StorageFirmware::enable_encrypted(Bytes request) {
    if (!verify_field(CardPin::user, request, 2)) return Outcome::wrong_password;
    if (!state_.aes_key) return Outcome::wrong_password;  // quirk Q-S20
    power_.safe_key = state_.safe_key.clone();
    cost_ += timing_.volume;
    work_.active_volumes = static_cast<std::uint8_t>((work_.active_volumes & ~hidden_bit) | encrypted_bit);
    return Outcome::ok;
}

StorageFirmware::Outcome StorageFirmware::enable_hidden(Bytes request) {
    const auto password = password_field(request, 2);
    if (!password) return Outcome::wrong_password;
    if (!power_.card.user_verified) return Outcome::user_pin_missing;
    for (const HiddenVolume& volume : state_.storage.hidden) {
        if (volume.password.empty() || !base::equal_in_constant_time(*password, volume.password.bytes())) continue;
        cost_ += timing_.volume;
        work_.active_volumes = static_cast<std::uint8_t>((work_.active_volumes & ~encrypted_bit) | hidden_bit);
        return Outcome::ok;
    }
    return Outcome::wrong_password;
}

StorageFirmware::Outcome StorageFirmware::set_up_hidden(Bytes request) {
    if (!power_.card.user_verified) return Outcome::user_pin_missing;
    const Bytes password = text_field(request, 4, 20);
    if (request[1] >= hidden_volumes || request[2] >= request[3] || request[3] > 100 || password.empty())
        return Outcome::wrong_password;
    HiddenVolume& volume = state_.storage.hidden[request[1]];
    volume.start = request[2];
    volume.end = request[3];
    volume.password = base::SecretBytes::copy_of(password);
    keep(timing_.flash_write);
    return Outcome::ok;
}

void StorageFirmware::destroy_volumes() {
    state_.config.fill(0xFF);
    randomize(state_.safe_key.bytes());
    clear_safe(state_);
    for (HiddenVolume& volume : state_.storage.hidden) volume = {};
    state_.storage.unencrypted_read_only = true;
    work_.active_volumes = 1;
}

StorageFirmware::Outcome StorageFirmware::generate_keys(Bytes request) {
    if (!verify_field(CardPin::admin, request, 2)) return Outcome::wrong_password;
    cost_ += timing_.new_key;
    erase_slots();  // quirk Q-S11
    destroy_volumes();
    power_.safe_key.clear();
    state_.aes_key = true;
    state_.storage.keys_not_initialised = false;
    keep(base::Microseconds{0});
    return Outcome::ok;
}

// ---- PINs ----

StorageFirmware::Outcome StorageFirmware::send_password(Bytes request) {
    if (request[1] != 'P' && request[1] != 'A') return Outcome::wrong_password;
    const CardPin pin = request[1] == 'A' ? CardPin::admin : CardPin::user;
    base::SecretBytes& remembered = pin == CardPin::admin ? work_.remembered_admin : work_.remembered_user;
    remembered.clear();
    const auto digits = password_field(request, 2);
    if (!digits || !verify(pin, *digits)) return Outcome::wrong_password;
    remembered = base::SecretBytes::copy_of(digits->first(std::min(digits->size(), remembered_most)));
    return Outcome::ok;
}

StorageFirmware::Outcome StorageFirmware::send_new_password(Bytes request) {
    const CardPin pin = request[1] == 'A' ? CardPin::admin : CardPin::user;
    const base::SecretBytes remembered_user = std::move(work_.remembered_user);
    const base::SecretBytes remembered_admin = std::move(work_.remembered_admin);
    const base::SecretBytes& remembered = pin == CardPin::admin ? remembered_admin : remembered_user;
    const auto fresh = password_field(request, 2);
    if ((request[1] != 'P' && request[1] != 'A') || remembered.empty() || !fresh) return Outcome::wrong_password;
    // The card wants the old one again; one cut to 20 bytes is a wrong guess.
    if (!verify(pin, remembered.bytes()) || !card_set_pin(state_, pin, *fresh)) return Outcome::wrong_password;
    keep(base::Microseconds{0});
    return Outcome::ok;
}

StorageFirmware::Outcome StorageFirmware::change_update_password(Bytes request) {
    const Bytes old_one = text_field(request, 2, 20);
    const Bytes fresh = text_field(request, 23, 20);
    if (fresh.size() < 8 || !base::equal_in_constant_time(old_one, state_.firmware_password.bytes()))
        return Outcome::wrong_password;
    state_.firmware_password = base::SecretBytes::copy_of(fresh);
    keep(timing_.flash_write);
    return Outcome::ok;
}

// ---- status ----

StorageFirmware::Outcome StorageFirmware::startup(Bytes request) {
    constexpr std::uint64_t year_2010 = 1'262'304'000;  // Unix seconds; before it the clock counts as not set
    if (system_clock() < year_2010) {
        work_.system_seconds = base::load_le64(request, 1) & 0xFFFFFFFF;
        work_.system_set_at = time_;
    }
    refresh_tries();
    work_.payload_after = StorageWork::Payload::status;
    return Outcome::ok;
}

void StorageFirmware::refresh_tries() {
    card_exchange();
    work_.cached_user_tries = tries(CardPin::user);
    work_.cached_admin_tries = tries(CardPin::admin);
}

}  // namespace tokendeck::simulator
