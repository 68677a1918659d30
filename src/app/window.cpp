#include "app/window.hpp"

#include "app/window_icon.hpp"
#include "base/secret.hpp"
#include "ui/ui.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

namespace tokendeck::app {

namespace {

constexpr int default_width = 960;  // at scale 1
constexpr int default_height = 640;
constexpr int least_width = 640;
constexpr int least_height = 480;

// On Windows and macOS, while the user drags an edge of the window, GLFW does not return from waiting for events.
#if defined(_WIN32) || defined(__APPLE__)
constexpr bool sizing_holds_up_the_loop = true;
#else
constexpr bool sizing_holds_up_the_loop = false;
#endif

// Between glfwInit and glfwTerminate. The engine's threads have ended before the latter.
std::atomic<bool> glfw_is_up = false;

std::string& last_glfw_problem() {
    static std::string text;
    return text;
}

// TOKENDECK_SCALE, for tests and screenshots: what the screen says is not asked then.
std::optional<float> forced_scale() {
    const char* text = std::getenv("TOKENDECK_SCALE");
    if (text == nullptr) return std::nullopt;
    float value = 0.0F;
    const auto [end, problem] = std::from_chars(text, text + std::strlen(text), value);
    if (problem != std::errc{} || *end != '\0' || !(value >= 0.5F && value <= 4.0F)) {
        (void)std::fprintf(stderr, "tokendeck: TOKENDECK_SCALE is \"%s\"; it has to be a number from 0.5 to 4\n", text);
        return std::nullopt;
    }
    return value;
}

// Frames are drawn on demand, so there is nothing to hold back. Under Wayland a swap that waits never returns while
// the window is covered.
int swap_interval() {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    if (glfwGetPlatform() == GLFW_PLATFORM_WAYLAND) return 0;
#endif
    return 1;
}

int scaled(int length, float scale) {
    return static_cast<int>(std::lround(static_cast<float>(length) * scale));
}

Window& self(GLFWwindow* window) {
    return *static_cast<Window*>(glfwGetWindowUserPointer(window));
}

}  // namespace

std::unique_ptr<Window> Window::open(bool dark, std::string& problem) {
    glfwSetErrorCallback([](int, const char* text) { last_glfw_problem() = text; });
    if (glfwInit() != GLFW_TRUE) {
        problem = last_glfw_problem();
        return nullptr;
    }
    glfw_is_up = true;
    std::unique_ptr<Window> made(new Window);

    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_ALPHA_BITS, 0);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    const std::optional<float> forced = forced_scale();
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, forced ? GLFW_FALSE : GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "tokendeck");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "tokendeck");
#ifdef GLFW_WAYLAND_APP_ID
    glfwWindowHintString(GLFW_WAYLAND_APP_ID, "tokendeck");
#endif
    const float first_scale = forced.value_or(1.0F);
    made->window_ = glfwCreateWindow(scaled(default_width, first_scale), scaled(default_height, first_scale),
                                     "tokendeck", nullptr, nullptr);
    if (made->window_ == nullptr) {
        problem = last_glfw_problem();
        return nullptr;
    }
    glfwSetWindowUserPointer(made->window_, made.get());
    glfwMakeContextCurrent(made->window_);
    if (const char* missing = made->gl_.load()) {
        problem = std::string("the graphics driver has no ") + missing;
        return nullptr;
    }
    glfwSwapInterval(swap_interval());

    std::array<std::vector<std::uint8_t>, 2> pixels{window_icon(48), window_icon(128)};
    const std::array<GLFWimage, 2> icons{GLFWimage{48, 48, pixels[0].data()}, GLFWimage{128, 128, pixels[1].data()}};
    glfwSetWindowIcon(made->window_, static_cast<int>(icons.size()), icons.data());

    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    made->imgui_up_ = true;
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;  // a window in which nothing changes draws nothing
    made->install_callbacks();
    ImGui_ImplOpenGL3_Init("#version 150");
    made->painter_ = std::make_unique<RingPainter>(made->gl_);
    if (!made->painter_->problem().empty()) {
        (void)std::fprintf(stderr, "tokendeck: the driver did not take the ring's shader, plain arcs are drawn: %s\n",
                           made->painter_->problem().c_str());
    }
    made->canvas_ = std::make_unique<Canvas>(made->gl_);
    made->clipboard_system_ = system_clipboard(made->window_);
    made->clipboard_ = std::make_unique<Clipboard>(*made->clipboard_system_);
    made->install_clipboard();
    made->dark_ = dark;
    made->measure();
    made->fit_to_scale();
    return made;
}

Window::~Window() {
    if (imgui_up_) {
        canvas_.reset();
        painter_.reset();
        if (ImGui::GetIO().BackendRendererUserData != nullptr) ImGui_ImplOpenGL3_Shutdown();
        if (ImGui::GetIO().BackendPlatformUserData != nullptr) ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
    clipboard_.reset();
    clipboard_system_.reset();
    if (window_ != nullptr) glfwDestroyWindow(window_);
    glfw_is_up = false;
    glfwTerminate();
}

void Window::wake() {
    if (glfw_is_up) glfwPostEmptyEvent();
}

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
    glfwSetWindowSizeCallback(window_, [](GLFWwindow* w, int, int) { self(w).touched_ = true; });
    glfwSetWindowIconifyCallback(window_, [](GLFWwindow* w, int) {
        self(w).touched_ = true;
        self(w).damage_.forget();
    });
    glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) {
        self(w).measure();
        self(w).touched_ = true;
    });
    glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
        for (int i = 0; i < count; ++i) self(w).dropped_.emplace_back(paths[i]);
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

void Window::install_clipboard() {
#if IMGUI_VERSION_NUM >= 19110
    ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
    platform.Platform_ClipboardUserData = clipboard_.get();
    platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
        static_cast<Clipboard*>(ImGui::GetPlatformIO().Platform_ClipboardUserData)->copy(text);
    };
    platform.Platform_GetClipboardTextFn = [](ImGuiContext*) {
        return static_cast<Clipboard*>(ImGui::GetPlatformIO().Platform_ClipboardUserData)->paste();
    };
#else
    ImGuiIO& io = ImGui::GetIO();
    io.ClipboardUserData = clipboard_.get();
    io.SetClipboardTextFn = [](void* clipboard, const char* text) { static_cast<Clipboard*>(clipboard)->copy(text); };
    io.GetClipboardTextFn = [](void* clipboard) { return static_cast<Clipboard*>(clipboard)->paste(); };
#endif
}

// Content scale is framebuffer pixels for one unit of design. Under X11 and on Windows a window's unit is a pixel and
// everything has to be made larger; on macOS and Wayland the unit grows and the framebuffer becomes denser.
void Window::measure() {
    int width = 0;
    int framebuffer_width = 0;
    glfwGetWindowSize(window_, &width, nullptr);
    glfwGetFramebufferSize(window_, &framebuffer_width, nullptr);
    float content = 1.0F;
    glfwGetWindowContentScale(window_, &content, nullptr);
    if (width <= 0 || framebuffer_width <= 0) return;  // minimised
    const float density = static_cast<float>(framebuffer_width) / static_cast<float>(width);
    const float scale = forced_scale().value_or(content / density);
    if (scale == scale_ && density == density_ && !look_is_stale_) return;
    scale_ = scale;
    density_ = density;
    look_is_stale_ = true;
}

// Never larger than the screen has room for.
void Window::fit_to_scale() {
    int room_width = 0;
    int room_height = 0;
    if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {
        glfwGetMonitorWorkarea(monitor, nullptr, nullptr, &room_width, &room_height);
    }
    if (room_width <= 0 || room_height <= 0) return;
    glfwSetWindowSizeLimits(window_, std::min(scaled(least_width, scale_), room_width),
                            std::min(scaled(least_height, scale_), room_height), GLFW_DONT_CARE, GLFW_DONT_CARE);
    const int fitting_width = std::min(width(), room_width);
    const int fitting_height = std::min(height(), room_height);
    if (fitting_width != width() || fitting_height != height()) {
        glfwSetWindowSize(window_, fitting_width, fitting_height);
    }
}

void Window::rebuild_fonts() {
    ui::load_fonts(scale_, density_);
#if IMGUI_VERSION_NUM < 19200
    // The first time the backend uploads the atlas itself.
    if (ImGui::GetFrameCount() > 0) {
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
    }
#endif
}

void Window::wait(std::optional<base::Milliseconds> longest) {
    if (longest) glfwWaitEventsTimeout(std::max(static_cast<double>(longest->count()) / 1000.0, 0.0005));
    else glfwWaitEvents();
}

void Window::look() {
    glfwPollEvents();
}

bool Window::drawable() const {
    int framebuffer_width = 0;
    int framebuffer_height = 0;
    glfwGetFramebufferSize(window_, &framebuffer_width, &framebuffer_height);
    return framebuffer_width > 0 && framebuffer_height > 0 &&
           glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == GLFW_FALSE;
}

int Window::width() const {
    int result = 0;
    glfwGetWindowSize(window_, &result, nullptr);
    return result;
}

int Window::height() const {
    int result = 0;
    glfwGetWindowSize(window_, nullptr, &result);
    return result;
}

void Window::set_dark(bool dark) {
    if (dark == dark_) return;
    dark_ = dark;
    ui::apply_theme(dark_, scale_);
    damage_.forget();
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
                ImGui_ImplGlfw_KeyCallback(window_, event.key, event.scancode, event.action, event.mods);
                break;
            case Input::character: ImGui_ImplGlfw_CharCallback(window_, event.character); break;
            case Input::button:
                ImGui_ImplGlfw_MouseButtonCallback(window_, event.key, event.action, event.mods);
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

void Window::draw(const std::function<void()>& content) {
    if (look_is_stale_) {
        rebuild_fonts();
        ui::apply_theme(dark_, scale_);
        fit_to_scale();
        look_is_stale_ = false;
        damage_.forget();
    }
    feed_typed();
    painter_->begin_frame();
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    put_mouse();
    ImGui::NewFrame();
    content();
    ImGui::Render();
    clipboard_->forget_pasted();

    paint();
}

void Window::paint() {
    const ImDrawData& data = *ImGui::GetDrawData();
    const std::optional<std::vector<Area>> areas = damage_.compare(data);
    if (areas && areas->empty()) return;
    const int width = static_cast<int>(data.DisplaySize.x * data.FramebufferScale.x);
    const int height = static_cast<int>(data.DisplaySize.y * data.FramebufferScale.y);
    if (width <= 0 || height <= 0) return damage_.forget();
    // Clipping rectangles are given to the backend in units; only with a whole density do they come out exact.
    const float density = data.FramebufferScale.x;
    const bool exact = density == std::floor(density) && density == data.FramebufferScale.y;
    gl_.viewport(0, 0, width, height);
    if (canvas_->begin(width, height) && areas && exact) {
        for (const Area& area : *areas) {
            const auto pixel = [&](float at, int most) { return std::clamp(static_cast<int>(at * density), 0, most); };
            paint_area(pixel(std::floor(area.left) - 1.0F, width), pixel(std::floor(area.top) - 1.0F, height),
                       pixel(std::ceil(area.right) + 1.0F, width), pixel(std::ceil(area.bottom) + 1.0F, height));
        }
    } else {
        paint_area(0, 0, width, height);
    }
    canvas_->present();
    glfwSwapBuffers(window_);
}

// Framebuffer pixels from the top left.
void Window::paint_area(int left, int top, int right, int bottom) {
    ImDrawData& data = *ImGui::GetDrawData();
    const int height = static_cast<int>(data.DisplaySize.y * data.FramebufferScale.y);
    const auto in_units = [&](int pixels) { return static_cast<float>(pixels) / data.FramebufferScale.x; };
    const ImVec4 limits{in_units(left), in_units(top), in_units(right), in_units(bottom)};

    gl_.enable(GL_SCISSOR_TEST);
    gl_.scissor(left, height - bottom, right - left, bottom - top);
    const ImVec4 ground = ui::background_colour(dark_);
    gl_.clear_color(ground.x, ground.y, ground.z, 1.0F);
    gl_.clear(GL_COLOR_BUFFER_BIT);
    gl_.disable(GL_SCISSOR_TEST);

    std::vector<ImVec4> clips;  // as they were
    for (int i = 0; i < data.CmdListsCount; ++i) {
        for (ImDrawCmd& command : data.CmdLists[i]->CmdBuffer) {
            ImVec4& clip = command.ClipRect;
            clips.push_back(clip);
            clip = {std::max(clip.x, limits.x), std::max(clip.y, limits.y), std::min(clip.z, limits.z),
                    std::min(clip.w, limits.w)};
        }
    }
    ImGui_ImplOpenGL3_RenderDrawData(&data);
    auto kept = clips.begin();
    for (int i = 0; i < data.CmdListsCount; ++i) {
        for (ImDrawCmd& command : data.CmdLists[i]->CmdBuffer) command.ClipRect = *kept++;
    }
}

void Window::show() {
    damage_.forget();  // what was painted while it was hidden may be lost
    glfwShowWindow(window_);
}

void Window::raise() {
    glfwRestoreWindow(window_);
    glfwFocusWindow(window_);
    glfwRequestWindowAttention(window_);
}

void Window::hide() {
    glfwHideWindow(window_);
}

}  // namespace tokendeck::app
