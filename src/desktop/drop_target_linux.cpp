#include "desktop/drop_target_linux.hpp"

#include "desktop/window_handle.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

// As in GLFW/glfw3native.h. Weak: a GLFW may be built for X11 alone.
extern "C" wl_display* glfwGetWaylandDisplay(void) __attribute__((weak));
extern "C" wl_surface* glfwGetWaylandWindow(GLFWwindow* window) __attribute__((weak));

namespace tokendeck::desktop {

std::unique_ptr<DropTarget> drop_target(GLFWwindow* window, void (*wake)()) {
    if (const std::uint32_t number = x11_window(window); number != 0) return x11_drop_target(number, wake);
    if (glfwGetWaylandDisplay == nullptr || glfwGetWaylandWindow == nullptr) return nullptr;
    return wayland_drop_target(glfwGetWaylandDisplay(), glfwGetWaylandWindow(window), wake);
}

}  // namespace tokendeck::desktop
