// The errors that `base` itself returns.
#pragma once

#include "base/error.hpp"

#include <array>
#include <string>

namespace tokendeck::base::errors {

// The operating system gave no random bytes.
inline constexpr ErrorCode no_randomness{"base.no-randomness"};

// ---- files from outside, see outside_file.hpp; subject: the file ----
inline constexpr ErrorCode file_not_found{"base.file-not-found"};
inline constexpr ErrorCode file_no_permission{"base.file-no-permission"};
inline constexpr ErrorCode file_is_folder{"base.file-is-folder"};
inline constexpr ErrorCode file_not_regular{"base.file-not-regular"};  // a pipe, a socket, a device
inline constexpr ErrorCode file_too_large{"base.file-too-large"};      // actual (if it is known), limit: bytes
inline constexpr ErrorCode file_changing{"base.file-changing"};        // its size changed while it was read
inline constexpr ErrorCode file_unreadable{"base.file-unreadable"};

inline constexpr std::array all{no_randomness,    file_not_found, file_no_permission, file_is_folder,
                                file_not_regular, file_too_large, file_changing,      file_unreadable};

}  // namespace tokendeck::base::errors

namespace tokendeck::base {

// Subject: the path.
[[nodiscard]] inline Error about_file(ErrorCode code, const std::string& path) {
    return Error{.code = code, .subject = path};
}

}  // namespace tokendeck::base
