#include "app/desktop_theme.hpp"

namespace tokendeck::app {

// Only Objective-C can ask; until that is there, light.
bool desktop_prefers_dark() {
    return false;
}

}  // namespace tokendeck::app
