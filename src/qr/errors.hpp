// The errors of reading a picture and of making a QR code.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::qr::errors {

using base::ErrorCode;

inline constexpr ErrorCode file_empty{"qr.file-empty"};
inline constexpr ErrorCode file_too_large{"qr.file-too-large"};  // actual, limit: bytes
// Not PNG, JPEG, BMP or GIF. Subject: what it looks like ("PDF", "WebP", "HEIC", "text"); empty if that is unknown.
inline constexpr ErrorCode not_a_picture{"qr.not-a-picture"};
inline constexpr ErrorCode picture_too_large{"qr.picture-too-large"};  // actual, limit: pixels
// Decoding it would take more memory than is given to it. Actual, limit: bytes.
inline constexpr ErrorCode picture_needs_memory{"qr.picture-needs-memory"};
inline constexpr ErrorCode side_too_long{"qr.side-too-long"};  // of the longer side; actual (if known), limit: pixels
// Subject: the format ("PNG"). It broke off, its checksum is wrong, it claims what cannot be …
inline constexpr ErrorCode picture_damaged{"qr.picture-damaged"};
inline constexpr ErrorCode no_code{"qr.no-code"};
// The reading library gave up, for example because memory ran out.
inline constexpr ErrorCode reader_failed{"qr.reader-failed"};

// ---- making a code ----
inline constexpr ErrorCode text_empty{"qr.text-empty"};
inline constexpr ErrorCode text_too_long{"qr.text-too-long"};    // actual, limit: bytes
inline constexpr ErrorCode encoder_failed{"qr.encoder-failed"};  // memory ran out

inline constexpr std::array all{file_empty,    file_too_large,  not_a_picture,  picture_too_large,
                                no_code,       picture_damaged, side_too_long,  text_empty,
                                reader_failed, text_too_long,   encoder_failed, picture_needs_memory};

}  // namespace tokendeck::qr::errors
