// The choice of a simulated token. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

#include <string>

namespace tokendeck::ui {

// The list of tokens that can be simulated. Without room for its own text it is a button with an arrow, and
// the list is `list_width` wide.
void choose_simulated(View& view, const std::string& path, ImVec2 at, float width, float list_width);

}  // namespace tokendeck::ui
