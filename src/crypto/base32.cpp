#include "crypto/base32.hpp"

#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/character_name.hpp"
#include "crypto/errors.hpp"

#include <optional>
#include <string>

namespace tokendeck::crypto {
namespace {

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

base::Result<DecodedSecret> decode_base32(std::string_view text) {
    DecodedSecret decoded;
    const auto remark = [&](base::ErrorCode code, std::optional<std::int64_t> actual, bool asks = false) {
        decoded.remarks.push_back({{.code = code, .field = "secret", .actual = actual}, asks, std::nullopt});
    };
    base::SecretBytes bytes(text.size() * 5 / 8);
    std::size_t written = 0;
    std::uint32_t bits = 0;  // the low `bit_count` bits are not yet written
    unsigned bit_count = 0;
    std::size_t characters = 0;
    std::size_t padding = 0;
    std::size_t padding_at = 0;
    std::size_t invisible = 0;

    for (std::size_t position = 1; !text.empty(); ++position) {
        const base::Character c = base::first_character(text);
        if (c.valid && c.code == '=') {
            if (padding++ == 0) padding_at = position;
        } else if (c.valid && base::is_invisible(c.code)) {
            ++invisible;
        } else if (!c.valid || !may_separate(c.code)) {
            const auto value = c.valid ? value_of(c.code) : std::nullopt;
            if (!value) {
                const bool look_alike = c.valid && (c.code == '0' || c.code == '1' || c.code == '8');
                return problem_at(look_alike ? errors::secret_look_alike : errors::secret_bad_character, position,
                                  named(text, c));
            }
            if (padding != 0) return problem_at(errors::secret_padding_misplaced, padding_at);
            ++characters;
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
    if (written == 0)
        return base::Error{.code = errors::secret_incomplete, .field = "secret", .actual = base::number(characters)};
    const std::size_t tail = characters % 8;
    const bool of_no_encoder = tail == 1 || tail == 3 || tail == 6;
    if (of_no_encoder) remark(errors::read_secret_incomplete, base::number(characters), true);
    else if (bits != 0) remark(errors::read_left_over_bits, std::nullopt);
    if (padding != 0 && !of_no_encoder && padding != (8 - tail) % 8) remark(errors::read_padding, std::nullopt);
    if (invisible != 0) remark(errors::read_invisible, base::number(invisible));
    bytes.shrink(written);
    decoded.bytes = std::move(bytes);
    return decoded;
}

bool is_in_groups(std::string_view text) {
    std::size_t first = 0, before = 0, now = 0;
    for (bool more = true; more;) {
        more = !text.empty();
        const base::Character c = more ? base::first_character(text) : base::Character{};
        if (more && !may_separate(c.code)) {
            ++now;
        } else if (now != 0) {
            if (before != 0 && (before != first || now > first)) return false;
            if (first == 0) first = now;
            before = now;
            now = 0;
        }
        text.remove_prefix(c.size);
    }
    return true;
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
