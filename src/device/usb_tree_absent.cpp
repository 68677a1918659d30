#include "device/usb_tree.hpp"

namespace tokendeck::device {

std::unique_ptr<UsbTree> system_usb_tree() {
    return std::make_unique<BlindUsbTree>();
}

}  // namespace tokendeck::device
