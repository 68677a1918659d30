// What a one-time password is made from, apart from the secret.
// Source: RFC 4226 (HOTP), RFC 6238 (TOTP), the otpauth key-URI format.
#pragma once

#include <cstdint>

namespace tokendeck::otp {

enum class OtpKind : std::uint8_t { hotp, totp };
enum class HashAlgorithm : std::uint8_t { sha1, sha256, sha512 };

struct OtpParameters {
    OtpKind kind = OtpKind::totp;
    HashAlgorithm algorithm = HashAlgorithm::sha1;
    std::uint32_t digits = 6;
    std::uint32_t period = 30;  // seconds; TOTP only
    std::uint64_t counter = 0;  // the next counter value; HOTP only
    friend bool operator==(const OtpParameters&, const OtpParameters&) = default;
};

// "hotp", "totp", the words of the key-URI format; lower case.
[[nodiscard]] const char* name(OtpKind kind);
// "SHA1", "SHA256", "SHA512", the words of the key-URI format.
[[nodiscard]] const char* name(HashAlgorithm algorithm);

// The moving factor of TOTP: floor(unix_seconds / period). Preconditions: period > 0, unix_seconds >= 0.
[[nodiscard]] std::uint64_t time_step(std::int64_t unix_seconds, std::uint32_t period);

}  // namespace tokendeck::otp
