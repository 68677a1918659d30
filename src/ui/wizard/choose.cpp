// Several accounts were read: which ones, under which names, and where they go. And the same accounts while they are
// written one after another, with what came of each.
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/simulated_menu.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <algorithm>

namespace tokendeck::ui {
namespace {

using state::Candidate;

constexpr float field_width = 190;

// Of the slot and the length of the name, whose words differ from language to language.
float place_width(const View& view) {
    const std::size_t limit = view.state.active ? view.state.active->status.limits.name_bytes_max : 0;
    const std::string most = name_length(std::string(std::min<std::size_t>(limit, 99), 'x'), limit);
    return std::max(view.px(80), std::ceil(measure(Face::small, most).x) + view.px(space::gap));
}

std::string name_of(const Candidate& one) {
    std::string title = printable(otp::title(one.enrolment));
    return title.empty() ? std::string(text(Key::facts_bare)) : title;
}

std::size_t free_slots(const state::ActiveToken& token, otp::OtpKind kind) {
    return static_cast<std::size_t>(
        std::count_if(token.slots.begin(), token.slots.end(), [&](const otp::SlotSummary& slot) {
            const auto* const numbered = std::get_if<otp::NumberedSlot>(&slot.id);
            return !otp::occupied(slot) && (numbered == nullptr || numbered->kind == kind);
        }));
}

void heading(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const std::string_view all = text(Key::choose_all);
    const std::string_view none = text(Key::choose_none);
    const float all_width = button_width(view, all);
    const float none_width = button_width(view, none);
    const float x = column.right() - all_width - none_width - view.px(space::tight);
    const std::string count = text(Key::choose_count, {{"n", std::to_string(accounts_chosen(wizard))},
                                                       {"all", std::to_string(wizard.candidates.size())}});
    text_fit(view, {column.x, column.y}, x - column.x - view.px(space::near), Face::title, view.colour.text, count);
    note_item(view, "wizard/chosen", count, {column.x, column.y}, {x, column.y + height(Face::title)}, true, false);
    const bool any = !wizard.candidates.empty();
    const auto set_all = [&](bool yes) {
        for (std::size_t i = 0; i < wizard.candidates.size(); ++i)
            if (wizard.candidates[i].chosen != yes && wizard.candidates[i].fate != Candidate::Fate::proven)
                view.wish(state::ChooseCandidate{i, yes});
    };
    if (button(view, "wizard/all", {x, column.y - view.px(space::tight)}, Look::quiet, all, nullptr, any))
        set_all(true);
    if (button(view, "wizard/none", {column.right() - none_width, column.y - view.px(space::tight)}, Look::quiet, none,
               nullptr, any))
        set_all(false);
    column.space(height(Face::title) + view.px(space::tight));
    if (view.state.active) {
        const std::string free =
            text(Key::choose_free, {{"totp", std::to_string(free_slots(*view.state.active, otp::OtpKind::totp))},
                                    {"hotp", std::to_string(free_slots(*view.state.active, otp::OtpKind::hotp))}});
        const ImVec2 low{column.x, column.y};
        text_in(view, column, Face::small, view.colour.muted, free);
        note_item(view, "wizard/free", free, low, {column.right(), column.y}, true, false);
    }
    column.space(view.px(space::near));
}

// Parts of an export that are still to come, and the way to them.
void missing_parts(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const std::size_t missing = state::parts_missing(wizard);
    if (missing == 0) return;
    const std::string words = text(Key::choose_parts, {{"n", std::to_string(wizard.parts.size())},
                                                       {"all", std::to_string(wizard.parts.size() + missing)}});
    banner(view, column, Tone::info, words, text(Key::choose_parts_body), "wizard/parts");
    column.space(view.px(space::near));
    const std::string_view label = text(Key::input_choose);
    if (button(view, "wizard/file", {column.x, column.y}, Look::plain, label, icon::folder_open))
        view.wish(state::ChooseFile{});
    const std::string_view screen = text(Key::input_screen);
    if (button(view, "wizard/screen",
               {column.x + button_width(view, label, icon::folder_open) + view.px(space::near), column.y}, Look::plain,
               screen, icon::desktop))
        view.wish(state::PictureOfScreen{});
    column.space(button_height(view) + view.px(space::gap));
}

void tick_box(View& view, ImVec2 at, float side, bool on, bool hovered) {
    const ImVec2 high{at.x + side, at.y + side};
    const ImU32 colour = view.colour.accent;
    fill(view.list(), at, high, on ? colour : view.colour.surface, view.px(radius::small));
    outline(view.list(), at, high, on || hovered ? colour : view.colour.border_strong, view.px(radius::small),
            view.px(thickness::thin));
    if (!on) return;
    const ImVec2 extent = measure(Face::small, icon::check);
    text_at(view.list(), {at.x + (side - extent.x) / 2, at.y + (side - extent.y) / 2}, Face::small,
            view.colour.on_accent, icon::check);
}

// What stands in the way of an account, or is worth knowing, below its name.
void problems(View& view, Column& column, const Candidate& one, const std::string& path) {
    const auto line = [&](ImU32 colour, const char* glyph, const std::string& words) {
        const ImVec2 low{column.x, column.y};
        text_at(view.list(), low, Face::small, colour, glyph);
        const float x = column.x + view.px(size::icon_room);
        column.y += paragraph(view, {x, column.y}, column.right() - x, Face::small, colour, words);
        note_item(view, path, words, low, {column.right(), column.y}, true, false);
        column.space(view.px(space::hair));
    };
    if (one.failure) line(view.colour.danger, icon::cross_circle, sentences(describe(*one.failure)));
    const auto worst = std::find_if(one.problems.begin(), one.problems.end(),
                                    [](const otp::FitProblem& problem) { return problem.blocks; });
    if (worst != one.problems.end()) line(view.colour.danger, icon::cross_circle, sentences(describe(worst->error)));
    else if (one.chosen && !one.slot && view.state.active)
        line(view.colour.danger, icon::cross_circle, std::string(text(Key::choose_no_slot)));
    else if (one.same_as)
        line(view.colour.warning, icon::warning,
             text(one.same_for_certain ? Key::choose_same : Key::choose_same_name, {{"place", place(*one.same_as)}}));
    else if (!one.chosen && view.state.active && free_slots(*view.state.active, one.enrolment.parameters.kind) == 0)
        line(view.colour.warning, icon::warning, std::string(text(Key::choose_full)));
    else if (!one.chosen && state::has_open_remark(one))
        line(view.colour.warning, icon::warning,
             describe(std::ranges::find_if(one.remarks, state::is_open)->remark.error).what);
    else if (!one.problems.empty())
        line(view.colour.warning, icon::warning, sentences(describe(one.problems.front().error)));
}

void name_field(View& view, ImVec2 at, std::size_t number, const Candidate& one, const std::string& path) {
    std::size_t limit = 0;
    if (view.state.active) limit = view.state.active->status.limits.name_bytes_max;
    const bool over = limit != 0 && one.name.size() > limit;
    std::string& typed = view.memory.wizard.account_names[number];
    const std::string id = "##" + path + "/name";
    const bool editing = ImGui::GetActiveID() != 0 && ImGui::GetActiveID() == ImGui::GetID(id.c_str());
    if (!editing) typed = one.name;
    if (text_field(view, path + "/name", at, view.px(field_width), typed, over || typed.empty()))
        view.wish(state::NameCandidate{number, typed});
    const float x = at.x + view.px(field_width + space::gap);
    const std::string where = one.slot ? place(*one.slot) : "\xE2\x80\x93";
    text_at(view.list(), {x, at.y + view.px(space::pixel)}, Face::strong,
            one.slot ? view.colour.text : view.colour.danger, where);
    note_item(view, path + "/slot", where, {x, at.y}, {x + place_width(view), at.y + view.px(space::page)}, true,
              false);
    if (limit == 0) return;
    const std::string bytes = name_length(one.name, limit);
    text_at(view.list(), {x, at.y + view.px(22)}, Face::small, over ? view.colour.danger : view.colour.muted, bytes);
    note_item(view, path + "/bytes", bytes, {x, at.y + view.px(22)}, {x + place_width(view), at.y + view.px(40)}, true,
              false);
}

void row(View& view, Column& column, std::size_t number, bool last) {
    const Candidate& one = view.state.wizard->candidates[number];
    const std::string path = "wizard/account/" + std::to_string(number + 1);
    const float pad = view.px(space::gap);
    const float tall = view.px(60);
    const bool done = one.fate == Candidate::Fate::proven;
    const bool with_field = one.chosen && !done;
    const float right_block = with_field ? view.px(field_width + space::gap) + place_width(view) : 0;
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right() - right_block - pad, column.y + tall};
    const std::string title = name_of(one);
    const Press press = press_area(view, path, title, low, high, !done);
    if (press.pressed) view.wish(state::ChooseCandidate{number, !one.chosen});
    if (press.hovered)
        fill(view.list(), {low.x + view.px(space::tight), low.y + view.px(space::hair)},
             {high.x, high.y - view.px(space::hair)}, view.colour.raised, view.px(radius::field));
    const float box = view.px(size::tick);
    const ImVec2 box_at{low.x + pad, low.y + (tall - box) / 2};
    if (done)
        text_at(view.list(), {box_at.x + view.px(space::hair), box_at.y}, Face::body, view.colour.success,
                icon::check_circle);
    else tick_box(view, box_at, box, one.chosen, press.hovered);
    const float x = box_at.x + box + pad;
    const float room = high.x - x - view.px(space::near);
    const bool faint = !one.chosen && !done;
    text_fit(view, {x, low.y + view.px(9)}, room, Face::strong, faint ? view.colour.muted : view.colour.text, title,
             true);
    const bool totp = one.enrolment.parameters.kind == otp::OtpKind::totp;
    text_fit(view, {x, low.y + view.px(32)}, room, Face::small, view.colour.muted,
             std::string(totp ? "TOTP" : "HOTP") + " \xC2\xB7 " + facts(one.enrolment.parameters), true);
    if (press.focused) focus_ring(view, low, high, view.px(radius::field));
    if (with_field) name_field(view, {column.right() - right_block, low.y + view.px(space::apart)}, number, one, path);
    column.space(tall);
    Column below{x, column.y, column.right() - x - pad};
    const float before = below.y;
    if (!done && one.chosen && !one.shortened_from.empty()) {
        const std::string cut = text(Key::name_shortened, {{"name", printable(one.shortened_from)}});
        const ImVec2 from{below.x, below.y};
        text_in(view, below, Face::small, view.colour.muted, cut);
        note_item(view, path + "/shortened", cut, from, {below.right(), below.y}, true, false);
    }
    if (!done) problems(view, below, one, path + "/problem");
    if (!done && one.chosen) draw_wizard_questions(view, below, number, path + "/remark");
    if (!done) draw_wizard_told(view, below, number, path + "/told");
    if (below.y > before) below.space(view.px(space::near));
    column.y = below.y;
    if (!last)
        view.list()->AddRectFilled({column.x + pad, column.y}, {column.right() - pad, column.y + view.px(space::pixel)},
                                   view.colour.border);
    column.space(view.px(space::pixel));
}

void refused(View& view, Column& column) {
    const auto& list = view.state.wizard->refused;
    const auto codes = state::missing_codes(*view.state.wizard);
    if (list.empty() && !codes) return;
    column.space(view.px(space::pad));
    column.y +=
        paragraph(view, {column.x, column.y}, column.width, Face::strong, view.colour.text, text(Key::choose_refused));
    column.space(view.px(space::tight));
    const auto line = [&](const std::string& path, const std::string& said) {
        const ImVec2 low{column.x, column.y};
        text_at(view.list(), low, Face::small, view.colour.danger, icon::ban);
        const float x = column.x + view.px(space::wide);
        column.y += paragraph(view, {x, column.y}, column.right() - x, Face::small, view.colour.text, said);
        note_item(view, path, said, low, {column.right(), column.y}, true, false);
        column.space(view.px(space::tight));
    };
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::string said = sentences(describe(list[i].error));
        const std::string subject = printable(list[i].error.subject);
        if (list[i].place != 0)
            said = text(Key::choose_place, {{"n", std::to_string(list[i].place)}}) + " " +
                   (subject.empty() || said.find(subject) != std::string::npos ? "" : subject + ": ") + said;
        line("wizard/refused/" + std::to_string(i + 1), said);
    }
    if (codes) line("wizard/missing-codes", sentences(describe(*codes)));
}

// Passwords and notes, which stay in the export.
void without_otp(View& view, Column& column) {
    const std::size_t count = view.state.wizard->without_otp;
    if (count == 0) return;
    column.space(view.px(space::near));
    const std::string said = text(Key::choose_without_otp, {{"n", std::to_string(count)}});
    const float top = column.y;
    column.y += paragraph(view, {column.x, column.y}, column.width, Face::small, view.colour.muted, said);
    note_item(view, "wizard/without-otp", said, {column.x, top}, {column.right(), column.y}, true, false);
}

// Whoever tries things out with a simulated token tries this, too: another one, of another model.
void simulated_spare(View& view, Column& column) {
    const std::string_view label = text(Key::settings_plug);
    const float wide = button_width(view, label, icon::flask);
    const float room = std::min(column.width, view.px(460));
    const bool waiting = state::find_pending(view.state, state::Wait::attach) != nullptr;
    choose_simulated(view, "wizard/spare/model", {column.x, column.y}, room - wide - view.px(space::near), 0);
    if (button(view, "wizard/spare/simulate", {column.x + room - wide, column.y + view.px(space::pixel)}, Look::plain,
               label, icon::flask, !waiting))
        view.wish(state::StartSimulated{});
    column.space(view.px(size::field_row));
}

}  // namespace

std::size_t accounts_chosen(const state::Wizard& wizard) {
    return static_cast<std::size_t>(std::count_if(wizard.candidates.begin(), wizard.candidates.end(),
                                                  [](const Candidate& one) { return one.chosen; }));
}

void draw_wizard_choose(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    draw_spare_missing(view, column);
    if (!view.state.active && wizard.spare_of.key.empty()) {
        banner(view, column, Tone::info, text(Key::review_no_token), text(Key::choose_no_token_body), "wizard/message");
        column.space(view.px(space::gap));
    }
    missing_parts(view, column);
    heading(view, column);
    view.memory.wizard.account_names.resize(wizard.candidates.size());
    if (!wizard.candidates.empty()) {
        ImDrawList* const list = view.list();
        const ImVec2 low{column.x, column.y};
        list->ChannelsSplit(2);
        list->ChannelsSetCurrent(1);
        column.space(view.px(space::tight));
        for (std::size_t i = 0; i < wizard.candidates.size(); ++i)
            row(view, column, i, i + 1 == wizard.candidates.size());
        column.space(view.px(space::tight));
        list->ChannelsSetCurrent(0);
        card(view, low, {column.right(), column.y});
        list->ChannelsMerge();
    }
    refused(view, column);
    without_otp(view, column);
}

void draw_wizard_accounts(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const auto* const writing = wizard.in<state::WritingStep>();
    for (std::size_t i = 0; i < wizard.candidates.size(); ++i) {
        const Candidate& one = wizard.candidates[i];
        if (!one.chosen) continue;
        const bool now = wizard.current == i && writing != nullptr;
        const bool failed = one.fate == Candidate::Fate::failed;
        const bool proven = one.fate == Candidate::Fate::proven;
        const ImVec2 low{column.x, column.y};
        const ImVec2 mark{low.x + view.px(space::apart), low.y + view.px(space::gap)};
        if (now) spinner(view, mark, view.px(size::spinner));
        else if (proven || failed)
            text_at(view.list(), {low.x + view.px(space::pixel), low.y + view.px(3)}, Face::body,
                    proven ? view.colour.success : view.colour.danger,
                    proven ? icon::check_circle : icon::cross_circle);
        else view.list()->AddCircle(mark, view.px(7), view.colour.border_strong, 24, view.px(thickness::thin));
        const float x = low.x + view.px(30);
        const float room = column.right() - x;
        text_fit(view, {x, low.y + view.px(space::hair)}, room, now ? Face::strong : Face::body, view.colour.text,
                 printable(one.name), true);
        std::string said(text(proven   ? Key::slot_proven
                              : failed ? Key::choose_failed
                              : now    ? Key::choose_writing
                                       : Key::choose_waiting));
        if (now) said += " " + text(Key::seconds, {{"n", std::to_string(seconds_since(view, writing->started))}});
        if (one.slot) said = place(*one.slot) + " \xC2\xB7 " + said;
        text_fit(view, {x, low.y + view.px(23)}, room, Face::small,
                 proven   ? view.colour.success
                 : failed ? view.colour.danger
                          : view.colour.muted,
                 said);
        note_item(view, "wizard/account/" + std::to_string(i + 1) + "/state", said, low,
                  {column.right(), low.y + view.px(42)}, true, false);
        column.space(view.px(size::field_row));
    }
}

void draw_spare_missing(View& view, Column& column) {
    const state::AppState& s = view.state;
    if (!state::spare_is_missing(s)) return;
    const bool choice = !state::possible_spares(s).empty();
    banner(view, column, Tone::info, text(choice ? Key::spare_choose : Key::spare_missing),
           text(choice ? Key::spare_choose_body : Key::spare_missing_body), "wizard/message");
    column.space(view.px(space::near));
    if (s.open_error) {
        const auto failed = std::find_if(s.tokens.begin(), s.tokens.end(), [&](const channel::TokenInfo& info) {
            return info.key == s.open_error_token;
        });
        banner(view, column, Tone::danger,
               failed == s.tokens.end() ? std::string(text(Key::start_open_failed_unnamed))
                                        : text(Key::start_open_failed, {{"title", token_name(*failed)}}),
               sentences(describe(*s.open_error)), "wizard/spare/error");
        column.space(view.px(space::near));
    }
    std::size_t number = 0;
    for (const channel::TokenInfo* const other : state::possible_spares(s)) {
        const channel::TokenInfo& info = *other;
        const std::string name = token_name(info);
        const float tall = view.px(44);
        const ImVec2 low{column.x, column.y};
        const ImVec2 high{column.right(), column.y + tall};
        const bool opening = s.opening == info.key;
        const Press press =
            press_area(view, "wizard/spare/token/" + std::to_string(++number), name, low, high, !opening);
        fill(view.list(), low, high, press.hovered ? view.colour.raised : view.colour.surface, view.px(radius::field));
        outline(view.list(), low, high, view.colour.border_strong, view.px(radius::field), view.px(thickness::hair));
        const float y = low.y + (tall - height(Face::body)) / 2;
        text_at(view.list(), {low.x + view.px(space::gap), y}, Face::body, view.colour.accent_text,
                info.simulated ? icon::flask : icon::usb);
        text_fit(view, {low.x + view.px(42), y}, column.width - view.px(84), Face::body, view.colour.text, name, true);
        if (opening) spinner(view, {high.x - view.px(space::page), low.y + tall / 2}, view.px(size::spinner));
        else text_at(view.list(), {high.x - view.px(26), y}, Face::small, view.colour.muted, icon::chevron_right);
        if (press.focused) focus_ring(view, low, high, view.px(radius::field));
        if (press.pressed) view.wish(state::ChooseToken{info.key});
        column.space(tall + view.px(space::near));
    }
    if (number == 0) {
        const ImVec2 low{column.x, column.y};
        spinner(view, {low.x + view.px(space::near), low.y + height(Face::small) / 2}, view.px(size::small_spinner));
        text_fit(view, {low.x + view.px(space::wide), low.y}, column.width - view.px(space::wide), Face::small,
                 view.colour.muted, text(Key::spare_none));
        column.space(height(Face::small) + view.px(space::gap));
        if (s.active && s.active->status.info.simulated) simulated_spare(view, column);
    }
    column.space(view.px(space::tight));
}

}  // namespace tokendeck::ui
