// The content of a picture file.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <string>

namespace tokendeck::crypto {

// The content of a regular file of at most qr::file_bytes_max bytes. `path` is UTF-8. The content may show a seed.
// Blocks on the disk. Errors: errors::file_…, qr::errors::file_empty, file_too_large, base::errors::file_changing;
// subject: the file's name without its folders, which may say more about a person than an error should.
[[nodiscard]] base::Result<base::SecretBytes> read_picture_file(const std::string& path);

}  // namespace tokendeck::crypto
