// A refused character as an error tells it. Source: the Unicode Character Database, by GNU libunistring.
#pragma once

#include "base/utf8.hpp"

#include <string>
#include <string_view>

namespace tokendeck::crypto {

// `character`, the start of `text`: itself if it is of ASCII; beyond that with its name and number, since it may look
// like another: "А (CYRILLIC CAPITAL LETTER A, U+0410)"; without itself if it cannot be seen: "ZERO WIDTH SPACE
// (U+200B)"; "U+0007" if it has no name; "0xFF" if it is no character.
[[nodiscard]] std::string named(std::string_view text, const base::Character& character);
// The same of the first character.
[[nodiscard]] std::string named(std::string_view text);

}  // namespace tokendeck::crypto
