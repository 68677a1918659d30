#include "descriptors.hpp"

#include <algorithm>

namespace tokendeck::kernel_test {
namespace {

constexpr std::uint8_t low(std::size_t value) {
    return static_cast<std::uint8_t>(value & 0xFF);
}

constexpr std::uint8_t high(std::size_t value) {
    return static_cast<std::uint8_t>(value >> 8 & 0xFF);
}

constexpr std::uint8_t bulk = 2;
constexpr std::uint8_t interrupt = 3;

void append(Bytes& to, const Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}

Bytes interface_descriptor(std::uint8_t number, std::uint8_t endpoints, std::uint8_t class_, std::uint8_t subclass,
                           std::uint8_t protocol) {
    return {9, 4, number, 0, endpoints, class_, subclass, protocol, 0};
}

Bytes endpoint(std::uint8_t address, std::uint8_t kind, std::uint16_t packet, std::uint8_t interval) {
    return {7, 5, address, kind, low(packet), high(packet), interval};
}

Bytes mass_storage(std::uint8_t number) {
    Bytes made = interface_descriptor(number, 2, 0x08, 0x06, 0x50);
    append(made, endpoint(0x81, bulk, 512, 0));
    append(made, endpoint(0x02, bulk, 512, 0));
    return made;
}

Bytes smart_card_reader(std::uint8_t number, std::uint16_t bulk_packet) {
    Bytes made = interface_descriptor(number, 3, 0x0B, 0, 0);
    Bytes reader(54);
    reader[0] = 54;
    reader[1] = 0x21;
    reader[2] = 0x10;  // CCID 1.1
    reader[3] = 0x01;
    reader[5] = 0x01;  // 5 V
    reader[6] = 0x02;  // T=1
    append(made, reader);
    append(made, endpoint(0x84, bulk, bulk_packet, 0));
    append(made, endpoint(0x05, bulk, bulk_packet, 0));
    append(made, endpoint(0x83, interrupt, 16, 16));
    return made;
}

Bytes reports(std::uint8_t number, const Appearance& appearance) {
    const std::size_t described = report_descriptor(appearance).size();
    Bytes made = interface_descriptor(number, 1, 0x03, appearance.keyboard ? 1 : 0, appearance.keyboard ? 1 : 0);
    append(made, {9, 0x21, 0x11, 0x01, 0, 1, 0x22, low(described), high(described)});
    append(made, endpoint(0x86, interrupt, appearance.keyboard ? 8 : 64, appearance.storage ? 8 : 32));
    return made;
}

// Feature, 64 bytes, no report id: what carries the protocol in either generation.
const Bytes feature_of_64_bytes{0x09, 0x02, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x40, 0xB1, 0x02};

}  // namespace

Bytes device_descriptor(const Appearance& appearance) {
    const std::size_t usb = appearance.storage ? 0x0200 : 0x0110;
    const std::size_t device = appearance.keyboard ? 0x0100 : 0x0101;
    return {18,
            1,
            low(usb),
            high(usb),
            0,
            0,
            0,
            64,
            low(appearance.vendor_id),
            high(appearance.vendor_id),
            low(appearance.product_id),
            high(appearance.product_id),
            low(device),
            high(device),
            1,
            2,
            3,
            1};
}

Bytes configuration_descriptor(const Appearance& appearance) {
    Bytes made{9, 2, 0, 0, static_cast<std::uint8_t>(appearance.storage ? 3 : 2), 1, 0, 0x80, 50};
    if (appearance.storage) {
        append(made, mass_storage(0));
        append(made, smart_card_reader(1, 512));
        append(made, reports(2, appearance));
    } else {
        append(made, reports(0, appearance));
        append(made, smart_card_reader(1, 64));
    }
    made[2] = low(made.size());
    made[3] = high(made.size());
    return made;
}

Bytes report_descriptor(const Appearance& appearance) {
    Bytes made;
    if (appearance.keyboard) {
        made = {0x05, 0x01, 0x09, 0x06, 0xA1, 0x01,                                      // generic desktop, keyboard
                0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01,  // eight shift keys
                0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x03,              //
                0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x75, 0x01, 0x95, 0x05, 0x91, 0x02,  // five lights
                0x95, 0x01, 0x75, 0x03, 0x91, 0x03,                                      //
                0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x15, 0x00, 0x25, 0x65, 0x75, 0x08,  // six keys
                0x95, 0x06, 0x81, 0x00,                                                  //
                0x06, 0x00, 0xFF};
    } else {
        made = {0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01,                                       // vendor defined
                0x09, 0x03, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x40, 0x81, 0x02,   // input
                0x09, 0x04, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x40, 0x91, 0x02};  // output
    }
    append(made, feature_of_64_bytes);
    made.push_back(0xC0);
    return made;
}

Bytes string_descriptor(const std::string& ascii, std::size_t units) {
    const std::size_t length = std::max(units, ascii.size());
    Bytes made{low(2 + 2 * length), 3};
    for (std::size_t i = 0; i < length; ++i) {
        made.push_back(i < ascii.size() ? static_cast<std::uint8_t>(ascii[i]) : std::uint8_t{0});
        made.push_back(0);
    }
    return made;
}

}  // namespace tokendeck::kernel_test
