// What kind of text it is, told by its URI scheme.
#pragma once

#include "base/error.hpp"

#include <string_view>

namespace tokendeck::crypto {

// What stands before the first ':' if it has the form of a scheme (RFC 3986, 3.1); else empty.
[[nodiscard]] std::string_view scheme_of(std::string_view text);

// errors::not_otpauth with `scheme` as subject, "text" if it is empty.
[[nodiscard]] base::Error not_otpauth(std::string_view scheme);

}  // namespace tokendeck::crypto
