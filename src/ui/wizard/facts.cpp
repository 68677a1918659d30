// What was read, and where it goes: a pane beside the step, or a line above it. Never the secret itself.
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

namespace tokendeck::ui {
namespace {

using state::WizardStep;

void fact(View& view, Column& column, std::string_view label, std::string_view value, const std::string& path = {}) {
    text_at(view.list(), {column.x, column.y}, Face::small, view.colour.muted, label);
    column.space(view.px(18));
    const ImVec2 low{column.x, column.y};
    column.y += paragraph(view, low, column.width, Face::body, view.colour.text, value);
    if (!path.empty()) note_item(view, path, value, low, {column.right(), column.y}, true, false);
    column.space(view.px(space::near));
}

// Two short facts side by side.
void fact_pair(View& view, Column& column, std::string_view label_a, std::string_view value_a, std::string_view label_b,
               std::string_view value_b) {
    const float half = std::round(column.width / 2);
    Column left{column.x, column.y, half - view.px(space::near)};
    Column right{column.x + half, column.y, column.width - half};
    fact(view, left, label_a, value_a);
    fact(view, right, label_b, value_b);
    column.y = std::max(left.y, right.y);
}

void heading(View& view, Column& column, std::string_view words) {
    column.y += paragraph(view, {column.x, column.y}, column.width, Face::title, view.colour.text, words);
    column.space(view.px(space::near));
}

void rule(View& view, Column& column) {
    column.space(view.px(space::tight));
    view.list()->AddRectFilled({column.x, column.y}, {column.right(), column.y + view.px(space::pixel)},
                               view.colour.border);
    column.space(view.px(space::gap));
}

Key source_of(const state::Wizard& wizard) {
    if (wizard.made_here) return Key::facts_made;
    switch (wizard.source) {
        case channel::EnrolmentSource::image: return Key::facts_image;
        case channel::EnrolmentSource::uri: return Key::facts_address;
        case channel::EnrolmentSource::bare_secret: return Key::facts_bare;
        case channel::EnrolmentSource::exported: return Key::facts_export;
    }
    return Key::facts_image;
}

void where_it_goes(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    rule(view, column);
    heading(view, column, text(wizard.in<state::ProvenStep>() != nullptr ? Key::facts_went : Key::facts_goes));
    const state::Candidate& one = wizard.account();
    fact_pair(view, column, text(Key::review_name), printable(one.name), text(Key::review_slot),
              one.slot ? place(*one.slot) : std::string());
    if (view.state.active)
        fact(view, column, text(Key::review_token), token_name(view.state.active->status), "wizard/goes-to");
}

std::string line_facts(const otp::OtpEnrolment& e) {
    const bool totp = e.parameters.kind == otp::OtpKind::totp;
    return std::string(totp ? "TOTP" : "HOTP") + " \xC2\xB7 " + facts(e.parameters);
}

}  // namespace

void draw_wizard_facts(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    if (several(wizard)) {
        heading(view, column, text(Key::choose_written));
        draw_wizard_accounts(view, column);
        return;
    }
    const otp::OtpEnrolment& e = wizard.account().enrolment;
    const bool totp = e.parameters.kind == otp::OtpKind::totp;
    const bool review = wizard.in<state::ReviewStep>() != nullptr;
    heading(view, column, text(wizard.made_here ? Key::facts_heading_made : Key::review_understood));
    if (review) {
        text_in(view, column, Face::small, view.colour.muted, text(source_of(wizard)));
        column.space(view.px(space::gap));
    }
    if (!e.issuer.empty()) fact(view, column, text(Key::review_issuer), printable(e.issuer), "wizard/issuer");
    if (!e.account.empty()) fact(view, column, text(Key::review_account), printable(e.account), "wizard/account");
    if (review) {
        fact(view, column, text(Key::review_kind),
             text(totp ? Key::review_kind_totp_long : Key::review_kind_hotp_long));
        fact_pair(view, column, text(Key::review_digits), std::to_string(e.parameters.digits),
                  text(totp ? Key::review_period_read : Key::review_counter),
                  totp ? text(Key::seconds, {{"n", std::to_string(e.parameters.period)}})
                       : std::to_string(e.parameters.counter));
        fact_pair(view, column, text(Key::review_secret),
                  text(Key::review_secret_bytes, {{"n", std::to_string(e.secret.size())}}), text(Key::review_algorithm),
                  otp::name(e.parameters.algorithm));
        draw_wizard_problems(view, column, ToldAt::account);
        return;
    }
    // In short, so that where it goes needs no scrolling.
    fact(view, column, text(Key::review_kind), line_facts(e));
    where_it_goes(view, column);
}

void draw_wizard_facts_line(View& view, ImVec2 at, float width, float tall) {
    const state::Wizard& wizard = *view.state.wizard;
    std::string title;
    std::string detail;
    switch (state::step_of(wizard)) {
        case WizardStep::input:
        case WizardStep::reading: title = text(Key::input_heading); break;
        default:
            if (several(wizard)) {
                title = text(Key::choose_count, {{"n", std::to_string(accounts_chosen(wizard))},
                                                 {"all", std::to_string(wizard.candidates.size())}});
                break;
            }
            title = printable(otp::title(wizard.account().enrolment));
            if (title.empty()) title = text(wizard.made_here ? Key::facts_made : Key::facts_bare);
            detail = line_facts(wizard.account().enrolment);
    }
    const float whole = measure(Face::strong, title).x;
    const float detail_width = measure(Face::small, detail).x + view.px(space::near);
    const bool with_detail = !detail.empty() && whole + detail_width <= width;
    const float taken = text_fit(view, {at.x, at.y + (tall - height(Face::strong)) / 2}, width, Face::strong,
                                 view.colour.text, title, true);
    note_item(view, "wizard/about", title, at, {at.x + taken, at.y + tall}, true, false);
    if (with_detail)
        text_at(view.list(), {at.x + taken + view.px(space::near), at.y + (tall - height(Face::small)) / 2},
                Face::small, view.colour.muted, detail);
}

void draw_wizard_facts_short(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    if (wizard.source == channel::EnrolmentSource::bare_secret) return;  // its settings are chosen here
    const otp::OtpEnrolment& e = wizard.account().enrolment;
    const std::string words = std::string(text(source_of(wizard))) + ": " + line_facts(e) + " \xC2\xB7 " +
                              otp::name(e.parameters.algorithm) + " \xC2\xB7 " +
                              text(Key::explain_bytes, {{"n", std::to_string(e.secret.size())}});
    const ImVec2 low{column.x, column.y};
    text_in(view, column, Face::small, view.colour.muted, words);
    note_item(view, "wizard/read-facts", words, low, {column.right(), column.y}, true, false);
    column.space(view.px(space::near));
}

void draw_wizard_problems(View& view, Column& column, ToldAt where) {
    for (const otp::FitProblem& problem : view.state.wizard->account().problems) {
        const ToldAt belongs = problem.part == otp::AccountPart::name ? ToldAt::name
                               : problem.blocks                       ? ToldAt::above
                                                                      : ToldAt::account;
        if (belongs != where) continue;
        // Nothing was typed yet: beside the button that leads on it is said what is missing.
        if (problem.error.code == otp::errors::name_empty && !view.memory.wizard.name_touched) continue;
        const Words words = describe(problem.error);
        banner(view, column, problem.blocks ? Tone::danger : Tone::warning, words.what, words.next,
               "wizard/problem/" + std::string(problem.error.field));
        column.space(view.px(space::near));
    }
}

}  // namespace tokendeck::ui
