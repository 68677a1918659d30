#include "otp/parameters.hpp"

#include <cassert>

namespace tokendeck::otp {

const char* name(OtpKind kind) {
    return kind == OtpKind::hotp ? "hotp" : "totp";
}

const char* name(HashAlgorithm algorithm) {
    switch (algorithm) {
        case HashAlgorithm::sha1: return "SHA1";
        case HashAlgorithm::sha256: return "SHA256";
        case HashAlgorithm::sha512: return "SHA512";
    }
    return "";
}

std::uint64_t time_step(std::int64_t unix_seconds, std::uint32_t period) {
    assert(period > 0 && unix_seconds >= 0);
    return static_cast<std::uint64_t>(unix_seconds) / period;
}

}  // namespace tokendeck::otp
