#include "wire/models.hpp"

#include "wire/pro.hpp"

#include <array>

namespace tokendeck::wire {
namespace {

constexpr std::array all_models{
    Model{"pro", "Nitrokey Pro", 0x20A0, 0x4108, 0, true},
    Model{"librem", "Librem Key", 0x316D, 0x4C4B, 0, true},
    Model{"storage", "Nitrokey Storage", 0x20A0, 0x4109, 2, false},
    Model{"nk3", "Nitrokey 3", 0x20A0, 0x42B2, 1, false},
    Model{"start", "Nitrokey Start", 0x20A0, 0x4211, -1, false},
    Model{"hsm", "Nitrokey HSM", 0x20A0, 0x4230, -1, false},
    Model{"fido-u2f", "Nitrokey FIDO U2F", 0x20A0, 0x4287, -1, false},
    Model{"fido2", "Nitrokey FIDO2", 0x20A0, 0x42B1, -1, false},
    Model{"passkey", "Nitrokey Passkey", 0x20A0, 0x42F3, -1, false},
    Model{"pro-dfu", "Nitrokey Pro in its boot loader", 0x20A0, 0x42B4, -1, false},
    Model{"crypto-stick", "Crypto Stick 1.2", 0x20A0, 0x4107, -1, false},
};

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

std::optional<otp::TokenLimits> limits_of(const Model& model, std::uint8_t firmware_major,
                                          std::uint8_t firmware_minor) {
    const bool new_protocol = firmware_major > 0 || firmware_minor >= 8;
    if (!model.served || !new_protocol) return std::nullopt;
    otp::TokenLimits limits;
    limits.hotp_slots = 3;
    limits.totp_slots = 15;
    limits.secret_bytes_max = slot_secret_size;
    limits.name_bytes_max = slot_name_size;
    limits.period_max = 0xFFFF;           // a 64-bit field of which the firmware uses 16 bits (quirk Q-P21)
    limits.counter_max = UINT64_MAX - 1;  // all ones is what an erased counter reads as
    return limits;
}

}  // namespace tokendeck::wire
