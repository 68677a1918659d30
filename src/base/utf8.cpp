#include "base/utf8.hpp"

#include <cassert>

namespace tokendeck::base {
namespace {

std::string hex(std::string_view prefix, char32_t value, int digits) {
    constexpr std::string_view alphabet = "0123456789ABCDEF";
    std::string text(prefix);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) text += alphabet[(value >> shift) & 0xF];
    return text;
}

}  // namespace

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
        if ((byte(i) & 0xC0) != 0x80) return broken;
        code = (code << 6) | (byte(i) & 0x3F);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < least || code > 0x10FFFF || surrogate) return broken;
    return {size, code, true};
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_character(text).size);
    return count;
}

void append_character(std::string& text, char32_t code) {
    const auto rest = [&](int shift) { text += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) {
        text += static_cast<char>(code);
        return;
    }
    if (code < 0x800) {
        text += static_cast<char>(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0 | code >> 12);
        rest(6);
    } else {
        text += static_cast<char>(0xF0 | code >> 18);
        rest(12);
        rest(6);
    }
    rest(0);
}

bool is_control(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool is_invisible(char32_t code) {
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x2060 && code <= 0x206F) || code == 0x00AD ||
           code == 0xFEFF || code == 0x061C || (code >= 0xE0000 && code <= 0xE0FFF) ||
           (code >= 0xFFF9 && code <= 0xFFFB);
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
    if (!character.valid) return hex("0x", static_cast<unsigned char>(text[0]), 2);
    if (is_control(character.code) || is_invisible(character.code)) return hex("U+", character.code, 4);
    return std::string(text.substr(0, character.size));
}

}  // namespace tokendeck::base
