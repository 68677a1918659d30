// What is told about tokens, in commands, events and state.
#pragma once

#include "base/clock.hpp"
#include "otp/limits.hpp"
#include "otp/slot.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::channel {

// Counted up by the sender, from 1; 0 is no command.
using MessageId = std::uint64_t;
// wire::Sighting::key: one plugging-in of one token.
using TokenKey = std::string;

enum class PinKind : std::uint8_t { user, admin };

enum class TokenAccess : std::uint8_t {
    openable,
    no_permission,  // seen, but this user may not open it
    not_served,     // one of the vendor's, but this program does not speak its protocol
    boot_loader,    // waits for new firmware
};

struct TokenInfo {
    TokenKey key{};
    std::string model{};       // "pro"
    std::string title{};       // "Nitrokey Pro"
    std::string usb_serial{};  // the same on every Nitrokey Storage
    // 8 hex digits; from the USB serial of a Pro, else as the token said when it was first seen or opened; empty:
    // not known (yet).
    std::string card_serial{};
    std::string via{};   // "hidraw", "libusb", "simulated"
    std::string node{};  // "/dev/hidraw3" when it may not be opened
    bool simulated = false;
    TokenAccess access = TokenAccess::openable;
    friend bool operator==(const TokenInfo&, const TokenInfo&) = default;
};

// What care this token and its firmware allow; see wire::FirmwareProfile.
struct Abilities {
    bool edit = false;  // name, digits, period and counter can be changed with the secret kept
    // How many HOTP slots can be typed by pressing a lock key twice; 0: the firmware ignores those settings.
    std::uint8_t lock_key_slots = 0;
    bool pin_per_command = false;   // Pro 0.7: each PIN typed is good for one write or one protected code
    bool keys_erase_slots = false;  // Storage: new keys erase all accounts and settings
    std::uint8_t pin_max = 0;       // bytes a new PIN may have
    friend bool operator==(const Abilities&, const Abilities&) = default;
};

// A lock key pressed twice types this HOTP slot (from 1); nothing: off.
struct GeneralConfig {
    std::optional<std::uint8_t> numlock{};
    std::optional<std::uint8_t> capslock{};
    std::optional<std::uint8_t> scrolllock{};
    bool pin_protected_codes = false;
    friend bool operator==(const GeneralConfig&, const GeneralConfig&) = default;
};

struct VolumeState {
    bool active = false;
    bool read_only = false;
    friend bool operator==(const VolumeState&, const VolumeState&) = default;
};

// A Storage beyond its slots. Shown, and left alone.
struct StorageStatus {
    VolumeState unencrypted{};
    VolumeState encrypted{};
    VolumeState hidden{};
    std::string sd_card_serial{};  // 8 hex digits
    bool keys_initialised = false;
    bool new_sd_card = false;
    bool filled_with_random = false;
    bool firmware_locked = false;
    bool development_build = false;
    std::optional<bool> card_in_use{};  // by GnuPG or another program; nothing: this firmware does not tell
    friend bool operator==(const StorageStatus&, const StorageStatus&) = default;
};

// The newest firmware of a model that was known when this program was built, and what it can. Nobody was asked for it.
struct NewestFirmware {
    std::uint8_t minor = 0;  // major 0
    std::string noted{};     // year and month in which that was noted, "2026-11"
    otp::TokenLimits limits{};
    Abilities abilities{};
    std::vector<std::string> quirks{};  // as TokenStatus::quirks
    friend bool operator==(const NewestFirmware&, const NewestFirmware&) = default;
};

struct TokenStatus {
    TokenInfo info{};
    std::uint8_t firmware_major = 0;
    std::uint8_t firmware_minor = 0;
    std::string card_serial{};                 // 8 hex digits; empty if the card did not answer at power-up
    std::optional<std::uint8_t> user_tries{};  // nothing: the card did not answer
    std::optional<std::uint8_t> admin_tries{};
    bool pin_protected_codes = false;
    std::array<std::uint8_t, 5> config{};  // as read, 0xFF: never set
    GeneralConfig general{};               // the same, understood
    otp::TokenLimits limits{};
    Abilities abilities{};
    std::optional<StorageStatus> storage{};
    // Known faults of this firmware that its owner should know: numbers of docs/protocol/pro-storage.md, section 6,
    // "Q-P1".
    std::vector<std::string> quirks{};
    std::optional<NewestFirmware> newest{};  // nothing: not known for this model
    bool user_pin_held = false;              // a user PIN was accepted and codes can be read without it for now
    friend bool operator==(const TokenStatus&, const TokenStatus&) = default;
};

// One exchange with the token, for the diagnostics panel. Names and numbers only, never a payload.
struct ExchangeRecord {
    std::string command{};  // "READ_SLOT"
    std::string status{};   // "ok", "wrong PIN", or the name of the error that ended it
    bool transport_error = false;
    base::Microseconds duration{};
    std::uint32_t reads = 0;    // how often the reply was asked for
    std::uint32_t foreign = 0;  // replies read that were not ours, or damaged
    base::UnixTime at{};
};

}  // namespace tokendeck::channel
