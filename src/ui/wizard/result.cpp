// Writing, and what came of it.
#include "ui/codes/code.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace tokendeck::ui {
namespace {

struct StepLine {
    channel::WriteStep step;
    Key words;
};

constexpr std::array write_steps{
    StepLine{channel::WriteStep::authenticating, Key::write_authenticating},
    StepLine{channel::WriteStep::sending, Key::write_sending},
    StepLine{channel::WriteStep::committing, Key::write_committing},
    StepLine{channel::WriteStep::reading_back, Key::write_reading_back},
    StepLine{channel::WriteStep::proving, Key::write_proving},
};

// What is being written, or was last.
struct Subject {
    std::string name{};
    std::optional<otp::SlotId> slot{};
    bool hotp = false;
};

Subject subject_of(const state::Wizard& wizard) {
    const state::Candidate& one = wizard.account();
    return {one.name, one.slot, one.enrolment.parameters.kind == otp::OtpKind::hotp};
}

std::size_t number_of(const state::Wizard& wizard) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < wizard.candidates.size() && i <= wizard.current; ++i)
        if (wizard.candidates[i].chosen) ++number;
    return number;
}

}  // namespace

void draw_wizard_writing(View& view, Column& column, bool beside) {
    const state::Wizard& wizard = *view.state.wizard;
    const Subject subject = subject_of(wizard);
    const std::size_t count = subject.hotp ? write_steps.size() : write_steps.size() - 1;
    const auto& step = std::get<state::WritingStep>(wizard.step);
    const auto now = static_cast<std::size_t>(step.progress);
    const float width = std::min(column.width, view.px(520));
    const float x = column.x + (column.width - width) / 2;
    const float ring = view.px(40);

    const ImVec2 centre{x + ring, column.y + ring + view.px(space::apart)};
    view.painter.ring(view.list(), centre, ring - view.px(space::tight), view.px(space::snug),
                      (static_cast<float>(now) + 0.5F) / static_cast<float>(count), view.colour.accent,
                      view.colour.track);
    const std::string figure =
        text(Key::write_step_of, {{"n", std::to_string(std::min(now + 1, count))}, {"all", std::to_string(count)}});
    const ImVec2 extent = measure(Face::strong, figure);
    text_at(view.list(), {centre.x - extent.x / 2, centre.y - extent.y / 2}, Face::strong, view.colour.text, figure);
    const float text_x = x + 2 * ring + view.px(22);
    const float room = x + width - text_x;
    text_fit(view, {text_x, centre.y - view.px(space::group)}, room, Face::title, view.colour.text,
             text(Key::write_heading, {{"name", printable(subject.name)}}), true);
    const std::string seconds = std::to_string(seconds_since(view, step.started));
    std::string since =
        subject.slot ? text(Key::write_since, {{"place", place(*subject.slot)}, {"n", seconds}}) : std::string();
    const std::size_t all = accounts_chosen(wizard);
    if (all > 1)
        since += " \xC2\xB7 " +
                 text(Key::write_account_of, {{"n", std::to_string(number_of(wizard))}, {"all", std::to_string(all)}});
    text_fit(view, {text_x, centre.y + view.px(space::tight)}, room, Face::body, view.colour.muted, since);
    column.space(2 * ring + view.px(space::wide));

    for (std::size_t i = 0; i < count; ++i) {
        const bool done = i < now;
        const bool current = i == now;
        const float middle = column.y + view.px(13);
        const ImVec2 mark{x + view.px(space::gap), middle};
        if (current) spinner(view, mark, view.px(size::spinner));
        else if (done)
            text_at(view.list(),
                    {mark.x - measure(Face::body, icon::check_circle).x / 2, middle - height(Face::body) / 2},
                    Face::body, view.colour.success, icon::check_circle);
        else view.list()->AddCircle(mark, view.px(7), view.colour.border_strong, 24, view.px(thickness::thin));
        text_fit(view, {x + view.px(size::big_icon_room), middle - height(Face::body) / 2},
                 width - view.px(size::big_icon_room), current ? Face::strong : Face::body,
                 current || done ? view.colour.text : view.colour.muted, text(write_steps[i].words));
        column.space(view.px(29));
    }
    if (beside || all < 2) return;
    column.space(view.px(space::near));
    Column list{x, column.y, width};
    draw_wizard_accounts(view, list);
    column.y = list.y;
}

namespace {

void code_card(View& view, Column& column) {
    const state::AppState& s = view.state;
    const auto& proven = std::get<state::ProvenStep>(s.wizard->step);
    const float tall = view.px(view.low() ? 90 : 108);
    const float middle = column.x + column.width / 2;
    const ImVec2 low{column.x, column.y};
    card(view, low, {column.right(), low.y + tall});
    const float pad = view.px(space::pad);
    if (s.shown && s.shown->slot == proven.result.id) {
        const float wide = code_width(view, *s.shown, 1.25F);
        draw_code(view, {middle + wide / 2, low.y + view.px(view.low() ? 32 : 36)}, *s.shown, 1.25F, "wizard/code");
        const Key words = s.clipboard ? Key::proven_on_clipboard : Key::proven_type_it;
        paragraph(view, {low.x + pad, low.y + view.px(view.low() ? 60 : 72)}, column.width - 2 * pad, Face::body,
                  view.colour.text, text(words), true);
    } else if (s.awaited && s.awaited->slot == proven.result.id) {
        const auto rest = std::max<std::int64_t>(0, s.awaited->at.milliseconds - s.unix_now.milliseconds);
        const std::string words = text(Key::proven_waiting, {{"n", std::to_string((rest + 999) / 1000)}});
        paragraph(view, {low.x + pad, low.y + view.px(space::gap)}, column.width - 2 * pad, Face::body,
                  view.colour.text, words, true);
        note_item(view, "wizard/awaited", words, {low.x + pad, low.y + view.px(space::gap)},
                  {column.right() - pad, low.y + view.px(space::gap) + height(Face::body)}, true, false);
        const std::string_view label = text(Key::proven_now);
        const float label_width = button_width(view, label, icon::copy);
        if (button(view, "wizard/copy",
                   {middle - label_width / 2, low.y + tall - button_height(view) - view.px(space::apart)}, Look::plain,
                   label, icon::copy))
            view.wish(state::CopyCode{proven.result.id});
    } else {
        paragraph(view, {low.x + pad, low.y + view.px(space::gap)}, column.width - 2 * pad, Face::body,
                  view.colour.muted, text(proven.counter ? Key::proven_hidden : Key::proven_over), true);
        const std::string_view label = text(Key::proven_again);
        const bool waiting = state::code_pending(s, proven.result.id) != nullptr;
        const float label_width = button_width(view, label, icon::copy);
        if (button(view, "wizard/copy",
                   {middle - label_width / 2, low.y + tall - button_height(view) - view.px(space::apart)}, Look::plain,
                   label, icon::copy, !waiting))
            view.wish(state::CopyCode{proven.result.id});
    }
    column.space(tall);
}

// One of the two things that are worth doing while the secret is still here.
float offer(View& view, Column column, const char* path, Key label, const char* glyph, Key why, bool draw) {
    if (draw && button(view, path, {column.x, column.y}, Look::plain, text(label), glyph, true, column.width)) {
        if (label != Key::offer_spare) open_wizard_sheet(view);
        else view.wish(state::StartSpare{});
    }
    const float top = column.y + button_height(view) + view.px(space::tight);
    const float tall = paragraph_height(column.width, Face::small, text(why));
    if (draw) paragraph(view, {column.x, top}, column.width, Face::small, view.colour.muted, text(why));
    return top + tall - column.y;
}

void offers(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    if (!state::wizard_keeps_secret(wizard)) return;
    column.space(view.px(view.low() ? 6 : 18));
    const bool one = !several(wizard);
    const float gap = view.px(space::page);
    const float half = std::round((column.width - gap) / 2);
    float tall = offer(view, {column.x, column.y, half}, "wizard/sheet", one ? Key::offer_sheet : Key::offer_sheets,
                       icon::download, one ? Key::offer_sheet_why : Key::offer_sheets_why, true);
    const Column right{column.right() - half, column.y, half};
    const bool counts = one && wizard.account().enrolment.parameters.kind == otp::OtpKind::hotp;
    tall = std::max(tall, offer(view, right, "wizard/spare", Key::offer_spare, icon::usb,
                                counts ? Key::offer_spare_hotp : Key::offer_spare_why, true));
    column.space(tall + view.px(view.low() ? space::hair : space::near));
    const auto left = std::chrono::duration_cast<std::chrono::minutes>(
        std::get<state::ProvenStep>(wizard.step).secret_kept_until - view.state.now + std::chrono::seconds{59});
    const std::string kept =
        text(Key::offer_kept, {{"n", std::to_string(std::max<long>(1, static_cast<long>(left.count())))}});
    const float top = column.y;
    column.y += paragraph(view, {column.x, column.y}, column.width, Face::small, view.colour.muted, kept, true);
    note_item(view, "wizard/kept", kept, {column.x, top}, {column.right(), column.y}, true, false);
}

// The files of text that the accounts came from, each with a way to be rid of it.
void exports(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    for (std::size_t i = 0; i < wizard.exports.size(); ++i) {
        const state::ExportLeft& one = wizard.exports[i];
        const std::string item = "wizard/export/" + std::to_string(i + 1);
        column.space(view.px(space::gap));
        if (one.deleted) {
            banner(view, column, Tone::success, text(Key::export_deleted, {{"path", printable(one.file.path)}}),
                   text(Key::export_deleted_body), item);
            continue;
        }
        // Which of several files the others are in is not kept.
        const bool only = wizard.exports.size() == 1;
        std::string more;
        if (const std::size_t others = state::accounts_not_written(wizard); only && others > 0)
            more = text(Key::export_left_others, {{"n", std::to_string(others)}});
        if (only && wizard.without_otp > 0)
            more +=
                (more.empty() ? "" : " ") + text(Key::choose_without_otp, {{"n", std::to_string(wizard.without_otp)}});
        banner(view, column, Tone::warning, text(Key::export_left, {{"path", printable(one.file.path)}}), more, item);
        column.space(view.px(space::near));
        if (one.error) {
            const Words words = describe(*one.error);
            banner(view, column, Tone::danger, words.what, words.next, item + "/message");
            column.space(view.px(space::near));
        }
        if (button(view, item + "/delete", {column.x, column.y}, Look::plain, text(Key::export_delete), icon::trash,
                   one.request == 0))
            view.wish(state::DeleteExportFile{i});
        column.space(button_height(view));
    }
}

}  // namespace

void draw_wizard_proven(View& view, Column& column, bool beside) {
    const state::Wizard& wizard = *view.state.wizard;
    const auto& step = std::get<state::ProvenStep>(wizard.step);
    const float width = std::min(column.width, view.px(600));
    Column inner{column.x + (column.width - width) / 2, column.y, width};
    const float middle = inner.x + width / 2;
    if (!view.low()) {
        const float mark = view.px(26);
        emblem(view, {middle, inner.y + mark}, mark, icon::check, view.colour.success, view.colour.success_soft);
        inner.space(2 * mark + view.px(space::near));
    }
    const std::size_t proven = static_cast<std::size_t>(std::count_if(
        wizard.candidates.begin(), wizard.candidates.end(),
        [](const state::Candidate& one) { return one.chosen && one.fate == state::Candidate::Fate::proven; }));
    const bool both = !wizard.spare_of.key.empty();
    const std::string message =
        both && several(wizard) ? text(Key::proven_both_several, {{"n", std::to_string(proven)}})
        : both                  ? text(Key::proven_both, {{"name", printable(wizard.account().name)}})
        : several(wizard)       ? text(Key::proven_several,
                                       {{"n", std::to_string(proven)}, {"all", std::to_string(accounts_chosen(wizard))}})
                                : std::string(text(Key::proven_message));
    const float top = inner.y;
    inner.y += paragraph(view, {inner.x, inner.y}, width, Face::title, view.colour.text, message, true);
    note_item(view, "wizard/message", message, {inner.x, top}, {inner.right(), inner.y}, true, false);
    inner.space(view.px(space::hair));
    if (several(wizard)) {
        if (!view.low())
            inner.y += paragraph(view, {inner.x, inner.y}, width, Face::body, view.colour.muted,
                                 text(Key::proven_several_body), true);
        inner.space(view.px(space::gap));
        if (!beside) draw_wizard_accounts(view, inner);
    } else {
        inner.y += paragraph(view, {inner.x, inner.y}, width, Face::body, view.colour.muted,
                             text(Key::proven_where, {{"name", slot_title(step.result)},
                                                      {"place", place(step.result.id)},
                                                      {"facts", facts(step.result.parameters)}}),
                             true);
        inner.space(view.px(view.low() ? 6 : 14));
        code_card(view, inner);
    }
    if (step.counter && !several(wizard)) {  // of several no code is shown
        inner.space(view.px(space::near));
        const std::string counters = text(
            Key::proven_counters,
            {{"counter", std::to_string(*step.counter)}, {"next", std::to_string(step.result.parameters.counter)}});
        const float from = inner.y;
        inner.y += paragraph(view, {inner.x, inner.y}, width, Face::body, view.colour.muted, counters, true);
        note_item(view, "wizard/counters", counters, {inner.x, from}, {inner.right(), inner.y}, true, false);
    }
    offers(view, inner);
    exports(view, inner);
    if (wizard.made_here) {
        inner.space(view.px(space::pad));
        draw_other_side(view, inner, view.px(180));
    }
    column.y = inner.y;
}

void draw_wizard_failed(View& view, Column& column, bool beside) {
    const state::Wizard& wizard = *view.state.wizard;
    const auto& step = std::get<state::FailedStep>(wizard.step);
    const Subject subject = subject_of(wizard);
    const float width = std::min(column.width, view.px(600));
    const float x = column.x + (column.width - width) / 2;
    const float middle = column.x + column.width / 2;
    if (!view.low()) {
        emblem(view, {middle, column.y + view.px(size::emblem)}, view.px(size::emblem), icon::cross, view.colour.danger,
               view.colour.danger_soft);
        column.space(view.px(68));
    }
    column.y += paragraph(view, {x, column.y}, width, Face::title, view.colour.text, text(Key::failed_heading), true);
    column.space(view.px(space::near));
    Column inner{x, column.y, width};
    if (step.error) {
        const Words words = describe(*step.error);
        banner(view, inner, Tone::danger, words.what, words.next, "wizard/message");
        inner.space(view.px(space::apart));
    }
    const std::string where = place(subject.slot ? *subject.slot : step.result.id);
    if (step.slot_is_unsure)
        // Where it broke off, the error says what the slot may hold and what repairs it.
        banner(view, inner, Tone::warning, text(Key::failed_unsure, {{"place", where}}),
               step.broke_off ? std::string_view{} : text(Key::failed_unsure_body), "wizard/effect");
    else if (step.result.state == otp::SlotState::mismatch)
        banner(view, inner, Tone::warning, text(Key::failed_mismatch, {{"place", where}}),
               text(Key::failed_mismatch_body), "wizard/effect");
    else if (step.result.state == otp::SlotState::proven || step.result.name != subject.name)
        banner(view, inner, Tone::info, text(Key::failed_untouched, {{"place", where}}),
               text(Key::failed_untouched_body), "wizard/effect");
    inner.space(view.px(space::apart));
    text_in(view, inner, Face::small, view.colour.muted, text(Key::failed_secret_kept));
    if (several(wizard) && !beside) {
        inner.space(view.px(space::gap));
        draw_wizard_accounts(view, inner);
    }
    column.y = inner.y;
}

}  // namespace tokendeck::ui
