#include "words/system_language.hpp"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace tokendeck::words {

// The language of Windows' own windows, not that of number formats.
Language system_language() {
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_GERMAN ? Language::german : Language::english;
}

}  // namespace tokendeck::words
