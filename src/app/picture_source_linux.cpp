#include "app/picture_source_linux.hpp"

#include "app/errors.hpp"

#include <cstdlib>

namespace tokendeck::app {

PictureOutcome clipboard_picture(WindowSystem system, const GivenUp& given_up) {
    return system == WindowSystem::wayland ? wayland_clipboard_picture(given_up) : x11_clipboard_picture(given_up);
}

PictureOutcome screen_picture(WindowSystem system) {
    // Under Xwayland the X server's screen is black: what the other windows show is not on it.
    const char* const session = std::getenv("WAYLAND_DISPLAY");
    if (system == WindowSystem::wayland || (session != nullptr && *session != '\0'))
        return base::Error{errors::screen_absent};
    return x11_screen_picture();
}

}  // namespace tokendeck::app
