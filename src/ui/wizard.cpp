// The wizard's frame: which step, and the buttons that lead on and out.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

using state::WizardStep;

int step_number(WizardStep step) {
    switch (step) {
        case WizardStep::input:
        case WizardStep::reading: return 0;
        case WizardStep::review: return 1;
        case WizardStep::pin: return 2;
        case WizardStep::writing: return 3;
        case WizardStep::proven: return 4;
        case WizardStep::failed: return 3;
    }
    return 0;
}

void stepper(View& view, ImVec2 low, ImVec2 high) {
    static constexpr std::array keys{Key::step_account, Key::step_review, Key::step_pin, Key::step_write,
                                     Key::step_proven};
    const WizardStep step = view.state.wizard->step;
    const int current = step_number(step);
    const float pad = view.px(20);
    const float width = std::min(view.px(760), high.x - low.x - 2 * pad);
    const float x0 = low.x + (high.x - low.x - width) / 2;
    const float part = width / static_cast<float>(keys.size());
    const float y = low.y + (high.y - low.y) / 2;
    const float radius = view.px(12);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const int number = static_cast<int>(i);
        const bool done = number < current || step == WizardStep::proven;
        const bool now = number == current && !done;
        const bool bad = step == WizardStep::failed && now;
        const std::string_view label = text(keys[i]);
        const float label_width = measure(now ? Face::strong : Face::small, label).x;
        const float block = 2 * radius + view.px(7) + label_width;
        const float x = x0 + part * static_cast<float>(i);
        if (i + 1 < keys.size())
            view.list()->AddLine({x + block + view.px(8), y}, {x + part - view.px(8), y},
                                 done ? view.colour.accent : view.colour.border_strong, view.px(1.5F));
        const ImVec2 centre{x + radius, y};
        const ImU32 mark = bad ? view.colour.danger : view.colour.accent;
        if (done || now) view.list()->AddCircleFilled(centre, radius, mark, 32);
        else view.list()->AddCircle(centre, radius - view.px(1), view.colour.border_strong, 32, view.px(1.5F));
        const std::string figure = done ? icon::check : bad ? icon::cross : std::to_string(number + 1);
        const ImVec2 extent = measure(Face::small, figure);
        text_at(view.list(), {centre.x - extent.x / 2, centre.y - extent.y / 2}, Face::small,
                done || now ? (bad ? view.colour.surface : view.colour.on_accent) : view.colour.muted, figure);
        const Face face = now ? Face::strong : Face::small;
        text_at(view.list(), {x + 2 * radius + view.px(7), y - height(face) / 2}, face,
                now ? view.colour.text : view.colour.muted, label);
    }
    view.list()->AddRectFilled({low.x, high.y - view.px(1)}, high, view.colour.border);
}

void footer(View& view, ImVec2 low, ImVec2 high) {
    fill(view.list(), low, high, view.colour.surface, 0);
    view.list()->AddRectFilled(low, {high.x, low.y + view.px(1)}, view.colour.border);
    const state::Wizard& wizard = *view.state.wizard;
    const float pad = view.px(20);
    const float width = std::min(view.px(760), high.x - low.x - 2 * pad);
    const float left = low.x + (high.x - low.x - width) / 2;
    const float right = left + width;
    const float y = low.y + (high.y - low.y - button_height(view)) / 2;

    if (wizard.step == WizardStep::writing) {
        text_at(view.list(), {left, y + (button_height(view) - height(Face::body)) / 2}, Face::body,
                view.colour.warning, icon::warning);
        text_fit(view, {left + view.px(28), y + (button_height(view) - height(Face::strong)) / 2}, width - view.px(28),
                 Face::strong, view.colour.text, text(Key::writing_do_not_pull));
        return;
    }
    const auto at_right = [&](std::string_view label, const char* glyph) {
        return ImVec2{right - button_width(view, label, glyph), y};
    };
    float x = left;
    if (wizard.step != WizardStep::proven) {
        if (button(view, "wizard/cancel", {x, y}, Look::plain, text(Key::cancel))) view.wish(state::CancelWizard{});
        x += button_width(view, text(Key::cancel)) + view.px(10);
    }
    switch (wizard.step) {
        case WizardStep::input:
        case WizardStep::reading: break;
        case WizardStep::review: {
            const bool ready = state::wizard_ready_for_pin(view.state) && !view.memory.number_wrong;
            const std::string_view label = text(Key::review_continue);
            if (button(view, "wizard/write", at_right(label, icon::arrow_right), Look::primary, label,
                       icon::arrow_right, ready))
                view.wish(state::ContinueToPin{});
            // Here and not on the page, so that it can be seen in every window, beside the button that waits for it.
            const otp::SlotSummary* const target = state::wizard_target(view.state);
            if (target != nullptr && otp::occupied(*target)) {
                Column box{x + view.px(6), y + view.px(6), at_right(label, icon::arrow_right).x - x - view.px(20)};
                if (checkbox(view, box, "wizard/overwrite",
                             text(Key::review_overwrite, {{"name", slot_title(*target)}}), wizard.overwrite_confirmed,
                             Tone::danger))
                    view.wish(state::ConfirmOverwrite{!wizard.overwrite_confirmed});
            }
            break;
        }
        case WizardStep::pin: {
            if (button(view, "wizard/back", {x, y}, Look::quiet, text(Key::back), icon::arrow_left))
                view.wish(state::BackToReview{});
            const std::string_view label = text(Key::pin_confirm);
            if (button(view, "wizard/confirm", at_right(label, icon::shield), Look::primary, label, icon::shield,
                       wizard_pin_complete(view)))
                submit_wizard_pin(view);
            break;
        }
        case WizardStep::proven: {
            const std::string_view label = text(Key::proven_close);
            if (button(view, "wizard/close", at_right(label, icon::check), Look::primary, label, icon::check))
                view.wish(state::CloseWizard{});
            break;
        }
        case WizardStep::failed: {
            const std::string_view label = text(Key::try_again);
            if (button(view, "wizard/try-again", at_right(label, icon::refresh), Look::primary, label, icon::refresh))
                view.wish(state::TryAgain{});
            break;
        }
        case WizardStep::writing: break;
    }
}

}  // namespace

void draw_wizard(View& view, ImVec2 low, ImVec2 high) {
    const float steps = view.px(46);
    const float foot = view.px(60);
    stepper(view, low, {high.x, low.y + steps});
    Column column =
        begin_area(view, state::screen_name(view.state), {low.x, low.y + steps}, {high.x, high.y - foot}, 20, 14, 760);
    const WizardStep step = view.state.wizard->step;
    const bool in_the_middle = step != WizardStep::input && step != WizardStep::review;
    const float room = high.y - foot - low.y - steps - view.px(28);
    const Centred centre = in_the_middle ? begin_centred(view, column, room) : Centred{};
    switch (step) {
        case WizardStep::input:
        case WizardStep::reading: draw_wizard_input(view, column); break;
        case WizardStep::review: draw_wizard_review(view, column); break;
        case WizardStep::pin: draw_wizard_pin(view, column); break;
        case WizardStep::writing: draw_wizard_writing(view, column); break;
        case WizardStep::proven: draw_wizard_proven(view, column); break;
        case WizardStep::failed: draw_wizard_failed(view, column); break;
    }
    if (in_the_middle) end_centred(view, column, centre);
    end_area(view, column, 14);
    footer(view, {low.x, high.y - foot}, high);
}

}  // namespace tokendeck::ui
