// otpauth URIs: one account, as web sites put it into a QR code.
// Source: the key-URI format (Google Authenticator's wiki, "Key Uri Format"), RFC 3986 for what a URI is.
//
//   otpauth://TYPE/LABEL?secret=…&issuer=…&algorithm=…&digits=…&period=…&counter=…
//
// Where the format leaves a choice, or sites differ from it:
// - What is missing gets the format's own values: SHA1, 6 digits, 30 seconds. `secret` must be there, and `counter`
//   for hotp. A known parameter must not come twice. Names of parameters are matched without regard to case, because
//   one that is taken for unknown would be lost in silence ("Digits=8").
// - Unknown parameters (image, color) are checked for their syntax and left out, but `encoder` is refused: it means
//   codes of another kind (Steam).
// - The issuer is the parameter's if there is one, else the label's. If both are there and differ, the account is the
//   whole label, so that nothing is lost.
// - '+' is a plus, as in RFC 3986. A space or a letter outside ASCII that is not percent-encoded is an error.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "otp/enrolment.hpp"

#include <cstddef>
#include <string>

namespace tokendeck::crypto {

// The longest text that is taken for a URI or a secret, in bytes. A QR code holds at most 2953.
inline constexpr std::size_t text_bytes_max = 4096;

// Digits from 1 to 10 and periods up to 2^32-1 are accepted here: what a token can do is for otp::check_fit to say.
// Errors: crypto::errors, each with the field and, where there is one, the position in `uri`.
[[nodiscard]] base::Result<otp::OtpEnrolment> parse_otpauth(const base::SecretText& uri);

// Sets issuer and account from a decoded label, "issuer:account" or "account", and a decoded issuer.
void name_account(std::string label, std::string issuer, otp::OtpEnrolment& enrolment);

// The URI of an account, as the format has it: SHA1, 6 digits and 30 seconds are written, too. What was written is read
// again before it is returned, so that the other side gets what is meant.
// Errors: errors::name_has_colon (field "issuer" or "account"), label_missing, secret_empty, uri_not_writable.
[[nodiscard]] base::Result<base::SecretText> write_otpauth(const otp::OtpEnrolment& enrolment);

}  // namespace tokendeck::crypto
