// What the operating system tells about USB devices without opening one: where a HID path belongs, whether this user
// may open it, and whether anything changed since the last look. On Linux from sysfs and /dev; elsewhere nothing is
// known, and hidapi is asked each time. Thread: the device thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tokendeck::device {

// One plugging-in of one USB device.
struct UsbPlace {
    std::string port{};  // "1-2.3": bus and chain of ports
    int bus = 0;
    int device = 0;  // counted up at each plugging-in
    friend bool operator==(const UsbPlace&, const UsbPlace&) = default;
};

enum class NodeState : std::uint8_t { openable, no_permission, missing };

struct Node {
    std::string path{};  // "/dev/hidraw3", "/dev/bus/usb/001/017"; empty if it is not known
    NodeState state = NodeState::openable;
};

enum class HidBackend : std::uint8_t { hidraw, libusb, native };
// "hidraw", "libusb"; on other systems "hidapi".
[[nodiscard]] const char* name(HidBackend backend);

class UsbTree {
  public:
    virtual ~UsbTree() = default;
    // A text that differs when a device of our vendors came, went, or changed in who may open it. Cheap enough for
    // once a second. Empty: there is none. Nothing: cannot be told, ask hidapi.
    [[nodiscard]] virtual std::optional<std::string> fingerprint() const = 0;
    // The USB device to which a path of hidapi's belongs. Nothing: not known.
    [[nodiscard]] virtual std::optional<UsbPlace> place_of(HidBackend backend, const std::string& path) const = 0;
    // The node that hidapi would open for this path.
    [[nodiscard]] virtual Node node_of(HidBackend backend, const std::string& path,
                                       const std::optional<UsbPlace>& place) const = 0;
};

// The tree of this computer.
[[nodiscard]] std::unique_ptr<UsbTree> system_usb_tree();

// Knows nothing: for systems without such a tree, and for drop-in hidapi libraries, whose devices are in none.
class BlindUsbTree final : public UsbTree {
  public:
    [[nodiscard]] std::optional<std::string> fingerprint() const override { return std::nullopt; }
    [[nodiscard]] std::optional<UsbPlace> place_of(HidBackend, const std::string&) const override {
        return std::nullopt;
    }
    [[nodiscard]] Node node_of(HidBackend, const std::string&, const std::optional<UsbPlace>&) const override {
        return {};
    }
};

}  // namespace tokendeck::device
