// X11 by a class of ours. Under Wayland, and with a GLFW that was built without X11, GLFW's own functions, where the
// drop target does not have to do it: with GLFW's the code comes without a mark for clipboard managers, and nobody
// tells who holds the clipboard.
#include "desktop/clipboard.hpp"
#include "desktop/clipboard_x11_linux.hpp"
#include "desktop/drop_target.hpp"
#include "desktop/window_handle.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace tokendeck::desktop {

namespace {

// GLFW's, or that of the drop target where the compositor tells only that one.
class WaylandSystem final : public ClipboardSystem {
  public:
    WaylandSystem(GLFWwindow* window, DropTarget* drops) : window_(window), drops_(drops) {}

    void write(const char* text, bool secret) override {
        by_glfw_.clear();
        if (ClipboardSystem* const told = other()) return told->write(text, secret);
        glfwSetClipboardString(window_, text);
        by_glfw_ = base::SecretText::copy_of(text);
    }
    std::optional<std::uint64_t> holder() override { return std::nullopt; }
    base::SecretText read() override {
        if (ClipboardSystem* const told = other()) {
            // What GLFW offers it cannot hand over while this waits; any other text is another program's.
            base::SecretText text = told->read();
            if (text.empty()) return base::SecretText::copy_of(by_glfw_.view());
            by_glfw_.clear();
            return text;
        }
        const char* text = glfwGetClipboardString(window_);
        return text != nullptr ? base::SecretText::copy_of(text) : base::SecretText{};
    }
    void clear(const base::SecretText& lent) override {
        by_glfw_.clear();
        if (ClipboardSystem* const told = other()) return told->clear(lent);
        glfwSetClipboardString(window_, "");
    }

  private:
    [[nodiscard]] ClipboardSystem* other() const { return drops_ != nullptr ? drops_->clipboard() : nullptr; }

    GLFWwindow* window_;
    DropTarget* drops_;
    base::SecretText by_glfw_{};  // written before the compositor told anything; Weston does so late
};

}  // namespace

std::unique_ptr<ClipboardSystem> system_clipboard(GLFWwindow* window, DropTarget* drops, void (*wake)()) {
    if (x11_window(window) != 0) {
        if (auto own = x11_clipboard(wake)) return own;
    }
    return std::make_unique<WaylandSystem>(window, drops);
}

}  // namespace tokendeck::desktop
