// Lists the pictures, texts and exports in a folder.
#pragma once

#include "base/result.hpp"
#include "channel/crypto_messages.hpp"

#include <cstddef>
#include <string>

namespace tokendeck::files {

// As long as a person can still scroll through; FolderListed::more tells that there is more.
inline constexpr std::size_t folder_entries_max = 5000;
// Stops after this many entries of any kind, so that a folder on a slow disk does not hold up the thread.
inline constexpr std::size_t folder_looked_at_max = 100'000;

// Folders first, then pictures (.png .jpg .jpeg .bmp .gif), each by name without regard to the case of ASCII letters.
// Hidden ones, and those whose name is not UTF-8, are left out. `path` is UTF-8; empty: the first there is of the
// user's pictures, downloads and home folder. `typed`: by a person, who may mean a file by it, and the home folder by
// ~. The id is left 0. Blocks on the disk. Errors: errors::folder_not_found (also for a file that was not typed),
// folder_no_permission, folder_unreadable.
[[nodiscard]] base::Result<channel::FolderListed> list_folder(const std::string& path, bool typed = false);

}  // namespace tokendeck::files
