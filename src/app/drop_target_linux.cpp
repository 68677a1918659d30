#include "app/drop_target_linux.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

// As in GLFW/glfw3native.h, which would need the headers of Xlib. Weak: a GLFW built for Wayland alone lacks it.
extern "C" unsigned long glfwGetX11Window(GLFWwindow* window) __attribute__((weak));

namespace tokendeck::app {

// Under Wayland GLFW has to do: it binds the data device manager in its first version, and destroys each offer that has
// no file at once. To wlroots that means that the drag has ended well, so a second data device beside GLFW's, tried
// with GLFW 3.4 and sway 1.10, never sees the drop.
std::unique_ptr<DropTarget> drop_target(GLFWwindow* window, void (*wake)()) {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    if (glfwGetPlatform() != GLFW_PLATFORM_X11) return nullptr;
#endif
    if (glfwGetX11Window == nullptr) return nullptr;
    return x11_drop_target(static_cast<std::uint32_t>(glfwGetX11Window(window)), wake);
}

}  // namespace tokendeck::app
