// What the fuzzers ask of what was read.
#pragma once

#include "base/utf8.hpp"

#include <cstdlib>
#include <string_view>

inline void demand(bool holds) {
    if (!holds) std::abort();
}

// Of an issuer or an account: text without control characters.
inline void check_name(std::string_view name) {
    while (!name.empty()) {
        const tokendeck::base::Character c = tokendeck::base::first_character(name);
        demand(c.valid && !tokendeck::base::is_control(c.code));
        name.remove_prefix(c.size);
    }
}
