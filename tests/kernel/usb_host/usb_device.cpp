#include "usb_device.hpp"

#include "descriptors.hpp"

#include <algorithm>

namespace tokendeck::kernel_test {
namespace {

constexpr std::uint16_t feature_report = 0x0300;  // wValue: type feature, id 0

UsbDevice::Answer done(Bytes data = {}) {
    return {UsbDevice::Outcome::done, std::move(data)};
}

// A transfer that fails for another reason than the plug is one that the token did not understand.
UsbDevice::Answer failed(const base::Error& error) {
    return {error.code == wire::errors::unplugged ? UsbDevice::Outcome::pulled : UsbDevice::Outcome::stalled, {}};
}

}  // namespace

std::optional<Bytes> UsbDevice::descriptor(std::uint8_t type, std::uint8_t index) const {
    switch (type) {
        case 1: return device_descriptor(appearance_);
        case 2: return configuration_descriptor(appearance_);
        case 3:
            switch (index) {
                case 0: return Bytes{4, 3, 0x09, 0x04};  // English
                case 1: return string_descriptor(appearance_.manufacturer, appearance_.manufacturer_units);
                case 2: return string_descriptor(appearance_.product, appearance_.product_units);
                case 3: return string_descriptor(appearance_.serial, 0);
                default: return std::nullopt;
            }
        default: return std::nullopt;
    }
}

UsbDevice::Answer UsbDevice::control(const Setup& setup, std::span<const std::uint8_t> data) {
    const auto type = static_cast<std::uint8_t>(setup.value >> 8);
    const auto index = static_cast<std::uint8_t>(setup.value & 0xFF);
    switch (setup.request_type) {
        case 0x80:
            if (setup.request == 6) {
                auto found = descriptor(type, index);
                return found ? done(*std::move(found)) : Answer{};
            }
            if (setup.request == 0) return done({0, 0});  // GET_STATUS
            if (setup.request == 8) return done({1});     // GET_CONFIGURATION
            return {};
        case 0x81:
            if (setup.request == 6 && type == 0x22 && setup.index == appearance_.hid_interface())
                return done(report_descriptor(appearance_));
            if (setup.request == 0) return done({0, 0});
            if (setup.request == 10) return done({0});  // GET_INTERFACE
            return {};
        case 0x82: return setup.request == 0 ? done({0, 0}) : Answer{};
        case 0x00:  // SET_ADDRESS, SET_CONFIGURATION
            return setup.request == 5 || setup.request == 9 ? done() : Answer{};
        case 0x01:  // SET_INTERFACE
            return setup.request == 11 && setup.value == 0 ? done() : Answer{};
        case 0x02:  // CLEAR_FEATURE and SET_FEATURE of an endpoint
            return setup.request == 1 || setup.request == 3 ? done() : Answer{};
        case 0x21:
        case 0xA1: return hid_request(setup, data);
        default: return {};
    }
}

UsbDevice::Answer UsbDevice::hid_request(const Setup& setup, std::span<const std::uint8_t> data) {
    if (setup.index != appearance_.hid_interface()) return {};
    if (!setup.to_host()) {
        if (setup.request == 0x0A || setup.request == 0x0B) return done();  // SET_IDLE, SET_PROTOCOL
        if (setup.request == 0x09 && setup.value >> 8 == 2) return done();  // an output report: lights
        if (setup.request != 0x09 || setup.value != feature_report || data.size() != wire::report_size) return {};
        const auto sent = reports_->send_feature(wire::Report::copy_of(data.first<wire::report_size>()));
        return sent ? done() : failed(sent.error());
    }
    if (setup.request != 0x01 || setup.value != feature_report || setup.length < wire::report_size) return {};
    const auto reply = reports_->receive_feature();
    if (!reply) return failed(reply.error());
    return done(Bytes(reply.value().bytes().begin(), reply.value().bytes().end()));
}

}  // namespace tokendeck::kernel_test
