#include "app/drop_target.hpp"

namespace tokendeck::app {

std::unique_ptr<DropTarget> drop_target(GLFWwindow*, void (*)()) {
    return nullptr;
}

}  // namespace tokendeck::app
