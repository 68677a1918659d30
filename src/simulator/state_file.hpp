// The file operations that a simulated token's state and the control file need.
// Errors: wire::errors::state_unreadable and state_unwritable, base::errors::file_…; subject: the path.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::simulator {

// Differs when a file was replaced or written to.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;        // bytes
    std::int64_t modified_ns = 0;  // nanoseconds since some fixed point
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

// Nothing if there is no such file. A file that is there but cannot be looked at is an error.
[[nodiscard]] base::Result<std::optional<FileIdentity>> identify(const std::string& path);

// The whole content of an ordinary file of at most `most` bytes.
[[nodiscard]] base::Result<base::SecretText> read_file(const std::string& path, std::size_t most);

// Puts the content in place of what was there: a reader, or a crash, sees the old or the new file and nothing between.
// The new file can be read by its owner only. Returns the new file's identity.
[[nodiscard]] base::Result<FileIdentity> replace_file(const std::string& path, std::string_view content);

}  // namespace tokendeck::simulator
