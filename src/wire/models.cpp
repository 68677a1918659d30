#include "wire/models.hpp"

#include "wire/pro.hpp"

#include <array>

namespace tokendeck::wire {
namespace {

constexpr std::array all_models{
    Model{"pro", "Nitrokey Pro", 0x20A0, 0x4108, 0, Family::pro},
    Model{"librem", "Librem Key", 0x316D, 0x4C4B, 0, Family::pro},
    Model{"storage", "Nitrokey Storage", 0x20A0, 0x4109, 2, Family::storage},
    Model{"nk3", "Nitrokey 3", 0x20A0, 0x42B2, 1, Family::other},
    Model{"start", "Nitrokey Start", 0x20A0, 0x4211, -1, Family::other},
    Model{"hsm", "Nitrokey HSM", 0x20A0, 0x4230, -1, Family::other},
    Model{"fido-u2f", "Nitrokey FIDO U2F", 0x20A0, 0x4287, -1, Family::other},
    Model{"fido2", "Nitrokey FIDO2", 0x20A0, 0x42B1, -1, Family::other},
    Model{"passkey", "Nitrokey Passkey", 0x20A0, 0x42F3, -1, Family::other},
    Model{"crypto-stick", "Crypto Stick 1.2", 0x20A0, 0x4107, -1, Family::other},
    Model{"pro-dfu", "Nitrokey Pro in its boot loader", 0x20A0, 0x42B4, -1, Family::other, true},
    Model{"storage-dfu", "Nitrokey Storage in its update mode", 0x03EB, 0x2FF1, -1, Family::other, true},
    Model{"nk3-dfu-lpc", "Nitrokey 3 in its boot loader", 0x20A0, 0x42DD, -1, Family::other, true},
    Model{"nk3-dfu-nrf", "Nitrokey 3 in its boot loader", 0x20A0, 0x42E8, -1, Family::other, true},
};

enum class Secrets : std::uint8_t { short_ones, long_ones };

constexpr otp::TokenLimits limits(std::uint8_t totp_slots, Secrets secrets, std::uint64_t counter_max,
                                  std::uint32_t period_max) {
    otp::TokenLimits made;
    made.hotp_slots = 3;
    made.totp_slots = totp_slots;
    made.secret_bytes_max = secrets == Secrets::long_ones ? slot_secret_size : old_slot_secret_size;
    made.name_bytes_max = slot_name_size;
    made.period_max = period_max;
    made.counter_max = counter_max;
    return made;
}

// Quirk Q-L3: libnitrokey takes longer names, of which the token keeps 15 bytes; here they are refused
// (name_bytes_max). Quirk Q-P9: Pro 0.7 takes a secret whose first byte is zero as "keep the old one".
constexpr otp::TokenLimits refusing_leading_zero(otp::TokenLimits made) {
    made.secret_may_begin_with_zero = false;
    return made;
}

// The tokens count further, but no code above 2^63 - 1 can be computed here, and the code after the proof's comes next.
constexpr std::uint64_t counter_64 = INT64_MAX - 1;
constexpr std::uint64_t counter_decimal = 9'999'999;  // digits that every reader of the old Storage can show; Q-L6
constexpr std::uint32_t period_16 = 0xFFFF;           // quirk Q-P21: a 64-bit field of which 16 bits count
constexpr std::uint8_t storage_totp = 14;             // quirk Q-S1: the fifteenth shares its place with HOTP 1

// Lock keys are not offered for a Storage from 0.53, where the system reads no keys from it; so quirk Q-S7 is none.
// clang-format off
constexpr std::array all_profiles{
    //              family         minors    limits                                                                          packets once  decimal keeps  lock   keys cached
    FirmwareProfile{Family::pro,     7,   7, refusing_leading_zero(limits(15, Secrets::short_ones, counter_64, period_16)),   true,  true,  false, true,  false, 2, false},
    FirmwareProfile{Family::pro,     8,   9, limits(15, Secrets::long_ones, counter_64, period_16),                           false, false, false, true,  false, 3, false},
    FirmwareProfile{Family::pro,    10, 255, limits(15, Secrets::long_ones, counter_64, period_16),                           false, false, false, true,  false, 0, false},
    FirmwareProfile{Family::storage, 43, 52, limits(15, Secrets::short_ones, counter_decimal, period_16),                     true,  false, true,  false, false, 2, true},
    FirmwareProfile{Family::storage, 53, 53, limits(15, Secrets::short_ones, counter_decimal, period_16),                     true,  false, true,  false, false, 0, true},
    FirmwareProfile{Family::storage, 54, 255, limits(storage_totp, Secrets::long_ones, counter_64, period_16),                false, false, false, true,  true,  0, false},
};
// clang-format on

}  // namespace

std::span<const Model> models() {
    return all_models;
}

const Model* find_model(std::uint16_t vendor_id, std::uint16_t product_id) {
    for (const Model& model : all_models)
        if (model.vendor_id == vendor_id && model.product_id == product_id) return &model;
    return nullptr;
}

const Model* find_model(std::string_view key) {
    for (const Model& model : all_models)
        if (model.key == key) return &model;
    return nullptr;
}

bool plausible(const FirmwareVersion& version) {
    constexpr unsigned major_max = 9, minor_max = 99;
    return version.major <= major_max && version.minor <= minor_max && (version.major != 0 || version.minor != 0);
}

std::span<const FirmwareProfile> firmware_profiles() {
    return all_profiles;
}

const FirmwareProfile* find_profile(const Model& model, const FirmwareVersion& version) {
    // A later major version speaks as the newest known one.
    const unsigned minor = version.major > 0 ? 255U : version.minor + (version.build != 0 ? 1U : 0U);
    for (const FirmwareProfile& profile : all_profiles)
        if (profile.family == model.family && minor >= profile.first_minor && minor <= profile.last_minor)
            return &profile;
    return nullptr;
}

}  // namespace tokendeck::wire
