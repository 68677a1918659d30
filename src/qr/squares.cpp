#include "qr/squares.hpp"

#include <algorithm>
#include <optional>

namespace tokendeck::qr {
namespace {

std::optional<Square> square_of(const Mark& corner, const Mark& one, const Mark& other) {
    const double module = (corner.module + one.module + other.module) / 3;
    for (const Mark* mark : {&corner, &one, &other})
        if (std::abs(mark->module - module) > 0.25 * module) return std::nullopt;
    const Vector right = one.middle - corner.middle, down = other.middle - corner.middle;
    if (right.x * down.y <= right.y * down.x) return std::nullopt;  // the same three in another order are not mirrored
    const double length = (right.length() + down.length()) / 2;
    const double uneven = std::abs(right.length() - down.length()) / length;
    const double askew = std::abs(dot(right, down)) / (length * length);
    constexpr double least = 21 - 7, largest = 177 - 7;  // modules from middle to middle
    if (uneven > 0.1 || askew > 0.1 || length < 0.8 * least * module || length > 1.2 * largest * module)
        return std::nullopt;
    const double outwards = 3.5 * module / length;  // three and a half modules, from a middle to the edge
    const Vector first = corner.middle - outwards * right - outwards * down;
    return Square{first, (1 + 2 * outwards) * right, (1 + 2 * outwards) * down, module, uneven + askew};
}

}  // namespace

void Marks::add(Vector middle, double module) {
    constexpr std::size_t most = 400;  // each row is compared with all
    const auto same = std::ranges::find_if(all_, [&](const Mark& mark) {
        const Vector apart = mark.middle - middle;
        return dot(apart, apart) < 4 * module * module && std::abs(mark.module - module) < 0.5 * module;
    });
    if (same == all_.end()) {
        if (all_.size() < most) all_.push_back({middle, module, 1});
        return;
    }
    const double rows = same->rows + 1;
    same->middle = (1 / rows) * (same->rows * same->middle + middle);
    same->module = (same->rows * same->module + module) / rows;
    same->rows = rows;
}

std::vector<Mark> Marks::largest() && {
    constexpr std::size_t most = 24;
    // The rows through the middle square of a pattern are three modules, turned ones fewer.
    std::erase_if(all_, [](const Mark& mark) { return mark.rows < mark.module; });
    std::ranges::sort(all_, [](const Mark& a, const Mark& b) { return a.module > b.module; });
    if (all_.size() > most) all_.resize(most);
    return std::move(all_);
}

std::vector<Square> find_squares(const std::vector<Mark>& marks) {
    constexpr std::size_t most = 8;
    std::vector<Square> squares;
    for (const Mark& corner : marks)
        for (const Mark& one : marks)
            for (const Mark& other : marks) {
                if (&corner == &one || &corner == &other || &one == &other) continue;
                if (const auto square = square_of(corner, one, other)) squares.push_back(*square);
            }
    std::ranges::sort(squares, [](const Square& a, const Square& b) { return a.off < b.off; });
    if (squares.size() > most) squares.resize(most);
    return squares;
}

}  // namespace tokendeck::qr
