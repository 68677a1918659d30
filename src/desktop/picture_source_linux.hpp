// The parts of picture_source for Linux; see there.
#pragma once

#include "desktop/picture_source.hpp"

#include <string_view>

namespace tokendeck::desktop {

[[nodiscard]] PictureOutcome x11_clipboard_picture(const IsCancelled& is_cancelled);
[[nodiscard]] PictureOutcome x11_screen_picture();
// By the program wl-paste, where the drop target is not told of the clipboard: GLFW gives text only, and the compositor
// gives the clipboard to the window with the focus, whose connection GLFW keeps for itself.
[[nodiscard]] PictureOutcome wayland_clipboard_picture(const IsCancelled& is_cancelled);

// What a clipboard handed over in one of the forms that `wanted_form` gives.
[[nodiscard]] PictureOutcome picture_in(std::string_view form, Transferred handed);

// Of a clipboard.
[[nodiscard]] base::Error why_no_picture(NotTransferred reason);

}  // namespace tokendeck::desktop
