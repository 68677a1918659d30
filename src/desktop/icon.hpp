// The window's icon, drawn instead of stored: a ring with a piece of it lit, as beside a code that is shown.
#pragma once

#include <cstdint>
#include <vector>

namespace tokendeck::desktop {

// `size` * `size` pixels, RGBA, not premultiplied, rows from the top.
[[nodiscard]] std::vector<std::uint8_t> window_icon(int size);

}  // namespace tokendeck::desktop
