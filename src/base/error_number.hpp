// A size or a count as a number of an error.
#pragma once

#include <cstdint>
#include <optional>

namespace tokendeck::base {

// Nothing: an error's number cannot hold it.
[[nodiscard]] constexpr std::optional<std::int64_t> number(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

}  // namespace tokendeck::base
