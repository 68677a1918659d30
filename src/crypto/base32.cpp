#include "crypto/base32.hpp"

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

base::Error problem(base::ErrorCode code) {
    base::Error error{code};
    error.field = "secret";
    return error;
}

base::Error problem_at(base::ErrorCode code, std::size_t position, std::string subject = {}) {
    base::Error error = problem(code);
    error.position = position;
    error.subject = std::move(subject);
    return error;
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
        return padding != 0 ? problem_at(errors::secret_padding_misplaced, padding_at) : problem(errors::secret_empty);
    }
    const std::size_t tail = characters % 8;
    if (tail == 1 || tail == 3 || tail == 6) {
        base::Error error = problem(errors::secret_incomplete);
        error.actual = static_cast<std::int64_t>(characters);
        return error;
    }
    const std::size_t wanted_padding = tail == 0 ? 0 : 8 - tail;
    if (padding != 0 && padding != wanted_padding) {
        base::Error error = problem_at(errors::secret_padding_wrong, padding_at);
        error.actual = static_cast<std::int64_t>(padding);
        error.limit = static_cast<std::int64_t>(wanted_padding);
        return error;
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
