#include "crypto/picture_file.hpp"

#include "base/errors.hpp"
#include "base/outside_file.hpp"
#include "base/paths.hpp"
#include "crypto/errors.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

#include <utility>

namespace tokendeck::crypto {
namespace {

// The same in words that speak of pictures.
base::ErrorCode of_picture(base::ErrorCode code) {
    constexpr std::pair<base::ErrorCode, base::ErrorCode> pairs[] = {
        {base::errors::file_not_found, errors::file_not_found},
        {base::errors::file_no_permission, errors::file_no_permission},
        {base::errors::file_is_folder, errors::file_is_folder},
        {base::errors::file_not_regular, errors::file_not_regular},
        {base::errors::file_too_large, qr::errors::file_too_large},
        {base::errors::file_unreadable, errors::file_unreadable},
    };
    for (const auto& [general, special] : pairs)
        if (general == code) return special;
    return code;
}

}  // namespace

base::Result<base::SecretBytes> read_picture_file(const std::string& path) {
    auto content = base::read_outside_file(path, qr::file_bytes_max);
    if (content && content.value().empty()) content = base::Error{qr::errors::file_empty};
    if (content) return content;
    base::Error error = std::move(content).error();
    error.code = of_picture(error.code);
    error.subject = base::last_name(path);
    return error;
}

}  // namespace tokendeck::crypto
