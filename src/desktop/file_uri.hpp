// Thread: any.
#pragma once

#include <optional>
#include <string>

namespace tokendeck::desktop {

// The path of a "file://" URI on this machine; nothing for any other.
[[nodiscard]] std::optional<std::string> path_of_uri(const std::string& uri);

}  // namespace tokendeck::desktop
