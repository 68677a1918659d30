#include "sheet/letters.hpp"

#include <cstddef>
#include <cstdint>

namespace tokendeck::sheet {
namespace {

// How many bytes the letter has that begins with `first`; 0 if none does. Source: RFC 3629.
std::size_t size_by(std::uint8_t first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

// Controls, and the marks that change the direction of what follows them.
bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x061C || c == 0x200E ||
           c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// The letter at the start of `text` and its size in bytes; 1 for what is no letter.
char32_t take_letter(std::string_view text, std::size_t& size) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::size_t needed = size_by(byte(0));
    size = 1;
    if (needed == 0 || needed > text.size()) return replacement;
    char32_t letter = needed == 1 ? byte(0) : byte(0) & (0x7FU >> needed);
    for (std::size_t i = 1; i < needed; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return replacement;
        letter = (letter << 6U) | (byte(i) & 0x3FU);
    }
    const bool overlong = (needed == 3 && letter < 0x800) || (needed == 4 && letter < 0x10000);
    if (overlong || letter > 0x10FFFF || (letter >= 0xD800 && letter < 0xE000)) return replacement;
    size = needed;
    return is_control(letter) ? replacement : letter;
}

}  // namespace

std::u32string letters_of(std::string_view utf8) {
    std::u32string letters;
    while (!utf8.empty()) {
        std::size_t size = 1;
        letters.push_back(take_letter(utf8, size));
        utf8.remove_prefix(size);
    }
    return letters;
}

std::string utf8_of(std::u32string_view letters) {
    std::string utf8;
    const auto put = [&](char32_t byte) { utf8.push_back(static_cast<char>(byte)); };
    for (const char32_t c : letters) {
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0U | (c >> 6U));
            put(0x80U | (c & 0x3FU));
        } else if (c < 0x10000) {
            put(0xE0U | (c >> 12U));
            put(0x80U | ((c >> 6U) & 0x3FU));
            put(0x80U | (c & 0x3FU));
        } else {
            put(0xF0U | (c >> 18U));
            put(0x80U | ((c >> 12U) & 0x3FU));
            put(0x80U | ((c >> 6U) & 0x3FU));
            put(0x80U | (c & 0x3FU));
        }
    }
    return utf8;
}

std::vector<std::u32string> wrapped(std::u32string_view letters, double width,
                                    const std::function<double(char32_t)>& width_of) {
    std::vector<std::u32string> lines;
    std::size_t start = 0, space = std::u32string_view::npos;
    double length = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const double step = width_of(letters[i]);
        if (letters[i] == U' ') {
            space = i;
        } else if (length + step > width && i > start) {
            const bool at_space = space != std::u32string_view::npos && space > start;
            const std::size_t end = at_space ? space : i;
            lines.emplace_back(letters.substr(start, end - start));
            start = at_space ? space + 1 : i;
            space = std::u32string_view::npos;
            length = 0;
            for (std::size_t j = start; j < i; ++j) length += width_of(letters[j]);
        }
        length += step;
    }
    lines.emplace_back(letters.substr(start));
    return lines;
}

}  // namespace tokendeck::sheet
