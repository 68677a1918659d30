// Errors in words: one table from the code's name to what happened and what to do now. Used by the window and by the
// command line.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace tokendeck::words {

struct Words {
    std::string what{};  // cause and effect
    std::string next{};  // what to do now; may be empty
};

// For a code the table does not have: an honest sentence with its name.
[[nodiscard]] Words describe(const base::Error& error);
// Both parts, one after the other.
[[nodiscard]] std::string sentences(const Words& words);
// A known fault of some firmware by its number in docs/protocol/pro-storage.md, section 6 ("Q-P1"), for the owner of
// such a token; empty for any other text.
[[nodiscard]] std::string_view describe_quirk(std::string_view number);
// True if the table has this code; for tests.
[[nodiscard]] bool has_words(std::string_view code_name);

}  // namespace tokendeck::words
