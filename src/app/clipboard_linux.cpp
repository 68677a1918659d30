// X11 by Xlib beside GLFW, because GLFW waits without a limit when another program that holds the clipboard hangs, and
// does not tell who holds it. Under Wayland, and with a GLFW that was built without X11, GLFW's own functions.
#include "app/clipboard.hpp"

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

namespace tokendeck::app {

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

class GlfwClipboard final : public ClipboardSystem {
  public:
    explicit GlfwClipboard(GLFWwindow* window) : window_(window), display_(x11_display()) {
        if (display_ != nullptr) clipboard_ = XInternAtom(display_, "CLIPBOARD", False);
    }

    void write(const char* text) override {
        glfwSetClipboardString(window_, text);
        own_ = holder();
    }

    // The window that owns the selection; for GLFW that is one of its own, always the same.
    std::optional<std::uint64_t> holder() override {
        if (display_ == nullptr) return std::nullopt;
        return XGetSelectionOwner(display_, clipboard_);
    }

    base::SecretText read() override {
        const auto now = holder();
        if (!now || now == own_) {
            const char* text = glfwGetClipboardString(window_);  // its own copy, if it is the owner
            return text != nullptr ? base::SecretText::copy_of(text) : base::SecretText{};
        }
        if (*now == None) return {};
        return Request(DisplayString(display_)).text();
    }

    // Without this, GLFW would hand an empty text on to a clipboard manager at the end, and wait for it.
    void release() override {
        if (display_ == nullptr) return;
        XSetSelectionOwner(display_, clipboard_, None, CurrentTime);
        XFlush(display_);
        own_.reset();
    }

  private:
    GLFWwindow* window_;
    Display* display_;
    Atom clipboard_ = None;
    std::optional<std::uint64_t> own_{};
};

}  // namespace

std::unique_ptr<ClipboardSystem> system_clipboard(GLFWwindow* window) {
    return std::make_unique<GlfwClipboard>(window);
}

}  // namespace tokendeck::app
