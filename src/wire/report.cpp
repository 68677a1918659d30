#include "wire/report.hpp"

#include "base/bytes.hpp"

namespace tokendeck::wire {

std::uint32_t checksum(std::span<const std::uint8_t, checked_size> bytes) {
    constexpr std::uint32_t polynomial = 0x04C11DB7;
    std::uint32_t crc = 0xFFFFFFFF;
    for (std::size_t word = 0; word < checked_size; word += 4) {
        crc ^= base::load_le32(bytes, word);
        for (int bit = 0; bit < 32; ++bit) crc = (crc & 0x80000000U) != 0 ? (crc << 1) ^ polynomial : crc << 1;
    }
    return crc;
}

}  // namespace tokendeck::wire
