#include "words/system_language.hpp"

#include <string>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace tokendeck::words {

// The language of Windows' own windows, not that of number formats.
Language system_language() {
    wchar_t wide[LOCALE_NAME_MAX_LENGTH] = {};
    const int size =
        LCIDToLocaleName(MAKELCID(GetUserDefaultUILanguage(), SORT_DEFAULT), wide, LOCALE_NAME_MAX_LENGTH, 0);
    std::string locale;  // "de-AT": ASCII
    for (int i = 0; i + 1 < size; ++i) locale.push_back(static_cast<char>(wide[i]));
    return language_of_locale(locale);
}

}  // namespace tokendeck::words
