// What a simulated Pro keeps without power: its own flash and its smart card. Source: protocol page, section 7.1.
// The text form is the state file's: a header line, `key = value` lines, a last line `end`; bytes in hex. It holds
// PINs and seeds in clear, as no real token would give them out: it is for demonstrations and tests only.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::simulator {

inline constexpr std::size_t safe_slots = 16;
inline constexpr std::size_t safe_key_size = 32;     // bytes
inline constexpr std::size_t safe_record_size = 64;  // bytes, encrypted: used 1, name 11, password 20, login 32
inline constexpr std::size_t set_times_most = 32;    // entries of one flash page
inline constexpr std::uint8_t tries_full = 3;
inline constexpr std::uint8_t oldest_pro_minor = 8;  // the new protocol
inline constexpr std::uint8_t newest_pro_minor = 15;

struct OtpRecord {
    std::array<std::uint8_t, 15> name{};
    base::SecretBytes secret{40};
    std::uint8_t config = 0;
    std::array<std::uint8_t, 13> token_id{};
    std::uint64_t interval = 0;  // TOTP: seconds, as written; the firmware uses 16 bits of it
};

struct TokenState {
    std::string model{"pro"};
    std::uint8_t firmware_minor = newest_pro_minor;
    std::uint32_t card_serial = 0;
    base::SecretBytes user_pin{};
    base::SecretBytes admin_pin{};
    std::uint8_t user_tries = tries_full;
    std::uint8_t admin_tries = tries_full;
    base::SecretBytes firmware_password{};
    bool aes_key = true;  // on the card; ENABLE of the password safe needs it
    std::array<std::uint8_t, 5> config{0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    std::vector<std::uint32_t> set_times{};  // oldest first: minutes << 8 | check byte
    std::array<std::uint64_t, 4> hotp_counters{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};  // erased: all ones
    std::map<std::uint8_t, OtpRecord> slots{};  // by slot id, programmed ones only
    base::SecretBytes safe_key{safe_key_size};
    std::array<base::SecretBytes, safe_slots> safe_records{};  // as in flash, encrypted
};

// A token as it is sold: default PINs, no slot programmed, an empty password safe, and a serial number of its own.
// Errors: base::errors::no_randomness.
[[nodiscard]] base::Result<TokenState> new_pro(base::Random& random, std::uint8_t firmware_minor = newest_pro_minor);

void set_default_pins(TokenState& state);

// En- and decrypts a record of the password safe, in place. Not the firmware's cipher: what matters is that another
// key gives garbage.
void crypt_safe_record(std::span<const std::uint8_t> key, std::size_t slot, base::SecretBytes& record);

[[nodiscard]] base::SecretText write_state(const TokenState& state);
// Errors: wire::errors::state_unreadable with the line and, where it is known, the key in `field`. Nothing is guessed,
// skipped or filled in.
[[nodiscard]] base::Result<TokenState> parse_state(std::string_view text);

}  // namespace tokendeck::simulator
