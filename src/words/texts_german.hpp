// The window's texts in German. Only inside ui, and for the test that compares them with the English ones.
#pragma once

#include "words/texts.hpp"

#include <span>
#include <string_view>

namespace tokendeck::words {

struct GermanText {
    Key key;
    std::string_view words;
};

// As they stand in the table; a key may be missing there.
[[nodiscard]] std::span<const GermanText> german_texts();
// Empty if the table does not have it.
[[nodiscard]] std::string_view german_text(Key key);

}  // namespace tokendeck::words
