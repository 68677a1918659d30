// X11 by X11Clipboard; what another program holds is read over a connection of its own, because GLFW would wait for it
// without a limit. Under Wayland, and with a GLFW that was built without X11, GLFW's own functions, where the drop
// target does not have to do it: with GLFW's the code comes without a mark for clipboard managers, and nobody tells who
// holds the clipboard.
#include "desktop/clipboard.hpp"
#include "desktop/clipboard_x11_linux.hpp"
#include "desktop/drop_target.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include <poll.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>

// As in GLFW/glfw3native.h, which would need the headers of Xrandr. Weak: a GLFW built for Wayland alone lacks it.
extern "C" Display* glfwGetX11Display(void) __attribute__((weak));

namespace tokendeck::desktop {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds answer_limit{200};
constexpr long longest_text = 1L << 20;  // bytes

// GLFW's connection, null if the window is not on X11.
Display* x11_display() {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    if (glfwGetPlatform() != GLFW_PLATFORM_X11) return nullptr;
#endif
    return glfwGetX11Display != nullptr ? glfwGetX11Display() : nullptr;
}

// One request for the clipboard's text, on a connection of its own: GLFW would take the answer for its own otherwise.
class Request {
  public:
    explicit Request(const char* display_name) : display_(XOpenDisplay(display_name)) {
        if (display_ == nullptr) return;
        window_ = XCreateSimpleWindow(display_, DefaultRootWindow(display_), 0, 0, 1, 1, 0, 0, 0);
        clipboard_ = XInternAtom(display_, "CLIPBOARD", False);
        property_ = XInternAtom(display_, "TOKENDECK_PASTE", False);
    }
    ~Request() {
        if (display_ != nullptr) XCloseDisplay(display_);
    }
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    base::SecretText text() {
        if (display_ == nullptr) return {};
        const auto deadline = Steady::now() + answer_limit;
        for (const Atom type : {XInternAtom(display_, "UTF8_STRING", False), Atom{XA_STRING}}) {
            XConvertSelection(display_, clipboard_, type, property_, window_, CurrentTime);
            XEvent event;
            if (!wait_for_answer(event, deadline)) return {};
            if (event.xselection.property != None) return take(type);
        }
        return {};
    }

  private:
    bool wait_for_answer(XEvent& event, Steady::time_point deadline) {
        while (XCheckTypedWindowEvent(display_, window_, SelectionNotify, &event) == False) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now()).count();
            if (left <= 0) return false;
            pollfd connection{ConnectionNumber(display_), POLLIN, 0};
            (void)poll(&connection, 1, static_cast<int>(left));
        }
        return true;
    }

    // Large texts come piece by piece (INCR); what is pasted here never is that large, and such a text is not taken.
    base::SecretText take(Atom wanted) {
        Atom type = None;
        int format = 0;
        unsigned long count = 0;
        unsigned long more = 0;
        unsigned char* data = nullptr;
        base::SecretText result;
        if (XGetWindowProperty(display_, window_, property_, 0, longest_text / 4, True, AnyPropertyType, &type, &format,
                               &count, &more, &data) == Success &&
            data != nullptr) {
            if (type == wanted && format == 8 && more == 0) {
                const auto* text = reinterpret_cast<const char*>(data);
                result = base::SecretText::copy_of({text, std::find(text, text + count, '\0')});
            }
            base::wipe(data, count * static_cast<unsigned long>(format / 8));
            XFree(data);
        }
        return result;
    }

    Display* display_;
    ::Window window_ = None;
    Atom clipboard_ = None;
    Atom property_ = None;
};

class X11System final : public ClipboardSystem {
  public:
    X11System(std::unique_ptr<X11Clipboard> own, Display* display) : own_(std::move(own)), display_(display) {}

    void write(const char* text, bool secret) override {
        own_->offer(text, secret ? X11Clipboard::Kind::secret : X11Clipboard::Kind::plain);
    }
    std::optional<std::uint64_t> holder() override { return own_->owner(); }
    base::SecretText read() override {
        const std::uint32_t now = own_->owner();
        if (own_->is_own(now)) return own_->own_text();
        if (now == None) return {};
        return Request(DisplayString(display_)).text();
    }
    void clear(const base::SecretText& lent) override { own_->clear(lent); }
    void clear_elsewhere(const base::SecretText& lent) override { own_->clear_elsewhere(lent); }
    std::optional<std::string> take_return() override { return own_->take_return(); }
    bool take_replaced() override { return own_->take_replaced(); }

  private:
    std::unique_ptr<X11Clipboard> own_;
    Display* display_;
};

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
    if (Display* const display = x11_display(); display != nullptr) {
        if (auto own = X11Clipboard::open(DisplayString(display), wake))
            return std::make_unique<X11System>(std::move(own), display);
    }
    return std::make_unique<WaylandSystem>(window, drops);
}

}  // namespace tokendeck::desktop
