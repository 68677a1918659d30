// The simulated tokens that can be asked for by name: on the command line, by the drop-in hidapi, in tests.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tokendeck::simulator {

struct SimulatedModel {
    std::string_view key;    // "pro-0.7"; "pro" alone means the newest, and any firmware that a file already has
    std::string_view model;  // wire::Model::key
    std::uint8_t firmware_minor;

    // The key names a firmware, so that another one in the file is a contradiction.
    [[nodiscard]] bool names_firmware() const { return key != model; }
};

[[nodiscard]] std::span<const SimulatedModel> simulated_models();
// Nothing for a key that is not in the table.
[[nodiscard]] const SimulatedModel* find_simulated_model(std::string_view key);

}  // namespace tokendeck::simulator
