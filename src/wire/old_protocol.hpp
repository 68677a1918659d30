// What is different in the old protocol: Pro 0.7, Storage up to 0.53. A protected packet is announced by AUTHORIZE with
// its checksum and the temporary password, and then sent bit by bit the same; a slot is written by one packet.
// Everything else is as in wire/pro.hpp. Source: docs/protocol/pro-storage.md, sections 3.4.3, 3.4.6 to 3.4.8, 3.6 and
// 8.8.
#pragma once

#include "wire/pro.hpp"

#include <optional>

namespace tokendeck::wire::old_protocol {

// From byte 1 of the request.
struct WriteToSlotPayload {
    std::uint8_t slot;                          // 1
    std::uint8_t name[slot_name_size];          // 2
    std::uint8_t secret[old_slot_secret_size];  // 17; zeros: keep (Pro: the first byte alone decides, quirk Q-P9)
    std::uint8_t config;                        // 37
    std::uint8_t token_id[token_id_size];       // 38
    // 51: TOTP: u16 LE seconds. HOTP: u64 LE on a Pro, decimal text on a Storage.
    std::uint8_t counter_or_interval[8];
};
static_assert(sizeof(WriteToSlotPayload) == 58);
static_assert(payload_at + sizeof(WriteToSlotPayload) <= checked_size);

struct AuthorizePayload {                                      // AUTHORIZE, USER_AUTHORIZE
    std::uint8_t checksum[4];                                  // 1: of the packet that follows, as in its bytes 60..63
    std::uint8_t temporary_password[temporary_password_size];  // 5
};
static_assert(sizeof(AuthorizePayload) == 29);

// Its last payload byte is where other requests have their nonce: seal it with `seal_without_nonce` (section 2.11).
// Preconditions: at most 15 bytes of name, 20 of secret; `decimal_counter`: a counter of at most 8 digits.
[[nodiscard]] Report write_slot(std::uint8_t slot_code, std::string_view name, std::span<const std::uint8_t> secret,
                                const otp::OtpParameters& parameters, std::uint8_t config, bool decimal_counter,
                                const TokenId& token_id = {});
[[nodiscard]] Report erase_slot(std::uint8_t slot_code);
[[nodiscard]] Report write_config(const std::array<std::uint8_t, 5>& config);
// For GET_CODE `wire::get_code` without a password is right.

// Precondition: `packet` is sealed.
[[nodiscard]] Report authorize(bool admin, const Report& packet, std::span<const std::uint8_t> temporary_password);

// As wire::decode_slot; `hotp` and `decimal_counter`: the counter is decimal text. Nothing if that is no number of 32
// bits.
[[nodiscard]] std::optional<Slot> decode_slot(const Report& response, bool hotp, bool decimal_counter);

}  // namespace tokendeck::wire::old_protocol
