#include "app/desktop_theme.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>

namespace tokendeck::app {

// The desktop portal's "color-scheme" would be the better source, but it has to be asked over D-Bus, which may wait.
bool desktop_prefers_dark() {
    const char* theme = std::getenv("GTK_THEME");  // "Adwaita:dark", "Breeze-Dark"
    if (theme == nullptr) return false;
    std::string lower(theme);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower.find("dark") != std::string::npos;
}

}  // namespace tokendeck::app
