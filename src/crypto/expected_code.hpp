// The code that a token with this secret has to give, computed by libcotp.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "otp/parameters.hpp"

#include <cstdint>

namespace tokendeck::crypto {

// HOTP of RFC 4226 with `factor` as the counter; for TOTP `factor` is the time step (otp::time_step), which gives the
// same code and does not meet libcotp's limit of 120 seconds. Digits 6 to 8; factor up to LONG_MAX, libcotp's type.
// Thread: any. Errors: errors::code_digits, code_factor, code_secret, code_failed.
[[nodiscard]] base::Result<base::SecretText> expected_code(const base::SecretBytes& secret,
                                                           otp::HashAlgorithm algorithm, std::uint32_t digits,
                                                           std::uint64_t factor);

}  // namespace tokendeck::crypto
