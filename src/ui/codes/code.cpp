// A code on display, and what stands in its place while it is not to be read.
#include "ui/codes/code.hpp"
#include "ui/kit/widgets.hpp"

namespace tokendeck::ui {
namespace {

// Digits stand in cells of the same width: Inter's 1 is narrower, and codes would jump.
float cell_width(float size) {
    return std::round(size * 0.545F);
}

std::size_t group_of(std::size_t digits) {
    return digits % 3 == 0 ? 3 : digits % 4 == 0 ? 4 : digits;
}

std::size_t gaps_in(std::size_t digits) {
    return digits == 0 ? 0 : (digits - 1) / group_of(digits);
}

float digits_width(std::size_t digits, float size) {
    return cell_width(size) * static_cast<float>(digits) +
           std::round(size * 0.28F) * static_cast<float>(gaps_in(digits));
}

constexpr float dot_step = 11;
constexpr float dot_gap = 8;  // besides, between groups

}  // namespace

float code_width(const View& view, const state::ShownCode& shown, float scale) {
    const float size = std::round(height(Face::digits) * scale);
    return digits_width(shown.code.size(), size) + view.px(shown.timed() ? 54 : 34);
}

Rest rest_of(const View& view, const state::ShownCode& shown) {
    Rest rest;
    if (!shown.timed()) return rest;
    const auto whole = static_cast<double>(shown.valid_until.milliseconds - shown.valid_from.milliseconds);
    const auto left = static_cast<double>(shown.valid_until.milliseconds - view.state.unix_now.milliseconds);
    rest.fraction = whole > 0 ? static_cast<float>(std::clamp(left / whole, 0.0, 1.0)) : 0;
    rest.seconds = static_cast<long>(std::max(0.0, std::ceil(left / 1000)));
    rest.late = rest.seconds <= 5;
    return rest;
}

void draw_countdown(View& view, ImVec2 centre, float fraction, long seconds, bool late) {
    view.painter.ring(view.list(), centre, view.px(countdown_radius), view.px(3.5F), fraction,
                      late ? view.colour.warning : view.colour.accent, view.colour.track);
    const std::string words = std::to_string(seconds);
    const ImVec2 extent = measure(Face::small, words);
    text_at(view.list(), {centre.x - extent.x / 2, centre.y - extent.y / 2}, Face::small,
            late ? view.colour.warning : view.colour.muted, words);
}

float draw_code(View& view, ImVec2 right_middle, const state::ShownCode& shown, float scale, const std::string& path) {
    const float size = std::round(height(Face::digits) * scale);
    const std::string_view digits = shown.code.view();
    const float width = code_width(view, shown, scale);
    const float left = right_middle.x - width;
    const float top = right_middle.y - size / 2;
    ImFont* const face = font(Face::digits);

    const Rest rest = rest_of(view, shown);
    const ImU32 colour = rest.late ? view.colour.warning : view.colour.text;
    const std::size_t group = group_of(digits.size());
    float x = left;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && i % group == 0) x += std::round(size * 0.28F);
        const char* const digit = digits.data() + i;
        const float digit_width = face->CalcTextSizeA(size, FLT_MAX, 0, digit, digit + 1).x;
        view.list()->AddText(face, size, {std::round(x + (cell_width(size) - digit_width) / 2), std::round(top)},
                             colour, digit, digit + 1);
        x += cell_width(size);
    }
    note_item(view, path, digits, {left, top}, {x, top + size}, true, false);

    if (shown.timed())
        draw_countdown(view, {right_middle.x - view.px(countdown_radius + 3), right_middle.y}, rest.fraction,
                       rest.seconds, rest.late);
    else
        text_at(view.list(), {right_middle.x - view.px(size::icon_room), right_middle.y - height(Face::body) / 2},
                Face::body, view.colour.success, icon::check);
    return width;
}

float dots_width(const View& view, std::size_t digits) {
    return view.px(dot_step) * static_cast<float>(digits) + view.px(dot_gap) * static_cast<float>(gaps_in(digits));
}

float draw_dots(View& view, ImVec2 right_middle, std::size_t digits, ImU32 colour) {
    const float width = dots_width(view, digits);
    const float step = view.px(dot_step);
    const std::size_t group = group_of(digits);
    float x = right_middle.x - width;
    for (std::size_t i = 0; i < digits; ++i) {
        if (i != 0 && i % group == 0) x += view.px(dot_gap);
        view.list()->AddCircleFilled({x + step / 2, right_middle.y}, view.px(6) / 2, colour, 20);
        x += step;
    }
    return width;
}

}  // namespace tokendeck::ui
