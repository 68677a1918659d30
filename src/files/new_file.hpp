// A file that only its owner may read, and that was not there before.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace tokendeck::files {

enum class NewFile : std::uint8_t { written, exists, no_folder, refused, disk_full, failed };

// Writes all of `content`; it is on the disk when this returns `written`. What is already at `path`, even a dangling
// link, stays untouched: `exists`. A file that could not be finished is removed. `path` is UTF-8. Blocks.
[[nodiscard]] NewFile write_new_file(const std::string& path, std::span<const std::uint8_t> content);

}  // namespace tokendeck::files
