// Content that another program offers on the clipboard or in a drag, and has handed over.
#pragma once

#include "base/secret.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <variant>

namespace tokendeck::desktop {

// True when the transfer should be given up. Asked at least every 100 ms.
using IsCancelled = std::function<bool()>;

// A transfer is given up after the other program has not reacted for this long.
inline constexpr std::chrono::milliseconds silence_limit{3'000};

// Why nothing came. `too_large`: more than qr::file_bytes_max.
enum class NotTransferred : std::uint8_t { refused, no_answer, unreadable, too_large };
using Transferred = std::variant<base::SecretBytes, NotTransferred>;

[[nodiscard]] base::SecretBytes joined(std::span<const base::SecretBytes> parts);

}  // namespace tokendeck::desktop
