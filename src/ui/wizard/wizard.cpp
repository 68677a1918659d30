// The wizard's frame: which step it is, what was read beside it where there is room, and the buttons that lead on and
// out.
#include "ui/wizard/wizard.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

using state::WizardStep;

constexpr float bar_height = 46;
constexpr float foot_height = 60;
constexpr float page_width = 760;  // of a page without a second pane
constexpr float step_width = 680;  // of a step beside what was read

int step_number(WizardStep step) {
    switch (step) {
        case WizardStep::input:
        case WizardStep::reading: return 0;
        case WizardStep::choose:
        case WizardStep::review: return 1;
        case WizardStep::pin: return 2;
        case WizardStep::writing: return 3;
        case WizardStep::proven: return 4;
        case WizardStep::failed: return 3;
    }
    return 0;
}

constexpr std::array step_keys{Key::step_account, Key::step_review, Key::step_pin, Key::step_write, Key::step_proven};

struct StepLook {
    bool done = false, now = false, bad = false;
};

StepLook step_look(WizardStep step, int number) {
    const int current = step_number(step);
    const bool done = number < current || step == WizardStep::proven;
    const bool now = number == current && !done;
    return {done, now, now && step == WizardStep::failed};
}

// One mark of the line of steps. Returns its right end.
float step_mark(View& view, ImVec2 left_middle, int number, StepLook look, bool with_name) {
    const float radius = view.px(with_name ? 12 : look.now ? 11 : 5);
    const ImVec2 centre{left_middle.x + radius, left_middle.y};
    const ImU32 mark = look.bad ? view.colour.danger : view.colour.accent;
    if (look.done || look.now) view.list()->AddCircleFilled(centre, radius, mark, 32);
    else
        view.list()->AddCircle(centre, radius - view.px(space::pixel), view.colour.border_strong, 32,
                               view.px(thickness::thin));
    if (!with_name && !look.now) return centre.x + radius;
    const std::string figure = look.done ? icon::check : look.bad ? icon::cross : std::to_string(number + 1);
    const ImVec2 extent = measure(Face::small, figure);
    text_at(view.list(), {centre.x - extent.x / 2, centre.y - extent.y / 2}, Face::small,
            look.done || look.now ? (look.bad ? view.colour.surface : view.colour.on_accent) : view.colour.muted,
            figure);
    const Face face = look.now ? Face::strong : Face::small;
    const std::string_view label = text(step_keys[static_cast<std::size_t>(number)]);
    const float x = centre.x + radius + view.px(7);
    text_at(view.list(), {x, left_middle.y - height(face) / 2}, face, look.now ? view.colour.text : view.colour.muted,
            label);
    return x + measure(face, label).x;
}

void all_steps(View& view, ImVec2 low, ImVec2 high) {
    const WizardStep step = state::step_of(*view.state.wizard);
    const float width = std::min(view.px(page_width), high.x - low.x - 2 * view.px(space::page));
    const float y = (low.y + high.y) / 2;
    float x = low.x + (high.x - low.x - width) / 2;
    // The lines between share what the marks and their names leave.
    float marks = 0;
    for (std::size_t i = 0; i < step_keys.size(); ++i)
        marks += view.px(24 + 7) +
                 measure(step_look(step, static_cast<int>(i)).now ? Face::strong : Face::small, text(step_keys[i])).x;
    const float line = (width - marks) / static_cast<float>(step_keys.size() - 1);
    for (std::size_t i = 0; i < step_keys.size(); ++i) {
        const StepLook look = step_look(step, static_cast<int>(i));
        const float end = step_mark(view, {x, y}, static_cast<int>(i), look, true);
        x = end + line;
        if (i + 1 < step_keys.size())
            view.list()->AddLine({end + view.px(space::apart), y}, {x - view.px(space::apart), y},
                                 look.done ? view.colour.accent : view.colour.border_strong, view.px(thickness::thin));
    }
}

// In a narrow window: what it is about at the left, the steps as dots with the name of this one at the right.
void steps_and_facts(View& view, ImVec2 low, ImVec2 high) {
    const WizardStep step = state::step_of(*view.state.wizard);
    const float y = (low.y + high.y) / 2;
    const float pad = view.px(space::page);
    const int current = std::min(step_number(step), static_cast<int>(step_keys.size()) - 1);
    const bool all_done = step == WizardStep::proven;
    const float label = measure(Face::strong, text(step_keys[static_cast<std::size_t>(current)])).x;
    const float dot = view.px(10 + 6);
    const float taken = dot * 4 + view.px(22 + 7) + label;
    float x = high.x - pad - taken;
    const float steps_left = x;
    for (int i = 0; i < static_cast<int>(step_keys.size()); ++i) {
        const StepLook look = step_look(step, i);
        const bool named = look.now || (all_done && i == current);
        x = step_mark(view, {x, y}, i, {look.done, named, look.bad}, false) + view.px(space::snug);
    }
    draw_wizard_facts_line(view, {low.x + pad, low.y}, steps_left - low.x - pad - view.px(space::pad), high.y - low.y);
}

void bar(View& view, ImVec2 low, ImVec2 high, bool wide) {
    fill(view.list(), low, high, view.colour.surface, 0);
    if (wide) all_steps(view, low, high);
    else steps_and_facts(view, low, high);
    view.list()->AddRectFilled({low.x, high.y - view.px(space::pixel)}, high, view.colour.border);
}

// ---- the footer ----

struct Foot {
    float left = 0, right = 0, y = 0;
};

bool foot_button(View& view, const Foot& foot, const char* path, std::string_view label, const char* glyph,
                 bool enabled = true) {
    return main_button(view, path, {foot.right - button_width(view, label, glyph), foot.y}, label, glyph, enabled);
}

// A page is not ended by Enter before somebody can have seen it.
constexpr base::Milliseconds settling{800};

// Why the button that leads on is grey.
std::string_view why_not(const View& view) {
    const state::AppState& s = view.state;
    if (state::spare_is_missing(s))
        return text(state::possible_spares(s).empty() ? Key::why_spare : Key::why_spare_choose);
    if (!s.active) return text(Key::why_token);
    bool any = false;
    for (const state::Candidate& one : s.wizard->candidates) {
        if (!state::to_be_written(one)) continue;
        any = true;
        if (one.name.empty()) return text(Key::why_name);
        if (otp::blocked(one.problems)) return text(Key::why_blocked);
        if (state::has_open_remark(one)) return text(Key::remark_first_answer);
        if (one.same_as && !one.keep_both) return text(Key::why_same);
        if (!one.slot) return text(Key::why_slot);
    }
    if (!any) return text(Key::why_none);
    return view.memory.wizard.number_wrong ? text(Key::why_number) : std::string_view{};
}

// Beside the button that leads on, which is `taken` wide: why it is grey. `left`: where there is room from.
void reason(View& view, const Foot& foot, float left, float taken, std::string_view why) {
    if (why.empty()) return;
    const float right = foot.right - taken - view.px(space::gap);
    const float wide = std::min(measure(Face::small, why).x + 1, right - left);
    const ImVec2 at{right - wide, foot.y + (button_height(view) - height(Face::small)) / 2};
    text_fit(view, at, wide, Face::small, view.colour.muted, why);
    note_item(view, "wizard/why", why, at, {right, at.y + height(Face::small)}, true, false);
}

// Continue, and beside it why it is grey. `left`: where there is room from.
void continue_button(View& view, const Foot& foot, float left, bool ready, bool with_reason = true) {
    const std::string_view label = text(Key::review_continue);
    if (foot_button(view, foot, "wizard/write", label, icon::arrow_right, ready)) view.wish(state::ContinueToPin{});
    const std::string_view why = ready || !with_reason ? std::string_view{} : why_not(view);
    reason(view, foot, left, button_width(view, label, icon::arrow_right), why);
}

void writing_footer(View& view, const Foot& foot) {
    const state::Wizard& wizard = *view.state.wizard;
    float x = foot.left;
    const auto* const step = wizard.in<state::WritingStep>();
    if (step != nullptr && accounts_chosen(wizard) > 1) {
        const std::string_view label = text(step->stop_asked ? Key::writing_stopping : Key::writing_stop);
        if (button(view, "wizard/cancel", {x, foot.y}, Look::plain, label, nullptr, !step->stop_asked))
            view.wish(state::CancelWizard{});
        x += button_width(view, label) + view.px(space::pad);
    }
    text_at(view.list(), {x, foot.y + (button_height(view) - height(Face::body)) / 2}, Face::body, view.colour.warning,
            icon::warning);
    text_fit(view, {x + view.px(space::group), foot.y + (button_height(view) - height(Face::strong)) / 2},
             foot.right - x - view.px(space::group), Face::strong, view.colour.text, text(Key::writing_do_not_pull));
}

void review_footer(View& view, const Foot& foot, float x) {
    const state::Wizard& wizard = *view.state.wizard;
    const bool ready = state::wizard_ready_for_pin(view.state) && !view.memory.wizard.number_wrong;
    const otp::SlotSummary* const target = state::wizard_target(view.state);
    const bool old_is_lost = target != nullptr && otp::occupied(*target);
    // Here and not on the page, so that it can be seen in every window, beside the button that waits for it.
    if (old_is_lost) {
        const float taken = button_width(view, text(Key::review_continue), icon::arrow_right);
        const std::string label = text(Key::review_overwrite, {{"name", slot_title(*target)}});
        Column box{x + view.px(space::snug), foot.y, foot.right - taken - x - view.px(space::page)};
        box.space(std::round((button_height(view) - checkbox_height(view, box.width, label)) / 2));
        if (checkbox(view, box, "wizard/overwrite", label, wizard.account().overwrite_confirmed, Tone::danger))
            view.wish(state::ConfirmOverwrite{!wizard.account().overwrite_confirmed});
    }
    continue_button(view, foot, x, ready, !old_is_lost);
}

// What can be done with the sheet's file, from the right; with icons where there is room for them.
void saved_sheet_footer(View& view, const Foot& foot, float left) {
    struct Deed {
        const char* path;
        Key label;
        const char* glyph;
        bool enabled;
    };
    const bool printing = view.state.wizard->sheet.printing;
    const std::array deeds{Deed{"wizard/sheet/open", Key::sheet_open_file, icon::folder_open, true},
                           Deed{"wizard/sheet/print", Key::sheet_print, icon::print, !printing},
                           Deed{"wizard/sheet/delete", Key::sheet_delete, icon::trash, !printing}};
    const float gap = view.px(space::near);
    const auto width_of_all = [&](bool icons) {
        float width = gap * static_cast<float>(deeds.size() - 1);
        for (const Deed& one : deeds) width += button_width(view, text(one.label), icons ? one.glyph : nullptr);
        return width;
    };
    const bool icons = left + gap + width_of_all(true) <= foot.right;
    float x = foot.right - width_of_all(icons);
    for (const Deed& one : deeds) {
        const char* const glyph = icons ? one.glyph : nullptr;
        if (button(view, one.path, {x, foot.y}, Look::plain, text(one.label), glyph, one.enabled)) {
            if (one.label == Key::sheet_open_file) view.wish(state::OpenSheetFile{});
            else if (one.label == Key::sheet_print) view.wish(state::PrintSheetFile{});
            else view.wish(state::DeleteSheetFile{});
        }
        x += button_width(view, text(one.label), glyph) + gap;
    }
}

void sheet_footer(View& view, const Foot& foot) {
    const state::RecoverySheet& sheet = view.state.wizard->sheet;
    const std::string_view back = text(state::several(*view.state.wizard) ? Key::back : Key::sheet_close);
    if (button(view, "wizard/sheet/close", {foot.left, foot.y}, Look::plain, back, icon::arrow_left))
        close_wizard_sheet(view);
    if (sheet.saved && !sheet.saving && !sheet.deleting)
        return saved_sheet_footer(view, foot, foot.left + button_width(view, back, icon::arrow_left));
    const bool ready = (sheet.side > 0 || state::several(*view.state.wizard)) && sheet.request == 0 && !sheet.saving &&
                       !sheet.path.empty();
    if (foot_button(view, foot, "wizard/sheet/save", text(Key::sheet_save), icon::download, ready))
        save_wizard_sheet(view);
}

// The admin PIN that was just typed is the one that every new token has.
void change_factory_pin(View& view, const Foot& foot) {
    if (!state::factory_pins(view.state).admin.value_or(false)) return;
    const std::string_view change = text(Key::proven_change_pin);
    if (button(view, "wizard/change-pin", {foot.left, foot.y}, Look::plain, change, icon::lock))
        view.wish(state::AskCare{state::CareAction::admin_pin});
    const std::string_view why = text(Key::proven_factory_pin);
    const float x = foot.left + button_width(view, change, icon::lock) + view.px(space::gap);
    const float room = foot.right - button_width(view, text(Key::proven_close), icon::check) - view.px(space::gap) - x;
    if (measure(Face::small, why).x <= room)
        text_at(view.list(), {x, foot.y + (button_height(view) - height(Face::small)) / 2}, Face::small,
                view.colour.warning, why);
}

void go_back(View& view) {
    if (view.state.wizard->in<state::PinStep>() != nullptr) view.wish(state::BackToReview{});
    else view.wish(state::BackToInput{!view.memory.secrets.pasted.empty()});
}

void footer(View& view, ImVec2 low, ImVec2 high, float left, float right) {
    fill(view.list(), low, high, view.colour.surface, 0);
    view.list()->AddRectFilled(low, {high.x, low.y + view.px(space::pixel)}, view.colour.border);
    const state::Wizard& wizard = *view.state.wizard;
    const Foot foot{left, right, low.y + std::round((high.y - low.y - button_height(view)) / 2)};
    const WizardStep step = state::step_of(wizard);
    if (step == WizardStep::writing) return writing_footer(view, foot);
    if (wizard_sheet_open(view)) return sheet_footer(view, foot);
    // From a field Tab leads to the button that leads on first, then back, then out.
    const bool may_cancel = step != WizardStep::proven;
    const float cancel_width = may_cancel ? button_width(view, text(Key::cancel)) + view.px(space::apart) : 0;
    const bool back = step == WizardStep::pin || (step == WizardStep::review && state::may_go_back(wizard));
    const float back_width = back ? button_width(view, text(Key::back), icon::arrow_left) + view.px(space::apart) : 0;
    const float x = left + cancel_width + back_width;
    switch (step) {
        case WizardStep::input:
            if (!wizard.candidates.empty() &&
                foot_button(view, foot, "wizard/forward", text(Key::review_continue), icon::arrow_right))
                view.wish(state::ForwardToReview{});
            break;
        case WizardStep::reading:
        case WizardStep::writing: break;
        case WizardStep::choose: continue_button(view, foot, x, state::wizard_ready_for_pin(view.state)); break;
        case WizardStep::review: review_footer(view, foot, x); break;
        case WizardStep::pin:
            if (foot_button(view, foot, "wizard/confirm", text(Key::pin_confirm), icon::shield,
                            wizard_pin_complete(view)))
                submit_wizard_pin(view);
            else
                reason(view, foot, x, button_width(view, text(Key::pin_confirm), icon::shield),
                       why_no_wizard_pin(view));
            break;
        case WizardStep::proven:
            // Enter pressed once too often after the PIN shall not end what the secret is kept for.
            if (foot_button(view, foot, "wizard/close", text(Key::proven_close), icon::check) &&
                (!compat::enter_pressed() || view.state.now - view.memory.page.since >= settling))
                view.wish(state::CloseWizard{});
            change_factory_pin(view, foot);
            break;
        case WizardStep::failed:
            if (foot_button(view, foot, "wizard/try-again", text(Key::try_again), icon::refresh))
                view.wish(state::TryAgain{});
            break;
    }
    if (back &&
        button(view, "wizard/back", {left + cancel_width, foot.y}, Look::quiet, text(Key::back), icon::arrow_left))
        go_back(view);
    if (may_cancel && button(view, "wizard/cancel", {left, foot.y}, Look::plain, text(Key::cancel)))
        view.wish(state::CancelWizard{});
}

// Escape goes back, or out where nothing is lost by that.
void escape(View& view) {
    if (view.blocked || view.memory.popup_was_open || compat::popup_open()) return;
    if (!compat::key_pressed(ImGuiKey_Escape)) return;
    const state::Wizard& wizard = *view.state.wizard;
    if (wizard_sheet_open(view)) return close_wizard_sheet(view);
    if (const auto* const input = wizard.in<state::InputStep>()) {
        if (input->browser.open) view.wish(state::CloseBrowser{});
        else if (!wizard.candidates.empty()) view.wish(state::ForwardToReview{});
        else if (view.memory.secrets.pasted.empty()) view.wish(state::CancelWizard{});
    } else if (wizard.in<state::ReadingStep>() != nullptr) {
        view.wish(state::CancelWizard{});
    } else if (wizard.in<state::PinStep>() != nullptr) {
        view.wish(state::BackToReview{});
    } else if (wizard.first_proof && wizard.in<state::ProvenStep>() == nullptr &&
               wizard.in<state::WritingStep>() == nullptr) {
        view.wish(state::CancelWizard{});  // to the proof on the first token, where nothing is lost
    }
}

void draw_step(View& view, Column& column, float room, bool beside) {
    if (wizard_sheet_open(view)) return draw_wizard_sheet(view, column, room);
    switch (state::step_of(*view.state.wizard)) {
        case WizardStep::input:
        case WizardStep::reading: return draw_wizard_input(view, column);
        case WizardStep::choose: return draw_wizard_choose(view, column);
        case WizardStep::review: return draw_wizard_review(view, column);
        case WizardStep::pin: return draw_wizard_pin(view, column);
        case WizardStep::writing: return draw_wizard_writing(view, column, beside);
        case WizardStep::proven: return draw_wizard_proven(view, column, beside);
        case WizardStep::failed: return draw_wizard_failed(view, column, beside);
    }
}

}  // namespace

float wizard_foot_height(const View& view) {
    return view.px(foot_height);
}

void draw_wizard(View& view, ImVec2 low, ImVec2 high) {
    const WizardStep step = state::step_of(*view.state.wizard);
    if (step != WizardStep::proven) view.memory.wizard.sheet_page = false;
    escape(view);
    // What was typed is still in its box when the person goes back to it.
    if (step == WizardStep::review || step == WizardStep::pin) view.memory.secrets.pasted.keep();
    const bool wide = high.x - low.x >= view.px(wide_from::facts_beside);
    const bool beside = wide && step != WizardStep::input && step != WizardStep::reading && step != WizardStep::choose;
    const float top = low.y + view.px(bar_height);
    const float foot = high.y - wizard_foot_height(view);
    const float end = foot - view.memory.page.notice_height;
    bar(view, low, {high.x, top}, wide);

    float left = low.x;
    if (beside) {
        left = low.x + std::round(std::clamp((high.x - low.x) * 0.3F, view.px(290), view.px(360)));
        fill(view.list(), {low.x, top}, {left, end}, view.colour.surface, 0);
        view.list()->AddRectFilled({left - view.px(space::pixel), top}, {left, end}, view.colour.border);
        Column facts =
            begin_area(view, "wizard##facts", {low.x, top}, {left - view.px(space::pixel), end}, space::page, 18);
        draw_wizard_facts(view, facts);
        end_area(view, facts, 14);
    }
    const std::string id = std::string(state::screen_name(view.state)) + (wizard_sheet_open(view) ? "/sheet" : "");
    const float most = beside ? step_width : page_width;
    const float padding = space::page;
    Column column = begin_area(view, id.c_str(), {left, top}, {high.x, end}, padding, 14, most);
    const float column_left = column.x;
    const float column_right = column.right();
    const float room = end - top - view.px(space::group);
    const bool in_the_middle = step != WizardStep::input && step != WizardStep::review && step != WizardStep::choose &&
                               !wizard_sheet_open(view);
    const Centred centre = in_the_middle ? begin_centred(view, column, room) : Centred{};
    draw_step(view, column, room, beside);
    if (in_the_middle) end_centred(view, column, centre);
    end_area(view, column, 14);
    footer(view, {low.x, foot}, high, column_left, column_right);
}

}  // namespace tokendeck::ui
