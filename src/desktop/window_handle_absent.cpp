#include "desktop/window_handle.hpp"

namespace tokendeck::desktop {

std::string portal_handle(GLFWwindow*) {
    return {};
}

bool comes_back_from_minimised() {
    return false;
}

}  // namespace tokendeck::desktop
