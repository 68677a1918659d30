// What Linux shows of a token on the bus without opening it: its nodes, the udev rules that name it, the person's seat
// and groups, and the processes that hold a node. Source: sysfs, udev(7), sd-login's files under /run/systemd.
#pragma once

#include "channel/device_messages.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tokendeck::device {

struct LinuxPerson {
    unsigned user = 0;
    bool in_plugdev = false;
    std::vector<int> own_processes{};  // not to be told as holding a token
};

// `root` is put in front of /sys, /dev, /proc, /run, /etc and /usr, for tests.
[[nodiscard]] std::vector<channel::Finding> examine_linux_bus(const std::filesystem::path& root,
                                                              const LinuxPerson& person);

}  // namespace tokendeck::device
