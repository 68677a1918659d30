// Colours by what they are for, in a light and a dark set. Text on its background has a contrast of at least 4.5 (WCAG
// AA); a test checks it.
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

[[nodiscard]] const Palette& palette(bool dark);

// `colour` with its opacity multiplied by `factor`.
[[nodiscard]] ImU32 faded(ImU32 colour, float factor);
// Contrast of two opaque colours after WCAG 2.1, 1 to 21.
[[nodiscard]] double contrast(ImU32 a, ImU32 b);

}  // namespace tokendeck::ui
