#include "qr/finders.hpp"

#include "qr/bits.hpp"
#include "qr/squares.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tokendeck::qr {
namespace {

// 1:1:3:1:1, each run allowed to be off by half a module, and by half a pixel.
bool is_finder(const Runs& runs) {
    const std::size_t seven = total(runs);  // modules
    if (seven < 7) return false;
    // In fourteenths of a pixel.
    const auto is = [&](std::size_t run, std::size_t modules) {
        const std::size_t length = 14 * runs[run], wanted = 2 * modules * seven, slack = seven + 7;
        return length + slack >= wanted && length <= wanted + slack;
    };
    return runs[0] > 0 && is(2, 3) && is(0, 1) && is(1, 1) && is(3, 1) && is(4, 1);
}

void add(Finders& finders, const Bits& bits) {
    constexpr std::size_t few = 12;
    double estimate = 0;
    Marks marks;
    for (std::size_t y = 0; y < bits.height() && estimate <= finders_max; ++y)
        for_each_five(bits, y, [&](const Runs& runs, std::size_t end) {
            if (!is_finder(runs)) return;
            const std::size_t middle = end - 1 - runs[4] - runs[3] - runs[2] / 2;
            const Runs column = runs_through(bits, middle, y, 0, total(runs));
            // Every row through the middle square meets the same pattern.
            if (!is_finder(column) || (!is_finder(runs_through(bits, middle, y, 1, total(runs))) &&
                                       !is_finder(runs_through(bits, middle, y, -1, total(runs)))))
                return;
            estimate += 1.0 / static_cast<double>(column[2]);
            marks.add({static_cast<double>(middle) + 0.5, static_cast<double>(y) + 0.5},
                      static_cast<double>(total(runs)) / 7);
        });
    finders.estimate = std::max(finders.estimate, estimate);
    const std::vector<Mark> clear = std::move(marks).largest();
    finders.like_a_code = finders.like_a_code || (clear.size() <= few && !find_squares(clear).empty());
}

}  // namespace

Finders count_finders(const Grey& picture, Threshold threshold) {
    // ZXing's other threshold changes from row to row. By the surroundings nothing that it may find is missed by far.
    Finders finders;
    add(finders, Bits::by_surroundings(picture));
    if (threshold == Threshold::global && finders.estimate <= finders_max) add(finders, Bits::by_picture(picture));
    return finders;
}

}  // namespace tokendeck::qr
