#include "crypto/expected_code.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "crypto/base32.hpp"
#include "crypto/errors.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>

#include <cotp.h>

namespace tokendeck::crypto {
namespace {

// libcotp's names for the hashes: SHA1 … until version 3, of libgcrypt's numbers (1.x) or its own; COTP_SHA1 … since
// version 4. All are macros.
int cotp_name(otp::HashAlgorithm algorithm) {
#if defined(COTP_SHA1)
    constexpr int sha1 = COTP_SHA1, sha256 = COTP_SHA256, sha512 = COTP_SHA512;
#else
    constexpr int sha1 = SHA1, sha256 = SHA256, sha512 = SHA512;
#endif
    switch (algorithm) {
        case otp::HashAlgorithm::sha1: return sha1;
        case otp::HashAlgorithm::sha256: return sha256;
        case otp::HashAlgorithm::sha512: return sha512;
    }
    return sha1;
}

// Version 1 does not set its error code when all went well, so what counts is whether there is a code.
base::SecretText hotp(const char* secret, long factor, std::uint32_t digits, otp::HashAlgorithm algorithm) {
    cotp_error_t ignored{};
    char* const code = get_hotp(secret, factor, static_cast<int>(digits), cotp_name(algorithm), &ignored);
    base::SecretText copy;
    if (code != nullptr) {
        copy.append(code);
        base::wipe(code, std::strlen(code));
        std::free(code);
    }
    return copy;
}

// libcotp sets up its hash library at the first call; two threads must not do that at the same time.
void set_up() {
    static std::once_flag done;
    std::call_once(done, [] { (void)hotp("AA", 0, 6, otp::HashAlgorithm::sha1); });
}

}  // namespace

base::Result<base::SecretText> expected_code(const base::SecretBytes& secret, otp::HashAlgorithm algorithm,
                                             std::uint32_t digits, std::uint64_t factor) {
    constexpr std::uint32_t digits_min = 6, digits_max = 8;
    if (digits < digits_min || digits > digits_max) {
        return base::Error{.code = errors::code_digits, .field = "digits", .actual = digits, .limit = digits_max};
    }
    constexpr auto factor_max = std::uint64_t{std::numeric_limits<long>::max()};
    if (factor > factor_max) {
        return base::Error{.code = errors::code_factor,
                           .field = "counter",
                           .actual = base::number(factor),
                           .limit = base::number(factor_max)};
    }
    if (secret.empty()) return base::Error{errors::code_secret};

    set_up();
    const base::SecretText encoded = encode_base32(secret.bytes());
    base::SecretText code = hotp(encoded.c_str(), static_cast<long>(factor), digits, algorithm);
    const bool all_digits = std::all_of(code.view().begin(), code.view().end(), base::is_digit);
    if (code.size() != digits || !all_digits) return base::Error{errors::code_failed};
    return code;
}

}  // namespace tokendeck::crypto
