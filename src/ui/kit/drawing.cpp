// Texts and boxes.
#include "base/utf8.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/letters.hpp"
#include "ui/kit/widgets.hpp"

namespace tokendeck::ui {
namespace {

constexpr float line_spacing = 1.28F;
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

// Dear ImGui may end a line behind a dot, a comma or a quotation mark, also in the middle of "2.0" or of a path. Here
// it ends at a space, and where one word is longer than the line, behind a "/" of it.
const char* end_of_line(const ImFont* f, float size, const char* at, const char* end, float width) {
    const char* const wrapped = compat::wrap_position(f, size, at, end, width);
    if (wrapped <= at || wrapped >= end || *wrapped == ' ' || wrapped[-1] == ' ') return wrapped;
    for (const char* space = wrapped; space > at; --space)
        if (space[-1] == ' ') return space;
    for (const char* slash = wrapped; slash > at + 1; --slash)
        if (slash[-1] == '/') return slash;
    return wrapped;
}

template <typename Visit>
float for_each_line(float width, Face face, std::string_view text, Visit&& visit) {
    const ImFont* const f = font(face);
    const float size = height(face);
    const float step = std::round(size * line_spacing);
    const bool embedded = all_embedded(face, text);
    float y = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        const char* line_end = std::find(at, end, '\n');
        const std::string_view rest(at, static_cast<std::size_t>(line_end - at));
        const char* wrapped = embedded ? end_of_line(f, size, at, line_end, width) : at + line_of(face, rest, width);
        if (wrapped <= at && at < line_end) wrapped = at + base::first_character(rest).size;
        const char* shown_end = wrapped;
        while (shown_end > at && shown_end[-1] == ' ') --shown_end;
        visit(std::string_view(at, static_cast<std::size_t>(shown_end - at)), y);
        y += step;
        at = wrapped;
        if (at < end && *at == '\n') ++at;
        while (at < line_end && *at == ' ') ++at;
    }
    return y;
}

}  // namespace

void text_at(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view text) {
    if (all_embedded(face, text)) return embedded_at(list, at, face, colour, text);
    for (std::size_t i = 0; i < text.size();) {
        const Piece piece = piece_at(face, text, i);
        if (piece.pictured) {
            at.x += picture_at(list, at, face, colour, piece.text);
        } else {
            embedded_at(list, at, face, colour, piece.text);
            at.x += measure_embedded(face, piece.text).x;
        }
        i += piece.text.size();
    }
}

float text_fit(View& view, ImVec2 at, float width, Face face, ImU32 colour, std::string_view text, bool may_cut) {
    const float whole = measure(face, text).x;
    if (whole <= width + 0.5F) {
        text_at(view.list(), at, face, colour, text);
        return whole;
    }
    if (!may_cut) view.memory.cut.emplace_back(text);
    const Fitting fits = fitting(face, text, width - measure_embedded(face, ellipsis).x);
    std::string shown(text.substr(0, fits.taken));
    while (!shown.empty() && shown.back() == ' ') shown.pop_back();
    shown += ellipsis;
    if (!fits.pictured) {
        text_at(view.list(), at, face, colour, shown);
        return measure(face, shown).x;
    }
    // The mark belongs to the letters before it: where they run from the right it stands at their left.
    const std::string_view before = std::string_view(shown).substr(0, fits.last_piece);
    const float before_width = before.empty() ? 0 : measure(face, before).x;
    if (!before.empty()) text_at(view.list(), at, face, colour, before);
    return before_width + picture_at(view.list(), {at.x + before_width, at.y}, face, colour,
                                     std::string_view(shown).substr(fits.last_piece));
}

void text_centred(View& view, float x_middle, float y, float width, Face face, ImU32 colour, std::string_view text) {
    const float taken = std::min(width, measure(face, text).x);
    text_fit(view, {x_middle - taken / 2, y}, width, face, colour, text);
}

float paragraph(View& view, ImVec2 at, float width, Face face, ImU32 colour, std::string_view text, bool centred) {
    return for_each_line(width, face, text, [&](std::string_view line, float y) {
        const float indent = centred ? (width - measure(face, line).x) / 2 : 0;
        text_at(view.list(), {at.x + indent, at.y + y}, face, colour, line);
    });
}

float paragraph_height(float width, Face face, std::string_view text) {
    return for_each_line(width, face, text, [](std::string_view, float) {});
}

void text_in(View& view, Column& column, Face face, ImU32 colour, std::string_view text) {
    column.y += paragraph(view, {column.x, column.y}, column.width, face, colour, text);
}

void field_label(View& view, Column& column, std::string_view words) {
    text_at(view.list(), {column.x, column.y}, Face::strong, view.colour.text, words);
    column.space(view.px(size::label_row));
}

void small_label(View& view, Column& column, std::string_view words) {
    text_at(view.list(), {column.x, column.y}, Face::small, view.colour.muted, words);
    column.space(view.px(size::small_label_row));
}

void fill(ImDrawList* list, ImVec2 low, ImVec2 high, ImU32 colour, float rounding) {
    list->AddRectFilled(low, high, colour, rounding);
}

void outline(ImDrawList* list, ImVec2 low, ImVec2 high, ImU32 colour, float rounding, float thickness) {
    const float half = thickness / 2;
    list->AddRect({low.x + half, low.y + half}, {high.x - half, high.y - half}, colour, rounding, 0, thickness);
}

void card(View& view, ImVec2 low, ImVec2 high, float rounding) {
    ImDrawList* const list = view.list();
    const float r = view.px(rounding);
    for (const float spread : {3.0F, 1.5F})
        fill(list, {low.x - view.px(spread) / 2, low.y + view.px(space::pixel)},
             {high.x + view.px(spread) / 2, high.y + view.px(spread)}, view.colour.shadow, r + view.px(spread) / 2);
    fill(list, low, high, view.colour.surface, r);
    outline(list, low, high, view.colour.border, r, view.px(thickness::hair));
}

void focus_ring(View& view, ImVec2 low, ImVec2 high, float rounding) {
    const float gap = view.px(space::hair);
    outline(view.list(), {low.x - gap, low.y - gap}, {high.x + gap, high.y + gap}, view.colour.accent, rounding + gap,
            view.px(thickness::strong));
}

float badge_height(const View& view) {
    return view.px(22);
}

float badge_width(const View& view, const char* icon_glyph, std::string_view text) {
    float width = view.px(9) * 2 + measure(Face::small, text).x;
    if (icon_glyph != nullptr) width += measure(Face::small, icon_glyph).x + view.px(5);
    return std::round(width);
}

float badge(View& view, ImVec2 at, const char* icon_glyph, std::string_view text, ImU32 colour, ImU32 background) {
    const float width = badge_width(view, icon_glyph, text);
    const float tall = badge_height(view);
    fill(view.list(), at, {at.x + width, at.y + tall}, background, tall / 2);
    float x = at.x + view.px(9);
    const float y = at.y + (tall - height(Face::small)) / 2;
    if (icon_glyph != nullptr) {
        text_at(view.list(), {x, y}, Face::small, colour, icon_glyph);
        x += measure(Face::small, icon_glyph).x + view.px(5);
    }
    text_at(view.list(), {x, y}, Face::small, colour, text);
    return width;
}

ImU32 tone_colour(const View& view, Tone tone) {
    switch (tone) {
        case Tone::info: return view.colour.accent_text;
        case Tone::success: return view.colour.success;
        case Tone::warning: return view.colour.warning;
        case Tone::danger: return view.colour.danger;
    }
    return view.colour.text;
}

ImU32 tone_background(const View& view, Tone tone) {
    switch (tone) {
        case Tone::info: return view.colour.accent_soft;
        case Tone::success: return view.colour.success_soft;
        case Tone::warning: return view.colour.warning_soft;
        case Tone::danger: return view.colour.danger_soft;
    }
    return view.colour.raised;
}

const char* tone_glyph(Tone tone) {
    return tone == Tone::success   ? icon::check_circle
           : tone == Tone::info    ? icon::info_circle
           : tone == Tone::warning ? icon::warning
                                   : icon::cross_circle;
}

void banner(View& view, Column& column, Tone tone, std::string_view heading, std::string_view body,
            const std::string& path) {
    const float pad = view.px(space::gap);
    const float glyph_room = view.px(space::group);
    const float text_width = column.width - 2 * pad - glyph_room;
    const float heading_height = heading.empty() ? 0 : paragraph_height(text_width, Face::strong, heading);
    const float gap = heading.empty() || body.empty() ? 0 : view.px(space::hair);
    const float body_height = body.empty() ? 0 : paragraph_height(text_width, Face::body, body);
    const float tall = 2 * pad + heading_height + gap + body_height - view.px(space::tight);
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    fill(view.list(), low, high, tone_background(view, tone), view.px(radius::popup));
    text_at(view.list(), {low.x + pad, low.y + pad}, Face::body, tone_colour(view, tone), tone_glyph(tone));
    const ImVec2 text_low{low.x + pad + glyph_room, low.y + pad};
    if (!heading.empty()) paragraph(view, text_low, text_width, Face::strong, tone_colour(view, tone), heading);
    paragraph(view, {text_low.x, text_low.y + heading_height + gap}, text_width, Face::body, view.colour.text, body);
    if (!path.empty()) {
        std::string both(heading);
        if (!both.empty() && !body.empty()) both += both.back() == '.' ? " " : ". ";
        both += body;
        note_item(view, path, both, low, high, true, false);
    }
    column.y += tall;
}

void spinner(View& view, ImVec2 centre, float radius) {
    constexpr float turn = 6.2831853F;
    const bool still = view.info.reduced_motion;
    // Still, but the seconds of waiting beside it go on.
    view.redraw_within(base::Milliseconds{still ? 500 : 66});
    const auto since_start = std::chrono::duration_cast<base::Milliseconds>(view.state.now.time_since_epoch()).count();
    const auto ms = still ? 0 : since_start % 1100;
    const float start = static_cast<float>(ms) / 1100.0F * turn;
    ImDrawList* const list = view.list();
    const float thickness = std::max(view.px(space::hair), radius / 5);
    list->PathArcTo(centre, radius, 0, turn, 40);
    list->PathStroke(view.colour.track, 0, thickness);
    list->PathArcTo(centre, radius, start, start + turn * 0.28F, 20);
    list->PathStroke(view.colour.accent, 0, thickness);
}

void emblem(View& view, ImVec2 centre, float radius, const char* icon_glyph, ImU32 colour, ImU32 background) {
    ImDrawList* const list = view.list();
    list->AddCircleFilled(centre, radius, background, 64);
    const float size = std::round(radius * 0.95F);
    const ImVec2 extent = compat::measure(font(Face::icon_large), size, icon_glyph, icon_glyph + 3);
    list->AddText(font(Face::icon_large), size,
                  {std::round(centre.x - extent.x / 2), std::round(centre.y - extent.y / 2)}, colour, icon_glyph,
                  icon_glyph + 3);
}

void dots(View& view, ImVec2 at, int left, int of, ImU32 colour) {
    const float radius = view.px(5);
    for (int i = 0; i < of; ++i) {
        const ImVec2 centre{at.x + radius + static_cast<float>(i) * view.px(space::pad), at.y + radius};
        if (i < left) view.list()->AddCircleFilled(centre, radius, colour, 24);
        else
            view.list()->AddCircle(centre, radius - view.px(space::pixel) / 2, view.colour.border_strong, 24,
                                   view.px(thickness::thin));
    }
}

}  // namespace tokendeck::ui
