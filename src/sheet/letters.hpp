// Texts, letter by letter: what a typeface can show of them, and where a line ends.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::sheet {

// Of text that claims to be UTF-8. A control character, and each byte that is no UTF-8, becomes
// base::replacement_character.
[[nodiscard]] std::u32string letters_of(std::string_view utf8);
[[nodiscard]] std::string utf8_of(std::u32string_view letters);

// Lines no longer than `width`, broken at spaces, and in the middle of a word that is longer than a line. Nothing is
// left out but the spaces at which a line is broken. At least one line. `width_of` has the unit of `width`.
[[nodiscard]] std::vector<std::u32string> wrapped(std::u32string_view letters, double width,
                                                  const std::function<double(char32_t)>& width_of);

}  // namespace tokendeck::sheet
