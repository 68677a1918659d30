#include "device/usb_tree_linux.hpp"

#include "device/system_files_linux.hpp"
#include "wire/models.hpp"

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <system_error>
#include <vector>

namespace tokendeck::device {
namespace {

namespace fs = std::filesystem;

// From the line "HID_ID=0003:000020A0:00004108": bus, vendor, product.
std::optional<int> hid_vendor(const fs::path& uevent) {
    constexpr std::string_view key = "HID_ID=";
    for (const std::string& line : system_lines(uevent)) {
        const auto colon = line.find(':');
        if (line.rfind(key, 0) != 0 || colon == std::string::npos) continue;
        int value = 0;
        const auto [end, error] = std::from_chars(line.data() + colon + 1, line.data() + line.size(), value, 16);
        if (error == std::errc{} && *end == ':') return value;
    }
    return std::nullopt;
}

bool ours(int vendor) {
    return std::ranges::any_of(wire::models(), [&](const wire::Model& model) { return model.vendor_id == vendor; });
}

const char* letter(NodeState state) {
    return state == NodeState::openable ? "+" : state == NodeState::no_permission ? "-" : "?";
}

}  // namespace

std::unique_ptr<UsbTree> system_usb_tree() {
    return std::make_unique<LinuxUsbTree>();
}

std::string LinuxUsbTree::usb_node(const UsbPlace& place) {
    char text[64];
    std::snprintf(text, sizeof text, "/dev/bus/usb/%03d/%03d", place.bus, place.device);
    return text;
}

NodeState LinuxUsbTree::state_of(const std::string& node) const {
    const std::string path = (root_ / node.substr(1)).string();
    if (::access(path.c_str(), R_OK | W_OK) == 0) return NodeState::openable;
    return errno == EACCES || errno == EPERM || errno == EROFS ? NodeState::no_permission : NodeState::missing;
}

std::optional<UsbPlace> LinuxUsbTree::place_at(const std::string& port) const {
    const auto bus = system_number<int>(devices() / port / "busnum", 10);
    const auto device = system_number<int>(devices() / port / "devnum", 10);
    if (!bus || !device) return std::nullopt;
    return UsbPlace{port, *bus, *device};
}

std::optional<std::string> LinuxUsbTree::fingerprint() const {
    std::string text;
    for (const fs::path& device : system_entries(devices())) {
        const std::string port = device.filename().string();
        const auto vendor = system_number<int>(device / "idVendor", 16);  // interfaces have none
        if (!vendor || !ours(*vendor)) continue;
        if (const auto place = place_at(port))
            text += port + '#' + std::to_string(place->device) + letter(state_of(usb_node(*place))) + '\n';
    }
    // Also those that hang on no USB bus (uhid).
    for (const fs::path& raw : system_entries(root_ / "sys/class/hidraw")) {
        const auto vendor = hid_vendor(raw / "device/uevent");
        if (!vendor || !ours(*vendor)) continue;
        const std::string node = "/dev/" + raw.filename().string();
        text += node + letter(state_of(node)) + '\n';
    }
    return text;
}

std::optional<UsbPlace> LinuxUsbTree::place_of(HidBackend backend, const std::string& path) const {
    if (backend == HidBackend::hidraw) {
        // …/usb1/1-2/1-2:1.0/0003:20A0:4108.0005/hidraw/hidraw3: the interface's name begins with the device's.
        std::error_code error;
        const fs::path node = fs::path(path).filename();
        const fs::path real = fs::canonical(root_ / "sys/class/hidraw" / node, error);
        if (error) return std::nullopt;
        std::string parent;
        for (const fs::path& part : real) {
            const std::string name_ = part.string();
            if (!parent.empty() && name_.rfind(parent + ':', 0) == 0) return place_at(parent);
            parent = name_;
        }
        return std::nullopt;
    }
    // "1-2.3:1.0": ports, configuration and interface; before hidapi 0.12 "0001:0011:00": bus, device, interface in
    // hex.
    const auto colon = path.find(':');
    if (colon == std::string::npos) return std::nullopt;
    if (path.find('-') < colon) return place_at(path.substr(0, colon));
    int bus = 0;
    int device = 0;
    const char* const end = path.data() + path.size();
    const auto first = std::from_chars(path.data(), end, bus, 16);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, device, 16);
    if (second.ec != std::errc{} || second.ptr == end || *second.ptr != ':') return std::nullopt;
    for (const fs::path& entry : system_entries(devices()))
        if (const auto place = place_at(entry.filename().string());
            place && place->bus == bus && place->device == device && place->port.rfind("usb", 0) != 0)
            return place;
    return std::nullopt;
}

Node LinuxUsbTree::node_of(HidBackend backend, const std::string& path, const std::optional<UsbPlace>& place) const {
    if (backend == HidBackend::hidraw)
        return {path, path.rfind("/dev/", 0) == 0 ? state_of(path) : NodeState::openable};
    if (!place) return {};
    const std::string node = usb_node(*place);
    // Unplugged, and another device is in the same port by now.
    if (place_at(place->port) != place) return {node, NodeState::missing};
    return {node, state_of(node)};
}

}  // namespace tokendeck::device
