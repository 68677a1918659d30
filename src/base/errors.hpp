// The errors that `base` itself returns.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::base::errors {

// The operating system gave no random bytes.
inline constexpr ErrorCode no_randomness{"base.no-randomness"};

inline constexpr std::array all{no_randomness};

}  // namespace tokendeck::base::errors
