#include "qr/finders.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace tokendeck::qr {
namespace {

// Black is true. A pixel is black if it is darker than the mean of the blocks around it; where those have hardly any
// contrast, if it is darker than the mean of the picture.
class Bits {
  public:
    explicit Bits(const Grey& grey) : width_(grey.width), height_(grey.height), bits_(grey.width * grey.height) {
        constexpr std::size_t side = 8;  // of a block, in pixels
        const std::size_t columns = (width_ + side - 1) / side, rows = (height_ + side - 1) / side;
        struct Block {
            std::uint32_t sum = 0, count = 0;
            std::uint8_t low = 255, high = 0;
        };
        std::vector<Block> blocks(columns * rows);
        const auto pixels = grey.pixels.bytes();
        std::uint64_t whole = 0;
        for (std::size_t y = 0; y < height_; ++y) {
            for (std::size_t x = 0; x < width_; ++x) {
                Block& block = blocks[y / side * columns + x / side];
                const std::uint8_t pixel = pixels[y * width_ + x];
                block.sum += pixel;
                ++block.count;
                block.low = std::min(block.low, pixel);
                block.high = std::max(block.high, pixel);
                whole += pixel;
            }
        }
        const auto mean = static_cast<std::uint8_t>(whole / pixels.size());

        std::vector<std::uint8_t> row_threshold(columns);
        for (std::size_t block_y = 0; block_y < rows; ++block_y) {
            for (std::size_t block_x = 0; block_x < columns; ++block_x) {
                constexpr std::size_t reach = 2;
                constexpr int least_contrast = 24;
                Block around;
                for (std::size_t y = block_y - std::min(block_y, reach); y < std::min(rows, block_y + reach + 1); ++y) {
                    for (std::size_t x = block_x - std::min(block_x, reach); x < std::min(columns, block_x + reach + 1);
                         ++x) {
                        const Block& block = blocks[y * columns + x];
                        around.sum += block.sum;
                        around.count += block.count;
                        around.low = std::min(around.low, block.low);
                        around.high = std::max(around.high, block.high);
                    }
                }
                row_threshold[block_x] = around.high - around.low < least_contrast
                                             ? mean
                                             : static_cast<std::uint8_t>(around.sum / around.count);
            }
            for (std::size_t y = block_y * side; y < std::min(height_, (block_y + 1) * side); ++y)
                for (std::size_t x = 0; x < width_; ++x)
                    bits_[y * width_ + x] = pixels[y * width_ + x] < row_threshold[x / side];
        }
    }

    [[nodiscard]] std::size_t width() const { return width_; }
    [[nodiscard]] std::size_t height() const { return height_; }
    [[nodiscard]] bool black(std::size_t x, std::size_t y) const { return bits_[y * width_ + x] != 0; }
    // False outside.
    [[nodiscard]] bool is(bool black_wanted, std::ptrdiff_t x, std::ptrdiff_t y) const {
        return x >= 0 && y >= 0 && x < static_cast<std::ptrdiff_t>(width_) &&
               y < static_cast<std::ptrdiff_t>(height_) &&
               black(static_cast<std::size_t>(x), static_cast<std::size_t>(y)) == black_wanted;
    }

  private:
    std::size_t width_, height_;
    std::vector<std::uint8_t> bits_;  // not std::vector<bool>: this is read pixel by pixel
};

using Runs = std::array<std::size_t, 5>;  // black, white, black, white, black; in pixels

std::size_t total(const Runs& runs) {
    return std::accumulate(runs.begin(), runs.end(), std::size_t{0});
}

// 1:1:3:1:1, each run allowed to be off by half a module, and by half a pixel.
bool is_finder(const Runs& runs) {
    const double module = static_cast<double>(total(runs)) / 7.0;
    if (module < 1.0) return false;
    const double slack = module * 0.5 + 0.5;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const double off = static_cast<double>(runs[i]) - module * (i == 2 ? 3.0 : 1.0);
        if (off > slack || off < -slack || runs[i] == 0) return false;
    }
    return true;
}

// The five runs through (x, y), a black pixel in the middle one, along the column (step_x 0) or a diagonal (1 or -1);
// none longer than `longest`.
Runs runs_through(const Bits& bits, std::size_t x, std::size_t y, int step_x, std::size_t longest) {
    Runs runs{};
    for (const int direction : {-1, 1}) {
        auto at_x = static_cast<std::ptrdiff_t>(x), at_y = static_cast<std::ptrdiff_t>(y);
        for (std::size_t run = 0; run < 3; ++run) {  // from the middle outwards
            std::size_t& length = runs[direction < 0 ? 2 - run : 2 + run];
            while (length <= 2 * longest && bits.is(run != 1, at_x, at_y)) {
                ++length;
                at_x += direction * step_x;
                at_y += direction;
            }
        }
    }
    --runs[2];  // (x, y) itself was met in both directions
    return runs;
}

}  // namespace

double count_finders(const Grey& picture) {
    if (picture.width == 0 || picture.height == 0) return 0;
    const Bits bits(picture);
    double count = 0;
    for (std::size_t y = 0; y < bits.height() && count <= finders_max; ++y) {
        Runs runs{};
        bool black = false;
        for (std::size_t x = 0; x <= bits.width(); ++x) {
            if (x < bits.width() && bits.black(x, y) == black) {
                ++runs[4];
                continue;
            }
            if (black && is_finder(runs)) {
                const std::size_t middle = x - 1 - runs[4] - runs[3] - runs[2] / 2;
                const Runs column = runs_through(bits, middle, y, 0, total(runs));
                // Every row through the middle square meets the same pattern.
                if (is_finder(column) && (is_finder(runs_through(bits, middle, y, 1, total(runs))) ||
                                          is_finder(runs_through(bits, middle, y, -1, total(runs)))))
                    count += 1.0 / static_cast<double>(column[2]);
            }
            std::rotate(runs.begin(), runs.begin() + 1, runs.end());
            runs[4] = 1;
            black = !black;
        }
    }
    return count;
}

}  // namespace tokendeck::qr
