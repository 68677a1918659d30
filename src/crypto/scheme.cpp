#include "crypto/scheme.hpp"

#include "base/ascii.hpp"
#include "crypto/errors.hpp"

#include <algorithm>

namespace tokendeck::crypto {

std::string_view scheme_of(std::string_view text) {
    constexpr std::size_t longest = 32;  // a longer one is not a scheme that anybody knows
    const std::size_t colon = text.substr(0, longest + 1).find(':');
    if (colon == std::string_view::npos || colon == 0 || !base::is_letter(text[0])) return {};
    const std::string_view scheme = text.substr(0, colon);
    const bool well_formed = std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return base::is_letter(c) || base::is_digit(c) || c == '+' || c == '-' || c == '.';
    });
    return well_formed ? scheme : std::string_view();
}

base::Error not_otpauth(std::string_view scheme) {
    return base::Error{.code = errors::not_otpauth, .subject = std::string(scheme.empty() ? "text" : scheme)};
}

}  // namespace tokendeck::crypto
