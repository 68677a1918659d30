#include "desktop/window_handle.hpp"

#include <array>
#include <cstdio>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>

// As in GLFW/glfw3native.h, which would need the headers of Xrandr. Weak: a GLFW built for Wayland alone lacks them.
extern "C" Display* glfwGetX11Display(void) __attribute__((weak));
extern "C" Window glfwGetX11Window(GLFWwindow* window) __attribute__((weak));

namespace tokendeck::desktop {

namespace {

Display* x11_display() {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    if (glfwGetPlatform() != GLFW_PLATFORM_X11) return nullptr;
#endif
    return glfwGetX11Display != nullptr ? glfwGetX11Display() : nullptr;
}

}  // namespace

std::string portal_handle(GLFWwindow* window) {
    if (x11_display() == nullptr || glfwGetX11Window == nullptr) return {};
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "x11:%lx", static_cast<unsigned long>(glfwGetX11Window(window)));
    return text.data();
}

// Source: Extended Window Manager Hints, _NET_SUPPORTING_WM_CHECK.
bool comes_back_from_minimised() {
    Display* const display = x11_display();
    if (display == nullptr) return false;
    Atom type = None;
    int format = 0;
    unsigned long count = 0;
    unsigned long more = 0;
    unsigned char* data = nullptr;
    const bool there =
        XGetWindowProperty(display, DefaultRootWindow(display), XInternAtom(display, "_NET_SUPPORTING_WM_CHECK", False),
                           0, 1, False, XA_WINDOW, &type, &format, &count, &more, &data) == Success &&
        type == XA_WINDOW && count == 1;
    if (data != nullptr) XFree(data);
    return there;
}

}  // namespace tokendeck::desktop
