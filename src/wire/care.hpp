// Care of a token: PINs, general settings, lock, factory reset, keys. The Pro's layouts; where a Storage's differ, see
// wire/storage.hpp. Source: docs/protocol/pro-storage.md, sections 3.6, 3.9 and 4.6.
#pragma once

#include "wire/pro.hpp"

namespace tokendeck::wire {

// CHANGE_USER_PIN, CHANGE_ADMIN_PIN; Pro only (a Storage does nothing and says ok, quirk Q-S2).
struct ChangePinPayload {
    std::uint8_t current_pin[pin_field_size];  // 1
    std::uint8_t new_pin[pin_field_size];      // 26
};
static_assert(sizeof(ChangePinPayload) == 50);

struct WriteConfigPayload {                                    // new protocol
    std::uint8_t config[5];                                    // 1: as StatusResult::config
    std::uint8_t temporary_password[temporary_password_size];  // 6
};
static_assert(sizeof(WriteConfigPayload) == 30);

// Quirk Q-P14: a field of UNLOCK_USER_PASSWORD filled to its end runs on into the next.
inline constexpr std::size_t unblock_pin_max = 24;  // bytes

// Preconditions for all PINs: 1 byte or more without a zero byte, and at most 25 (unblock: 24).
[[nodiscard]] Report change_pin(bool admin, const base::SecretText& current_pin, const base::SecretText& new_pin);
[[nodiscard]] Report unblock_user_pin(const base::SecretText& admin_pin, const base::SecretText& new_user_pin);
[[nodiscard]] Report write_config(std::span<const std::uint8_t> temporary_password,
                                  const std::array<std::uint8_t, 5>& config);
[[nodiscard]] Report lock_device();
[[nodiscard]] Report factory_reset(const base::SecretText& admin_pin);
// Pro only. Replaces the password safe's key before it looks at the PIN (quirk Q-P3): check that first.
[[nodiscard]] Report new_aes_key(const base::SecretText& admin_pin);

}  // namespace tokendeck::wire
