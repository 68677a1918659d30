#include "wire/firmware_versions.hpp"

#include <array>

namespace tokendeck::wire {
namespace {

// Source: docs/protocol/pro-storage.md, sections 0 and 3.0 (the newest tags of the vendor's sources); for the Librem
// Key its section 9.2, point 12. With a new version: its number and the month, and whether `find_profile` and the
// quirks still hold.
constexpr std::array newest{
    NewestFirmware{"pro", 15, "2026-11"},
    NewestFirmware{"storage", 57, "2026-11"},
};

}  // namespace

std::span<const NewestFirmware> newest_firmwares() {
    return newest;
}

const NewestFirmware* newest_firmware(const Model& model) {
    for (const NewestFirmware& known : newest)
        if (known.model == model.key) return &known;
    return nullptr;
}

}  // namespace tokendeck::wire
