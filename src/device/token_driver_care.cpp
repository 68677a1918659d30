// The commands of care: PINs, settings, lock, reset, keys.
#include "device/errors.hpp"
#include "device/token_driver.hpp"
#include "wire/care.hpp"
#include "wire/old_protocol.hpp"

#include <utility>

namespace tokendeck::device {
namespace {

// Making keys and a reset take seconds (docs/protocol/pro-storage.md, section 2.8). Never sent again.
constexpr Terms erasing{base::Milliseconds{60'000}, false};

bool is_refused_pin(const base::Error& error) {
    return error.code == errors::unexpected_status && error.actual &&
           (*error.actual == static_cast<std::int64_t>(wire::CommandStatus::error_changing_user_password) ||
            *error.actual == static_cast<std::int64_t>(wire::CommandStatus::error_changing_admin_password) ||
            *error.actual == static_cast<std::int64_t>(wire::CommandStatus::error_unblocking_pin));
}

// The card's refusal of a new PIN, told from that of the PIN that was to allow it.
base::Result<void> telling_refusal(base::Result<void> result, bool pin_was_right) {
    if (result.ok()) return result;
    if (is_refused_pin(result.error()) || (pin_was_right && result.error().code == errors::wrong_pin))
        result.error().code = errors::pin_refused;
    return result;
}

}  // namespace

base::Result<void> TokenDriver::change_pin(channel::PinKind kind, const base::SecretText& current_pin,
                                           const base::SecretText& new_pin) {
    const bool admin = kind == channel::PinKind::admin;
    if (!storage()) return telling_refusal(change(wire::change_pin(admin, current_pin, new_pin)), false);
    // CHANGE_USER_PIN and CHANGE_ADMIN_PIN say ok on a Storage and do nothing (quirk Q-S2).
    const auto which = admin ? wire::StoragePin::admin : wire::StoragePin::user;
    if (auto verified = change(wire::send_password(which, current_pin)); !verified.ok()) {
        may_have_changed_ = false;  // whatever became of it, it only verifies
        return verified;
    }
    return telling_refusal(change(wire::send_new_password(which, new_pin)), true);
}

base::Result<void> TokenDriver::unblock_user_pin(const base::SecretText& admin_pin,
                                                 const base::SecretText& new_user_pin) {
    if (!storage()) return telling_refusal(change(wire::unblock_user_pin(admin_pin, new_user_pin)), false);
    if (auto verified = change(wire::send_password(wire::StoragePin::admin, admin_pin)); !verified.ok()) {
        may_have_changed_ = false;
        return verified;
    }
    return telling_refusal(change(wire::storage_unblock_user_pin(new_user_pin)), true);
}

base::Result<void> TokenDriver::write_config(AdminAuthentication& admin, const std::array<std::uint8_t, 5>& config) {
    if (!profile_->authorises_packets) return change(wire::write_config(admin.password_.bytes(), config));
    wire::Report packet = wire::old_protocol::write_config(config);
    exchanger_->seal(packet);
    return change_authorised(packet, admin);
}

base::Result<void> TokenDriver::lock() {
    return change(wire::lock_device());
}

base::Result<void> TokenDriver::factory_reset(const base::SecretText& admin_pin) {
    return change(wire::factory_reset(admin_pin), erasing);
}

base::Result<void> TokenDriver::new_aes_key(const base::SecretText& admin_pin) {
    auto made = change(storage() ? wire::generate_new_keys(admin_pin) : wire::new_aes_key(admin_pin), erasing);
    if (!made.ok() && made.error().code == errors::unexpected_status && made.error().actual == 11)
        made.error().code = errors::key_not_made;
    return made;
}

}  // namespace tokendeck::device
