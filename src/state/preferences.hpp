// What a person chooses of the window's look and language.
#pragma once

#include <cstdint>

namespace tokendeck::state {

enum class Theme : std::uint8_t { system, light, dark };
enum class Motion : std::uint8_t { automatic, full, reduced };

}  // namespace tokendeck::state
