// The table of models: how each shows itself on USB and what its firmware can hold.
// Source: protocol page, sections 1 and 3.4.1.
#pragma once

#include "otp/limits.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tokendeck::wire {

struct Model {
    std::string_view key;    // "pro", as on the command line
    std::string_view title;  // "Nitrokey Pro", as people read it
    std::uint16_t vendor_id;
    std::uint16_t product_id;
    int hid_interface;  // number of the one HID interface; hidapi gives -1 where it does not know
    bool served;        // this program speaks its protocol; others are recognised so that they can be named
};

[[nodiscard]] std::span<const Model> models();
// The model with these ids; nothing for a device that is not one of ours.
[[nodiscard]] const Model* find_model(std::uint16_t vendor_id, std::uint16_t product_id);
[[nodiscard]] const Model* find_model(std::string_view key);

// What a firmware version of a served model can hold; nothing if this program does not speak its protocol.
// Pro, Librem Key: 0.8 and later (0.8 to 0.15 differ in no limit).
[[nodiscard]] std::optional<otp::TokenLimits> limits_of(const Model& model, std::uint8_t firmware_major,
                                                        std::uint8_t firmware_minor);

}  // namespace tokendeck::wire
