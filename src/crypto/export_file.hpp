// A file of text with accounts in it: an export of another program, or addresses. Whoever reads it has all its secrets,
// so it can be deleted when it is not needed any more.
#pragma once

#include "base/result.hpp"
#include "channel/crypto_messages.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tokendeck::crypto {

// The file at `path` (UTF-8) as it was read; nothing if `content` is a picture.
[[nodiscard]] std::optional<channel::ExportFile> export_file(const std::string& path,
                                                             std::span<const std::uint8_t> content);

// Only a plain file of the same content; one that is gone already is no error. The disk may keep the content until
// something else is written there. Blocks on the disk. Errors: errors::file_not_deleted, file_changed.
[[nodiscard]] base::Result<void> delete_export_file(const channel::ExportFile& file);

}  // namespace tokendeck::crypto
