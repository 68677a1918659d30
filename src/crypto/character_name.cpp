#include "crypto/character_name.hpp"

#include "base/ascii.hpp"

#include <array>

#include <uniname.h>

namespace tokendeck::crypto {

std::string named(std::string_view text, const base::Character& character) {
    const std::string shown = base::shown(text, character);
    if (!character.valid || character.code < 0x80) return shown;
    std::array<char, UNINAME_MAX> name{};
    if (unicode_character_name(character.code, name.data()) == nullptr) return shown;
    const std::string number = "U+" + base::hex_text(character.code, 4);
    const bool seen = shown != number && !base::is_white_space(character.code);
    return seen ? shown + " (" + name.data() + ", " + number + ")" : std::string(name.data()) + " (" + number + ")";
}

std::string named(std::string_view text) {
    return named(text, base::first_character(text));
}

}  // namespace tokendeck::crypto
