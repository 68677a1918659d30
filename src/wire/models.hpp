// The table of models: how each shows itself on USB, and what each generation of firmware can hold and how it wants
// to be spoken to. Everything in this program that depends on model or firmware asks here.
// Source: docs/protocol/pro-storage.md, sections 1, 3.0, 3.4.1, 4.3 and 6 (the quirks' numbers).
#pragma once

#include "otp/limits.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tokendeck::wire {

enum class Family : std::uint8_t {
    pro,      // Nitrokey Pro and what speaks as it does: Librem Key
    storage,  // Nitrokey Storage
    other,    // recognised, not served
};

struct Model {
    std::string_view key;    // "pro", as on the command line
    std::string_view title;  // "Nitrokey Pro", as people read it
    std::uint16_t vendor_id;
    std::uint16_t product_id;
    int hid_interface;  // number of the one HID interface; hidapi gives -1 where it does not know
    Family family;
    bool boot_loader = false;  // waits for new firmware; becomes a token again when it is plugged in anew

    // This program speaks its protocol; others are recognised so that they can be named.
    [[nodiscard]] bool served() const { return family != Family::other; }
};

[[nodiscard]] std::span<const Model> models();
// The model with these ids; nothing for a device that is not one of ours.
[[nodiscard]] const Model* find_model(std::uint16_t vendor_id, std::uint16_t product_id);
[[nodiscard]] const Model* find_model(std::string_view key);

struct FirmwareVersion {
    std::uint8_t major = 0;
    std::uint8_t minor = 0;
    std::uint8_t build = 0;  // Storage; not 0: a development build, which counts as the next minor version
    friend bool operator==(const FirmwareVersion&, const FirmwareVersion&) = default;
};

// No token had a version far from those that are known: 0.0 and 181.62 are damaged readings. A newer one than the
// newest known is served as that, and said.
[[nodiscard]] bool plausible(const FirmwareVersion& version);

// One row of the table: what firmware from `first_minor` to `last_minor` (major 0) can hold and how it is spoken to.
struct FirmwareProfile {
    Family family;
    std::uint8_t first_minor;
    std::uint8_t last_minor;  // 255: and later
    otp::TokenLimits limits;

    // AUTHORIZE by the packet's checksum before each protected packet; else the temporary password is in the packet.
    // Never send AUTHORIZE where this is false: a Storage then reports failed authorisations as done (quirk Q-S3).
    bool authorises_packets;
    // AUTHORIZE uses the temporary password up: one PIN typed is one protected command (quirk Q-P8).
    bool password_once;
    // HOTP counters travel as decimal text.
    bool decimal_counter;
    // A secret of zeros keeps the slot's secret, so slots can be edited. Not on an old Storage (quirk Q-S10).
    bool keeps_secret;
    // LOCK_DEVICE ends the temporary passwords, too.
    bool lock_ends_passwords;
    // How many HOTP slots a lock key pressed twice can type. 0: the firmware stores these settings and does nothing
    // with them (section 3.7).
    std::uint8_t lock_key_slots;
    // Retry counts are what the last GET_DEVICE_STATUS read (quirk Q-S18).
    bool cached_tries;
};

[[nodiscard]] std::span<const FirmwareProfile> firmware_profiles();
// The row for a served model's firmware; nothing if there is none.
[[nodiscard]] const FirmwareProfile* find_profile(const Model& model, const FirmwareVersion& version);

}  // namespace tokendeck::wire
