// A file that only its owner may read, and that was not there before.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace tokendeck::files {

enum class NewFile : std::uint8_t { written, exists, no_folder, refused, disk_full, failed };

// All of `content`, on the disk when this returns `written`. Whatever is at `path` already, be it a link that leads
// nowhere, stays untouched: `exists`. A file that could not be finished is removed. `path` is UTF-8. Blocks.
[[nodiscard]] NewFile write_new_file(const std::string& path, std::span<const std::uint8_t> content);

}  // namespace tokendeck::files
