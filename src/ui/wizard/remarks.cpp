// What of the input was not read as it stands there: questions that are answered before anything is written, and what
// is only told.
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <array>
#include <charconv>

namespace tokendeck::ui {
namespace {

void counter_field(View& view, Column& column, const state::Candidate& one, const std::string& path) {
    small_label(view, column, text(Key::review_counter));
    std::string& typed = view.memory.wizard.counter;
    otp::OtpParameters wanted = one.enrolment.parameters;
    if (view.memory.page.is_new || (typed.empty() && !view.memory.wizard.number_wrong))
        typed = std::to_string(wanted.counter);
    if (text_field(view, path + "/counter", {column.x, column.y}, std::min(column.width, view.px(240)), typed,
                   view.memory.wizard.number_wrong)) {
        const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), wanted.counter);
        view.memory.wizard.number_wrong = error != std::errc{} || end != typed.data() + typed.size() || typed.empty();
        if (!view.memory.wizard.number_wrong) view.wish(state::EditParameters{wanted});
    }
    column.space(view.px(size::field_row_low));
    if (view.memory.wizard.number_wrong)
        text_in(view, column, Face::small, view.colour.danger, text(Key::review_not_a_number));
}

void question(View& view, Column& column, std::size_t candidate, std::size_t number, const std::string& path) {
    const state::AnsweredRemark& one = view.state.wizard->candidates[candidate].remarks[number];
    const Words words = describe(one.remark.error);
    banner(view, column, state::is_open(one) ? Tone::warning : Tone::info, words.what, {}, path);
    column.space(view.px(space::near));
    const auto answer = [&](std::optional<bool> yes) { view.wish(state::AnswerRemark{candidate, number, yes}); };
    if (one.remark.meant) {
        const std::array choices{Choice{"yes", words.next}, Choice{"no", std::string(text(Key::remark_left_out))}};
        const int chosen = one.yes ? (*one.yes ? 0 : 1) : -1;
        const int now = segmented(view, path, {column.x, column.y}, column.width, choices, chosen);
        if (now >= 0) answer(now == 0);
        column.space(view.px(size::field_row));
        return;
    }
    if (one.remark.lacks_counter && !several(*view.state.wizard))
        counter_field(view, column, view.state.wizard->candidates[candidate], path);
    const bool yes = one.yes.value_or(false);
    if (checkbox(view, column, path + "/yes", words.next, yes, Tone::warning))
        answer(yes ? std::nullopt : std::optional(true));
    column.space(view.px(space::near));
}

}  // namespace

void draw_wizard_questions(View& view, Column& column, std::size_t candidate, const std::string& path) {
    const auto& remarks = view.state.wizard->candidates[candidate].remarks;
    for (std::size_t i = 0; i < remarks.size(); ++i)
        if (remarks[i].remark.asks) question(view, column, candidate, i, path + "/" + std::to_string(i + 1));
}

void draw_wizard_told(View& view, Column& column, std::size_t candidate, const std::string& path) {
    std::string told;
    for (const state::AnsweredRemark& one : view.state.wizard->candidates[candidate].remarks) {
        if (one.remark.asks) continue;
        if (!told.empty()) told += " ";
        told += describe(one.remark.error).what;
    }
    if (told.empty()) return;
    const ImVec2 low{column.x, column.y};
    text_in(view, column, Face::small, view.colour.muted, told);
    note_item(view, path, told, low, {column.right(), column.y}, true, false);
    column.space(view.px(space::near));
}

}  // namespace tokendeck::ui
