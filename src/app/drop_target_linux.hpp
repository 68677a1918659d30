// The parts of drop_target for Linux; see there.
#pragma once

#include "app/drop_target.hpp"

#include <cstdint>
#include <memory>

namespace tokendeck::app {

// `window`: its number at the X server. Null if the server cannot be reached a second time.
[[nodiscard]] std::unique_ptr<DropTarget> x11_drop_target(std::uint32_t window, void (*wake)());

}  // namespace tokendeck::app
