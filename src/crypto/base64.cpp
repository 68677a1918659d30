#include "crypto/base64.hpp"

#include <cstdint>
#include <utility>

namespace tokendeck::crypto {
namespace {

constexpr std::uint32_t no_digit = 64;

constexpr std::uint32_t digit_of(char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a') + 26;
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0') + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : no_digit;
}

}  // namespace

Base64 decode_base64(std::string_view text) {
    std::string_view body = text;
    while (!body.empty() && body.back() == '=') body.remove_suffix(1);
    const std::size_t padding = text.size() - body.size();
    Base64 decoded;
    base::SecretBytes bytes(body.size() * 3 / 4);
    std::size_t written = 0;
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const std::uint32_t digit = digit_of(body[i]);
        if (digit == no_digit) {
            decoded.bad_at = i;
            return decoded;
        }
        bits = bits << 6 | digit;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            bytes.bytes()[written++] = static_cast<std::uint8_t>(bits >> bit_count);
            bits &= (1U << bit_count) - 1;
        }
    }
    decoded.cut_off = body.size() % 4 == 1 || bits != 0 || (padding != 0 && text.size() % 4 != 0) || padding > 2;
    if (decoded.cut_off) return decoded;
    bytes.shrink(written);
    decoded.bytes = std::move(bytes);
    return decoded;
}

}  // namespace tokendeck::crypto
