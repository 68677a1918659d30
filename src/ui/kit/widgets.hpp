// The vocabulary that views are written in: texts, buttons, fields, cards. Positions are on screen, lengths in units of
// the window. Everything that can be used or tested is noted in the item map under its path.
#pragma once

#include "base/one_line.hpp"
#include "ui/kit/fonts.hpp"
#include "ui/kit/view.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tokendeck::ui {

// ---- text ----

void text_at(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view text);
// At most `width` wide, shortened with "…" if need be. Returns the width taken. `may_cut`: it is a name that can be any
// length, so that being shortened is no fault of the layout.
float text_fit(View& view, ImVec2 at, float width, Face face, ImU32 colour, std::string_view text,
               bool may_cut = false);
void text_centred(View& view, float x_middle, float y, float width, Face face, ImU32 colour, std::string_view text);
// Wrapped lines with a little space between them. Returns the height.
float paragraph(View& view, ImVec2 at, float width, Face face, ImU32 colour, std::string_view text,
                bool centred = false);
[[nodiscard]] float paragraph_height(float width, Face face, std::string_view text);
void text_in(View& view, Column& column, Face face, ImU32 colour, std::string_view text);
// Above a field: what is typed there. The small one is for a field among others.
void field_label(View& view, Column& column, std::string_view words);
void small_label(View& view, Column& column, std::string_view words);
// A name from outside, on one line, with a mark where a character cannot be shown.
[[nodiscard]] inline std::string printable(std::string_view bytes) {
    return base::one_line(bytes);
}

// ---- boxes ----

void card(View& view, ImVec2 low, ImVec2 high, float rounding = radius::card);
void fill(ImDrawList* list, ImVec2 low, ImVec2 high, ImU32 colour, float rounding);
void outline(ImDrawList* list, ImVec2 low, ImVec2 high, ImU32 colour, float rounding, float thickness);
void focus_ring(View& view, ImVec2 low, ImVec2 high, float rounding);
// A pill with an icon (or none) and a word. Returns its width; height is badge_height.
float badge(View& view, ImVec2 at, const char* icon_glyph, std::string_view text, ImU32 colour, ImU32 background);
[[nodiscard]] float badge_width(const View& view, const char* icon_glyph, std::string_view text);
[[nodiscard]] float badge_height(const View& view);

enum class Tone { info, success, warning, danger };

[[nodiscard]] ImU32 tone_colour(const View& view, Tone tone);
[[nodiscard]] ImU32 tone_background(const View& view, Tone tone);
[[nodiscard]] const char* tone_glyph(Tone tone);
// A coloured box with an icon, a heading (may be empty) and text. Advances the column. `path`: noted as an item, with
// heading and text.
void banner(View& view, Column& column, Tone tone, std::string_view heading, std::string_view body,
            const std::string& path = {});

void spinner(View& view, ImVec2 centre, float radius);
// A round box with an icon, at the top of a page.
void emblem(View& view, ImVec2 centre, float radius, const char* icon_glyph, ImU32 colour, ImU32 background);
// Shows how many of a number are left: filled dots are left, empty ones are used up.
void dots(View& view, ImVec2 at, int left, int of, ImU32 colour);

// ---- things to use ----

void note_item(View& view, const std::string& path, std::string_view text, ImVec2 low, ImVec2 high, bool enabled,
               bool focused);

struct Press {
    bool pressed = false;
    bool hovered = false;
    bool held = false;
    bool focused = false;  // and the focus has to be seen
};

// A rectangle that can be clicked, or reached with Tab and pressed with Space or Enter. Draws nothing. Without
// `tab_stop` Tab passes it by, and only arrows and the mouse reach it: what stands between a field and the button that
// leads on.
Press press_area(View& view, const std::string& path, std::string_view text, ImVec2 low, ImVec2 high,
                 bool enabled = true, bool tab_stop = true);

// A tooltip.
void tooltip(View& view, std::string_view text);
// The same, or below what has the keyboard's focus; nothing if it has neither.
void tooltip(View& view, const Press& press, ImVec2 low, ImVec2 high, std::string_view text);

enum class Look { primary, plain, quiet, danger };

[[nodiscard]] float button_height(const View& view);
[[nodiscard]] float button_width(const View& view, std::string_view label, const char* icon_glyph = nullptr);
// Returns true when pressed.
bool button(View& view, const std::string& path, ImVec2 at, Look look, std::string_view label,
            const char* icon_glyph = nullptr, bool enabled = true, float width = 0);
// The one that leads on: Enter presses it, too, while nothing has the keyboard, as after a click with the mouse.
bool main_button(View& view, const std::string& path, ImVec2 at, std::string_view label, const char* icon_glyph,
                 bool enabled = true);
// A square one with an icon only; `text` says what it does, in the item map and under the mouse.
bool icon_button(View& view, const std::string& path, ImVec2 at, float side, const char* icon_glyph,
                 std::string_view text, ImU32 colour, bool enabled = true, bool tab_stop = true);
[[nodiscard]] float checkbox_height(const View& view, float width, std::string_view label);
bool checkbox(View& view, Column& column, const std::string& path, std::string_view label, bool value, Tone tone);
// A choice among a few, side by side. Returns the number of the one that was chosen now, or -1. Paths: path/<name>.
struct Choice {
    std::string name{};  // end of its path
    std::string label{};
    const char* icon_glyph = nullptr;
    bool enabled = true;
};
int segmented(View& view, const std::string& path, ImVec2 at, float width, std::span<const Choice> choices, int chosen);
// A field that opens a list. Returns the number of the entry that was chosen now, or -1. `list_width`: of the list, if
// it is another than the field's; such a list ends where the field ends.
struct DropEntry {
    std::string name{};
    std::string label{};
    std::string remark{};  // at the right, muted
};
int dropdown(View& view, const std::string& path, ImVec2 at, float width, std::string_view shown,
             std::span<const DropEntry> entries, int chosen, float list_width = 0);
// For text that is no secret. Returns true when it was changed. `wrong`: its border says so. `entered`: whether Enter
// was pressed in it.
bool text_field(View& view, const std::string& path, ImVec2 at, float width, std::string& text, bool wrong,
                bool enabled = true, bool* entered = nullptr);

// ---- areas ----

// A part of the window that scrolls if needed. `begin_area` returns the column to fill; pass it to end_area.
Column begin_area(View& view, const char* id, ImVec2 low, ImVec2 high, float padding_x, float padding_y,
                  float width_max = 0);
void end_area(View& view, const Column& column, float padding_y);

// Content that is placed a little above the middle of `room` if it is lower than that. What it takes is known only
// after it was drawn, so a page that appears or grows is drawn once more at once.
struct Centred {
    float top = 0;
};
[[nodiscard]] Centred begin_centred(View& view, Column& column, float room);
void end_centred(View& view, const Column& column, Centred begun);

}  // namespace tokendeck::ui
