// A picture in black and white, and the lengths of its runs, by which the squares of QR codes are found.
#pragma once

#include "base/secret.hpp"
#include "qr/picture.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tokendeck::qr {

class Bits {
  public:
    // By the mean of the blocks around each pixel; where those have hardly any contrast, by the mean of the picture.
    [[nodiscard]] static Bits by_surroundings(const Grey& grey);
    // By one brightness for the whole picture, which parts dark from light best (Otsu).
    [[nodiscard]] static Bits by_picture(const Grey& grey);

    [[nodiscard]] std::size_t width() const { return width_; }
    [[nodiscard]] std::size_t height() const { return height_; }
    [[nodiscard]] bool black(std::size_t x, std::size_t y) const { return bits_.bytes()[y * width_ + x] != 0; }
    // A byte a pixel, 1 black.
    [[nodiscard]] std::span<const std::uint8_t> row(std::size_t y) const {
        return bits_.bytes().subspan(y * width_, width_);
    }
    // False outside.
    [[nodiscard]] bool is(bool black_wanted, std::ptrdiff_t x, std::ptrdiff_t y) const {
        return x >= 0 && y >= 0 && x < static_cast<std::ptrdiff_t>(width_) &&
               y < static_cast<std::ptrdiff_t>(height_) &&
               black(static_cast<std::size_t>(x), static_cast<std::size_t>(y)) == black_wanted;
    }

  private:
    explicit Bits(const Grey& grey) : width_(grey.width), height_(grey.height), bits_(grey.width * grey.height) {}

    std::size_t width_, height_;
    base::SecretBytes bits_;  // a byte each: this is read pixel by pixel
};

using Runs = std::array<std::size_t, 5>;  // black, white, black, white, black; in pixels

[[nodiscard]] std::size_t total(const Runs& runs);

// The five runs through (x, y), a black pixel in the middle one, along the column (step_x 0) or a diagonal (1 or -1);
// none longer than twice `longest`, and one more.
[[nodiscard]] Runs runs_through(const Bits& bits, std::size_t x, std::size_t y, int step_x, std::size_t longest);

// Calls `at(runs, end)` for each five runs of a row that begin and end with black; the last one ends before `end`.
template <typename At>
void for_each_five(const Bits& bits, std::size_t y, const At& at) {
    const auto row = bits.row(y);
    Runs runs{};
    std::uint8_t colour = 0;
    for (auto place = row.begin(); place != row.end(); colour ^= 1U) {
        const auto end = std::find(place, row.end(), static_cast<std::uint8_t>(colour ^ 1U));
        std::copy(runs.begin() + 1, runs.end(), runs.begin());
        runs[4] = static_cast<std::size_t>(end - place);
        place = end;
        if (colour == 1) at(runs, static_cast<std::size_t>(end - row.begin()));
    }
}

}  // namespace tokendeck::qr
