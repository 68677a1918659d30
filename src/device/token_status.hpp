// A token's state as its driver read it, in the words of channel. Pure.
#pragma once

#include "channel/device_messages.hpp"
#include "device/token_driver.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::device {

// "00005F11"; empty for 0: the card did not answer. A card's serial is shown in this form everywhere.
[[nodiscard]] std::string serial_text(std::uint32_t serial);
// The same from a Pro's USB serial, which is its card's with zeros before or after it (quirk Q-P19); empty where it
// says nothing, as a Storage's does (Q-S19).
[[nodiscard]] std::string card_serial_in(std::string_view usb_serial, const wire::Model& model);
// The number that a serial as people type it means: up to 8 hex digits, "0x" before them or not, leading zeros or not.
[[nodiscard]] std::optional<std::uint32_t> serial_number(std::string_view typed);
// Fills all of `status` but the retry counts and `info`.
void fill_status(const TokenState& state, const wire::FirmwareProfile& profile, const wire::Model& model,
                 channel::TokenStatus& status);

// The general settings as bytes and back. A lock key's byte is the HOTP slot counted from 0; any other value is "off".
[[nodiscard]] channel::GeneralConfig general_config(const std::array<std::uint8_t, 5>& config,
                                                    std::uint8_t lock_key_slots);
// `now`: what the token has; what `wanted` does not change keeps its byte, as does the unused fifth, unless it is a
// value outside the known ones, which becomes another word for the same.
[[nodiscard]] std::array<std::uint8_t, 5> config_bytes(const channel::GeneralConfig& wanted,
                                                       const std::array<std::uint8_t, 5>& now,
                                                       std::uint8_t lock_key_slots);

}  // namespace tokendeck::device
