// What the token will hold: name, slot, and what is lost there. Here everything is said that would go wrong, before a
// PIN is typed.
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <array>
#include <charconv>

namespace tokendeck::ui {
namespace {

// Its first frames, in which what takes the keyboard would scroll a message above it away.
bool page_just_opened(const View& view) {
    return view.memory.page.frames < 3;
}

template <typename Number>
bool parse(const std::string& digits, Number& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() && !digits.empty();
}

// A bare secret says nothing about kind, digits, period and counter: the web site does, or the usual is right.
void edit_parameters(View& view, Column& column) {
    const otp::OtpParameters& now = view.state.wizard->account().enrolment.parameters;
    otp::OtpParameters wanted = now;
    text_in(view, column, Face::small, view.colour.muted,
            text(view.state.wizard->made_here ? Key::review_made_here : Key::review_bare_secret));
    column.space(view.px(space::near));
    const float gap = view.px(space::apart);
    const bool one_row = column.width >= view.px(wide_from::fields_beside);
    const bool totp = now.kind == otp::OtpKind::totp;
    const float kind_width = one_row ? std::round(column.width * 0.42F) : column.width;
    const float rest = one_row ? column.width - kind_width - gap : column.width;
    const float half = std::round((rest - gap) / 2);
    const std::array kinds{Choice{"totp", std::string(text(Key::review_kind_totp))},
                           Choice{"hotp", std::string(text(Key::review_kind_hotp))}};
    text_at(view.list(), {column.x, column.y}, Face::small, view.colour.muted, text(Key::review_kind));
    if (const int kind =
            segmented(view, "wizard/kind", {column.x, column.y + view.px(21)}, kind_width, kinds, totp ? 0 : 1);
        kind >= 0)
        wanted.kind = kind == 0 ? otp::OtpKind::totp : otp::OtpKind::hotp;
    if (!one_row) column.space(view.px(68));
    const float x = one_row ? column.x + kind_width + gap : column.x;
    text_at(view.list(), {x, column.y}, Face::small, view.colour.muted, text(Key::review_digits));
    text_at(view.list(), {x + half + gap, column.y}, Face::small, view.colour.muted,
            text(totp ? Key::review_period : Key::review_counter));
    column.space(view.px(size::small_label_row));
    const std::array digit_choices{Choice{"6", "6"}, Choice{"8", "8"}};
    if (const int digits = segmented(view, "wizard/digits", {x, column.y + view.px(space::pixel)}, half, digit_choices,
                                     now.digits == 6   ? 0
                                     : now.digits == 8 ? 1
                                                       : -1);
        digits >= 0)
        wanted.digits = digits == 0 ? 6 : 8;
    std::string& typed = totp ? view.memory.wizard.period : view.memory.wizard.counter;
    const std::string held = totp ? std::to_string(now.period) : std::to_string(now.counter);
    if (view.memory.page.is_new || (typed.empty() && !view.memory.wizard.number_wrong)) typed = held;
    if (text_field(view, totp ? "wizard/period" : "wizard/counter", {x + half + gap, column.y}, half, typed,
                   view.memory.wizard.number_wrong)) {
        view.memory.wizard.number_wrong = totp ? !parse(typed, wanted.period) : !parse(typed, wanted.counter);
        if (view.memory.wizard.number_wrong) wanted = now;
    }
    column.space(view.px(size::field_row_low));
    if (view.memory.wizard.number_wrong) {
        text_in(view, column, Face::small, view.colour.danger, text(Key::review_not_a_number));
        column.space(view.px(space::tight));
    }
    column.space(view.px(space::tight));
    if (wanted.kind != now.kind) view.memory.wizard.number_wrong = false;
    if (!(wanted == now)) view.wish(state::EditParameters{wanted});
}

void choose_slot(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    field_label(view, column, text(Key::review_slot));
    std::vector<DropEntry> entries;
    std::vector<otp::SlotId> ids;
    int chosen = -1;
    std::string shown(text(Key::review_no_slot));
    for (const otp::SlotSummary& slot : view.state.active->slots) {
        const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
        if (numbered != nullptr && numbered->kind != wizard.account().enrolment.parameters.kind) continue;
        if (wizard.account().slot && slot.id == *wizard.account().slot) {
            chosen = static_cast<int>(ids.size());
            shown = place(slot.id) + " \xC2\xB7 " +
                    (otp::occupied(slot) ? slot_title(slot) : std::string(text(Key::review_slot_free)));
        }
        entries.push_back({otp::text(slot.id), place(slot.id),
                           otp::occupied(slot) ? slot_title(slot) : std::string(text(Key::review_slot_free))});
        ids.push_back(slot.id);
    }
    const int now = dropdown(view, "wizard/slot", {column.x, column.y}, column.width, shown, entries, chosen);
    if (now >= 0) view.wish(state::ChooseSlot{ids[static_cast<std::size_t>(now)]});
    column.space(view.px(size::field_row));
    if (!wizard.account().slot) {
        banner(view, column, Tone::warning, text(Key::review_none_free), text(Key::review_none_free_body));
        column.space(view.px(space::near));
    }
}

void overwriting(View& view, Column& column, const otp::SlotSummary& old) {
    const state::Wizard& wizard = *view.state.wizard;
    const float pad = view.px(space::gap);
    const float tall = view.px(92);
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    fill(view.list(), low, high, view.colour.warning_soft, view.px(radius::popup));
    const float room = column.width - 2 * pad;
    text_fit(view, {low.x + pad, low.y + view.px(space::near)}, room, Face::small, view.colour.warning,
             text(Key::review_old_lost));
    const float label_room = view.px(48);
    const auto line = [&](float y, Key key, std::string_view name, const otp::OtpParameters& parameters, ImU32 colour,
                          const std::string& whole = {}) {
        text_at(view.list(), {low.x + pad, y + view.px(space::hair)}, Face::small, view.colour.muted, text(key));
        const float taken =
            text_fit(view, {low.x + pad + label_room, y}, room - label_room, Face::strong, colour, name, true);
        text_fit(view, {low.x + pad + label_room + taken + view.px(space::near), y + view.px(space::hair)},
                 std::max(0.0F, room - label_room - taken - view.px(space::near)), Face::small, view.colour.muted,
                 facts(parameters) + (whole.empty() ? whole : " \xC2\xB7 " + whole), true);
    };
    line(low.y + view.px(32), Key::review_old, slot_title(old), old.parameters, view.colour.danger);
    line(low.y + view.px(60), Key::review_new, printable(wizard.account().name), wizard.account().enrolment.parameters,
         view.colour.success, printable(wizard.account().shortened_from));
    column.space(tall + view.px(space::tight));
    if (view.memory.wizard.overwriting != otp::text(old.id)) {
        view.memory.wizard.overwriting = otp::text(old.id);
        if (!page_just_opened(view)) ImGui::SetScrollFromPosY(column.y - ImGui::GetWindowPos().y, 1.0F);
    }
}

void name_field(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    std::size_t limit = 0;
    if (view.state.active) limit = view.state.active->status.limits.name_bytes_max;
    const std::string counted = limit != 0 ? name_length(wizard.account().name, limit) : std::string();
    const bool over = limit != 0 && wizard.account().name.size() > limit;
    const float counted_width = measure(Face::small, counted).x;
    const ImVec2 at{column.right() - counted_width, column.y + view.px(space::hair)};
    text_at(view.list(), at, Face::small, over ? view.colour.danger : view.colour.muted, counted);
    note_item(view, "wizard/name-bytes", counted, at, {column.right(), at.y + height(Face::small)}, true, false);
    field_label(view, column, text(Key::review_name));
    std::string& typed = view.memory.wizard.name;
    const bool editing = ImGui::GetActiveID() != 0 && ImGui::GetActiveID() == ImGui::GetID("##wizard/name");
    if (!editing) typed = wizard.account().name;
    if (view.memory.page.is_new && view.memory.focus.wanted.empty() && !view.blocked) ImGui::SetKeyboardFocusHere();
    bool entered = false;
    const bool missing = typed.empty() && view.memory.wizard.name_touched;
    if (text_field(view, "wizard/name", {column.x, column.y}, column.width, typed, over || missing, true, &entered)) {
        view.memory.wizard.name_touched = true;
        view.wish(state::EditName{typed});
    }
    if (entered && state::wizard_ready_for_pin(view.state) && !view.memory.wizard.number_wrong)
        view.wish(state::ContinueToPin{});
    column.space(view.px(size::field_row));
    if (wizard.account().shortened_from.empty()) return;
    const std::string cut = text(Key::name_shortened, {{"name", printable(wizard.account().shortened_from)}});
    const ImVec2 from{column.x, column.y};
    text_in(view, column, Face::small, view.colour.muted, cut);
    note_item(view, "wizard/shortened", cut, from, {column.right(), column.y}, true, false);
    column.space(view.px(space::near));
}

// The account is on the token already: it is replaced, or both are kept; never silently a second one.
void same_account(View& view, Column& column) {
    const state::Candidate& one = view.state.wizard->account();
    const otp::SlotSummary* const slot =
        one.same_as && !one.keep_both ? state::find_slot(view.state, *one.same_as) : nullptr;
    if (slot == nullptr) return;
    const bool certain = one.same_for_certain;
    banner(
        view, column, Tone::warning,
        text(certain ? Key::same_account : Key::same_name, {{"name", slot_title(*slot)}, {"place", place(slot->id)}}),
        text(certain ? Key::same_account_body : Key::same_name_body), "wizard/same");
    column.space(view.px(space::near));
    float x = column.x;
    if (state::of_kind(slot->id, one.enrolment.parameters.kind)) {
        const std::string_view replace = text(Key::same_replace);
        if (button(view, "wizard/same/replace", {x, column.y}, Look::plain, replace, icon::refresh)) {
            view.wish(state::ChooseSlot{slot->id});
            view.wish(state::ConfirmOverwrite{true});
        }
        x += button_width(view, replace, icon::refresh) + view.px(space::near);
    }
    if (button(view, "wizard/same/keep", {x, column.y}, Look::plain, text(Key::same_keep)))
        view.wish(state::KeepBoth{});
    column.space(button_height(view) + view.px(space::gap));
}

}  // namespace

void draw_wizard_review(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    if (view.memory.page.is_new) view.memory.wizard.number_wrong = view.memory.wizard.name_touched = false;
    if (page_just_opened(view)) ImGui::SetScrollY(0);
    const bool wide =
        ImGui::GetIO().DisplaySize.x >= view.px(wide_from::facts_beside);  // what was read stands beside it
    draw_spare_missing(view, column);
    draw_wizard_problems(view, column, ToldAt::above);
    if (!wide) {
        draw_wizard_problems(view, column, ToldAt::account);
        if (!state::spare_is_missing(view.state)) draw_wizard_facts_short(view, column);
    }
    text_in(view, column, Face::title, view.colour.text, text(Key::review_on_token));
    column.space(view.px(space::tight));
    if (view.state.active && !state::spare_is_missing(view.state)) draw_token_line(view, column, "wizard/token");
    column.space(view.px(space::tight));
    draw_wizard_questions(view, column, wizard.current, "wizard/remark");
    draw_wizard_told(view, column, wizard.current, "wizard/told");
    same_account(view, column);
    if (wizard.source == channel::EnrolmentSource::bare_secret) edit_parameters(view, column);

    const bool with_slot = view.state.active.has_value() && !state::spare_is_missing(view.state);
    const float gap = view.px(space::page);
    const float half = with_slot ? std::round((column.width - gap) / 2) : column.width;
    Column left{column.x, column.y, half};
    name_field(view, left);
    draw_wizard_problems(view, left, ToldAt::name);
    Column right{column.x + half + gap, column.y, column.width - half - gap};
    if (with_slot) choose_slot(view, right);
    column.y = std::max(left.y, with_slot ? right.y : 0);
    if (!view.state.active && wizard.spare_of.key.empty()) {
        banner(view, column, Tone::info, text(Key::review_no_token), text(Key::review_no_token_body), "wizard/message");
        column.space(view.px(space::near));
    }
    if (const otp::SlotSummary* target = state::wizard_target(view.state);
        with_slot && target != nullptr && otp::occupied(*target))
        overwriting(view, column, *target);
    else view.memory.wizard.overwriting.clear();
    column.space(view.px(space::near));
    const bool high = ImGui::GetIO().DisplaySize.y >= view.px(720);
    draw_other_side(view, column, view.px(wide && high ? 240 : 170));
}

}  // namespace tokendeck::ui
