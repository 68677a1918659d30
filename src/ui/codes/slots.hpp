// The page with the codes. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

namespace tokendeck::ui {

// The path of its search field.
inline constexpr const char* search_path = "slots/search";
void draw_slots(View& view, ImVec2 low, ImVec2 high);

}  // namespace tokendeck::ui
