#include "app/language.hpp"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace tokendeck::app {

// The language of Windows' own windows, not that of number formats.
ui::Language system_language() {
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_GERMAN ? ui::Language::german : ui::Language::english;
}

}  // namespace tokendeck::app
