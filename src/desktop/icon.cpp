#include "desktop/icon.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace tokendeck::desktop {

std::vector<std::uint8_t> window_icon(int size) {
    using Rgb = std::array<float, 3>;
    constexpr Rgb ground{0.10F, 0.13F, 0.20F};
    constexpr Rgb track{0.28F, 0.33F, 0.43F};
    constexpr Rgb lit{0.27F, 0.78F, 0.62F};
    constexpr float two_pi = 2.0F * std::numbers::pi_v<float>;
    const auto edge = static_cast<float>(size);
    const auto covered = [](float outside) { return std::clamp(0.5F - outside, 0.0F, 1.0F); };
    const auto blend = [](Rgb below, Rgb above, float share) {
        for (std::size_t i = 0; i < 3; ++i) below[i] += (above[i] - below[i]) * share;
        return below;
    };

    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 4);
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            const float x = static_cast<float>(column) + 0.5F - edge * 0.5F;
            const float y = static_cast<float>(row) + 0.5F - edge * 0.5F;
            const float corner = edge * 0.22F;
            const float dx = std::max(std::abs(x) - (edge * 0.5F - corner), 0.0F);
            const float dy = std::max(std::abs(y) - (edge * 0.5F - corner), 0.0F);
            const float on_tile = covered(std::hypot(dx, dy) - corner);

            const float on_ring = covered(std::abs(std::hypot(x, y) - edge * 0.28F) - edge * 0.07F);
            float turn = std::atan2(x, -y) / two_pi;
            if (turn < 0.0F) turn += 1.0F;
            Rgb colour = blend(ground, turn < 0.7F ? lit : track, on_ring);
            colour = blend(colour, lit, covered(std::hypot(x, y) - edge * 0.09F));

            for (const float part : colour) pixels.push_back(static_cast<std::uint8_t>(std::lround(part * 255.0F)));
            pixels.push_back(static_cast<std::uint8_t>(std::lround(on_tile * 255.0F)));
        }
    }
    return pixels;
}

}  // namespace tokendeck::desktop
