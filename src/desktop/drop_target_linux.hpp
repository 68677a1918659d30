// The parts of drop_target for Linux; see there.
#pragma once

#include "desktop/drop_target.hpp"

#include <cstdint>
#include <memory>

struct wl_display;
struct wl_surface;

namespace tokendeck::desktop {

// `window`: its number at the X server. Null if the server cannot be reached a second time.
[[nodiscard]] std::unique_ptr<DropTarget> x11_drop_target(std::uint32_t window, void (*wake)());

// GLFW's connection and window, which has not been shown yet. Null if the compositor has no data devices of version 3.
[[nodiscard]] std::unique_ptr<DropTarget> wayland_drop_target(wl_display* display, const wl_surface* surface,
                                                              void (*wake)());

}  // namespace tokendeck::desktop
