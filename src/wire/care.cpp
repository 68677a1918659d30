#include "wire/care.hpp"

#include "wire/payload.hpp"

namespace tokendeck::wire {
namespace {

Report two_pins(Command command, const base::SecretText& first, const base::SecretText& second) {
    Report report = request(command);
    auto& payload = payload_of<ChangePinPayload>(report);
    put(payload.current_pin, first.bytes());
    put(payload.new_pin, second.bytes());
    return report;
}

Report one_pin(Command command, const base::SecretText& pin) {
    assert(!pin.empty() && pin.size() <= pin_field_size);
    Report report = request(command);
    std::copy(pin.bytes().begin(), pin.bytes().end(), report.bytes().begin() + payload_at);
    return report;
}

}  // namespace

Report change_pin(bool admin, const base::SecretText& current_pin, const base::SecretText& new_pin) {
    return two_pins(admin ? Command::change_admin_pin : Command::change_user_pin, current_pin, new_pin);
}

Report unblock_user_pin(const base::SecretText& admin_pin, const base::SecretText& new_user_pin) {
    assert(admin_pin.size() <= unblock_pin_max && new_user_pin.size() <= unblock_pin_max);
    return two_pins(Command::unlock_user_password, admin_pin, new_user_pin);
}

Report write_config(std::span<const std::uint8_t> temporary_password, const std::array<std::uint8_t, 5>& config) {
    Report report = request(Command::write_config);
    auto& payload = payload_of<WriteConfigPayload>(report);
    put(payload.config, config);
    put(payload.temporary_password, temporary_password);
    return report;
}

Report lock_device() {
    return request(Command::lock_device);
}

Report factory_reset(const base::SecretText& admin_pin) {
    return one_pin(Command::factory_reset, admin_pin);
}

Report new_aes_key(const base::SecretText& admin_pin) {
    return one_pin(Command::new_aes_key, admin_pin);
}

}  // namespace tokendeck::wire
