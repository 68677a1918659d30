// The 64-byte feature report that carries everything between a host and a Nitrokey Pro or Storage.
// Source: docs/protocol/pro-storage.md, section 2. Offsets are inside the 64 bytes, without hidapi's leading
// report id. Reports carry PINs and seeds in clear: they are wiped and have no text form.
#pragma once

#include "base/secret.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace tokendeck::wire {

inline constexpr std::size_t report_size = 64;   // bytes
inline constexpr std::size_t checked_size = 60;  // bytes covered by the checksum: 0..59
inline constexpr std::size_t checksum_at = 60;   // u32, little-endian
inline constexpr std::size_t payload_at = 1;     // request
inline constexpr std::size_t payload_size = 59;  // bytes
inline constexpr std::size_t nonce_at = 58;      // request, 2 bytes that no command of the new protocol uses
inline constexpr std::size_t result_at = 7;      // response
inline constexpr std::size_t result_size = 53;   // bytes

class Report {
  public:
    Report() = default;
    Report(Report&& other) noexcept : bytes_(other.bytes_) { other.clear(); }
    Report& operator=(Report&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            other.clear();
        }
        return *this;
    }
    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;
    ~Report() { clear(); }

    [[nodiscard]] static Report copy_of(std::span<const std::uint8_t, report_size> bytes) {
        Report report;
        std::copy(bytes.begin(), bytes.end(), report.bytes_.begin());
        return report;
    }

    [[nodiscard]] std::span<std::uint8_t, report_size> bytes() { return bytes_; }
    [[nodiscard]] std::span<const std::uint8_t, report_size> bytes() const { return bytes_; }
    void clear() noexcept { base::wipe(bytes_.data(), bytes_.size()); }

  private:
    std::array<std::uint8_t, report_size> bytes_{};
};

// The STM32F1's hardware CRC unit over bytes 0..59 (section 2.4): polynomial 0x04C11DB7, start 0xFFFFFFFF, fifteen
// little-endian words, most significant bit first, nothing reflected or inverted.
[[nodiscard]] std::uint32_t checksum(std::span<const std::uint8_t, checked_size> bytes);

}  // namespace tokendeck::wire
