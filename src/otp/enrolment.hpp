// An account that is about to be put on a token.
#pragma once

#include "base/secret.hpp"
#include "otp/parameters.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tokendeck::otp {

struct OtpEnrolment {
    std::string issuer{};   // UTF-8, may be empty
    std::string account{};  // UTF-8, may be empty
    OtpParameters parameters{};
    base::SecretBytes secret{};  // the key of the HMAC, decoded from base32
};

// The same secret under the same names, with the same figures: one account that was read twice.
[[nodiscard]] bool same_account(const OtpEnrolment& a, const OtpEnrolment& b);

// What a person reads: "issuer: account", or whichever of the two there is.
[[nodiscard]] std::string title(const OtpEnrolment& enrolment);

// "issuer:account", or whichever of the two there is: what a slot is called where there is room for it.
[[nodiscard]] std::string whole_name(const OtpEnrolment& enrolment);

// A name for a slot that holds at most `bytes_max` bytes: the fullest of "issuer:account", issuer, account that fits;
// if none fits, the issuer (or account) shortened at a character's end. A suggestion, for a field that a person sees
// and can change before anything is written.
[[nodiscard]] std::string suggested_name(const OtpEnrolment& enrolment, std::size_t bytes_max);

// Another one, where `taken` has that: "issuer:account" shortened, the account shortened, or the suggestion with a
// number at its end. Never one of `taken`.
[[nodiscard]] std::string distinct_name(const OtpEnrolment& enrolment, std::size_t bytes_max,
                                        std::span<const std::string> taken);

// The longest start of `utf8` that has at most `bytes_max` bytes and ends at a character's end.
[[nodiscard]] std::string shortened(std::string_view utf8, std::size_t bytes_max);

}  // namespace tokendeck::otp
