#include "desktop/drop_target_linux.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

// As in GLFW/glfw3native.h, which would need the headers of Xlib. Weak: a GLFW may be built for one of the two alone.
extern "C" unsigned long glfwGetX11Window(GLFWwindow* window) __attribute__((weak));
extern "C" wl_display* glfwGetWaylandDisplay(void) __attribute__((weak));
extern "C" wl_surface* glfwGetWaylandWindow(GLFWwindow* window) __attribute__((weak));

namespace tokendeck::desktop {

std::unique_ptr<DropTarget> drop_target(GLFWwindow* window, void (*wake)()) {
    bool wayland = glfwGetX11Window == nullptr;
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    wayland = glfwGetPlatform() == GLFW_PLATFORM_WAYLAND;
#endif
    if (!wayland) return x11_drop_target(static_cast<std::uint32_t>(glfwGetX11Window(window)), wake);
    if (glfwGetWaylandDisplay == nullptr || glfwGetWaylandWindow == nullptr) return nullptr;
    return wayland_drop_target(glfwGetWaylandDisplay(), glfwGetWaylandWindow(window), wake);
}

}  // namespace tokendeck::desktop
