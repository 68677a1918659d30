#include "desktop/errors.hpp"
#include "desktop/picture_source.hpp"

namespace tokendeck::desktop {

PictureOutcome clipboard_picture(WindowSystem, const IsCancelled&) {
    return base::Error{errors::clipboard_unreadable};
}

PictureOutcome screen_picture(WindowSystem) {
    return base::Error{errors::screen_absent};
}

}  // namespace tokendeck::desktop
