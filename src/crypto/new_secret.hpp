// A random secret for an account, and how it is written for people.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>

namespace tokendeck::crypto {

// `bytes`: 20, which RFC 4226 recommends, or 32 to 40, the most that a token holds.
// Errors: errors::secret_size, those of `random`.
[[nodiscard]] base::Result<base::SecretBytes> make_secret(base::Random& random, std::size_t bytes);

// Base32 in groups of four with a space between them.
[[nodiscard]] base::SecretText in_groups(const base::SecretBytes& secret);

}  // namespace tokendeck::crypto
