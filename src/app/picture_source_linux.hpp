// The parts of picture_source for Linux; see there.
#pragma once

#include "app/picture_source.hpp"

namespace tokendeck::app {

[[nodiscard]] PictureOutcome x11_clipboard_picture(const GivenUp& given_up);
[[nodiscard]] PictureOutcome x11_screen_picture();
// By the program wl-paste: GLFW gives text only, and the compositor gives the clipboard to the window with the focus,
// whose connection GLFW keeps for itself.
[[nodiscard]] PictureOutcome wayland_clipboard_picture(const GivenUp& given_up);

// Of a clipboard.
[[nodiscard]] base::Error why_no_picture(NotGiven reason);

}  // namespace tokendeck::app
