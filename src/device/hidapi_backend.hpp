// hidapi as a table of functions: on Linux its two libraries are used side by side in one process, so neither can be
// linked. Thread: the device thread only; hidapi is not made for more.
#pragma once

#include "device/usb_tree.hpp"

#include <hidapi/hidapi.h>
#include <string>
#include <vector>

namespace tokendeck::device {

struct HidapiFunctions {
    decltype(&::hid_exit) exit = nullptr;
    decltype(&::hid_enumerate) enumerate = nullptr;
    decltype(&::hid_free_enumeration) free_enumeration = nullptr;
    decltype(&::hid_open_path) open_path = nullptr;
    decltype(&::hid_send_feature_report) send_feature_report = nullptr;
    decltype(&::hid_get_feature_report) get_feature_report = nullptr;
    decltype(&::hid_close) close = nullptr;
    decltype(&::hid_error) error = nullptr;
};

struct Hidapi {
    HidBackend backend = HidBackend::native;
    HidapiFunctions call{};
};

struct LoadedHidapi {
    std::vector<Hidapi> backends{};  // the preferred one first; empty: there is none
    std::string problem{};           // why one or all are missing, as the loader says it
};

// Loads what there is; what was loaded stays for the life of the process.
[[nodiscard]] LoadedHidapi load_hidapi();

// hidapi's functions as they are linked. Not on Linux.
[[nodiscard]] inline HidapiFunctions linked_hidapi() {
    return {&::hid_exit,
            &::hid_enumerate,
            &::hid_free_enumeration,
            &::hid_open_path,
            &::hid_send_feature_report,
            &::hid_get_feature_report,
            &::hid_close,
            &::hid_error};
}

}  // namespace tokendeck::device
