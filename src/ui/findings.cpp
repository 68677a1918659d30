// What the doctor found: what is in the way, what to do, and the line to type for it.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"
#include "ui/words.hpp"

namespace tokendeck::ui {

void draw_findings(View& view, Column& column, const std::string& path, bool with_advice) {
    if (!view.state.findings) return;
    using Weight = channel::Finding::Weight;
    const std::vector<channel::Finding>& findings = *view.state.findings;
    if (findings.empty() && with_advice) {
        banner(view, column, Tone::success, {}, text(Key::doctor_nothing), path + "/1");
        column.space(view.px(8));
    }
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const channel::Finding& finding = findings[i];
        if (!with_advice && finding.weight != Weight::problem) continue;
        const Words words = describe(finding.error);
        const std::string number = path + "/" + std::to_string(i + 1);
        const Tone tone = finding.weight == Weight::problem  ? Tone::warning
                          : finding.weight == Weight::advice ? Tone::info
                                                             : Tone::success;
        banner(view, column, tone, words.what, words.next, number);
        if (!finding.command.empty()) {
            const float side = view.px(30);
            const ImVec2 low{column.x, column.y + view.px(4)};
            const float width = column.width - side - view.px(6);
            const float text_height = paragraph_height(width - view.px(20), Face::small, finding.command);
            const float tall = std::max(side, text_height + view.px(12));
            fill(view.list(), low, {low.x + width, low.y + tall}, view.colour.raised, view.px(radius::small));
            paragraph(view, {low.x + view.px(10), low.y + (tall - text_height) / 2}, width - view.px(20), Face::small,
                      view.colour.text, finding.command);
            note_item(view, number + "/command", finding.command, low, {low.x + width, low.y + tall}, true, false);
            if (icon_button(view, number + "/copy", {low.x + width + view.px(6), low.y}, side, icon::copy,
                            text(Key::doctor_copy), view.colour.muted))
                view.wish(state::CopyCommand{i});
            column.space(tall + view.px(4));
        }
        column.space(view.px(8));
    }
}

float draw_doctor_button(View& view, const std::string& path, ImVec2 at) {
    const bool busy = state::find_pending(view.state, state::Wait::examine) != nullptr;
    const std::string_view label = text(busy ? Key::doctor_busy : Key::start_doctor);
    if (button(view, path, at, Look::plain, label, icon::stethoscope, !busy)) view.wish(state::ExamineNow{});
    return button_width(view, label, icon::stethoscope);
}

}  // namespace tokendeck::ui
