#include "device/token_status.hpp"

#include "wire/firmware_versions.hpp"
#include "wire/quirks.hpp"

#include <charconv>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

namespace tokendeck::device {
namespace {

channel::StorageStatus storage_status(const wire::StorageStatus& raw, const TokenState& state) {
    channel::StorageStatus status;
    status.unencrypted = {raw.unencrypted_active, raw.unencrypted_read_only};
    status.encrypted = {raw.encrypted_active, raw.encrypted_read_only};
    status.hidden = {raw.hidden_active, raw.hidden_read_only};
    status.sd_card_serial = serial_text(raw.sd_card_serial);
    status.keys_initialised = raw.keys_initialised;
    status.new_sd_card = raw.new_sd_card;
    status.filled_with_random = raw.filled_with_random;
    status.firmware_locked = raw.firmware_locked;
    status.development_build = raw.build != 0;
    status.card_in_use = state.card_in_use;
    return status;
}

// What the tables say of one firmware.
struct Known {
    otp::TokenLimits limits{};
    channel::Abilities abilities{};
    std::vector<std::string> quirks{};  // those for its owner
};

Known known_of(const wire::FirmwareProfile& profile, const wire::Model& model, std::uint8_t minor) {
    Known known;
    known.limits = profile.limits;
    known.abilities.edit = profile.keeps_secret;
    known.abilities.lock_key_slots = profile.lock_key_slots;
    known.abilities.pin_per_command = profile.password_once;
    known.abilities.keys_erase_slots = model.family == wire::Family::storage;
    known.abilities.pin_max = static_cast<std::uint8_t>(new_pin_max);
    for (const wire::Quirk* quirk : wire::quirks_of(model.family, minor))
        if (quirk->for_owner) known.quirks.emplace_back(quirk->number);
    return known;
}

std::optional<channel::NewestFirmware> newest_of(const wire::Model& model) {
    const wire::NewestFirmware* const newest = wire::newest_firmware(model);
    if (newest == nullptr) return std::nullopt;
    const wire::FirmwareProfile* const profile = wire::find_profile(model, {0, newest->minor, 0});
    if (profile == nullptr) return std::nullopt;
    Known known = known_of(*profile, model, newest->minor);
    return channel::NewestFirmware{newest->minor, std::string(newest->noted), known.limits, known.abilities,
                                   std::move(known.quirks)};
}

}  // namespace

std::string serial_text(std::uint32_t serial) {
    // A Pro asks its card once, when it is plugged in (quirk Q-P20).
    if (serial == 0) return {};
    char text[9];
    std::snprintf(text, sizeof text, "%08X", static_cast<unsigned>(serial));
    return text;
}

std::optional<std::uint32_t> serial_number(std::string_view typed) {
    if (typed.starts_with("0x") || typed.starts_with("0X")) typed.remove_prefix(2);
    std::uint32_t serial = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), serial, 16);
    if (typed.empty() || typed.size() > 8 || error != std::errc{} || end != typed.data() + typed.size())
        return std::nullopt;
    return serial;
}

std::string card_serial_in(std::string_view usb_serial, const wire::Model& model) {
    const std::string zeros(16, '0');
    if (model.family != wire::Family::pro || usb_serial.size() != 24) return {};
    std::string_view digits;
    if (usb_serial.starts_with(zeros)) digits = usb_serial.substr(16);
    else if (usb_serial.ends_with(zeros)) digits = usb_serial.substr(0, 8);
    return serial_text(serial_number(digits).value_or(0));
}

channel::GeneralConfig general_config(const std::array<std::uint8_t, 5>& config, std::uint8_t lock_key_slots) {
    const auto slot = [&](std::uint8_t byte) -> std::optional<std::uint8_t> {
        if (byte >= lock_key_slots) return std::nullopt;
        return static_cast<std::uint8_t>(byte + 1);
    };
    return {slot(config[0]), slot(config[1]), slot(config[2]), config[3] == 1};
}

std::array<std::uint8_t, 5> config_bytes(const channel::GeneralConfig& wanted, const std::array<std::uint8_t, 5>& now,
                                         std::uint8_t lock_key_slots) {
    const channel::GeneralConfig held = general_config(now, lock_key_slots);
    std::array<std::uint8_t, 5> bytes = now;
    const auto put = [&](std::size_t at, const std::optional<std::uint8_t>& from,
                         const std::optional<std::uint8_t>& to) {
        if (from != to) bytes[at] = to ? static_cast<std::uint8_t>(*to - 1) : wire::config_unset;
    };
    put(0, held.numlock, wanted.numlock);
    put(1, held.capslock, wanted.capslock);
    put(2, held.scrolllock, wanted.scrolllock);
    if (held.pin_protected_codes != wanted.pin_protected_codes) bytes[3] = wanted.pin_protected_codes ? 1 : 0;
    // A Storage from 0.57 takes no others, not even what it has itself when nothing was ever set
    // (docs/protocol/pro-storage.md, section 3.6).
    for (const std::size_t key : {0U, 1U, 2U})
        if (bytes[key] > 2) bytes[key] = wire::config_unset;
    for (const std::size_t flag : {3U, 4U})
        if (bytes[flag] > 2) bytes[flag] = 0;
    return bytes;
}

void fill_status(const TokenState& state, const wire::FirmwareProfile& profile, const wire::Model& model,
                 channel::TokenStatus& status) {
    status.firmware_major = state.firmware.major;
    status.firmware_minor = state.firmware.minor;
    status.card_serial = serial_text(state.card_serial);
    status.config = state.config;
    status.general = general_config(state.config, profile.lock_key_slots);
    status.pin_protected_codes = status.general.pin_protected_codes;
    const unsigned minor = state.firmware.minor + (state.firmware.build != 0 ? 1U : 0U);
    const Known known =
        known_of(profile, model, state.firmware.major > 0 ? std::uint8_t{255} : static_cast<std::uint8_t>(minor));
    status.limits = known.limits;
    status.abilities = known.abilities;
    status.quirks = known.quirks;
    status.newest = newest_of(model);
    status.storage.reset();
    if (state.storage) status.storage = storage_status(*state.storage, state);
}

}  // namespace tokendeck::device
