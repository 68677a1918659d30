// The size of everything in the window, in percent of what the screen says: the steps of Ctrl + and Ctrl -.
// Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace tokendeck::state {

inline constexpr std::array<int, 10> scale_steps{75, 90, 100, 110, 125, 150, 175, 200, 250, 300};

enum class ScaleWish : std::uint8_t { larger, smaller, as_the_screen };

// Nothing stands for what the screen says, which is 100. At the last step it stays as it is. A percentage between two
// steps, from an edited settings file, goes to the next one.
[[nodiscard]] constexpr std::optional<int> next_scale(std::optional<int> now, ScaleWish wish) {
    if (wish == ScaleWish::as_the_screen) return std::nullopt;
    const int from = now.value_or(100);
    std::optional<int> next = now;
    if (wish == ScaleWish::larger) {
        for (auto step = scale_steps.rbegin(); step != scale_steps.rend(); ++step)
            if (*step > from) next = *step;
    } else {
        for (const int step : scale_steps)
            if (step < from) next = step;
    }
    if (next == 100) return std::nullopt;
    return next;
}

}  // namespace tokendeck::state
