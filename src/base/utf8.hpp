// Walking through a text that claims to be UTF-8, character by character.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace tokendeck::base {

struct Character {
    std::size_t size = 0;  // bytes, at least 1
    char32_t code = 0;     // only if valid
    bool valid = false;    // false: this byte begins no well-formed character (RFC 3629), size is 1
};

// The character at the start of `text`. Precondition: !text.empty().
[[nodiscard]] Character first_character(std::string_view text);

// True for a byte that goes on with a character which began before it (10xxxxxx).
[[nodiscard]] constexpr bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

[[nodiscard]] bool is_utf8(std::string_view text);

// How many characters `text` has; a byte that belongs to none counts as one.
[[nodiscard]] std::size_t count_characters(std::string_view text);

// Stands for what is no character, and for one that cannot be shown.
inline constexpr char32_t replacement_character = 0xFFFD;

struct Encoded {
    std::array<char, 4> bytes{};
    std::size_t size = 0;
    [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};
// Precondition: `code` is a Unicode scalar value: no surrogate, at most U+10FFFF.
[[nodiscard]] Encoded encoded(char32_t code);
// The same at the end of `text`.
void append_character(std::string& text, char32_t code);

// True for characters that a name must not have: C0, DEL, C1, line and paragraph separator, and the marks that change
// the direction of text, by which one name can be made to look like another.
[[nodiscard]] bool is_control(char32_t code);

// True for characters that leave no mark of their own and so can make two names look the same.
[[nodiscard]] bool is_invisible(char32_t code);

// Unicode's property White_Space.
[[nodiscard]] bool is_white_space(char32_t code);

// True for letters of scripts that run from the right: Hebrew, Arabic, Syriac, Thaana, N'Ko and their relatives.
[[nodiscard]] bool runs_from_right(char32_t code);

// True for marks that change the letter before them, whatever script that is of: accents, keycaps, the choice between
// sign and emoji. Not those of single scripts.
[[nodiscard]] bool changes_letter_before(char32_t code);

// What an error may show of `character`, the start of `text`: itself; "U+0007" if it is a control character or cannot
// be seen; "0xFF" if it is no character.
[[nodiscard]] std::string shown(std::string_view text, const Character& character);

}  // namespace tokendeck::base
