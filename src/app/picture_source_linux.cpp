#include "app/picture_source_linux.hpp"

#include "app/errors.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

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

base::Error why_no_picture(NotGiven reason) {
    base::Error error{errors::clipboard_unreadable};
    switch (reason) {
        case NotGiven::refused: error.code = errors::clipboard_no_picture; break;
        case NotGiven::no_answer:
            error.code = errors::clipboard_no_answer;
            error.limit = silence_limit.count();
            break;
        case NotGiven::too_large:
            error.code = qr::errors::file_too_large;
            error.limit = static_cast<std::int64_t>(qr::file_bytes_max);
            break;
        case NotGiven::unreadable: break;
    }
    return error;
}

}  // namespace tokendeck::app
