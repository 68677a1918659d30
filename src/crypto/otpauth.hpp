// otpauth URIs: one account, as web sites put it into a QR code.
// Source: the key-URI format (Google Authenticator's wiki, "Key Uri Format"), RFC 3986 for what a URI is.
//
//   otpauth://TYPE/LABEL?secret=…&issuer=…&algorithm=…&digits=…&period=…&counter=…
//
// Where the format leaves a choice, or sites differ from it:
// - What is missing gets the format's own values: SHA1, 6 digits, 30 seconds. `secret` must be there; without a
// `counter`
//   of hotp the person is asked. A known parameter may come twice only if both say the same. Names of parameters are
//   matched without regard to case.
// - Whatever is in the address and was not used is a remark: parameters that are not known (image, color), a fragment,
//   the figure of the other kind. One that is near to a known one (algo, digit) asks: it may change the codes.
// - `encoder` is refused: it means codes of another kind (Steam).
// - The issuer is the parameter's if there is one, else the label's. If both are there and differ, the account is the
//   whole label, so that nothing is lost. Without both the account has no name.
// - '+' is a plus, as in RFC 3986. Spaces, marks and letters beyond ASCII are taken as they stand there; in the secret
//   spaces only between groups of equal size. "&amp;" is an '&'.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "otp/enrolment.hpp"

#include <cstddef>
#include <string>

namespace tokendeck::crypto {

// The longest text that is taken for a URI or a secret, in bytes. A QR code holds at most 2953.
inline constexpr std::size_t text_bytes_max = 4096;

// Digits from 1 to 10 and periods up to 2^32-1 are accepted here: what a token can do is for otp::check_fit to say.
// Errors: crypto::errors, each with the field and, where there is one, the position in `uri`, in characters.
[[nodiscard]] base::Result<channel::ReadAccount> parse_otpauth(const base::SecretText& uri);

// Sets issuer and account from a decoded label, "issuer:account" or "account", and a decoded issuer.
void name_account(std::string label, std::string issuer, otp::OtpEnrolment& enrolment);

// The URI of an account, as the format has it: SHA1, 6 digits and 30 seconds are written, too. What was written is read
// again before it is returned, so that the other side gets what is meant.
// Errors: errors::name_has_colon (field "issuer" or "account"), label_missing, secret_empty, uri_not_writable.
[[nodiscard]] base::Result<base::SecretText> write_otpauth(const otp::OtpEnrolment& enrolment);

}  // namespace tokendeck::crypto
