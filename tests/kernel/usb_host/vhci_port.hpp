// A port of the kernel's virtual USB host controller, vhci-hcd, with a device in it: one end of a socket pair is given
// to the kernel, on the other USB/IP is spoken. Source: the kernel's Documentation/usb/usbip_protocol.rst. Thread: made
// and pulled by one; the device answers on a thread of its own.
#pragma once

#include "usb_device.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

namespace tokendeck::kernel_test {

class VhciPort {
  public:
    // Plugs it in. The kernel finds it some moments later. Problem: in words; then nothing is plugged in.
    [[nodiscard]] static std::unique_ptr<VhciPort> plug_in(int port, std::unique_ptr<UsbDevice> device,
                                                           std::string& problem);
    VhciPort(const VhciPort&) = delete;
    VhciPort& operator=(const VhciPort&) = delete;
    // Pulls it and waits until the port is free.
    ~VhciPort();

  private:
    VhciPort(int port, int socket, std::unique_ptr<UsbDevice> device);

    void serve();
    [[nodiscard]] bool serve_one();

    int port_;
    int socket_;
    std::unique_ptr<UsbDevice> device_;
    std::atomic<bool> pull_wished_{false};
    bool pulled_ = false;                // nothing answers any more; the kernel has not noticed yet
    std::vector<std::uint32_t> idle_{};  // reads of interrupt endpoints, which never have anything to say
    std::thread thread_;
};

}  // namespace tokendeck::kernel_test
