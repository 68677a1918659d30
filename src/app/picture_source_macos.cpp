#include "app/errors.hpp"
#include "app/picture_source.hpp"

namespace tokendeck::app {

PictureOutcome clipboard_picture(WindowSystem, const GivenUp&) {
    return base::Error{errors::clipboard_unreadable};
}

PictureOutcome screen_picture(WindowSystem) {
    return base::Error{errors::screen_absent};
}

}  // namespace tokendeck::app
