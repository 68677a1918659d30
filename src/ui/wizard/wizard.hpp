// The page that adds accounts. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

namespace tokendeck::ui {

void draw_wizard(View& view, ImVec2 low, ImVec2 high);
// Of its row of buttons, which a notice stands above.
[[nodiscard]] float wizard_foot_height(const View& view);

}  // namespace tokendeck::ui
