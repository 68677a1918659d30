// The page that manages the token, and the dialogs that belong to it. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

namespace tokendeck::ui {

void draw_care(View& view, ImVec2 low, ImVec2 high);
void draw_edit_dialog(View& view, Column& column, const state::EditDialog& dialog);
void draw_care_dialog(View& view, Column& column, const state::CareDialog& dialog);

}  // namespace tokendeck::ui
