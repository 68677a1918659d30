#include "support/wiredata.hpp"

#include "support/data.hpp"

#include <sstream>
#include <stdexcept>

namespace {

[[noreturn]] void refuse(std::string_view file, std::size_t line) {
    throw std::runtime_error(std::string(file) + ", line " + std::to_string(line) + " is not of the format");
}

// A number of exactly `digits` hex digits.
bool hex(std::string_view text, std::size_t digits, std::uint32_t& value) {
    if (text.size() != digits || text.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
        return false;
    value = static_cast<std::uint32_t>(std::stoul(std::string(text), nullptr, 16));
    return true;
}

}  // namespace

WorkedPackets read_packets(std::string_view relative) {
    WorkedPackets packets;
    std::istringstream file(read_test_data(relative));
    Packet* packet = nullptr;
    std::size_t filled = 64;
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        std::string word;
        words >> word;
        if (word == "packet") {
            std::string name, kind, unit, where;
            words >> name >> kind >> unit >> where;
            if (filled != 64 || where.empty() || unit != "section" || (kind != "request" && kind != "reply"))
                refuse(relative, number);
            packet = &(kind == "request" ? packets.requests : packets.replies)[name];
            filled = 0;
            continue;
        }
        std::uint32_t value = 0;
        if (packet == nullptr || word.size() != 3 || word[2] != ':' || !hex(word.substr(0, 2), 2, value) ||
            value != filled || filled == 64)
            refuse(relative, number);
        for (int i = 0; i < 16; ++i) {
            if (!(words >> word) || !hex(word, 2, value)) refuse(relative, number);
            (*packet)[filled++] = static_cast<std::uint8_t>(value);
        }
        if (words >> word) refuse(relative, number);
    }
    if (filled != 64 || packet == nullptr) refuse(relative, number);
    return packets;
}

std::vector<ChecksumVector> read_checksums(std::string_view relative) {
    std::vector<ChecksumVector> vectors;
    std::istringstream file(read_test_data(relative));
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        ChecksumVector vector{};
        std::string checksum, bytes;
        words >> vector.name >> checksum >> bytes;
        if (!hex(checksum, 8, vector.checksum) || bytes.size() != 120) refuse(relative, number);
        for (std::size_t i = 0; i < 60; ++i) {
            std::uint32_t byte = 0;
            if (!hex(std::string_view(bytes).substr(2 * i, 2), 2, byte)) refuse(relative, number);
            vector.bytes[i] = static_cast<std::uint8_t>(byte);
        }
        vectors.push_back(vector);
    }
    if (vectors.empty()) refuse(relative, number);
    return vectors;
}
