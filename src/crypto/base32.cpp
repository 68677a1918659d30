#include "crypto/base32.hpp"

#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/errors.hpp"

#include <optional>
#include <string>

namespace tokendeck::crypto {
namespace {

bool is_separator(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '-' || c == 0x00A0 || c == 0x2010 || c == 0x2011 || c == 0x2013;
}

std::optional<unsigned> value_of(char32_t c) {
    if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a');
    if (c >= '2' && c <= '7') return static_cast<unsigned>(c - '2' + 26);
    return std::nullopt;
}

base::Error problem_at(base::ErrorCode code, std::size_t position, std::string subject = {}) {
    return {.code = code, .field = "secret", .subject = std::move(subject), .position = position};
}

}  // namespace

base::Result<base::SecretBytes> decode_base32(std::string_view text) {
    base::SecretBytes bytes(text.size() * 5 / 8);
    std::size_t written = 0;
    std::uint32_t bits = 0;  // the low `bit_count` bits are not yet written
    unsigned bit_count = 0;
    std::size_t characters = 0;
    std::size_t padding = 0;
    std::size_t padding_at = 0;
    std::size_t last_at = 0;

    for (std::size_t position = 1; !text.empty(); ++position) {
        const base::Character c = base::first_character(text);
        if (c.valid && c.code == '=') {
            if (padding++ == 0) padding_at = position;
        } else if (!c.valid || !is_separator(c.code)) {
            const auto value = c.valid ? value_of(c.code) : std::nullopt;
            if (!value) {
                const bool look_alike = c.valid && (c.code == '0' || c.code == '1' || c.code == '8');
                return problem_at(look_alike ? errors::secret_look_alike : errors::secret_bad_character, position,
                                  base::shown(text, c));
            }
            if (padding != 0) return problem_at(errors::secret_padding_misplaced, padding_at);
            ++characters;
            last_at = position;
            bits = (bits << 5) | *value;
            bit_count += 5;
            if (bit_count >= 8) {
                bit_count -= 8;
                bytes.bytes()[written++] = static_cast<std::uint8_t>(bits >> bit_count);
                bits &= (1U << bit_count) - 1;
            }
        }
        text.remove_prefix(c.size);
    }

    if (characters == 0) {
        if (padding != 0) return problem_at(errors::secret_padding_misplaced, padding_at);
        return base::Error{.code = errors::secret_empty, .field = "secret"};
    }
    const std::size_t tail = characters % 8;
    if (tail == 1 || tail == 3 || tail == 6) {
        return base::Error{.code = errors::secret_incomplete, .field = "secret", .actual = base::number(characters)};
    }
    const std::size_t wanted_padding = tail == 0 ? 0 : 8 - tail;
    if (padding != 0 && padding != wanted_padding) {
        return base::Error{.code = errors::secret_padding_wrong,
                           .field = "secret",
                           .position = padding_at,
                           .actual = base::number(padding),
                           .limit = base::number(wanted_padding)};
    }
    if (bits != 0) return problem_at(errors::secret_leftover_bits, last_at);
    bytes.shrink(written);
    return bytes;
}

base::SecretText encode_base32(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    base::SecretText text;
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8) | byte;
        bit_count += 8;
        while (bit_count >= 5) {
            bit_count -= 5;
            text.push_back(alphabet[(bits >> bit_count) & 31]);
        }
        bits &= (1U << bit_count) - 1;
    }
    if (bit_count != 0) text.push_back(alphabet[(bits << (5 - bit_count)) & 31]);
    return text;
}

}  // namespace tokendeck::crypto
