// Reads the worked packets of tests/wiredata. The format is told at the top of the file itself.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using Packet = std::array<std::uint8_t, 64>;

struct WorkedPackets {
    std::map<std::string, Packet> requests;
    std::map<std::string, Packet> replies;

    [[nodiscard]] const Packet& request(const std::string& name) const { return requests.at(name); }

    [[nodiscard]] const Packet& reply(const std::string& name) const { return replies.at(name); }
};

/// Throws, with the line, when anything in the file is not of the format.
WorkedPackets read_packets(std::string_view relative);

struct ChecksumVector {
    std::string name;
    std::uint32_t checksum;
    std::array<std::uint8_t, 60> bytes;
};

std::vector<ChecksumVector> read_checksums(std::string_view relative);
