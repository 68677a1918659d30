// Writing, and what came of it.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"
#include "ui/words.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

struct StepLine {
    channel::WriteStep step;
    Key words;
};

}  // namespace

void draw_wizard_writing(View& view, Column& column) {
    static constexpr std::array steps{
        StepLine{channel::WriteStep::authenticating, Key::write_authenticating},
        StepLine{channel::WriteStep::sending, Key::write_sending},
        StepLine{channel::WriteStep::committing, Key::write_committing},
        StepLine{channel::WriteStep::reading_back, Key::write_reading_back},
        StepLine{channel::WriteStep::proving, Key::write_proving},
        StepLine{channel::WriteStep::restoring_counter, Key::write_restoring},
    };
    const state::Wizard& wizard = *view.state.wizard;
    const bool hotp = wizard.enrolment.parameters.kind == otp::OtpKind::hotp;
    const std::size_t count = hotp ? steps.size() : steps.size() - 1;
    const auto now = static_cast<std::size_t>(wizard.progress);
    const float width = std::min(column.width, view.px(520));
    const float x = column.x + (column.width - width) / 2;
    const float ring = view.px(40);

    const ImVec2 centre{x + ring, column.y + ring + view.px(10)};
    view.painter.ring(view.list(), centre, ring - view.px(4), view.px(6),
                      (static_cast<float>(now) + 0.5F) / static_cast<float>(count), view.colour.accent,
                      view.colour.track);
    const std::string figure =
        text(Key::write_step_of, {{"n", std::to_string(std::min(now + 1, count))}, {"all", std::to_string(count)}});
    const ImVec2 extent = measure(Face::strong, figure);
    text_at(view.list(), {centre.x - extent.x / 2, centre.y - extent.y / 2}, Face::strong, view.colour.text, figure);
    const float text_x = x + 2 * ring + view.px(22);
    const float room = x + width - text_x;
    text_fit(view, {text_x, centre.y - view.px(28)}, room, Face::title, view.colour.text,
             text(Key::write_heading, {{"name", printable(wizard.name)}}), true);
    const long seconds = seconds_since(view, wizard.started);
    const std::string since =
        wizard.slot ? text(Key::write_since, {{"place", place(*wizard.slot)}, {"n", std::to_string(seconds)}})
                    : std::string();
    text_fit(view, {text_x, centre.y + view.px(4)}, room, Face::body, view.colour.muted, since);
    column.space(2 * ring + view.px(24));

    for (std::size_t i = 0; i < count; ++i) {
        const bool done = i < now;
        const bool current = i == now;
        const float middle = column.y + view.px(13);
        const ImVec2 mark{x + view.px(12), middle};
        if (current) spinner(view, mark, view.px(8));
        else if (done)
            text_at(view.list(),
                    {mark.x - measure(Face::body, icon::check_circle).x / 2, middle - height(Face::body) / 2},
                    Face::body, view.colour.success, icon::check_circle);
        else view.list()->AddCircle(mark, view.px(7), view.colour.border_strong, 24, view.px(1.5F));
        text_fit(view, {x + view.px(34), middle - height(Face::body) / 2}, width - view.px(34),
                 current ? Face::strong : Face::body, current || done ? view.colour.text : view.colour.muted,
                 text(steps[i].words));
        column.space(view.px(29));
    }
}

void draw_wizard_proven(View& view, Column& column) {
    const state::AppState& s = view.state;
    const state::Wizard& wizard = *s.wizard;
    const float width = std::min(column.width, view.px(560));
    const float x = column.x + (column.width - width) / 2;
    const float middle = column.x + column.width / 2;
    const float mark = view.px(view.low() ? 24 : 32);
    emblem(view, {middle, column.y + mark}, mark, icon::check, view.colour.success, view.colour.success_soft);
    column.space(2 * mark + view.px(10));
    const std::string_view message = text(Key::proven_message);
    const float top = column.y;
    column.y += paragraph(view, {x, column.y}, width, Face::title, view.colour.text, message, true);
    note_item(view, "wizard/message", message, {x, top}, {x + width, column.y}, true, false);
    column.space(view.px(2));
    column.y += paragraph(view, {x, column.y}, width, Face::body, view.colour.muted,
                          text(Key::proven_where, {{"name", slot_title(wizard.result)},
                                                   {"place", place(wizard.result.id)},
                                                   {"facts", facts(wizard.result.parameters)}}),
                          true);
    column.space(view.px(view.low() ? 8 : 14));

    const float tall = view.px(108);
    const ImVec2 low{x, column.y};
    const ImVec2 high{x + width, column.y + tall};
    card(view, low, high);
    const bool shown = s.shown && s.shown->slot == wizard.result.id;
    if (shown) {
        const float wide = code_width(view, *s.shown, 1.25F);
        draw_code(view, {middle + wide / 2, low.y + view.px(40)}, *s.shown, 1.25F, "wizard/code");
        const Key words = s.clipboard ? Key::proven_on_clipboard : Key::proven_type_it;
        paragraph(view, {low.x + view.px(16), low.y + view.px(74)}, width - view.px(32), Face::body, view.colour.text,
                  text(words), true);
    } else {
        paragraph(view, {low.x + view.px(16), low.y + view.px(18)}, width - view.px(32), Face::body, view.colour.muted,
                  text(Key::proven_over), true);
        const std::string_view label = text(Key::proven_again);
        const bool waiting = state::code_pending(s, wizard.result.id) != nullptr;
        const float label_width = button_width(view, label, icon::copy);
        if (button(view, "wizard/copy", {middle - label_width / 2, low.y + view.px(58)}, Look::plain, label, icon::copy,
                   !waiting))
            view.wish(state::CopyCode{wizard.result.id});
    }
    column.space(tall);
    if (wizard.counter_moved) {
        column.space(view.px(10));
        Column below{x, column.y, width};
        banner(view, below, Tone::warning, {},
               text(Key::proven_counter_moved, {{"counter", std::to_string(wizard.result.parameters.counter)}}),
               "wizard/counter-moved");
        column.y = below.y;
    }
}

void draw_wizard_failed(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const float width = std::min(column.width, view.px(600));
    const float x = column.x + (column.width - width) / 2;
    const float middle = column.x + column.width / 2;
    if (!view.low()) {
        emblem(view, {middle, column.y + view.px(30)}, view.px(30), icon::cross, view.colour.danger,
               view.colour.danger_soft);
        column.space(view.px(68));
    }
    column.y += paragraph(view, {x, column.y}, width, Face::title, view.colour.text, text(Key::failed_heading), true);
    column.space(view.px(8));
    Column inner{x, column.y, width};
    if (wizard.failure) {
        const Words words = describe(*wizard.failure);
        banner(view, inner, Tone::danger, words.what, words.next, "wizard/message");
        inner.space(view.px(10));
    }
    const std::string where = place(wizard.slot ? *wizard.slot : wizard.result.id);
    if (wizard.slot_is_unsure)
        banner(view, inner, Tone::warning, text(Key::failed_unsure, {{"place", where}}), text(Key::failed_unsure_body),
               "wizard/effect");
    else if (wizard.result.state == otp::SlotState::mismatch)
        banner(view, inner, Tone::warning, text(Key::failed_mismatch, {{"place", where}}),
               text(Key::failed_mismatch_body), "wizard/effect");
    else if (wizard.result.state == otp::SlotState::proven || wizard.result.name != wizard.name)
        banner(view, inner, Tone::info, text(Key::failed_untouched, {{"place", where}}),
               text(Key::failed_untouched_body), "wizard/effect");
    inner.space(view.px(10));
    text_in(view, inner, Face::small, view.colour.muted, text(Key::failed_secret_kept));
    column.y = inner.y;
}

}  // namespace tokendeck::ui
