#include "desktop/picture_source.hpp"

namespace tokendeck::desktop {

PictureSource picture_source(WindowSystem system) {
    return {[system](const GivenUp& given_up) { return clipboard_picture(system, given_up); },
            [system] { return screen_picture(system); }};
}

}  // namespace tokendeck::desktop
