// What a pasted text means.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "otp/enrolment.hpp"

namespace tokendeck::crypto {

struct Understood {
    channel::EnrolmentSource source = channel::EnrolmentSource::uri;
    otp::OtpEnrolment enrolment{};
};

// An otpauth URI, or a bare base32 secret, with white space around it. A bare secret becomes an account without a name
// and with the values that sites mean when they name none: TOTP, SHA1, 6 digits, 30 seconds; `source` says so.
// Positions in errors count in `text` as it was pasted.
// Errors: errors::text_empty, text_too_long, not_otpauth, migration_not_yet; those of parse_otpauth and decode_base32.
[[nodiscard]] base::Result<Understood> understand(const base::SecretText& text);

}  // namespace tokendeck::crypto
