#include "crypto/hex.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "crypto/character_name.hpp"
#include "crypto/errors.hpp"
#include "crypto/uri_piece.hpp"

namespace tokendeck::crypto {
namespace {

bool is_separator(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '-' || c == ':';
}

}  // namespace

base::Result<base::SecretBytes> decode_hex(std::string_view text) {
    base::SecretBytes bytes(text.size() / 2);
    std::size_t digits = 0;
    std::size_t position = 0;
    for (std::size_t i = 0; i < text.size();) {
        const base::Character c = base::first_character(text.substr(i));
        const int value = c.size == 1 ? base::hex_value(text[i]) : -1;
        if (value < 0 && (c.size != 1 || !is_separator(text[i])))
            return uri::problem_at(errors::hex_bad_character, "secret", position, named(text.substr(i), c));
        if (value >= 0) {
            const auto digit = static_cast<unsigned>(value);
            // The last digit of an odd number has no place.
            if (digits / 2 < bytes.size()) {
                std::uint8_t& byte = bytes.bytes()[digits / 2];
                byte = static_cast<std::uint8_t>(unsigned{byte} << 4 | digit);
            }
            ++digits;
        }
        ++position;
        i += c.size;
    }
    if (digits == 0) return uri::problem(errors::secret_empty, "secret");
    if (digits % 2 != 0) {
        return base::Error{.code = errors::hex_incomplete, .field = "secret", .actual = base::number(digits)};
    }
    bytes.shrink(digits / 2);
    return bytes;
}

bool is_hex(std::string_view text) {
    bool any = false;
    for (const char c : text) {
        if (base::hex_value(c) >= 0) any = true;
        else if (!is_separator(c)) return false;
    }
    return any;
}

}  // namespace tokendeck::crypto
