#include "desktop/picture_source.hpp"

namespace tokendeck::desktop {

PictureSource picture_source(WindowSystem system) {
    return {[system](const IsCancelled& is_cancelled) { return clipboard_picture(system, is_cancelled); },
            [system] { return screen_picture(system); }};
}

}  // namespace tokendeck::desktop
