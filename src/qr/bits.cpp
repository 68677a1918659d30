#include "qr/bits.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace tokendeck::qr {
namespace {

constexpr std::size_t side = 8;  // of a block, in pixels

struct Block {
    std::uint32_t sum = 0, count = 0;
    std::uint8_t low = 255, high = 0;

    void add(std::span<const std::uint8_t> pixels) {
        for (const std::uint8_t pixel : pixels) {
            sum += pixel;
            low = std::min(low, pixel);
            high = std::max(high, pixel);
        }
        count += static_cast<std::uint32_t>(pixels.size());
    }
    void add(const Block& other) {
        sum += other.sum;
        count += other.count;
        low = std::min(low, other.low);
        high = std::max(high, other.high);
    }
};

struct Blocks {
    std::size_t columns, rows;
    std::vector<Block> all;

    explicit Blocks(const Grey& grey)
        : columns((grey.width + side - 1) / side), rows((grey.height + side - 1) / side), all(columns * rows) {
        const auto pixels = grey.pixels.bytes();
        for (std::size_t y = 0; y < grey.height; ++y)
            for (std::size_t column = 0; column < columns; ++column) {
                const std::size_t begin = column * side, size = std::min(side, grey.width - begin);
                all[y / side * columns + column].add(pixels.subspan(y * grey.width + begin, size));
            }
    }
    [[nodiscard]] Block around(std::size_t column, std::size_t row) const {
        constexpr std::size_t reach = 2;
        Block sum;
        for (std::size_t y = row - std::min(row, reach); y < std::min(rows, row + reach + 1); ++y)
            for (std::size_t x = column - std::min(column, reach); x < std::min(columns, column + reach + 1); ++x)
                sum.add(all[y * columns + x]);
        return sum;
    }
};

// The brightness that parts the pixels in two classes that differ most: N. Otsu, "A Threshold Selection Method from
// Gray-Level Histograms" (1979). The brighter class begins with it.
std::uint8_t parting_brightness(const Grey& grey) {
    std::array<std::size_t, 256> count{};
    for (const std::uint8_t pixel : grey.pixels.bytes()) ++count[pixel];
    double sum = 0;
    for (std::size_t value = 0; value < count.size(); ++value)
        sum += static_cast<double>(value) * static_cast<double>(count[value]);
    const auto all = static_cast<double>(grey.pixels.size());
    double below = 0, sum_below = 0, most = -1;
    std::size_t parting = 0;
    for (std::size_t value = 0; value + 1 < count.size(); ++value) {
        below += static_cast<double>(count[value]);
        sum_below += static_cast<double>(value) * static_cast<double>(count[value]);
        if (below == 0 || below == all) continue;
        const double apart = sum_below / below - (sum - sum_below) / (all - below);
        const double between = below * (all - below) * apart * apart;
        if (between <= most) continue;
        most = between;
        parting = value + 1;
    }
    return static_cast<std::uint8_t>(parting);
}

}  // namespace

Bits Bits::by_surroundings(const Grey& grey) {
    Bits bits(grey);
    if (bits.bits_.empty()) return bits;
    constexpr int least_contrast = 24;
    const Blocks blocks(grey);
    std::uint64_t whole = 0;
    for (const Block& block : blocks.all) whole += block.sum;
    const auto mean = static_cast<std::uint8_t>(whole / grey.pixels.size());
    const auto pixels = grey.pixels.bytes();
    const auto out = bits.bits_.bytes();
    std::vector<std::uint8_t> thresholds(blocks.columns);
    for (std::size_t row = 0; row < blocks.rows; ++row) {
        for (std::size_t column = 0; column < blocks.columns; ++column) {
            const Block around = blocks.around(column, row);
            thresholds[column] =
                around.high - around.low < least_contrast ? mean : static_cast<std::uint8_t>(around.sum / around.count);
        }
        for (std::size_t y = row * side; y < std::min(bits.height_, (row + 1) * side); ++y)
            for (std::size_t column = 0; column < blocks.columns; ++column) {
                const std::size_t begin = y * bits.width_ + column * side;
                const std::size_t end = begin + std::min(side, bits.width_ - column * side);
                for (std::size_t at = begin; at < end; ++at) out[at] = pixels[at] < thresholds[column];
            }
    }
    return bits;
}

Bits Bits::by_picture(const Grey& grey) {
    Bits bits(grey);
    const std::uint8_t parting = parting_brightness(grey);
    std::ranges::transform(grey.pixels.bytes(), bits.bits_.bytes().begin(),
                           [&](std::uint8_t pixel) { return static_cast<std::uint8_t>(pixel < parting); });
    return bits;
}

std::size_t total(const Runs& runs) {
    return std::accumulate(runs.begin(), runs.end(), std::size_t{0});
}

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

}  // namespace tokendeck::qr
