// What others say - a token, a library, the system, a file's name - as one line that may be shown anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace tokendeck::base {

// How much is taken in of what comes from outside; in characters.
inline constexpr std::size_t usb_text_most = 126;      // a USB string descriptor has no room for more
inline constexpr std::size_t library_text_most = 200;  // a message of a library or of the system
inline constexpr std::size_t shown_text_most = 200;    // a name or a path within a sentence

inline constexpr std::size_t all_characters = std::numeric_limits<std::size_t>::max();
enum class Cut : std::uint8_t { end, middle };  // the middle of a path: both its ends say something

// At most `most` characters of `bytes`, with "…" where the others were. A byte that begins no character counts as one.
[[nodiscard]] std::string cut_to(std::string_view bytes, std::size_t most, Cut cut = Cut::end);

// The same, in one line of well-formed UTF-8: a line end or a tab becomes a space; what is no character, what could
// move a terminal's cursor or turn the direction of text, and what cannot be seen becomes U+FFFD, one for each. A
// joiner stays between letters or emoji that it joins.
[[nodiscard]] std::string one_line(std::string_view bytes, std::size_t most = all_characters, Cut cut = Cut::end);

}  // namespace tokendeck::base
