// The look, in one place: colours by what they are for (a light and a dark set; text on its background has a contrast
// of at least 4.5, WCAG AA, which a test checks), the type scale, the distances and the radii. Lengths are at scale 1;
// View::px makes units of the window of them.
#pragma once

#include <imgui.h>

namespace tokendeck::ui {

struct Palette {
    ImU32 background;     // of the window
    ImU32 surface;        // of cards and the header
    ImU32 raised;         // of fields, list rows under the mouse
    ImU32 border;         // of cards
    ImU32 border_strong;  // of fields and buttons
    ImU32 text;
    ImU32 muted;  // secondary text
    ImU32 accent;
    ImU32 accent_hover;
    ImU32 on_accent;    // text on `accent`
    ImU32 accent_soft;  // background of what is chosen
    ImU32 accent_text;  // text and icons in the accent's hue on background, surface and accent_soft
    ImU32 success;      // text and icons
    ImU32 success_soft;
    ImU32 warning;
    ImU32 warning_soft;
    ImU32 danger;
    ImU32 danger_soft;
    ImU32 danger_fill;  // background of a button that destroys
    ImU32 on_danger;
    ImU32 simulated;  // the mark of simulated tokens
    ImU32 simulated_soft;
    ImU32 track;   // of rings and bars
    ImU32 shadow;  // under cards
    ImU32 scrim;   // over the window while a dialog is open
};

// Heights of the faces (ui/fonts.hpp), from ascender to descender; Inter's em is 0.83 of that.
namespace type_size {
inline constexpr float small = 15.5F;    // what is said besides
inline constexpr float body = 18;        // and strong
inline constexpr float title = 22;       // of a card, a dialogue, a step
inline constexpr float heading = 29;     // of a page
inline constexpr float digits = 36;      // a code
inline constexpr float icon_large = 52;  // the head of an empty page
}  // namespace type_size

// Distances: between parts of one thing, between things, between groups.
namespace space {
inline constexpr float pixel = 1;  // by which a thing is set where it looks right
inline constexpr float hair = 2;
inline constexpr float tight = 4;
inline constexpr float snug = 6;
inline constexpr float near = 8;
inline constexpr float apart = 10;
inline constexpr float gap = 12;
inline constexpr float pad = 16;   // inside a card
inline constexpr float page = 20;  // from the window's edge
inline constexpr float wide = 24;
inline constexpr float group = 28;
// The greatest width of header, pages and status line; a wider window centres them.
inline constexpr float page_most = 1160;
}  // namespace space

// Thickness of lines.
namespace thickness {
inline constexpr float hair = 1;  // borders, rules
inline constexpr float thin = 1.5F;
inline constexpr float strong = 2;
}  // namespace thickness

// Sizes that are the same on every page.
namespace size {
inline constexpr float tick = 22;           // a box to tick
inline constexpr float icon_room = 22;      // a small icon and the gap to its words
inline constexpr float big_icon_room = 34;  // the same of an icon in the body's size
inline constexpr float control = 38;        // buttons, choices side by side
inline constexpr float field = 40;
inline constexpr float field_row = 48;  // a field and the gap below it
inline constexpr float field_row_low = 46;
inline constexpr float label_row = 24;  // a label and the gap to its field
inline constexpr float small_label_row = 20;
inline constexpr float list_row = 34;  // of an open list
inline constexpr float menu_row = 42;
inline constexpr float spinner = 8;  // radii
inline constexpr float small_spinner = 6;
inline constexpr float waiting = 22;  // radius of what turns in an empty page
inline constexpr float emblem = 30;   // radius of a page's head
}  // namespace size

// The width of the window, or of a page's column, from which on something has room.
namespace wide_from {
inline constexpr float fields_beside = 500;
inline constexpr float cards_beside = 640;
inline constexpr float program_name = 720;  // in the header
inline constexpr float facts_beside = 860;  // what was read, beside the step
inline constexpr float table = 900;
inline constexpr float header_words = 940;  // beside the icons of the pages
}  // namespace wide_from

namespace radius {
inline constexpr float tiny = 4;
inline constexpr float small = 6;  // ticks, key caps
inline constexpr float field = 8;  // fields, buttons, rows of a list
inline constexpr float popup = 10;
inline constexpr float card = 12;
}  // namespace radius

// How long something may move, in seconds; with reduced motion nothing moves.
namespace motion {
inline constexpr float quick = 0.12F;
}

[[nodiscard]] const Palette& palette(bool dark);

// `colour` with its opacity multiplied by `factor`.
[[nodiscard]] ImU32 faded(ImU32 colour, float factor);
// Contrast of two opaque colours after WCAG 2.1, 1 to 21.
[[nodiscard]] double contrast(ImU32 a, ImU32 b);

}  // namespace tokendeck::ui
