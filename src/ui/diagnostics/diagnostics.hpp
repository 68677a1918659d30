// The diagnostics page, the check of a token, and what the doctor found. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

#include <string>

namespace tokendeck::ui {

void draw_diagnostics(View& view, ImVec2 low, ImVec2 high);
void draw_check_dialog(View& view, Column& column, const state::CheckDialog& dialog);

// findings.cpp: what the doctor found, a box each, at `<path>/<number>`; one of them is unfolded at most.
void draw_findings(View& view, Column& column, const std::string& path);
// The button that looks for it. Returns its width.
float draw_doctor_button(View& view, const std::string& path, ImVec2 at);

}  // namespace tokendeck::ui
