// What comes from keyboard and mouse, and when Dear ImGui is given it.
#include "base/secret.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "window/window.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui_impl_glfw.h>
#include <imgui_internal.h>

namespace tokendeck::window {

namespace {

// On Windows and macOS, while the user drags an edge of the window, GLFW does not return from waiting for events.
#if defined(_WIN32) || defined(__APPLE__)
constexpr bool sizing_holds_up_the_loop = true;
constexpr int command_key = GLFW_MOD_CONTROL | GLFW_MOD_SUPER;
#else
constexpr bool sizing_holds_up_the_loop = false;
constexpr int command_key = GLFW_MOD_CONTROL;
#endif

Window& self(GLFWwindow* window) {
    return *static_cast<Window*>(glfwGetWindowUserPointer(window));
}

// Ctrl with Alt is AltGr on Windows.
bool ctrl_alone(int mods) {
    return (mods & command_key) != 0 && (mods & GLFW_MOD_ALT) == 0;
}

std::optional<state::ScaleWish> scale_wish(unsigned character) {
    switch (character) {
        case '+':
        case '=': return state::ScaleWish::larger;
        case '-':
        case '_': return state::ScaleWish::smaller;
        case '0': return state::ScaleWish::as_the_screen;
        default: return std::nullopt;
    }
}

// By what the key writes on this layout without Shift; of the digits' row, 0 by its place, too.
std::optional<state::ScaleWish> scale_wish(int key, int scancode, int mods) {
    if (!ctrl_alone(mods)) return std::nullopt;
    if (key == GLFW_KEY_KP_ADD) return state::ScaleWish::larger;
    if (key == GLFW_KEY_KP_SUBTRACT) return state::ScaleWish::smaller;
    if (key == GLFW_KEY_KP_0) return state::ScaleWish::as_the_screen;
    const char* const name = glfwGetKeyName(key, scancode);
    if (name != nullptr && name[0] != '\0' && name[1] == '\0') {
        if (const auto wish = scale_wish(static_cast<unsigned char>(name[0]))) return wish;
    }
    if (key == GLFW_KEY_0 && (mods & GLFW_MOD_SHIFT) == 0) return state::ScaleWish::as_the_screen;
    return std::nullopt;
}

#if IMGUI_VERSION_NUM >= 18700

#if IMGUI_VERSION_NUM >= 18900
constexpr std::array modifiers{std::pair{ImGuiMod_Ctrl, GLFW_MOD_CONTROL}, std::pair{ImGuiMod_Shift, GLFW_MOD_SHIFT},
                               std::pair{ImGuiMod_Alt, GLFW_MOD_ALT}, std::pair{ImGuiMod_Super, GLFW_MOD_SUPER}};
#else
constexpr std::array modifiers{std::pair{ImGuiKey_ModCtrl, GLFW_MOD_CONTROL},
                               std::pair{ImGuiKey_ModShift, GLFW_MOD_SHIFT}, std::pair{ImGuiKey_ModAlt, GLFW_MOD_ALT},
                               std::pair{ImGuiKey_ModSuper, GLFW_MOD_SUPER}};
#endif

int modifier_of(int key) {
    switch (key) {
        case GLFW_KEY_LEFT_CONTROL:
        case GLFW_KEY_RIGHT_CONTROL: return GLFW_MOD_CONTROL;
        case GLFW_KEY_LEFT_SHIFT:
        case GLFW_KEY_RIGHT_SHIFT: return GLFW_MOD_SHIFT;
        case GLFW_KEY_LEFT_ALT:
        case GLFW_KEY_RIGHT_ALT: return GLFW_MOD_ALT;
        case GLFW_KEY_LEFT_SUPER:
        case GLFW_KEY_RIGHT_SUPER: return GLFW_MOD_SUPER;
        default: return 0;
    }
}

// Gives Dear ImGui an event by `callback`, with the modifiers that were held when it happened. The backend (1.88 and
// later) asks GLFW which are held now, and events are given later than they come: of a quick Ctrl+1 the Ctrl is up
// again by then. So what the backend adds about modifiers is taken out of the queue again. `mods`: what GLFW says with
// the event. X11 leaves out the key that the event itself is about.
template <typename Callback>
void give_with_modifiers(int key, int action, int mods, Callback callback) {
    if (const int own = modifier_of(key); own != 0) mods = action == GLFW_RELEASE ? mods & ~own : mods | own;
    ImGuiIO& io = ImGui::GetIO();
    for (const auto& [name, bit] : modifiers) io.AddKeyEvent(name, (mods & bit) != 0);
    ImVector<ImGuiInputEvent>& queue = ImGui::GetCurrentContext()->InputEventsQueue;
    const int before = queue.Size;
    callback();
    const auto is_modifier = [](const ImGuiInputEvent& event) {
        return event.Type == ImGuiInputEventType_Key &&
               std::any_of(modifiers.begin(), modifiers.end(), [&](const auto& one) {
                   return static_cast<int>(event.Key.Key) == static_cast<int>(one.first);
               });
    };
    const auto kept = std::remove_if(queue.begin() + before, queue.end(), is_modifier);
    queue.resize(static_cast<int>(kept - queue.begin()));
}

#else

// Before 1.87 the modifiers are those of the keys that were given so far.
template <typename Callback>
void give_with_modifiers(int, int, int, Callback callback) {
    callback();
}

#endif

}  // namespace

void Window::install_callbacks() {
    glfwSetWindowCloseCallback(window_, [](GLFWwindow* w) { self(w).closing_ = true; });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) {
        self(w).touched_ = true;
        self(w).damage_.forget();  // what the window showed is lost
        if (sizing_holds_up_the_loop && self(w).forced_redraw_) self(w).forced_redraw_();
    });
    glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) {
        self(w).measure();
        self(w).touched_ = true;
    });
    glfwSetWindowSizeCallback(window_, [](GLFWwindow* w, int, int) {
        self(w).look_at_size();
        self(w).touched_ = true;
        self(w).moved_ = true;
    });
    glfwSetWindowPosCallback(window_, [](GLFWwindow* w, int, int) { self(w).moved_ = true; });
    glfwSetWindowMaximizeCallback(window_, [](GLFWwindow* w, int) { self(w).moved_ = true; });
    glfwSetWindowIconifyCallback(window_, [](GLFWwindow* w, int minimised) {
        self(w).minimised_ = minimised == GLFW_TRUE;
        // The person has brought it back, from the bar for example.
        if (minimised != GLFW_TRUE && std::exchange(self(w).minimised_aside_, false)) self(w).aside_ = false;
        self(w).touched_ = true;
        self(w).damage_.forget();
    });
    glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) {
        self(w).measure();
        self(w).touched_ = true;
    });
    glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
        self(w).dropped_.push_back(desktop::dropped_paths({paths, static_cast<std::size_t>(count)}));
        self(w).touched_ = true;
    });
    // Dear ImGui's backend puts its own before these and calls them.
    glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { self(w).touched_ = true; });
    glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int) { self(w).touched_ = true; });
    glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) { self(w).touched_ = true; });
    glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double) { self(w).touched_ = true; });
    ImGui_ImplGlfw_InitForOpenGL(window_, true);
    // These replace the backend's, and call it from feed_typed.
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
        self(w).typed_.push_back({Input::key, key, scancode, action, mods, 0, 0, 0});
        self(w).touched_ = true;
        if (action == GLFW_RELEASE) return;
        const auto wish = scale_wish(key, scancode, mods);
        if (wish) self(w).scale_wishes_.push_back(*wish);
        self(w).scale_key_taken_ = wish.has_value();
    });
    // What the keyboard's layout makes of a key, with Ctrl held, too: + may need Shift or another key than on ours.
    glfwSetCharModsCallback(window_, [](GLFWwindow* w, unsigned character, int mods) {
        if (std::exchange(self(w).scale_key_taken_, false) || !ctrl_alone(mods)) return;
        if (const auto wish = scale_wish(character)) self(w).scale_wishes_.push_back(*wish);
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned character) {
        self(w).typed_.push_back({Input::character, 0, 0, 0, 0, character, 0, 0});
        self(w).touched_ = true;
    });
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int mods) {
        double x = 0;
        double y = 0;
        glfwGetCursorPos(w, &x, &y);
        self(w).typed_.push_back({Input::button, button, 0, action, mods, 0, x, y});
        self(w).touched_ = true;
    });
}

// Since 1.87 Dear ImGui itself spreads quick input over several frames. Before, it saw only the state of each key at
// the frame: one that went down and up in between was lost. There this does the same: a frame gets no second event of
// a key, and no key after a character. With every version a click and what is typed keep their order: a click shares
// its frame with nothing else, else the digits of a PIN that were typed before it could land in the field it chooses.
void Window::feed_typed() {
    std::size_t fed = 0;
    pressed_at_.reset();
    for (; fed < typed_.size(); ++fed) {
        const TypedEvent& event = typed_[fed];
        const auto conflicts = [&](const TypedEvent& before) {
            if (event.what == Input::button || before.what == Input::button) return true;
#if IMGUI_VERSION_NUM < 18700
            return event.what == Input::key && (before.what == Input::character || before.key == event.key);
#else
            return false;
#endif
        };
        if (std::any_of(typed_.begin(), typed_.begin() + static_cast<std::ptrdiff_t>(fed), conflicts)) break;
        switch (event.what) {
            case Input::key:
                give_with_modifiers(event.key, event.action, event.mods, [&] {
                    ImGui_ImplGlfw_KeyCallback(window_, event.key, event.scancode, event.action, event.mods);
                });
                break;
            case Input::character: ui::compat::add_typed_character(event.character); break;
            case Input::button:
                give_with_modifiers(GLFW_KEY_UNKNOWN, event.action, event.mods, [&] {
                    ImGui_ImplGlfw_MouseButtonCallback(window_, event.key, event.action, event.mods);
                });
                if (event.key >= 0 && static_cast<std::size_t>(event.key) < buttons_down_.size())
                    buttons_down_[static_cast<std::size_t>(event.key)] = event.action == GLFW_PRESS;
                pressed_at_ = {event.x, event.y};
                break;
        }
    }
    typed_.erase(typed_.begin(), typed_.begin() + static_cast<std::ptrdiff_t>(fed));
    // What was typed may be a PIN.
    const std::size_t left = typed_.size();
    typed_.resize(left + fed);
    base::wipe(typed_.data() + left, fed * sizeof(TypedEvent));
    typed_.resize(left);
}

// Before 1.87 the backend asks for the buttons' state at the frame, which may be ahead of the events given so far.
void Window::put_mouse() const {
#if IMGUI_VERSION_NUM < 18700
    ImGuiIO& io = ImGui::GetIO();
    for (std::size_t i = 0; i < buttons_down_.size(); ++i) io.MouseDown[i] = buttons_down_[i];
    if (pressed_at_)
        io.MousePos = ImVec2(static_cast<float>(pressed_at_->first), static_cast<float>(pressed_at_->second));
#endif
}

bool Window::input_waiting() const {
#if IMGUI_VERSION_NUM >= 18700
    if (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0) return true;
#endif
    return !typed_.empty();
}

}  // namespace tokendeck::window
