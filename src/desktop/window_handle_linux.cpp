#include "desktop/window_handle.hpp"

#include "desktop/x11_selection_linux.hpp"

#include <array>
#include <cstdio>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

// As in GLFW/glfw3native.h, which would need the headers of Xlib. Weak: a GLFW built for Wayland alone lacks it.
extern "C" unsigned long glfwGetX11Window(GLFWwindow* window) __attribute__((weak));

namespace tokendeck::desktop {

namespace {

bool is_on_x11() {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    if (glfwGetPlatform() != GLFW_PLATFORM_X11) return false;
#endif
    return glfwGetX11Window != nullptr;
}

}  // namespace

std::uint32_t x11_window(GLFWwindow* window) {
    return is_on_x11() ? static_cast<std::uint32_t>(glfwGetX11Window(window)) : 0;
}

std::string portal_handle(GLFWwindow* window) {
    const std::uint32_t number = x11_window(window);
    if (number == 0) return {};
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "x11:%x", static_cast<unsigned>(number));
    return text.data();
}

// Source: Extended Window Manager Hints, _NET_SUPPORTING_WM_CHECK.
bool comes_back_from_minimised() {
    if (!is_on_x11()) return false;
    const auto client = x11::Client::open();
    if (!client) return false;
    const auto found =
        client->property(client->screen().root, client->atom("_NET_SUPPORTING_WM_CHECK"), 1, XCB_ATOM_WINDOW);
    return found && found->type == XCB_ATOM_WINDOW && found->atoms().size() == 1;
}

}  // namespace tokendeck::desktop
