// The bus that a program sees through the drop-in libraries: the simulated tokens of the environment, with the names,
// numbers and paths that hidapi would give them. Source: docs/protocol/pro-storage.md, section 1; hidapi.h.
//
//   TOKENDECK_VIRTUAL           'pro:FILE', several separated by ';'; models: simulator/simulated_models.hpp
//   TOKENDECK_VIRTUAL_TIMING    fast or real (default)
//   TOKENDECK_SIMULATE_CONTROL  the control file, see simulator/faults.hpp
//
// A token keeps its power when the last program lets go of it, as if it stayed plugged in: until FILE.power is deleted.
// Thread: one at a time.
#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "simulator/simulated_source.hpp"
#include "wire/transport.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tokendeck::virtual_token {

enum class Backend : std::uint8_t { hidraw, libusb };

// One HID interface, as hid_device_info has it.
struct Device {
    std::string path{};
    std::uint16_t vendor_id = 0;
    std::uint16_t product_id = 0;
    std::string serial{};
    std::string manufacturer{};
    std::string product{};
    std::uint16_t release = 0;  // bcdDevice
    std::uint16_t usage_page = 0;
    std::uint16_t usage = 0;
    int interface_number = 0;
};

class Bus {
  public:
    explicit Bus(Backend backend) : backend_(backend) {}
    // Plugs in what the environment says, once; later calls do nothing. The error is a sentence.
    [[nodiscard]] bool plug_in(std::string& problem);
    [[nodiscard]] std::vector<Device> look();
    // Null, and `problem` says why.
    [[nodiscard]] std::unique_ptr<wire::Transport> open(const std::string& path, std::string& problem);
    [[nodiscard]] base::Clock& clock() { return clock_; }

  private:
    struct Token {
        std::string file;
        std::unique_ptr<simulator::SimulatedSource> source;
    };
    struct Sighted {
        Device device;
        wire::Sighting sighting;
        simulator::SimulatedSource* source;
    };
    [[nodiscard]] bool plug_in(const std::string& entry, std::string& problem);
    [[nodiscard]] std::vector<Sighted> sight();
    [[nodiscard]] Device describe(std::size_t index, const Token& token, const wire::Sighting& sighting) const;

    Backend backend_;
    base::SystemClock clock_{};
    base::SystemRandom random_{};
    std::vector<Token> tokens_{};
    bool plugged_in_ = false;
};

}  // namespace tokendeck::virtual_token
