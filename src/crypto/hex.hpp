// A secret written in hexadecimal digits, as a few sites and tools show it.
#pragma once

#include "base/result.hpp"
#include "crypto/decoded_secret.hpp"

#include <string_view>

namespace tokendeck::crypto {

// Between the digits there may be white space, dashes, colons and characters that cannot be seen.
// Errors: errors::secret_empty, hex_bad_character, hex_incomplete; positions in characters of `text`.
[[nodiscard]] base::Result<DecodedSecret> decode_hex(std::string_view text);

// True if `text` has hexadecimal digits and what may stand between them, and nothing else.
[[nodiscard]] bool is_hex(std::string_view text);

}  // namespace tokendeck::crypto
