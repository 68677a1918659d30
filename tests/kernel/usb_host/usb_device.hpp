// A token as a device on a USB bus: its descriptors, and its answers to control requests. What is in the feature
// reports is the simulated firmware's business. Source: docs/protocol/pro-storage.md, sections 1 and 2.1; USB 2.0,
// chapter 9; HID 1.11.
#pragma once

#include "wire/transport.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tokendeck::kernel_test {

using Bytes = std::vector<std::uint8_t>;

// What differs between the models and generations of firmware.
struct Appearance {
    std::uint16_t vendor_id = 0;
    std::uint16_t product_id = 0;
    bool storage = false;   // interfaces: mass storage, CCID, HID, at high speed; else HID, CCID, at full speed
    bool keyboard = false;  // firmware from before the vendor-defined report descriptor
    std::string manufacturer{};
    std::string product{};
    std::string serial{};
    std::size_t manufacturer_units = 0;  // length of the string descriptor in UTF-16 units; the rest is NULs
    std::size_t product_units = 0;

    [[nodiscard]] std::uint8_t hid_interface() const { return storage ? 2 : 0; }
};

// The eight bytes with which a control request begins.
struct Setup {
    std::uint8_t request_type;
    std::uint8_t request;
    std::uint16_t value;
    std::uint16_t index;
    std::uint16_t length;

    [[nodiscard]] bool to_host() const { return (request_type & 0x80) != 0; }
};

class UsbDevice {
  public:
    enum class Outcome : std::uint8_t { done, stalled, pulled };

    struct Answer {
        Outcome outcome = Outcome::stalled;
        Bytes data{};  // for requests to the host
    };

    UsbDevice(Appearance appearance, std::unique_ptr<wire::Transport> reports)
        : appearance_(std::move(appearance)), reports_(std::move(reports)) {}

    [[nodiscard]] bool high_speed() const { return appearance_.storage; }
    // `data`: what the host sent. Pulled: the token went from the bus at this request.
    [[nodiscard]] Answer control(const Setup& setup, std::span<const std::uint8_t> data);

  private:
    [[nodiscard]] std::optional<Bytes> descriptor(std::uint8_t type, std::uint8_t index) const;
    [[nodiscard]] Answer hid_request(const Setup& setup, std::span<const std::uint8_t> data);

    Appearance appearance_;
    std::unique_ptr<wire::Transport> reports_;
};

}  // namespace tokendeck::kernel_test
