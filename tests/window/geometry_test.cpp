// Where the window comes back, and the steps of its size.
#include "support/catch.hpp"

#include "state/scale_steps.hpp"
#include "window/geometry.hpp"

#include <array>
#include <vector>

using namespace tokendeck;
using settings::WindowPlace;
using settings::WindowSize;
using window::GeometryKeeper;
using window::ScreenRoom;
using window::WindowGeometry;

namespace {

constexpr WindowSize least{640, 480};
constexpr std::array rooms{ScreenRoom{0, 30, 1920, 1050}, ScreenRoom{1920, 0, 1280, 1024}};

base::SteadyTime at(int milliseconds) {
    return base::SteadyTime{} + base::Milliseconds{milliseconds};
}

}  // namespace

TEST_CASE("A window on a monitor that is there comes back where it was") {
    const WindowGeometry kept{WindowPlace{2000, 100}, WindowSize{900, 700}, false};
    CHECK(window::geometry_on(rooms, kept, least) == kept);
}

TEST_CASE("A window whose monitor is gone keeps its size and loses its place") {
    const WindowGeometry kept{WindowPlace{2000, 100}, WindowSize{900, 700}, true};
    const WindowGeometry geometry = window::geometry_on(std::array{rooms[0]}, kept, least);
    CHECK_FALSE(geometry.place);
    CHECK(geometry.size == WindowSize{900, 700});
    CHECK(geometry.maximised);
}

TEST_CASE("A window of whose title bar too little can be reached loses its place") {
    const auto stays = [](int x, int y) {
        return window::geometry_on(rooms, {WindowPlace{x, y}, WindowSize{900, 700}, false}, least).place.has_value();
    };
    CHECK(stays(-700, 100));
    CHECK_FALSE(stays(-850, 100));
    CHECK_FALSE(stays(100, 0));  // under the panel
    CHECK(stays(100, 1000));
    CHECK_FALSE(stays(100, 1070));
}

TEST_CASE("A window is never smaller than it can be used, nor larger than its monitor") {
    CHECK(window::geometry_on(rooms, {std::nullopt, WindowSize{200, 300}, false}, least).size == least);
    CHECK(window::geometry_on(rooms, {WindowPlace{1930, 10}, WindowSize{5000, 5000}, false}, least).size ==
          WindowSize{1280, 1024});
    CHECK(window::geometry_on(rooms, {std::nullopt, WindowSize{5000, 5000}, false}, least).size ==
          WindowSize{1920, 1050});
    CHECK_FALSE(window::geometry_on(rooms, {}, least).size);
    CHECK(window::geometry_on({}, {std::nullopt, WindowSize{700, 500}, false}, least).size == WindowSize{700, 500});
}

TEST_CASE("Where the window system puts a window at first is not kept; where the person puts it, is") {
    GeometryKeeper keeper({std::nullopt, WindowSize{960, 640}, false});
    keeper.moved({WindowPlace{10, 20}, WindowSize{960, 640}, false}, at(0));
    CHECK_FALSE(keeper.take(at(999)));
    CHECK_FALSE(keeper.take(at(1'000)));
    CHECK_FALSE(keeper.rests_at());
    keeper.moved({WindowPlace{50, 60}, WindowSize{960, 640}, false}, at(2'000));
    CHECK(keeper.rests_at() == at(3'000));
    const auto kept = keeper.take(at(3'000));
    REQUIRE(kept);
    CHECK(kept->place == WindowPlace{50, 60});
}

TEST_CASE("What moves is not kept until it rests, or the program ends") {
    GeometryKeeper keeper({WindowPlace{0, 0}, WindowSize{960, 640}, false});
    keeper.moved({WindowPlace{1, 0}, WindowSize{960, 640}, false}, at(0));
    keeper.moved({WindowPlace{2, 0}, WindowSize{960, 640}, false}, at(900));
    CHECK_FALSE(keeper.take(at(1'500)));
    CHECK(keeper.take(at(1'500), true)->place == WindowPlace{2, 0});
    CHECK_FALSE(keeper.take(at(9'000), true));
}

TEST_CASE("While it is maximised, the size that it has otherwise is remembered") {
    GeometryKeeper keeper({WindowPlace{0, 0}, WindowSize{960, 640}, false});
    keeper.moved({std::nullopt, std::nullopt, true}, at(0));
    CHECK(keeper.take(at(1'000)) == WindowGeometry{WindowPlace{0, 0}, WindowSize{960, 640}, true});
}

TEST_CASE("The size of everything goes in steps, from any percentage, and stops at both ends") {
    using state::next_scale;
    using state::ScaleWish;
    const auto walk = [](ScaleWish wish) {
        std::vector<int> met;
        std::optional<int> now;
        for (int i = 0; i < 9; ++i) {
            now = next_scale(now, wish);
            met.push_back(now.value_or(100));
        }
        return met;
    };
    CHECK(walk(ScaleWish::larger) == std::vector{110, 125, 150, 175, 200, 250, 300, 300, 300});
    CHECK(walk(ScaleWish::smaller) == std::vector{90, 75, 75, 75, 75, 75, 75, 75, 75});
    CHECK(next_scale(133, ScaleWish::larger) == 150);
    CHECK(next_scale(133, ScaleWish::smaller) == 125);
    CHECK_FALSE(next_scale(110, ScaleWish::smaller));  // what the screen says
    CHECK_FALSE(next_scale(90, ScaleWish::larger));
    CHECK_FALSE(next_scale(300, ScaleWish::as_the_screen));
}
