// What is dragged over the window: where to let go, and whether it can be taken.
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/pages.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <cmath>

namespace tokendeck::ui {

namespace {

struct Told {
    Key title;
    Key body;  // `title` again: none
    const char* glyph;
    Tone tone;
};

Told told_of(const View& view) {
    switch (view.info.drag) {
        case channel::Drag::receiving: return {Key::drag_receiving, Key::drag_receiving, icon::download, Tone::info};
        case channel::Drag::unusable:
            if (!state::takes_accounts(view.state))
                return {Key::drag_busy, Key::drag_busy_body, icon::clock, Tone::warning};
            return {Key::drag_unusable, Key::drag_unusable_body, icon::ban, Tone::danger};
        case channel::Drag::takeable:
        case channel::Drag::none: break;
    }
    return {Key::drag_takeable, Key::drag_takeable_body, icon::download, Tone::info};
}

}  // namespace

void draw_drag(View& view, ImVec2 size) {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, view.colour.scrim);
    const bool open =
        ImGui::Begin("drag", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                         ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
    compat::to_the_front();
    if (open) {
        const Told told = told_of(view);
        const ImU32 colour = tone_colour(view, told.tone);
        const float inset = view.px(space::apart);
        outline(view.list(), {inset, inset}, {size.x - inset, size.y - inset}, colour, view.px(radius::card),
                view.px(3));

        const bool has_body = told.body != told.title;
        const float pad = view.px(space::pad);
        const float glyph = view.px(34);
        const float width = std::min(size.x - 4 * inset - 2 * pad, view.px(420));
        const float title = paragraph_height(width, Face::title, text(told.title));
        const float body = has_body ? paragraph_height(width, Face::body, text(told.body)) + view.px(space::near) : 0;
        const float tall = 2 * glyph + view.px(space::gap) + title + body;
        // High up: what is dragged hides what stands in the middle.
        const ImVec2 low{std::round((size.x - width) / 2), std::round(std::max((size.y - tall) / 5, inset + pad))};
        const ImVec2 high{low.x + width, low.y + tall};
        fill(view.list(), {low.x - pad, low.y - pad}, {high.x + pad, high.y + pad}, view.colour.surface,
             view.px(radius::card));
        emblem(view, {size.x / 2, low.y + glyph}, glyph, told.glyph, colour, tone_background(view, told.tone));
        float y = low.y + 2 * glyph + view.px(space::gap);
        y += paragraph(view, {low.x, y}, width, Face::title, view.colour.text, text(told.title), true);
        if (has_body)
            paragraph(view, {low.x, y + view.px(space::near)}, width, Face::body, view.colour.muted, text(told.body),
                      true);
        note_item(view, "drag", text(told.title), low, high, true, false);
    }
    ImGui::End();
    ImGui::PopStyleColor();
}

}  // namespace tokendeck::ui
