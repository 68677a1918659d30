#include "base/utf8.hpp"

#include "base/ascii.hpp"

#include <cassert>

namespace tokendeck::base {
Character first_character(std::string_view text) {
    assert(!text.empty());
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    constexpr Character broken{1, 0, false};
    if (lead < 0x80) return {1, lead, true};

    std::size_t size = 0;
    char32_t code = 0;
    char32_t least = 0;  // below it a shorter form exists
    if ((lead & 0xE0) == 0xC0) {
        size = 2, code = lead & 0x1F, least = 0x80;
    } else if ((lead & 0xF0) == 0xE0) {
        size = 3, code = lead & 0x0F, least = 0x800;
    } else if ((lead & 0xF8) == 0xF0) {
        size = 4, code = lead & 0x07, least = 0x10000;
    } else {
        return broken;
    }
    if (text.size() < size) return broken;
    for (std::size_t i = 1; i < size; ++i) {
        if (!continues_character(text[i])) return broken;
        code = (code << 6) | (byte(i) & 0x3F);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < least || code > 0x10FFFF || surrogate) return broken;
    return {size, code, true};
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const Character character = first_character(text);
        if (!character.valid) return false;
        text.remove_prefix(character.size);
    }
    return true;
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_character(text).size);
    return count;
}

Encoded encoded(char32_t code) {
    if (code < 0x80) return {{static_cast<char>(code)}, 1};
    constexpr std::array<char32_t, 5> first_bits{0, 0, 0xC0, 0xE0, 0xF0};
    Encoded made;
    made.size = code < 0x800 ? 2 : (code < 0x10000 ? 3 : 4);
    for (std::size_t i = made.size - 1; i > 0; --i, code >>= 6) made.bytes[i] = static_cast<char>(0x80 | (code & 0x3F));
    made.bytes[0] = static_cast<char>(first_bits[made.size] | code);
    return made;
}

void append_character(std::string& text, char32_t code) {
    text += encoded(code).view();
}

bool is_control(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool is_invisible(char32_t code) {
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0x00AD || code == 0xFEFF || code == 0x061C || code == 0x180E ||
           (code >= 0xE0000 && code <= 0xE0FFF) || (code >= 0xFFF9 && code <= 0xFFFB);
}

bool is_white_space(char32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x0085 || code == 0x00A0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F ||
           code == 0x3000;
}

bool runs_from_right(char32_t code) {
    return (code >= 0x0590 && code <= 0x08FF) || (code >= 0xFB1D && code <= 0xFDFF) ||
           (code >= 0xFE70 && code <= 0xFEFE) || (code >= 0x10800 && code <= 0x10FFF) ||
           (code >= 0x1E800 && code <= 0x1EFFF);
}

bool changes_letter_before(char32_t code) {
    return (code >= 0x0300 && code <= 0x036F) || (code >= 0x1AB0 && code <= 0x1AFF) ||
           (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20FF) ||
           (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xFE20 && code <= 0xFE2F);
}

std::string shown(std::string_view text, const Character& character) {
    if (!character.valid) return "0x" + hex_text(static_cast<unsigned char>(text[0]), 2);
    if (is_control(character.code) || is_invisible(character.code)) return "U+" + hex_text(character.code, 4);
    return std::string(text.substr(0, character.size));
}

}  // namespace tokendeck::base
