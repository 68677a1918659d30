// Decides which place and size of the window are kept for the next start. Pure; lengths in the window system's units.
// Thread: any.
#pragma once

#include "base/clock.hpp"
#include "settings/settings_file.hpp"

#include <optional>
#include <span>

namespace tokendeck::window {

// A monitor without the panels that stand on it.
struct ScreenRoom {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

// Nothing: not known (on Wayland no program knows its place), or not the person's choice.
struct WindowGeometry {
    std::optional<settings::WindowPlace> place{};
    std::optional<settings::WindowSize> size{};
    bool maximised = false;
    friend bool operator==(const WindowGeometry&, const WindowGeometry&) = default;
};

// What can be used of `kept` on these monitors: the place only if enough of the window's top edge to drag it by is on
// one of them; the size at least `least`, and at most what a monitor has room for.
[[nodiscard]] WindowGeometry geometry_on(std::span<const ScreenRoom> rooms, const WindowGeometry& kept,
                                         settings::WindowSize least);

// Finds what to keep: only what the person changed after opening, once the window has stopped moving.
class GeometryKeeper {
  public:
    static constexpr base::Milliseconds rest{1'000};

    // `opened`: as it was asked for; its place may be unknown.
    explicit GeometryKeeper(const WindowGeometry& opened) : kept_(opened) {}

    // The window may have been moved. While it is maximised `now` has neither place nor size.
    void moved(const WindowGeometry& now, base::SteadyTime at);
    // When the last change counts as settled; nothing: it is settled.
    [[nodiscard]] std::optional<base::SteadyTime> rests_at() const;
    // What to keep from now on, if it differs from before. `at_once`: without waiting, at the end of the program.
    [[nodiscard]] std::optional<WindowGeometry> take(base::SteadyTime now, bool at_once = false);

  private:
    WindowGeometry kept_;
    bool place_seen_ = false;  // where the window system put it at first is nobody's wish
    std::optional<WindowGeometry> moving_{};
    base::SteadyTime since_{};
};

}  // namespace tokendeck::window
