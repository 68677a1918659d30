// A code on display with its countdown ring, and the dots in its place. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

#include <string>

namespace tokendeck::ui {

// A code in groups ("123 456") with its countdown ring, from the state's ShownCode. The ring stands at the right end;
// the code's width is returned. `path`: item with the code as its text.
float draw_code(View& view, ImVec2 right_middle, const state::ShownCode& shown, float scale, const std::string& path);
[[nodiscard]] float code_width(const View& view, const state::ShownCode& shown, float scale);
// Dots in the same groups, in place of a code that is hidden. They end at `right_middle`; returns their width.
float draw_dots(View& view, ImVec2 right_middle, std::size_t digits, ImU32 colour);
[[nodiscard]] float dots_width(const View& view, std::size_t digits);
// A ring with the time that is left, its seconds inside; `late`: almost over.
void draw_countdown(View& view, ImVec2 centre, float fraction, long seconds, bool late);
inline constexpr float countdown_radius = 15;
// Of the code's time, 1 to 0, and in seconds, rounded up.
struct Rest {
    float fraction = 1;
    long seconds = 0;
    bool late = false;
};
[[nodiscard]] Rest rest_of(const View& view, const state::ShownCode& shown);

}  // namespace tokendeck::ui
