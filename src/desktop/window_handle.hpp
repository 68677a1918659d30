// How other programs of the desktop identify the window.
// Thread: main.
#pragma once

#include <cstdint>
#include <string>

struct GLFWwindow;

namespace tokendeck::desktop {

// Its number at the X server; 0 if it is not on X11.
[[nodiscard]] std::uint32_t x11_window(GLFWwindow* window);

// For a portal's `parent_window`, so that its dialog stays above the window: "x11:1a2b". Empty where there is none.
// Under Wayland a handle would have to be exported (xdg-foreign) over GLFW's connection, with code that is made from
// the protocol's description; until that is there, a dialog there is not tied to the window.
// Source: XDG Desktop Portal documentation, "Common conventions", parent window identifiers.
[[nodiscard]] std::string portal_handle(GLFWwindow* window);

// A window that is minimised can be brought back from a bar or a switcher: on X11 if a window manager runs.
[[nodiscard]] bool comes_back_from_minimised();

}  // namespace tokendeck::desktop
