// Base32 as secrets are written in it. Source: RFC 4648, section 6.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/decoded_secret.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace tokendeck::crypto {

// Takes what people paste: between the characters there may be white space, dashes (also U+2010, U+2011, U+2013) and
// characters that cannot be seen; letters may be small; the padding may be missing or wrong. A wrong character is never
// guessed. Bits at the end that fill no byte are left out, as all verifiers do; a number of characters that no encoder
// makes asks the person whether the last one is missing. Time does depend on the content.
// Errors: crypto::errors::secret_…, field "secret", positions in characters of `text`, separators counted.
[[nodiscard]] base::Result<DecodedSecret> decode_base32(std::string_view text);

// True if its parts between white space and dashes have the same size, the last one at most as much: as sites print
// a secret.
[[nodiscard]] bool is_in_groups(std::string_view text);

// Capital letters, without padding.
[[nodiscard]] base::SecretText encode_base32(std::span<const std::uint8_t> bytes);

}  // namespace tokendeck::crypto
