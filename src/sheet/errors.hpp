// The errors of making a recovery sheet.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::sheet::errors {

using base::ErrorCode;

// Names, secret and advice do not fit on one page, even in the smallest letters that can be read.
inline constexpr ErrorCode too_much_text{"sheet.too-much-text"};
inline constexpr ErrorCode pdf_failed{"sheet.pdf-failed"};  // actual: libharu's number

inline constexpr std::array all{too_much_text, pdf_failed};

}  // namespace tokendeck::sheet::errors
