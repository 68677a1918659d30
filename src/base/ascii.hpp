// Letters, digits and white space of ASCII, whatever the locale is.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace tokendeck::base {

inline constexpr std::string_view white_space = " \t\n\v\f\r";

[[nodiscard]] constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return lower(c); });
    return result;
}

[[nodiscard]] constexpr bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The value of a hexadecimal digit; -1 if it is none.
[[nodiscard]] constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
    return -1;
}

// Of the lowest four bits, a capital.
[[nodiscard]] constexpr char hex_digit(char32_t value) {
    return "0123456789ABCDEF"[value & 0xF];
}

[[nodiscard]] inline std::string hex_text(char32_t value, std::size_t digits_least) {
    std::string text;
    for (; value != 0 || text.size() < digits_least; value >>= 4) text.insert(0, 1, hex_digit(value));
    return text;
}

// C0 and DEL. Of Unicode there are more: is_control in base/utf8.hpp.
[[nodiscard]] constexpr bool is_ascii_control(char32_t code) {
    return code < 0x20 || code == 0x7F;
}

[[nodiscard]] constexpr bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

[[nodiscard]] constexpr bool equal_without_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

[[nodiscard]] constexpr bool begins_without_case(std::string_view text, std::string_view beginning) {
    return equal_without_case(text.substr(0, beginning.size()), beginning);
}

// Without `blanks` at both ends. Views into `text`; where nothing else is in it, its empty end.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = white_space) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace tokendeck::base
