// A secret written in hexadecimal digits, as a few sites and tools show it.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <string_view>

namespace tokendeck::crypto {

// Spaces, tabs, line ends, dashes and colons between the digits are left out.
// Errors: errors::secret_empty, hex_bad_character, hex_incomplete; positions in characters of `text`.
[[nodiscard]] base::Result<base::SecretBytes> decode_hex(std::string_view text);

// True if `text` has hexadecimal digits and what may stand between them, and nothing else.
[[nodiscard]] bool is_hex(std::string_view text);

}  // namespace tokendeck::crypto
