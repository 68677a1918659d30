// The errors of `settings`. Their names begin with "app.", as in desktop/errors.hpp.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::settings::errors {

using base::ErrorCode;

inline constexpr ErrorCode settings_no_folder{"app.settings-no-folder"};
// Subject: the system's words. Field: a setting whose value the file may not hold.
inline constexpr ErrorCode settings_not_written{"app.settings-not-written"};

inline constexpr std::array all{settings_no_folder, settings_not_written};

}  // namespace tokendeck::settings::errors
