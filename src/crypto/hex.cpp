#include "crypto/hex.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/character_name.hpp"
#include "crypto/errors.hpp"
#include "crypto/uri_piece.hpp"

#include <optional>
#include <utility>

namespace tokendeck::crypto {
namespace {

// Nothing where it stands between the digits.
std::optional<unsigned> digit_of(char32_t c) {
    const int value = c < 0x80 ? base::hex_value(static_cast<char>(c)) : -1;
    return value >= 0 ? std::optional(static_cast<unsigned>(value)) : std::nullopt;
}

bool is_between(const base::Character& c) {
    return c.valid && (may_separate(c.code) || c.code == ':' || base::is_invisible(c.code));
}

}  // namespace

base::Result<DecodedSecret> decode_hex(std::string_view text) {
    DecodedSecret decoded;
    base::SecretBytes bytes(text.size() / 2);
    std::size_t digits = 0;
    std::size_t invisible = 0;
    for (std::size_t position = 0; !text.empty(); ++position) {
        const base::Character c = base::first_character(text);
        const std::optional<unsigned> digit = c.valid ? digit_of(c.code) : std::nullopt;
        if (digit) {
            // The last digit of an odd number has no place.
            if (digits / 2 < bytes.size()) {
                std::uint8_t& byte = bytes.bytes()[digits / 2];
                byte = static_cast<std::uint8_t>(unsigned{byte} << 4 | *digit);
            }
            ++digits;
        } else if (!is_between(c)) {
            return uri::problem_at(errors::hex_bad_character, "secret", position, named(text, c));
        } else if (base::is_invisible(c.code)) {
            ++invisible;
        }
        text.remove_prefix(c.size);
    }
    if (digits == 0) return uri::problem(errors::secret_empty, "secret");
    if (digits % 2 != 0) {
        return base::Error{.code = errors::hex_incomplete, .field = "secret", .actual = base::number(digits)};
    }
    bytes.shrink(digits / 2);
    decoded.bytes = std::move(bytes);
    if (invisible != 0)
        decoded.remarks.push_back(
            {{.code = errors::read_invisible, .field = "secret", .actual = base::number(invisible)}, false, {}});
    return decoded;
}

bool is_hex(std::string_view text) {
    bool any = false;
    while (!text.empty()) {
        const base::Character c = base::first_character(text);
        const bool digit = c.valid && digit_of(c.code);
        if (!digit && !is_between(c)) return false;
        any = any || digit;
        text.remove_prefix(c.size);
    }
    return any;
}

}  // namespace tokendeck::crypto
