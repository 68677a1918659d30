#include "window/window.hpp"

#include "base/one_line.hpp"
#include "desktop/icon.hpp"
#include "ui/ui.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

namespace tokendeck::window {

namespace {

// Between glfwInit and glfwTerminate. The engine's threads have ended before the latter.
std::atomic<bool> glfw_is_up = false;

std::string& last_glfw_problem() {
    static std::string text;
    return text;
}

// Frames are drawn on demand, so there is nothing to hold back. Under Wayland a swap that waits never returns while
// the window is covered.
int swap_interval() {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    if (glfwGetPlatform() == GLFW_PLATFORM_WAYLAND) return 0;
#endif
    return 1;
}

// Without a Wayland session GLFW 3.4 would ask its library for one all the same, which then writes to standard error.
// A display that is not a path is looked for in the runtime folder.
void choose_platform() {
#if defined(__linux__) && defined(GLFW_PLATFORM_X11)
    const auto there = [](const char* variable) {
        const char* const value = std::getenv(variable);
        return value != nullptr && *value != '\0';
    };
    const bool found = there("WAYLAND_DISPLAY") && (*std::getenv("WAYLAND_DISPLAY") == '/' || there("XDG_RUNTIME_DIR"));
    if (!found && !there("WAYLAND_SOCKET")) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
}

}  // namespace

std::unique_ptr<Window> Window::open(const WindowWish& wish, WindowProblem& problem) {
    glfwSetErrorCallback([](int, const char* text) {
        last_glfw_problem() = base::one_line(text != nullptr ? text : "", base::library_text_most);
    });
    choose_platform();
    if (glfwInit() != GLFW_TRUE) {
        problem = {WindowProblem::Kind::no_session, last_glfw_problem()};
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
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, std::getenv("TOKENDECK_SCALE") != nullptr ? GLFW_FALSE : GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "tokendeck");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "tokendeck");
#ifdef GLFW_WAYLAND_APP_ID
    glfwWindowHintString(GLFW_WAYLAND_APP_ID, "tokendeck");
#endif
    made->window_ = glfwCreateWindow(640, 480, "tokendeck", nullptr, nullptr);  // `place` knows better
    if (made->window_ == nullptr) {
        problem = {WindowProblem::Kind::no_graphics, last_glfw_problem()};
        return nullptr;
    }
    glfwSetWindowUserPointer(made->window_, made.get());
    glfwMakeContextCurrent(made->window_);
    if (const char* missing = made->gl_.load()) {
        problem = {WindowProblem::Kind::no_graphics, std::string("the driver has no ") + missing};
        return nullptr;
    }
    glfwSwapInterval(swap_interval());

    std::array<std::vector<std::uint8_t>, 2> pixels{desktop::window_icon(48), desktop::window_icon(128)};
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
    made->drop_target_ = desktop::drop_target(made->window_, wake);
    made->clipboard_system_ = desktop::system_clipboard(made->window_, made->drop_target_.get(), wake);
    made->clipboard_ = std::make_unique<desktop::Clipboard>(*made->clipboard_system_);
    made->install_clipboard();
    made->dark_ = wish.dark;
    made->forced_scale_ = wish.forced_scale;
    made->scale_percent_ = wish.scale_percent;
    made->measure();
    made->place(wish.geometry);
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
    drop_target_.reset();
    if (window_ != nullptr) glfwDestroyWindow(window_);
    glfw_is_up = false;
    glfwTerminate();
}

std::optional<desktop::Dropped> Window::take_dropped() {
    if (!dropped_.empty()) {
        std::optional<desktop::Dropped> first = std::move(dropped_.front());
        dropped_.pop_front();
        return first;
    }
    return drop_target_ ? drop_target_->take() : std::nullopt;
}

desktop::PictureSource Window::pictures() {
    desktop::PictureSource source = desktop::picture_source(system());
    source.clipboard = [this, elsewhere = std::move(source.clipboard)](const desktop::IsCancelled& is_cancelled) {
        auto told = drop_target_ ? drop_target_->copied_picture(is_cancelled) : std::nullopt;
        return told ? *std::move(told) : elsewhere(is_cancelled);
    };
    return source;
}

void Window::refuse_drops(bool yes) {
    if (drop_target_) drop_target_->refuse(yes);
}

void Window::wake() {
    if (glfw_is_up) glfwPostEmptyEvent();
}

void Window::install_clipboard() {
#if IMGUI_VERSION_NUM >= 19110
    ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
    platform.Platform_ClipboardUserData = clipboard_.get();
    platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
        static_cast<desktop::Clipboard*>(ImGui::GetPlatformIO().Platform_ClipboardUserData)->copy(text);
    };
    platform.Platform_GetClipboardTextFn = [](ImGuiContext*) {
        return static_cast<desktop::Clipboard*>(ImGui::GetPlatformIO().Platform_ClipboardUserData)->paste();
    };
#else
    ImGuiIO& io = ImGui::GetIO();
    io.ClipboardUserData = clipboard_.get();
    io.SetClipboardTextFn = [](void* clipboard, const char* text) {
        static_cast<desktop::Clipboard*>(clipboard)->copy(text);
    };
    io.GetClipboardTextFn = [](void* clipboard) { return static_cast<desktop::Clipboard*>(clipboard)->paste(); };
#endif
}

void Window::rebuild_fonts() {
    slow_.fonts = true;
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
    return !aside_ && !minimised_ && framebuffer_.width > 0 && framebuffer_.height > 0;
}

void Window::set_dark(bool dark) {
    if (dark == dark_) return;
    dark_ = dark;
    ui::apply_theme(dark_, scale_);
    damage_.forget();
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
    // From here on main waits until the graphics have painted what they were told, in software by llvmpipe's threads.
    const auto began = std::chrono::steady_clock::now();
    canvas_->present();
    glfwSwapBuffers(window_);
    slow_.swapping += std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
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
    slow_.shown = true;
    glfwShowWindow(window_);
}

void Window::raise() {
    come_back();
    glfwRestoreWindow(window_);
    glfwFocusWindow(window_);
    glfwRequestWindowAttention(window_);
}

void Window::hide() {
    glfwHideWindow(window_);
}

}  // namespace tokendeck::window
