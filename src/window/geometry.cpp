#include "window/geometry.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::window {

namespace {

// Of the top edge, where the title bar is, has to be on a monitor to be taken hold of.
constexpr int hold_width = 120;
constexpr int hold_height = 24;

int common(int a, int a_length, int b, int b_length) {
    return std::min(a + a_length, b + b_length) - std::max(a, b);
}

}  // namespace

WindowGeometry geometry_on(std::span<const ScreenRoom> rooms, const WindowGeometry& kept, settings::WindowSize least) {
    WindowGeometry geometry;
    geometry.maximised = kept.maximised;
    const ScreenRoom* home = nullptr;
    if (kept.place) {
        const int width = kept.size ? kept.size->width : least.width;
        const auto holds = [&](const ScreenRoom& room) {
            return common(kept.place->x, width, room.x, room.width) >= hold_width &&
                   common(kept.place->y, hold_height, room.y, room.height) >= hold_height;
        };
        const auto found = std::ranges::find_if(rooms, holds);
        if (found != rooms.end()) {
            home = &*found;
            geometry.place = kept.place;
        }
    }
    if (kept.size) {
        if (home == nullptr && !rooms.empty()) {
            home = &*std::ranges::max_element(
                rooms, {}, [](const ScreenRoom& room) { return static_cast<long>(room.width) * room.height; });
        }
        settings::WindowSize size{std::max(kept.size->width, least.width), std::max(kept.size->height, least.height)};
        if (home != nullptr) size = {std::min(size.width, home->width), std::min(size.height, home->height)};
        geometry.size = size;
    }
    return geometry;
}

void GeometryKeeper::moved(const WindowGeometry& now, base::SteadyTime at) {
    if (moving_ == now) return;
    moving_ = now;
    since_ = at;
}

std::optional<base::SteadyTime> GeometryKeeper::rests_at() const {
    if (!moving_) return std::nullopt;
    return since_ + rest;
}

std::optional<WindowGeometry> GeometryKeeper::take(base::SteadyTime now, bool at_once) {
    if (!moving_ || (!at_once && now < since_ + rest)) return std::nullopt;
    WindowGeometry next = *std::exchange(moving_, std::nullopt);
    if (!next.size) next.size = kept_.size;
    if (!next.place) next.place = kept_.place;
    else if (!std::exchange(place_seen_, true) && !kept_.place) {
        const bool only_placed = next.size == kept_.size && next.maximised == kept_.maximised;
        kept_.place = next.place;
        if (only_placed) return std::nullopt;
    }
    if (next == kept_) return std::nullopt;
    kept_ = next;
    return next;
}

}  // namespace tokendeck::window
