#include "base/one_line.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace tokendeck::base {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";
constexpr std::string_view unknown = "\xEF\xBF\xBD";

std::size_t bytes_of(std::string_view text, std::size_t characters) {
    std::size_t bytes = 0;
    for (; characters > 0 && bytes < text.size(); --characters) bytes += first_character(text.substr(bytes)).size;
    return bytes;
}

// Persian and the scripts of India join and part letters by characters that cannot be seen, and an emoji can be made of
// several. Between others such a character only hides.
bool may_be_joined(char32_t code) {
    const auto within = [&](char32_t first, char32_t last) { return code >= first && code <= last; };
    return within(0x0620, 0x0DFF) || within(0x1000, 0x109F) || within(0x1780, 0x18AF) || within(0x2190, 0x27BF) ||
           within(0x1F000, 0x1FAFF) || code == 0xFE0F;
}

bool joins(char32_t before, char32_t code, std::string_view rest) {
    if ((code != 0x200C && code != 0x200D) || rest.empty() || !may_be_joined(before)) return false;
    const Character next = first_character(rest);
    return next.valid && may_be_joined(next.code);
}

}  // namespace

std::string cut_to(std::string_view bytes, std::size_t most, Cut cut) {
    if (bytes.size() <= most) return std::string(bytes);
    const std::size_t characters = count_characters(bytes);
    if (characters <= most) return std::string(bytes);
    if (most == 0) return {};
    const std::size_t after = cut == Cut::middle ? (most - 1) / 2 : 0;
    const std::size_t before = most - 1 - after;
    return std::string(bytes.substr(0, bytes_of(bytes, before))) + std::string(ellipsis) +
           std::string(bytes.substr(bytes_of(bytes, characters - after)));
}

std::string one_line(std::string_view bytes, std::size_t most, Cut cut) {
    const std::string kept = cut_to(bytes, most, cut);
    std::string line;
    line.reserve(kept.size());
    char32_t before = 0;
    for (std::string_view rest = kept; !rest.empty();) {
        const Character character = first_character(rest);
        const std::string_view whole = rest.substr(0, character.size);
        rest.remove_prefix(character.size);
        const bool joined = character.valid && joins(before, character.code, rest);
        if (character.valid && character.code >= '\t' && character.code <= '\r') line += ' ';
        else if (!character.valid || is_control(character.code) || (is_invisible(character.code) && !joined))
            line += unknown;
        else line += whole;
        before = character.valid ? character.code : 0;
    }
    return line;
}

}  // namespace tokendeck::base
