#include "desktop/window_handle.hpp"

namespace tokendeck::desktop {

std::uint32_t x11_window(GLFWwindow*) {
    return 0;
}

std::string portal_handle(GLFWwindow*) {
    return {};
}

bool comes_back_from_minimised() {
    return false;
}

}  // namespace tokendeck::desktop
