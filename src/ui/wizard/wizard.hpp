// The page that adds accounts. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

namespace tokendeck::ui {

void draw_wizard(View& view, ImVec2 low, ImVec2 high);
// Height of its row of buttons; a notice is shown above that.
[[nodiscard]] float wizard_foot_height(const View& view);

}  // namespace tokendeck::ui
