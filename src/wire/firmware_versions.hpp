// The newest firmware of each model that was known when this program was built. Nothing here asks a network, so it says
// when it was noted.
#pragma once

#include "wire/models.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace tokendeck::wire {

struct NewestFirmware {
    std::string_view model;  // Model::key
    std::uint8_t minor;      // major 0
    std::string_view noted;  // year and month, "2026-11"
};

[[nodiscard]] std::span<const NewestFirmware> newest_firmwares();
// Null: not known for this model. A Librem Key's firmware is a fork that counts its versions by itself.
[[nodiscard]] const NewestFirmware* newest_firmware(const Model& model);

}  // namespace tokendeck::wire
