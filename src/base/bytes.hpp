// Reading and writing integers and fields in byte buffers, bounds-checked by precondition: offsets are compile-time
// facts of wire layouts, so a wrong one is a defect and not an input error. A reader of untrusted lengths checks
// first with `fits`.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tokendeck::base {

[[nodiscard]] constexpr bool fits(std::size_t offset, std::size_t length, std::size_t size) {
    return offset <= size && length <= size - offset;
}

template <std::size_t Bytes>
[[nodiscard]] inline std::uint64_t load_le(std::span<const std::uint8_t> from, std::size_t offset) {
    static_assert(Bytes >= 1 && Bytes <= 8);
    assert(fits(offset, Bytes, from.size()));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < Bytes; ++i) value |= std::uint64_t{from[offset + i]} << (8 * i);
    return value;
}

[[nodiscard]] inline std::uint16_t load_le16(std::span<const std::uint8_t> from, std::size_t offset) {
    return static_cast<std::uint16_t>(load_le<2>(from, offset));
}
[[nodiscard]] inline std::uint32_t load_le32(std::span<const std::uint8_t> from, std::size_t offset) {
    return static_cast<std::uint32_t>(load_le<4>(from, offset));
}
[[nodiscard]] inline std::uint64_t load_le64(std::span<const std::uint8_t> from, std::size_t offset) {
    return load_le<8>(from, offset);
}

template <std::size_t Bytes>
inline void store_le(std::span<std::uint8_t> to, std::size_t offset, std::uint64_t value) {
    static_assert(Bytes >= 1 && Bytes <= 8);
    assert(fits(offset, Bytes, to.size()));
    for (std::size_t i = 0; i < Bytes; ++i) to[offset + i] = static_cast<std::uint8_t>(value >> (8 * i));
}
inline void store_le32(std::span<std::uint8_t> to, std::size_t offset, std::uint32_t value) {
    store_le<4>(to, offset, value);
}
inline void store_le64(std::span<std::uint8_t> to, std::size_t offset, std::uint64_t value) {
    store_le<8>(to, offset, value);
}

// Copies `bytes` to `offset`. Precondition: they fit.
inline void store(std::span<std::uint8_t> to, std::size_t offset, std::span<const std::uint8_t> bytes) {
    assert(fits(offset, bytes.size(), to.size()));
    std::copy(bytes.begin(), bytes.end(), to.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace tokendeck::base
