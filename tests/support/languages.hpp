// A language for as long as a test lasts.
#pragma once

#include "words/language.hpp"

class Speaking {
  public:
    explicit Speaking(tokendeck::words::Language wanted) { tokendeck::words::set_language(wanted); }
    ~Speaking() { tokendeck::words::set_language(tokendeck::words::Language::english); }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;
};
