// The errors of looking into a folder; subject: its name, without the folders above. Their names begin with "crypto.",
// as where they came from when other programs began to read them (docs/contract.md).
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::files::errors {

using base::ErrorCode;

inline constexpr ErrorCode folder_not_found{"crypto.folder-not-found"};
inline constexpr ErrorCode folder_no_permission{"crypto.folder-no-permission"};
inline constexpr ErrorCode folder_unreadable{"crypto.folder-unreadable"};

inline constexpr std::array all{folder_not_found, folder_no_permission, folder_unreadable};

}  // namespace tokendeck::files::errors
