#include "desktop/theme.hpp"

#include <windows.h>

namespace tokendeck::desktop {

bool desktop_prefers_dark() {
    DWORD light = 1;
    DWORD size = sizeof light;
    (void)RegGetValueW(HKEY_CURRENT_USER, L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                       L"AppsUseLightTheme", RRF_RT_REG_DWORD, nullptr, &light, &size);
    return light == 0;
}

}  // namespace tokendeck::desktop
