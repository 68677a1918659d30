// Base32 as secrets are written in it. Source: RFC 4648, section 6.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace tokendeck::crypto {

// Decodes strictly, but takes what people paste: between the characters there may be spaces, tabs, line ends, dashes
// (also U+00A0, U+2010, U+2011, U+2013); letters may be small; the padding may be missing. Nothing is guessed:
// a wrong character, a missing one and leftover bits are errors. Time does depend on the content.
// Errors: crypto::errors::secret_…, field "secret", positions in characters of `text`, separators counted.
[[nodiscard]] base::Result<base::SecretBytes> decode_base32(std::string_view text);

// Capital letters, without padding.
[[nodiscard]] base::SecretText encode_base32(std::span<const std::uint8_t> bytes);

}  // namespace tokendeck::crypto
