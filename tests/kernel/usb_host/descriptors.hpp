// The descriptors of Pro, Storage and Librem Key. Source: docs/protocol/pro-storage.md, section 1; USB 2.0, section
// 9.6; HID 1.11, section 6.2; CCID 1.1, section 5.1. The endpoints' addresses are made up: no driver for them is
// loaded.
#pragma once

#include "usb_device.hpp"

namespace tokendeck::kernel_test {

[[nodiscard]] Bytes device_descriptor(const Appearance& appearance);
[[nodiscard]] Bytes configuration_descriptor(const Appearance& appearance);
[[nodiscard]] Bytes report_descriptor(const Appearance& appearance);
// `units` beyond the text are NULs.
[[nodiscard]] Bytes string_descriptor(const std::string& ascii, std::size_t units);

}  // namespace tokendeck::kernel_test
