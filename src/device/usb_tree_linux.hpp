// The USB tree of Linux: /sys/bus/usb/devices, /sys/class/hidraw and the nodes in /dev.
#pragma once

#include "device/usb_tree.hpp"

#include <filesystem>

namespace tokendeck::device {

class LinuxUsbTree final : public UsbTree {
  public:
    // `root` is put in front of /sys and /dev, for tests.
    explicit LinuxUsbTree(std::filesystem::path root = "/") : root_(std::move(root)) {}

    [[nodiscard]] std::optional<std::string> fingerprint() const override;
    [[nodiscard]] std::optional<UsbPlace> place_of(HidBackend backend, const std::string& path) const override;
    [[nodiscard]] Node node_of(HidBackend backend, const std::string& path,
                               const std::optional<UsbPlace>& place) const override;

  private:
    [[nodiscard]] std::filesystem::path devices() const { return root_ / "sys/bus/usb/devices"; }
    [[nodiscard]] std::optional<UsbPlace> place_at(const std::string& port) const;
    [[nodiscard]] NodeState state_of(const std::string& node) const;
    [[nodiscard]] static std::string usb_node(const UsbPlace& place);

    std::filesystem::path root_;
};

}  // namespace tokendeck::device
