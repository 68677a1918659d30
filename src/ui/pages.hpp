// The pages, the bars around them and the dialogs over them. Each draws into a rectangle of the window. Only inside ui.
#pragma once

#include "ui/codes/slots.hpp"
#include "ui/diagnostics/diagnostics.hpp"
#include "ui/kit/view.hpp"
#include "ui/manage/manage.hpp"
#include "ui/wizard/wizard.hpp"

namespace tokendeck::ui {

// header.cpp. Height of the bar at the top.
[[nodiscard]] float header_height(const View& view);
void draw_header(View& view);
// status.cpp. What is on the clipboard, and a hint. At the bottom.
[[nodiscard]] float status_height(const View& view);
void draw_status(View& view, ImVec2 low, ImVec2 high);
// What there is to tell lies over the page for a while: at its foot, in the wizard at its head, so that nothing moves
// and no button of the wizard is covered.
// A notice stands between the page and what is below it, and covers neither. First its height (0: there is none), which
// the page leaves free; then it is drawn into the place left free, which ends at `high.y`.
void measure_notice(View& view);
void draw_notice(View& view, ImVec2 low, ImVec2 high);

// shortcuts.cpp: the keys that do the same on every screen.
void draw_shortcuts(View& view);
// help.cpp: the list of keys, in the frame of the dialogs.
void draw_help(View& view, Column& column);

// One page for each screen; the others are declared with their parts.
void draw_start(View& view, ImVec2 low, ImVec2 high);
void draw_settings(View& view, ImVec2 low, ImVec2 high);

// dialogs.cpp. Draws the dialog that is open, if one is, in a window above everything.
[[nodiscard]] bool dialog_open(const state::AppState& state);
void draw_dialog(View& view);
// Drawn over everything during a drag: where to drop, and whether it can be taken.
void draw_drag(View& view, ImVec2 size);

}  // namespace tokendeck::ui
