// How large everything in the window is, and the window itself, and where it stands.
#include "desktop/window_handle.hpp"
#include "window/window.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace tokendeck::window {

namespace {

constexpr settings::WindowSize first_size{960, 640};  // at scale 1
constexpr settings::WindowSize least_size{640, 480};

// On Wayland no window knows its place.
bool places_are_told(desktop::WindowSystem system) {
    return system != desktop::WindowSystem::wayland;
}

settings::WindowSize scaled(settings::WindowSize size, float scale) {
    const auto one = [&](int length) { return static_cast<int>(std::lround(static_cast<float>(length) * scale)); };
    return {one(size.width), one(size.height)};
}

std::vector<ScreenRoom> screen_rooms() {
    std::vector<ScreenRoom> rooms;
    int count = 0;
    GLFWmonitor** const monitors = glfwGetMonitors(&count);
    for (int i = 0; i < count; ++i) {
        ScreenRoom room;
        glfwGetMonitorWorkarea(monitors[i], &room.x, &room.y, &room.width, &room.height);
        if (room.width > 0 && room.height > 0) rooms.push_back(room);
    }
    return rooms;  // the primary one first
}

}  // namespace

// The monitor that the window's middle is on; the primary one if it is on none or that cannot be told.
std::optional<ScreenRoom> Window::room() const {
    const std::vector<ScreenRoom> rooms = screen_rooms();
    if (rooms.empty()) return std::nullopt;
    if (!places_are_told(Window::system())) return rooms.front();
    int x = 0;
    int y = 0;
    glfwGetWindowPos(window_, &x, &y);
    x += width() / 2;
    y += height() / 2;
    const auto found = std::ranges::find_if(rooms, [&](const ScreenRoom& room) {
        return x >= room.x && x < room.x + room.width && y >= room.y && y < room.y + room.height;
    });
    return found != rooms.end() ? *found : rooms.front();
}

// Content scale is framebuffer pixels for one unit of design. Under X11 and on Windows a window's unit is a pixel and
// everything has to be made larger; on macOS and Wayland the unit grows and the framebuffer becomes denser.
void Window::measure() {
    look_at_size();
    const int width = size_.width;
    const int framebuffer_width = framebuffer_.width;
    float content = 1.0F;
    glfwGetWindowContentScale(window_, &content, nullptr);
    if (width <= 0 || framebuffer_width <= 0) return;  // minimised
    const float density = static_cast<float>(framebuffer_width) / static_cast<float>(width);
    screen_scale_ = forced_scale_.value_or(content / density);
    float scale = screen_scale_ * static_cast<float>(scale_percent_.value_or(100)) / 100.0F;
    const auto here = room();
    largest_scale_ = here ? std::min(static_cast<float>(here->width) / least_size.width,
                                     static_cast<float>(here->height) / least_size.height)
                          : 4.0F;
    if (scale > screen_scale_) scale = std::min(scale, std::max(screen_scale_, largest_scale_));
    if (scale == scale_ && density == density_ && !look_is_stale_) return;
    scale_ = scale;
    density_ = density;
    look_is_stale_ = true;
}

bool Window::has_room_for(std::optional<int> percent) const {
    return percent.value_or(100) <= 100 || screen_scale_ * static_cast<float>(*percent) / 100.0F <= largest_scale_;
}

void Window::set_scale_percent(std::optional<int> percent) {
    if (percent == scale_percent_) return;
    scale_percent_ = percent;
    measure();
    touched_ = true;
}

// Never larger than the screen has room for, and as large as what is shown needs.
void Window::fit_to_scale() {
    const auto here = room();
    if (!here) return;
    const settings::WindowSize wished = scaled(least_size, scale_);
    const settings::WindowSize least{std::min(wished.width, here->width), std::min(wished.height, here->height)};
    glfwSetWindowSizeLimits(window_, least.width, least.height, GLFW_DONT_CARE, GLFW_DONT_CARE);
    if (glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE) return;
    const int fitting_width = std::clamp(width(), least.width, here->width);
    const int fitting_height = std::clamp(height(), least.height, here->height);
    if (fitting_width == width() && fitting_height == height()) return;
    glfwSetWindowSize(window_, fitting_width, fitting_height);
    look_at_size();
}

// As it was left, as far as these screens allow. Before `show`.
void Window::place(const WindowGeometry& kept) {
    const std::vector<ScreenRoom> rooms = screen_rooms();
    WindowGeometry geometry = geometry_on(rooms, kept, scaled(least_size, scale_));
    if (!places_are_told(Window::system())) geometry.place.reset();
    const settings::WindowSize size = geometry.size.value_or(scaled(first_size, scale_));
    glfwSetWindowSize(window_, size.width, size.height);
    look_at_size();
    if (geometry.place) glfwSetWindowPos(window_, geometry.place->x, geometry.place->y);
    measure();
    fit_to_scale();
    if (geometry.maximised) glfwMaximizeWindow(window_);
    opened_as_ = {geometry.place, settings::WindowSize{width(), height()}, geometry.maximised};
}

WindowGeometry Window::geometry() {
    measure();  // it may be on another screen now
    WindowGeometry now;
    now.maximised = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE;
    if (now.maximised) return now;
    now.size = settings::WindowSize{width(), height()};
    if (places_are_told(Window::system())) {
        settings::WindowPlace& place = now.place.emplace();
        glfwGetWindowPos(window_, &place.x, &place.y);
    }
    return now;
}

desktop::WindowSystem Window::system() {
#if defined(__linux__)
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
    return glfwGetPlatform() == GLFW_PLATFORM_WAYLAND ? desktop::WindowSystem::wayland : desktop::WindowSystem::x11;
#else  // built for one or the other
    const bool wayland = std::strstr(glfwGetVersionString(), "Wayland") != nullptr;
    return wayland ? desktop::WindowSystem::wayland : desktop::WindowSystem::x11;
#endif
#else
    return desktop::WindowSystem::other;
#endif
}

void Window::step_aside(Aside how) {
    if (aside_) return;
    before_aside_ = geometry();
    aside_ = true;
    minimised_aside_ = how == Aside::reachable && desktop::comes_back_from_minimised();
    if (minimised_aside_) glfwIconifyWindow(window_);
    else glfwHideWindow(window_);
}

void Window::come_back() {
    if (!std::exchange(aside_, false)) return;
    if (std::exchange(minimised_aside_, false)) {
        glfwRestoreWindow(window_);
        glfwFocusWindow(window_);
        touched_ = true;
        return;
    }
    show();
    if (before_aside_.place) glfwSetWindowPos(window_, before_aside_.place->x, before_aside_.place->y);
    glfwFocusWindow(window_);
    touched_ = true;
}

std::string Window::portal_parent() const {
    return aside_ && minimised_aside_ ? std::string() : desktop::portal_handle(window_);
}

// The window system is asked only when it told of a change: each question waits for its answer.
void Window::look_at_size() {
    glfwGetWindowSize(window_, &size_.width, &size_.height);
    glfwGetFramebufferSize(window_, &framebuffer_.width, &framebuffer_.height);
}

}  // namespace tokendeck::window
