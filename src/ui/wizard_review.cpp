// What was understood, and what the token will hold. Here everything is said that would go wrong, before a PIN is
// typed.
#include "ui/imgui_compat.hpp"
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"
#include "ui/words.hpp"

#include <array>
#include <charconv>

namespace tokendeck::ui {
namespace {

void fact(View& view, Column& column, std::string_view label, std::string_view value, const std::string& path = {}) {
    text_at(view.list(), {column.x, column.y}, Face::small, view.colour.muted, label);
    column.space(view.px(18));
    const ImVec2 low{column.x, column.y};
    column.y += paragraph(view, low, column.width, Face::body, view.colour.text, value);
    if (!path.empty()) note_item(view, path, value, low, {column.right(), column.y}, true, false);
    column.space(view.px(5));
}

// Two short facts side by side.
void fact_pair(View& view, Column& column, std::string_view label_a, std::string_view value_a, std::string_view label_b,
               std::string_view value_b) {
    const float half = std::round(column.width / 2);
    Column left{column.x, column.y, half - view.px(8)};
    Column right{column.x + half, column.y, column.width - half};
    fact(view, left, label_a, value_a);
    fact(view, right, label_b, value_b);
    column.y = std::max(left.y, right.y);
}

// What does not fit, told where it belongs: the name's problems below the name; what the token cannot do at all above
// everything, so that a low window shows why there is no going on; the rest with the account.
enum class ToldAt { above, account, name };

void problems_of(View& view, Column& column, ToldAt where) {
    for (const otp::FitProblem& problem : view.state.wizard->problems) {
        const ToldAt belongs = problem.error.field == "name" ? ToldAt::name
                               : problem.blocks              ? ToldAt::above
                                                             : ToldAt::account;
        if (belongs != where) continue;
        const Words words = describe(problem.error);
        banner(view, column, problem.blocks ? Tone::danger : Tone::warning, words.what, words.next,
               "wizard/problem/" + std::string(problem.error.field));
        column.space(view.px(8));
    }
}

void label(View& view, Column& column, std::string_view words) {
    text_at(view.list(), {column.x, column.y}, Face::strong, view.colour.text, words);
    column.space(view.px(24));
}

template <typename Number>
bool parse(const std::string& digits, Number& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() && !digits.empty();
}

// A bare secret says nothing about kind, digits, period and counter: the web site does, or the usual is right.
void edit_parameters(View& view, Column& column) {
    const otp::OtpParameters& now = view.state.wizard->enrolment.parameters;
    otp::OtpParameters wanted = now;
    text_in(view, column, Face::small, view.colour.muted, text(Key::review_bare_secret));
    column.space(view.px(8));
    const std::array kinds{Choice{"totp", std::string(text(Key::review_kind_totp))},
                           Choice{"hotp", std::string(text(Key::review_kind_hotp))}};
    if (const int kind = segmented(view, "wizard/kind", {column.x, column.y}, column.width, kinds,
                                   now.kind == otp::OtpKind::totp ? 0 : 1);
        kind >= 0)
        wanted.kind = kind == 0 ? otp::OtpKind::totp : otp::OtpKind::hotp;
    column.space(view.px(46));

    const float half = std::round((column.width - view.px(10)) / 2);
    text_at(view.list(), {column.x, column.y}, Face::small, view.colour.muted, text(Key::review_digits));
    const bool totp = now.kind == otp::OtpKind::totp;
    text_at(view.list(), {column.x + half + view.px(10), column.y}, Face::small, view.colour.muted,
            text(totp ? Key::review_period_read : Key::review_counter));
    column.space(view.px(20));
    const std::array digit_choices{Choice{"6", "6"}, Choice{"8", "8"}};
    if (const int digits = segmented(view, "wizard/digits", {column.x, column.y + view.px(1)}, half, digit_choices,
                                     now.digits == 6   ? 0
                                     : now.digits == 8 ? 1
                                                       : -1);
        digits >= 0)
        wanted.digits = digits == 0 ? 6 : 8;
    std::string& typed = totp ? view.memory.period : view.memory.counter;
    const std::string held = totp ? std::to_string(now.period) : std::to_string(now.counter);
    if (view.memory.screen_is_new || (typed.empty() && !view.memory.number_wrong)) typed = held;
    if (text_field(view, totp ? "wizard/period" : "wizard/counter", {column.x + half + view.px(10), column.y}, half,
                   typed, view.memory.number_wrong)) {
        view.memory.number_wrong = totp ? !parse(typed, wanted.period) : !parse(typed, wanted.counter);
        if (view.memory.number_wrong) wanted = now;
    }
    column.space(view.px(46));
    if (view.memory.number_wrong) {
        text_in(view, column, Face::small, view.colour.danger, text(Key::review_not_a_number));
        column.space(view.px(4));
    }
    if (wanted.kind != now.kind) view.memory.number_wrong = false;
    if (!(wanted == now)) view.wish(state::EditParameters{wanted});
}

void understood(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const otp::OtpEnrolment& e = wizard.enrolment;
    const bool bare = wizard.source == channel::EnrolmentSource::bare_secret;
    text_at(view.list(), {column.x, column.y}, Face::title, view.colour.text, text(Key::review_understood));
    column.space(view.px(34));
    if (bare) {
        edit_parameters(view, column);
    } else {
        if (!e.issuer.empty()) fact(view, column, text(Key::review_issuer), printable(e.issuer), "wizard/issuer");
        if (!e.account.empty()) fact(view, column, text(Key::review_account), printable(e.account), "wizard/account");
        const bool totp = e.parameters.kind == otp::OtpKind::totp;
        fact(view, column, text(Key::review_kind),
             text(totp ? Key::review_kind_totp_long : Key::review_kind_hotp_long));
        fact_pair(view, column, text(Key::review_digits), std::to_string(e.parameters.digits),
                  text(totp ? Key::review_period : Key::review_counter),
                  totp ? text(Key::seconds, {{"n", std::to_string(e.parameters.period)}})
                       : std::to_string(e.parameters.counter));
    }
    const std::string bytes = text(Key::review_secret_bytes, {{"n", std::to_string(e.secret.size())}});
    if (bare) fact(view, column, text(Key::review_secret), bytes);
    else
        fact_pair(view, column, text(Key::review_secret), bytes, text(Key::review_algorithm),
                  otp::name(e.parameters.algorithm));
    problems_of(view, column, ToldAt::account);
}

void choose_slot(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    label(view, column, text(Key::review_slot));
    std::vector<DropEntry> entries;
    std::vector<otp::SlotId> ids;
    int chosen = -1;
    std::string shown(text(Key::review_no_slot));
    for (const otp::SlotSummary& slot : view.state.active->slots) {
        const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
        if (numbered != nullptr && numbered->kind != wizard.enrolment.parameters.kind) continue;
        if (wizard.slot && slot.id == *wizard.slot) {
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
    column.space(view.px(48));
    if (!wizard.slot) {
        banner(view, column, Tone::warning, text(Key::review_none_free), text(Key::review_none_free_body));
        column.space(view.px(8));
    }
}

void overwriting(View& view, Column& column, const otp::SlotSummary& old) {
    const state::Wizard& wizard = *view.state.wizard;
    const float pad = view.px(12);
    const float tall = view.px(92);
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    fill(view.list(), low, high, view.colour.warning_soft, view.px(10));
    const float room = column.width - 2 * pad;
    text_fit(view, {low.x + pad, low.y + view.px(8)}, room, Face::small, view.colour.warning,
             text(Key::review_old_lost));
    const float label_room = view.px(48);
    const auto line = [&](float y, Key key, std::string_view name, const otp::OtpParameters& parameters, ImU32 colour) {
        text_at(view.list(), {low.x + pad, y + view.px(2)}, Face::small, view.colour.muted, text(key));
        const float taken =
            text_fit(view, {low.x + pad + label_room, y}, room - label_room, Face::strong, colour, name, true);
        text_fit(view, {low.x + pad + label_room + taken + view.px(8), y + view.px(2)},
                 std::max(0.0F, room - label_room - taken - view.px(8)), Face::small, view.colour.muted,
                 facts(parameters), true);
    };
    line(low.y + view.px(32), Key::review_old, slot_title(old), old.parameters, view.colour.danger);
    line(low.y + view.px(60), Key::review_new, printable(wizard.name), wizard.enrolment.parameters,
         view.colour.success);
    column.space(tall + view.px(4));
    if (view.memory.overwriting != otp::text(old.id)) {
        view.memory.overwriting = otp::text(old.id);
        ImGui::SetScrollFromPosY(column.y - ImGui::GetWindowPos().y, 1.0F);
    }
}

void will_hold(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    text_at(view.list(), {column.x, column.y}, Face::title, view.colour.text, text(Key::review_on_token));
    column.space(view.px(34));

    std::size_t limit = 0;
    if (view.state.active) limit = view.state.active->status.limits.name_bytes_max;
    const std::string counted =
        limit != 0
            ? text(Key::review_bytes, {{"n", std::to_string(wizard.name.size())}, {"max", std::to_string(limit)}})
            : std::string();
    const bool over = limit != 0 && wizard.name.size() > limit;
    const float counted_width = measure(Face::small, counted).x;
    text_at(view.list(), {column.right() - counted_width, column.y + view.px(2)}, Face::small,
            over ? view.colour.danger : view.colour.muted, counted);
    label(view, column, text(Key::review_name));
    std::string& typed = view.memory.name;
    const bool editing = ImGui::GetActiveID() != 0 && ImGui::GetActiveID() == ImGui::GetID("##wizard/name");
    if (!editing) typed = wizard.name;
    if (text_field(view, "wizard/name", {column.x, column.y}, column.width, typed, over || typed.empty()))
        view.wish(state::EditName{typed});
    column.space(view.px(48));
    problems_of(view, column, ToldAt::name);
    column.space(view.px(2));

    if (!view.state.active) {
        banner(view, column, Tone::info, text(Key::review_no_token), text(Key::review_no_token_body), "wizard/message");
        column.space(view.px(8));
        return;
    }
    draw_token_line(view, column, "wizard/token");
    choose_slot(view, column);
    if (const otp::SlotSummary* target = state::wizard_target(view.state); target != nullptr && otp::occupied(*target))
        overwriting(view, column, *target);
    else view.memory.overwriting.clear();
}

}  // namespace

void draw_wizard_review(View& view, Column& column) {
    if (view.memory.screen_is_new) view.memory.number_wrong = false;
    problems_of(view, column, ToldAt::above);
    const float gap = view.px(28);
    const float left_width = std::round((column.width - gap) * 0.46F);
    Column left{column.x, column.y, left_width};
    Column right{column.x + left_width + gap, column.y, column.width - left_width - gap};
    understood(view, left);
    will_hold(view, right);
    const float bottom = std::max(left.y, right.y);
    view.list()->AddRectFilled({right.x - gap / 2, column.y + view.px(4)},
                               {right.x - gap / 2 + view.px(1), bottom - view.px(4)}, view.colour.border);
    column.y = bottom;
}

}  // namespace tokendeck::ui
