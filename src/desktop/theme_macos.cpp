#include "desktop/theme.hpp"

namespace tokendeck::desktop {

// Only Objective-C can ask; until that is there, light.
bool desktop_prefers_dark() {
    return false;
}

}  // namespace tokendeck::desktop
