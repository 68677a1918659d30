#include "qr/without_margin.hpp"

#include "qr/bits.hpp"
#include "qr/squares.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace tokendeck::qr {
namespace {

// ---- the light rings inside the finder patterns ----

// Light, dark, light of 1:3:1, each allowed to be off by half a module and by half a pixel, with dark on both sides.
std::optional<double> module_of_ring(const Runs& runs) {
    const double module = static_cast<double>(runs[1] + runs[2] + runs[3]) / 5.0;
    const double slack = module * 0.5 + 0.5;
    const auto is = [&](std::size_t run, double modules) {
        return std::abs(static_cast<double>(runs[run]) - modules * module) <= slack;
    };
    const double least = module * 0.6;
    const bool dark_around = static_cast<double>(runs[0]) >= least && static_cast<double>(runs[4]) >= least;
    if (module < 1 || !dark_around || !is(1, 1) || !is(2, 3) || !is(3, 1)) return std::nullopt;
    return module;
}

std::vector<Mark> find_rings(const Bits& bits) {
    Marks rings;
    for (std::size_t y = 0; y < bits.height(); ++y)
        for_each_five(bits, y, [&](const Runs& runs, std::size_t end) {
            const auto across = module_of_ring(runs);
            if (!across) return;
            const std::size_t middle = end - 1 - runs[4] - runs[3] - runs[2] / 2;
            const auto down = module_of_ring(runs_through(bits, middle, y, 0, runs[1] + runs[2] + runs[3]));
            if (!down || *down > 1.6 * *across || *across > 1.6 * *down) return;
            const double x = static_cast<double>(end - runs[4] - runs[3]) - static_cast<double>(runs[2]) / 2;
            rings.add({x, static_cast<double>(y) + 0.5}, (*across + *down) / 2);
        });
    return std::move(rings).largest();
}

// ---- what is within ----

// What is within the square, with a white margin of four modules.
Grey cut_out(const Grey& from, const Square& square) {
    const std::array corners{square.corner, square.corner + square.right, square.corner + square.down,
                             square.corner + square.right + square.down};
    const auto [low_x, high_x] = std::ranges::minmax(corners, {}, &Vector::x);
    const auto [low_y, high_y] = std::ranges::minmax(corners, {}, &Vector::y);
    const double margin = 4 * square.module;
    const auto begin_x = static_cast<std::ptrdiff_t>(std::floor(low_x.x - margin));
    const auto begin_y = static_cast<std::ptrdiff_t>(std::floor(low_y.y - margin));
    Grey to{static_cast<std::size_t>(std::ceil(high_x.x + margin) - static_cast<double>(begin_x)),
            static_cast<std::size_t>(std::ceil(high_y.y + margin) - static_cast<double>(begin_y)),
            {}};
    to.pixels = base::SecretBytes(to.width * to.height);
    const auto in = from.pixels.bytes();
    const auto out = to.pixels.bytes();
    const double across = dot(square.right, square.right), along = dot(square.down, square.down);
    for (std::size_t y = 0; y < to.height; ++y)
        for (std::size_t x = 0; x < to.width; ++x) {
            const std::ptrdiff_t from_x = begin_x + static_cast<std::ptrdiff_t>(x);
            const std::ptrdiff_t from_y = begin_y + static_cast<std::ptrdiff_t>(y);
            const Vector at =
                Vector{static_cast<double>(from_x) + 0.5, static_cast<double>(from_y) + 0.5} - square.corner;
            const double u = dot(at, square.right) / across, v = dot(at, square.down) / along;
            const bool within = u >= 0 && u <= 1 && v >= 0 && v <= 1 && from_x >= 0 && from_y >= 0 &&
                                from_x < static_cast<std::ptrdiff_t>(from.width) &&
                                from_y < static_cast<std::ptrdiff_t>(from.height);
            out[y * to.width + x] =
                within ? in[static_cast<std::size_t>(from_y) * from.width + static_cast<std::size_t>(from_x)]
                       : std::uint8_t{255};
        }
    return to;
}

}  // namespace

std::vector<Grey> freed_from_dark(const Grey& picture) {
    std::vector<Grey> freed;
    for (const Square& square : find_squares(find_rings(Bits::by_picture(picture))))
        freed.push_back(cut_out(picture, square));
    return freed;
}

}  // namespace tokendeck::qr
