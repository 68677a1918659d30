// A picture that is written out in an address ("data:image/png;base64,…"), as browsers give it along when it is dragged
// or copied. Source: RFC 2397.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <string_view>

namespace tokendeck::crypto {

[[nodiscard]] bool is_data_uri(std::string_view text);

// What is written out, whatever its kind. Base64 may be broken by white space. Errors: errors::data_uri_damaged;
// qr::errors::file_too_large. Thread: any.
[[nodiscard]] base::Result<base::SecretBytes> data_of_uri(std::string_view text);

}  // namespace tokendeck::crypto
