// The password safe: used 1, name 11, password 20, login 32 bytes. Source: docs/protocol/pro-storage.md, sections 3.8
// and 7.5.
#include "base/bytes.hpp"
#include "simulator/token_firmware.hpp"

#include <utility>

namespace tokendeck::simulator {

TokenFirmware::Status TokenFirmware::read_safe(Bytes request, std::span<std::uint8_t> result) {
    const auto command = static_cast<Command>(request[0]);
    if (power_.safe_key.empty()) return Status::not_authorized;
    if (command == Command::get_pw_safe_slot_status) {
        for (std::size_t i = 0; i < safe_slots; ++i) {
            auto record = state_.safe_records[i].clone();
            crypt_safe_record(power_.safe_key.bytes(), i, record);
            result[i] = record.bytes()[0] == 1 ? 1 : 0;
        }
        return Status::ok;
    }
    const std::uint8_t slot = request[1];
    if (slot >= safe_slots) return Status::not_authorized;
    auto record = state_.safe_records[slot].clone();
    crypt_safe_record(power_.safe_key.bytes(), slot, record);
    const Bytes field = command == Command::get_pw_safe_slot_name       ? Bytes(record.bytes()).subspan(1, 11)
                        : command == Command::get_pw_safe_slot_password ? Bytes(record.bytes()).subspan(12, 20)
                                                                        : Bytes(record.bytes()).subspan(32, 32);
    base::store(result, 0, field);
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::write_safe(Bytes request) {
    const auto command = static_cast<Command>(request[0]);
    base::SecretBytes& buffer = power_.safe_buffer;
    if (command == Command::set_pw_safe_slot_data_1) {  // only buffers, whatever its slot says
        base::store(buffer.bytes(), 1, request.subspan(2, 31));
        return Status::ok;
    }
    const std::uint8_t slot = request[1];
    if (power_.safe_key.empty() || slot >= safe_slots) return Status::not_authorized;
    base::SecretBytes record(safe_record_size);
    if (command == Command::set_pw_safe_slot_data_2) {
        base::store(buffer.bytes(), 32, request.subspan(2, 32));
        buffer.bytes()[0] = 1;
        record = std::exchange(buffer, base::SecretBytes(safe_record_size));
    }
    if (flash_refuses()) return Status::ok;
    crypt_safe_record(power_.safe_key.bytes(), slot, record);
    state_.safe_records[slot] = std::move(record);
    keep(timing_.flash_write);
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::enable_safe(Bytes request) {
    if (!verify(CardPin::user, text_field(request, 1, 30))) return Status::wrong_password;
    if (!power_.safe_key.empty()) return Status::ok;
    if (!state_.aes_key) {
        if (!state_.is_storage()) return Status::aes_dec_failed;
        return minor() >= 51 ? Status::invalid_input : Status::wrong_password;
    }
    power_.safe_key = state_.safe_key.clone();
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::init_safe_key() {
    card_exchange();
    if (!power_.card.user_verified || !state_.aes_key) return Status::not_authorized;
    power_.safe_key = state_.safe_key.clone();
    return Status::ok;
}

}  // namespace tokendeck::simulator
