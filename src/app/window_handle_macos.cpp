#include "app/window_handle.hpp"

namespace tokendeck::app {

std::string portal_handle(GLFWwindow*) {
    return {};
}

bool comes_back_from_minimised() {
    return false;
}

}  // namespace tokendeck::app
