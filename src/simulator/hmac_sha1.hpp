// The HOTP value of RFC 4226, section 5.3, computed by nettle: another library than the one that the product proves
// codes with, so that a fault of either shows.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace tokendeck::simulator {

inline constexpr std::size_t sha1_size = 20;  // bytes

[[nodiscard]] std::array<std::uint8_t, sha1_size> hmac_sha1(std::span<const std::uint8_t> key,
                                                            std::span<const std::uint8_t> message);

// Reduced to 8 or 6 digits.
[[nodiscard]] std::uint32_t hotp_value(std::span<const std::uint8_t> key, std::uint64_t counter, bool eight_digits);

}  // namespace tokendeck::simulator
