// Languages for tests.
#pragma once

#include "words/language.hpp"

// The first language of po/.
inline const tokendeck::words::Language in_german = tokendeck::words::language_of_code("de").value();

// A language for as long as a test lasts.
class Speaking {
  public:
    explicit Speaking(tokendeck::words::Language wanted) { tokendeck::words::set_language(wanted); }
    ~Speaking() { tokendeck::words::set_language(tokendeck::words::Language::english); }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;
};
