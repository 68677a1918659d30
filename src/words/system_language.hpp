// The language that the user has chosen on this system. Thread: main, at start.
#pragma once

#include "words/language.hpp"

#include <functional>
#include <string_view>

namespace tokendeck::words {

// English where the system names no language that is served.
[[nodiscard]] Language system_language();

// The rule for the variables of POSIX and gettext: LC_ALL, else LC_MESSAGES, else LANG is the locale; if that is not
// "C" or "POSIX", the list LANGUAGE ("de_AT:en") goes before it, and its first served language counts. `variable` gives
// its value, empty if there is none. Source: GNU gettext manual, "Locale Environment Variables", "The LANGUAGE
// variable".
[[nodiscard]] Language language_of_environment(const std::function<std::string_view(std::string_view name)>& variable);

}  // namespace tokendeck::words
