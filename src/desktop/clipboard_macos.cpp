#include "desktop/clipboard.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace tokendeck::desktop {

namespace {

class GlfwClipboard final : public ClipboardSystem {
  public:
    explicit GlfwClipboard(GLFWwindow* window) : window_(window) {}

    void write(const char* text, bool) override { glfwSetClipboardString(window_, text); }

    // NSPasteboard counts its changes, but only Objective-C can ask it; the text is compared instead.
    std::optional<std::uint64_t> holder() override { return std::nullopt; }

    base::SecretText read() override {
        const char* text = glfwGetClipboardString(window_);
        return text != nullptr ? base::SecretText::copy_of(text) : base::SecretText{};
    }

    void clear(const base::SecretText&) override { glfwSetClipboardString(window_, ""); }

  private:
    GLFWwindow* window_;
};

}  // namespace

std::unique_ptr<ClipboardSystem> system_clipboard(GLFWwindow* window, DropTarget*, void (*)()) {
    return std::make_unique<GlfwClipboard>(window);
}

}  // namespace tokendeck::desktop
