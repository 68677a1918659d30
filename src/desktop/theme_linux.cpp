#include "desktop/theme.hpp"

#include "base/ascii.hpp"

#include <cstdlib>
#include <string>

namespace tokendeck::desktop {

// For the first frame only: the desktop portal knows better, and DesktopBus tells it as DesktopPreferences, some
// milliseconds later.
bool desktop_prefers_dark() {
    const char* theme = std::getenv("GTK_THEME");  // "Adwaita:dark", "Breeze-Dark"
    if (theme == nullptr) return false;
    return base::lowered(theme).find("dark") != std::string::npos;
}

}  // namespace tokendeck::desktop
