// What a simulated token keeps without power: its own flash, its smart card and, of a Storage, its SD card's settings.
// Source: docs/protocol/pro-storage.md, section 7.1. The text form (state_text.hpp) is the state file's. It holds PINs
// and seeds in clear, as no real token would give them out: it is for demonstrations and tests only.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "simulator/simulated_models.hpp"

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
inline constexpr std::uint8_t oldest_pro_minor = 7;
inline constexpr std::uint8_t newest_pro_minor = 15;
inline constexpr std::uint8_t oldest_storage_minor = 43;
inline constexpr std::uint8_t newest_storage_minor = 57;
inline constexpr std::size_t hidden_volumes = 4;
// Codes that one page of a HOTP counter counts.
inline constexpr std::uint16_t pro_marks_most = 1016;
inline constexpr std::uint16_t storage_marks_most = 504;

struct OtpRecord {
    std::array<std::uint8_t, 15> name{};
    base::SecretBytes secret{40};  // of the old protocol: 20
    std::uint8_t config = 0;
    std::array<std::uint8_t, 13> token_id{};
    std::uint64_t interval = 0;  // TOTP: seconds, as written; a Pro uses 16 bits of it
};

struct HiddenVolume {
    std::uint8_t start = 0;  // percent of the encrypted volume
    std::uint8_t end = 0;
    base::SecretBytes password{};  // empty: this one is not set up
};

// What only a Storage has.
struct StorageData {
    std::uint8_t build = 0;  // not 0: a development build
    bool unencrypted_read_only = true;
    bool encrypted_read_only = false;
    bool hidden_read_only = false;
    bool firmware_locked = false;
    bool new_sd_card = false;
    bool filled_with_random = true;
    bool keys_not_initialised = false;  // what the status shows; `aes_key` says whether there is one
    std::uint32_t sd_serial = 0;
    std::array<HiddenVolume, hidden_volumes> hidden{};
};

struct TokenState {
    std::string model{"pro"};  // wire::Model::key
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
    std::array<std::uint16_t, 4> hotp_marks{};  // codes since the counter's page was written: quirks Q-P23, Q-S9
    std::map<std::uint8_t, OtpRecord> slots{};  // by slot id, programmed ones only
    base::SecretBytes safe_key{safe_key_size};
    std::array<base::SecretBytes, safe_slots> safe_records{};  // as in flash, encrypted
    StorageData storage{};

    [[nodiscard]] bool is_storage() const { return model == "storage"; }

    [[nodiscard]] std::uint16_t marks_most() const { return is_storage() ? storage_marks_most : pro_marks_most; }

    // AUTHORIZE by the packet's checksum, 20-byte secrets.
    [[nodiscard]] bool old_protocol() const { return firmware_minor < (is_storage() ? 54 : 8); }

    [[nodiscard]] std::size_t secret_size() const { return old_protocol() ? 20 : 40; }
};

// A token as it is sold: default PINs, no slot programmed, an empty password safe, and a serial number of its own.
// Errors: base::errors::no_randomness; wire::errors::unknown_model.
[[nodiscard]] base::Result<TokenState> new_token(std::string_view key, base::Random& random);
[[nodiscard]] base::Result<TokenState> new_token(const SimulatedModel& model, base::Random& random);
[[nodiscard]] base::Result<TokenState> new_pro(base::Random& random, std::uint8_t firmware_minor = newest_pro_minor);

void set_default_pins(TokenState& state);

// En- and decrypts a record of the password safe, in place. Not the firmware's cipher: what matters is that another
// key gives garbage.
void crypt_safe_record(std::span<const std::uint8_t> key, std::size_t slot, base::SecretBytes& record);

// The records of an erased password safe.
void clear_safe(TokenState& state);

// The slot ids that this firmware accepts, whether they are good for anything or not.
[[nodiscard]] std::vector<std::uint8_t> slot_ids(const TokenState& state);

[[nodiscard]] base::SecretText write_state(const TokenState& state);
// Errors: wire::errors::state_unreadable with the line and, where it is known, the key in `field`. Nothing is guessed,
// skipped or filled in. The first format, of Pros only, and the second are read as well; they do not tell how full the
// pages of a Pro's counters are, which then count as just written.
[[nodiscard]] base::Result<TokenState> parse_state(std::string_view text);

}  // namespace tokendeck::simulator
