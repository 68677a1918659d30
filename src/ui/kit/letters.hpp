// The one place that decides how a text is drawn: by Dear ImGui with the embedded fonts, or, where these lack a letter
// or letters run from the right, as a picture that Lettering makes. A text falls into pieces of the two kinds. Thread:
// main.
#pragma once

#include "ui/kit/fonts.hpp"
#include "ui/kit/lettering.hpp"

#include <cstddef>
#include <string_view>

namespace tokendeck::ui {

// Sets where pictures come from; null: there are none, and everything is drawn with the embedded fonts.
void use_lettering(Lettering* lettering);
// Pixels of the framebuffer in a unit of the window.
void set_letter_density(float density);
[[nodiscard]] float letter_density();

// True if all of it can be drawn with the embedded fonts. Cheap; allocates nothing.
[[nodiscard]] bool all_embedded(Face face, std::string_view text);

// The piece of `text` that begins at byte `at`, where the one before it ended. Precondition: at < text.size().
struct Piece {
    std::string_view text{};
    bool pictured = false;
};
[[nodiscard]] Piece piece_at(Face face, std::string_view text, std::size_t at);

// Of a pictured piece; null while it is not there.
[[nodiscard]] const LetterPicture* picture_of(Face face, std::string_view piece);
// Draws such a piece, in the line whose upper left corner is `at`. Returns its width, about, while it is not there.
float picture_at(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view piece);

// By Dear ImGui, whatever letters there are: for what may be a secret, which never leaves for a picture.
[[nodiscard]] ImVec2 measure_embedded(Face face, std::string_view text);
void embedded_at(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view text);

// How much of `text` fits into `width`, up to the end of a character.
struct Fitting {
    std::size_t taken = 0;       // bytes
    std::size_t last_piece = 0;  // where the piece begins in which that ends
    bool pictured = false;       // that piece
};
[[nodiscard]] Fitting fitting(Face face, std::string_view text, float width);
// Where a line of at most `width` ends, of a text that is not all_embedded; at least one character. Ends before a
// space, if there is one.
[[nodiscard]] std::size_t line_of(Face face, std::string_view text, float width);
// The first character as a reader sees it; empty while it is not known. Precondition: !text.empty().
[[nodiscard]] std::string_view first_letter(Face face, std::string_view text);

}  // namespace tokendeck::ui
