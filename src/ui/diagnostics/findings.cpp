// What the doctor found: what is in the way and, unfolded, what to do and the line to type for it.
#include "ui/diagnostics/diagnostics.hpp"
#include "ui/kit/widgets.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

namespace tokendeck::ui {

namespace {

Tone tone_of(channel::Finding::Weight weight) {
    using Weight = channel::Finding::Weight;
    return weight == Weight::problem ? Tone::warning : weight == Weight::advice ? Tone::info : Tone::success;
}

// The line to type, with a button that copies it. Advances `y`.
void command_line(View& view, float x, float& y, float width, const std::string& path, const std::string& command,
                  std::size_t number) {
    const float side = view.px(30);
    const float box = width - side - view.px(space::snug);
    const float text_height = paragraph_height(box - view.px(space::page), Face::small, command);
    const float tall = std::max(side, text_height + view.px(space::gap));
    const ImVec2 low{x, y};
    fill(view.list(), low, {low.x + box, low.y + tall}, view.colour.surface, view.px(radius::small));
    paragraph(view, {low.x + view.px(space::apart), low.y + (tall - text_height) / 2}, box - view.px(space::page),
              Face::small, view.colour.text, command);
    note_item(view, path + "/command", command, low, {low.x + box, low.y + tall}, true, false);
    if (icon_button(view, path + "/copy", {low.x + box + view.px(space::snug), low.y + (tall - side) / 2}, side,
                    icon::copy, text(Key::doctor_copy), view.colour.text))
        view.wish(state::CopyCommand{number});
    y += tall;
}

// Its heading, and, where it is unfolded, what to do.
void draw_finding(View& view, Column& column, const std::string& path, std::size_t number) {
    const channel::Finding& finding = (*view.state.findings)[number];
    const Words words = describe(finding.error);
    const Tone tone = tone_of(finding.weight);
    const bool folds = !words.next.empty() || !finding.command.empty();
    const bool open = folds && view.state.finding_open == number;

    const float pad = view.px(space::gap);
    const float left = pad + view.px(space::group);
    const float heading_width = column.width - left - pad - (folds ? view.px(space::group) : 0);
    const float body_width = column.width - left - pad;
    const float heading_height = paragraph_height(heading_width, Face::strong, words.what);
    const float head = 2 * pad + heading_height - view.px(space::tight);
    const float body_height = words.next.empty() ? 0 : paragraph_height(body_width, Face::body, words.next);
    float command_height = 0;
    if (!finding.command.empty())
        command_height = std::max(view.px(30), view.px(space::gap) + paragraph_height(body_width - view.px(56),
                                                                                      Face::small, finding.command));
    const float between = body_height > 0 && command_height > 0 ? view.px(space::snug) : 0;
    const float tall = open ? head - view.px(space::snug) + body_height + between + command_height + pad : head;

    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    fill(view.list(), low, high, tone_background(view, tone), view.px(radius::popup));
    std::string said = words.what;
    if (open && !words.next.empty()) said += (said.ends_with('.') ? " " : ". ") + words.next;
    if (folds) {
        const ImVec2 head_high{high.x, low.y + head};
        const Press press = press_area(view, path, said, low, head_high);
        if (press.hovered || press.focused) {
            const ImU32 colour = tone_colour(view, tone);
            if (press.focused) focus_ring(view, low, head_high, view.px(radius::popup));
            else outline(view.list(), low, high, colour, view.px(radius::popup), view.px(thickness::hair));
        }
        if (press.pressed) view.wish(state::UnfoldFinding{number});
        text_at(view.list(), {high.x - pad - view.px(space::pad), low.y + pad}, Face::body, tone_colour(view, tone),
                open ? icon::chevron_down : icon::chevron_right);
    } else {
        note_item(view, path, said, low, high, true, false);
    }
    text_at(view.list(), {low.x + pad, low.y + pad}, Face::body, tone_colour(view, tone), tone_glyph(tone));
    paragraph(view, {low.x + left, low.y + pad}, heading_width, Face::strong, tone_colour(view, tone), words.what);
    if (open) {
        float y = low.y + head - view.px(space::snug);
        if (!words.next.empty())
            paragraph(view, {low.x + left, y}, body_width, Face::body, view.colour.text, words.next);
        y += body_height + between;
        if (!finding.command.empty()) command_line(view, low.x + left, y, body_width, path, finding.command, number);
    }
    column.y += tall;
}

}  // namespace

void draw_findings(View& view, Column& column, const std::string& path) {
    if (!view.state.findings) return;
    if (view.state.findings->empty()) {
        banner(view, column, Tone::success, {}, text(Key::doctor_nothing), path + "/1");
        column.space(view.px(space::near));
    }
    for (std::size_t i = 0; i < view.state.findings->size(); ++i) {
        draw_finding(view, column, path + "/" + std::to_string(i + 1), i);
        column.space(view.px(space::near));
    }
}

float draw_doctor_button(View& view, const std::string& path, ImVec2 at) {
    const bool busy = state::find_pending(view.state, state::Wait::examine) != nullptr;
    const std::string_view label = text(busy ? Key::doctor_busy : Key::start_doctor);
    if (button(view, path, at, Look::plain, label, icon::stethoscope, !busy)) view.wish(state::ExamineNow{});
    return button_width(view, label, icon::stethoscope);
}

}  // namespace tokendeck::ui
