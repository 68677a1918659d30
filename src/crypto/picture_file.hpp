// From a picture file to the account in its QR code.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "otp/enrolment.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace tokendeck::crypto {

// The content of a regular file of at most qr::file_bytes_max bytes. `path` is UTF-8. The content may show a seed.
// Blocks on the disk. Errors: errors::file_…, qr::errors::file_empty, file_too_large, base::errors::file_changing;
// subject: the file's name without its folders, which may say more about a person than an error should.
[[nodiscard]] base::Result<base::SecretBytes> read_picture_file(const std::string& path);

// The one account in the picture; other QR codes beside it do no harm. Takes up to some seconds.
// Errors: qr::errors; errors::several_codes, not_otpauth, migration_not_yet; those of parse_otpauth.
[[nodiscard]] base::Result<otp::OtpEnrolment> read_picture(std::span<const std::uint8_t> file_bytes);

}  // namespace tokendeck::crypto
