// The one window: GLFW, its OpenGL context, Dear ImGui on both. Knows when something was done to it, draws when told.
// Thread: main, all of it; `wake` any.
#pragma once

#include "base/clock.hpp"
#include "desktop/clipboard.hpp"
#include "desktop/drop_target.hpp"
#include "desktop/picture_source.hpp"
#include "state/scale_steps.hpp"
#include "window/canvas.hpp"
#include "window/damage.hpp"
#include "window/geometry.hpp"
#include "window/gl.hpp"
#include "window/ring_painter.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tokendeck::window {

struct WindowWish {
    bool dark = false;
    std::optional<float> forced_scale{};  // in place of what the screen says
    std::optional<int> scale_percent{};   // of that
    WindowGeometry geometry{};            // as it was left
};

// Why there is no window.
struct WindowProblem {
    enum class Kind : std::uint8_t { no_session, no_graphics };
    Kind kind = Kind::no_session;
    std::string detail{};  // what GLFW said, in its words
};

class Window {
  public:
    // Hidden until `show`. Null, and `problem` says why, if this system gives no window.
    [[nodiscard]] static std::unique_ptr<Window> open(const WindowWish& wish, WindowProblem& problem);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    // Ends `wait`. Thread: any. May be called at any time between `open` and the destructor.
    static void wake();

    // Sleeps until something is done to the window, `wake` is called, or the time is over; nothing: without end.
    void wait(std::optional<base::Milliseconds> longest);
    // Without sleeping.
    void look();

    // True if since the last call there was input, a new size, or a request to draw again.
    [[nodiscard]] bool take_touched() { return std::exchange(touched_, false); }
    // What is dragged over it, where that can be told.
    [[nodiscard]] channel::Drag drag() const { return drop_target_ ? drop_target_->drag() : channel::Drag::none; }
    // Only files can be taken from a drag. Known only shortly after the start on some systems.
    [[nodiscard]] bool files_only() const { return !drop_target_ || drop_target_->files_only(); }
    // For Pictures. Lifetime: within this window's.
    [[nodiscard]] desktop::PictureSource pictures();
    // The next thing that was dropped.
    [[nodiscard]] std::optional<desktop::Dropped> take_dropped();
    // Refuses everything that is dropped, or accepts it again; on systems that support this.
    void refuse_drops(bool yes);
    // The person asked to close it since the last call.
    [[nodiscard]] bool take_closing() { return std::exchange(closing_, false); }
    // Not on the screen because of `step_aside`.
    [[nodiscard]] bool aside() const { return aside_; }
    // The zoom steps typed with Ctrl +, Ctrl - and Ctrl 0 since the last call, in their order.
    [[nodiscard]] std::vector<state::ScaleWish> take_scale_wishes() { return std::exchange(scale_wishes_, {}); }
    // Place or size may have changed since the last call.
    [[nodiscard]] bool take_moved() { return std::exchange(moved_, false); }
    // The current geometry; without place and size while maximised. Slow, since it asks the window system.
    [[nodiscard]] WindowGeometry geometry();
    [[nodiscard]] const WindowGeometry& opened_as() const { return opened_as_; }
    // Not minimised, and not of size zero.
    [[nodiscard]] bool drawable() const;
    // True while input waits for further frames, because Dear ImGui takes only part of it in one frame.
    [[nodiscard]] bool input_waiting() const;

    // Called while the user drags the window's edge, on systems where that holds up the program's own loop.
    void on_forced_redraw(std::function<void()> redraw) { forced_redraw_ = std::move(redraw); }

    void set_dark(bool dark);
    // Zooms everything from the next frame on, in percent of the screen's own scale; nothing: 100. Limited to what
    // leaves room for the least window on this screen.
    void set_scale_percent(std::optional<int> percent);
    [[nodiscard]] bool has_room_for(std::optional<int> percent) const;
    // One frame; `content` is called between Dear ImGui's NewFrame and Render. Only what changed since the frame before
    // is painted. Waits for the screen's refresh, if anything did and the system says when that is.
    void draw(const std::function<void()>& content);
    void show();
    void hide();
    // Off the screen for a moment, and back to the same place. Nothing is drawn meanwhile. `reachable`: the person can
    // bring it back, where the desktop has a place for minimised windows; `aside` then ends.
    enum class Aside : std::uint8_t { reachable, gone };
    void step_aside(Aside how);
    void come_back();
    // Brings the window to the front with the focus, as far as the desktop allows.
    void raise();

    // For a portal's `parent_window`; empty if there is none, and while the window is minimised: what belongs to such
    // a window is hidden with it.
    [[nodiscard]] std::string portal_parent() const;

    [[nodiscard]] static desktop::WindowSystem system();
    // Durations since the last call: waiting for buffer swaps, rebuilding fonts, showing the window.
    struct Slow {
        std::chrono::microseconds swapping{};
        bool fonts = false;
        bool shown = false;
    };
    [[nodiscard]] Slow take_slow() { return std::exchange(slow_, {}); }
    [[nodiscard]] float scale() const { return scale_; }
    [[nodiscard]] int width() const { return size_.width; }
    [[nodiscard]] int height() const { return size_.height; }
    [[nodiscard]] const Gl& gl() const { return gl_; }
    // The next frame is painted as a whole: a picture may have changed that has the same place and number as before.
    void forget_painted() { damage_.forget(); }
    [[nodiscard]] RingPainter& painter() { return *painter_; }
    [[nodiscard]] desktop::Clipboard& clipboard() { return *clipboard_; }

  private:
    enum class Input : std::uint8_t { key, character, button };
    struct TypedEvent {  // a key, a character or a mouse button, in the order they came
        Input what = Input::key;
        int key = 0;  // or the button
        int scancode = 0;
        int action = 0;
        int mods = 0;
        unsigned character = 0;
        double x = 0, y = 0;  // of a button: where the pointer was
    };

    Window() = default;
    void install_callbacks();
    void install_clipboard();
    void measure();
    void fit_to_scale();
    void place(const WindowGeometry& kept);
    [[nodiscard]] std::optional<ScreenRoom> room() const;
    void look_at_size();
    void rebuild_fonts();
    void feed_typed();
    void put_mouse() const;
    void paint();
    void paint_area(int left, int top, int right, int bottom);

    GLFWwindow* window_ = nullptr;
    Gl gl_{};
    std::unique_ptr<RingPainter> painter_{};
    std::unique_ptr<Canvas> canvas_{};
    DamageTracker damage_{};
    std::unique_ptr<desktop::ClipboardSystem> clipboard_system_{};
    std::unique_ptr<desktop::Clipboard> clipboard_{};
    bool imgui_up_ = false;
    bool touched_ = true;
    bool closing_ = false;
    bool dark_ = false;
    bool look_is_stale_ = true;  // fonts and theme have to follow the scale
    settings::WindowSize size_{}, framebuffer_{};
    bool minimised_ = false;
    std::optional<float> forced_scale_{};
    std::optional<int> scale_percent_{};
    float largest_scale_ = 4.0F;  // at which the least window fills the screen
    float screen_scale_ = 1.0F;   // what the screen says
    float scale_ = 1.0F;          // of everything, in the window's units
    float density_ = 1.0F;        // framebuffer pixels a unit
    std::function<void()> forced_redraw_{};
    std::deque<desktop::Dropped> dropped_{};  // where GLFW tells of it
    std::unique_ptr<desktop::DropTarget> drop_target_{};
    bool moved_ = true;
    bool aside_ = false;
    bool minimised_aside_ = false;
    Slow slow_{};
    WindowGeometry before_aside_{};
    WindowGeometry opened_as_{};
    std::vector<state::ScaleWish> scale_wishes_{};
    bool scale_key_taken_ = false;  // what the key writes besides is not another wish
    std::vector<TypedEvent> typed_{};
    std::array<bool, 5> buttons_down_{};                     // as far as they were given to Dear ImGui
    std::optional<std::pair<double, double>> pressed_at_{};  // by the button given in this frame
};

}  // namespace tokendeck::window
