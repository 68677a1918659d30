// A language for as long as a test lasts.
#pragma once

#include "ui/language.hpp"

class Speaking {
  public:
    explicit Speaking(tokendeck::ui::Language wanted) { tokendeck::ui::set_language(wanted); }
    ~Speaking() { tokendeck::ui::set_language(tokendeck::ui::Language::english); }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;
};
