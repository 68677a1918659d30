#include "desktop/drop_target.hpp"

namespace tokendeck::desktop {

std::unique_ptr<DropTarget> drop_target(GLFWwindow*, void (*)()) {
    return nullptr;
}

}  // namespace tokendeck::desktop
