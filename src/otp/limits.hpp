// What a token and its firmware can hold, and whether an account fits, asked before any PIN is typed.
#pragma once

#include "base/error.hpp"
#include "otp/enrolment.hpp"
#include "otp/slot.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace tokendeck::otp {

struct TokenLimits {
    std::uint8_t hotp_slots = 0;  // numbered places; 0 and 0 for a token with named slots
    std::uint8_t totp_slots = 0;
    std::size_t secret_bytes_max = 0;
    std::size_t name_bytes_max = 0;
    bool sha256 = false;
    bool sha512 = false;
    std::uint32_t digits_min = 6;
    std::uint32_t digits_max = 8;
    bool seven_digits = false;               // a Pro or Storage holds only 6 or 8
    std::uint32_t period_max = 0;            // seconds
    std::uint64_t counter_max = 0;           // at most 2^63 - 2: no code above 2^63 - 1 can be computed to compare
    bool secret_may_begin_with_zero = true;  // a Pro 0.7 takes such a secret as "keep the old one" (quirk Q-P9)
    friend bool operator==(const TokenLimits&, const TokenLimits&) = default;
};

// What of an account does not fit.
enum class AccountPart : std::uint8_t { kind, secret, algorithm, digits, period, counter, name };

// One way in which an account does not fit. `error` has what was met and what would work.
struct FitProblem {
    AccountPart part = AccountPart::name;
    base::Error error;
    bool blocks = true;  // false: worth knowing, but the token will give the right codes
};

// Everything about `enrolment`, to be stored under `slot_name`, that this token would refuse, silently lose or turn
// into wrong codes; blocking problems first. Empty: it fits.
[[nodiscard]] std::vector<FitProblem> check_fit(const OtpEnrolment& enrolment, std::string_view slot_name,
                                                const TokenLimits& limits);
// The same for a slot that is to hold `wanted` and keeps its secret. A HOTP counter that stays where it is fits.
[[nodiscard]] std::vector<FitProblem> check_edit(const OtpParameters& held, const OtpParameters& wanted,
                                                 std::string_view slot_name, const TokenLimits& limits);
[[nodiscard]] bool blocked(const std::vector<FitProblem>& problems);

namespace errors {

inline constexpr base::ErrorCode secret_empty{"otp.secret-empty"};
inline constexpr base::ErrorCode secret_too_long{"otp.secret-too-long"};  // actual, limit: bytes
inline constexpr base::ErrorCode secret_all_zero{"otp.secret-all-zero"};  // a Pro takes it as "keep the old secret"
inline constexpr base::ErrorCode secret_leading_zero{"otp.secret-leading-zero"};  // see TokenLimits
inline constexpr base::ErrorCode secret_short{"otp.secret-short"};  // under 16 bytes, RFC 4226 R6; does not block
inline constexpr base::ErrorCode algorithm_unsupported{"otp.algorithm-unsupported"};  // subject: the algorithm
inline constexpr base::ErrorCode digits_unsupported{"otp.digits-unsupported"};        // actual; limit: the most
inline constexpr base::ErrorCode period_unsupported{"otp.period-unsupported"};        // actual, limit: seconds
inline constexpr base::ErrorCode counter_too_large{
    "otp.counter-too-large"};  // subject: it, which may be over 63 bits; limit
inline constexpr base::ErrorCode name_empty{"otp.name-empty"};
inline constexpr base::ErrorCode name_too_long{"otp.name-too-long"};        // actual, limit: bytes
inline constexpr base::ErrorCode name_has_zero{"otp.name-has-zero"};        // position: byte
inline constexpr base::ErrorCode kind_unsupported{"otp.kind-unsupported"};  // no slots of this kind; subject: the kind

inline constexpr std::array all{
    secret_empty,          secret_too_long,    secret_all_zero,    secret_leading_zero, secret_short,
    algorithm_unsupported, digits_unsupported, period_unsupported, counter_too_large,   name_empty,
    name_too_long,         name_has_zero,      kind_unsupported};

}  // namespace errors

}  // namespace tokendeck::otp
