// The account as another program takes it in: QR code and letters, on screen and for a file that is printed. Both are
// drawn only; the item map never has them.
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

namespace tokendeck::ui {
namespace {

constexpr ImU32 paper = IM_COL32_WHITE;  // in both themes: a scanner wants dark on light
constexpr ImU32 ink = IM_COL32_BLACK;
constexpr int quiet_zone = 4;  // modules, ISO/IEC 18004

// At most `side` wide. Returns its real side, which is a whole number of pixels for each module.
float code(View& view, ImVec2 at, float side, const state::RecoverySheet& sheet) {
    const int modules = sheet.side + 2 * quiet_zone;
    const float module = std::max(1.0F, std::floor(side / static_cast<float>(modules)));
    const float whole = module * static_cast<float>(modules);
    fill(view.list(), at, {at.x + whole, at.y + whole}, paper, view.px(radius::small));
    if (!view.info.dark)
        outline(view.list(), at, {at.x + whole, at.y + whole}, view.colour.border, view.px(radius::small),
                view.px(thickness::hair));
    const auto bits = sheet.modules.bytes();
    const auto dark = [&](int x, int y) {
        return bits[static_cast<std::size_t>(y) * static_cast<std::size_t>(sheet.side) + static_cast<std::size_t>(x)] !=
               0;
    };
    const ImVec2 origin{at.x + module * quiet_zone, at.y + module * quiet_zone};
    for (int y = 0; y < sheet.side; ++y)
        for (int x = 0; x < sheet.side;) {
            int end = x;
            while (end < sheet.side && dark(end, y)) ++end;
            if (end > x)
                view.list()->AddRectFilled(
                    {origin.x + module * static_cast<float>(x), origin.y + module * static_cast<float>(y)},
                    {origin.x + module * static_cast<float>(end), origin.y + module * static_cast<float>(y + 1)}, ink);
            x = end + 1;
        }
    return whole;
}

bool complete(const state::RecoverySheet& sheet) {
    return sheet.side > 0 &&
           sheet.modules.size() == static_cast<std::size_t>(sheet.side) * static_cast<std::size_t>(sheet.side);
}

void fact(View& view, Column& column, std::string_view label, std::string_view value) {
    if (value.empty()) return;
    text_at(view.list(), {column.x, column.y}, Face::small, view.colour.muted, label);
    const float x = column.x + view.px(84);
    column.y += paragraph(view, {x, column.y}, column.right() - x, Face::small, view.colour.text, value);
    column.space(view.px(space::hair));
}

void waiting(View& view, Column& column, std::string_view words) {
    spinner(view, {column.x + view.px(space::apart), column.y + height(Face::body) / 2}, view.px(size::spinner));
    text_fit(view, {column.x + view.px(30), column.y}, column.width - view.px(30), Face::body, view.colour.muted,
             words);
    column.space(height(Face::body) + view.px(space::gap));
}

void save_part(View& view, Column& column) {
    const state::RecoverySheet& sheet = view.state.wizard->sheet;
    field_label(view, column, text(Key::sheet_file));
    // Where it was saved is said below; in a low window that is in sight only without the field.
    if (!view.low() || !sheet.saved || sheet.error) {
        std::string& typed = view.memory.wizard.sheet_path;
        const bool editing = ImGui::GetActiveID() != 0 && ImGui::GetActiveID() == ImGui::GetID("##wizard/sheet/path");
        if (!editing) typed = sheet.path;
        if (text_field(view, "wizard/sheet/path", {column.x, column.y}, column.width, typed, typed.empty(),
                       !sheet.saving))
            view.wish(state::EditSheetPath{typed});
        column.space(view.px(size::field_row_low));
    }
    if (sheet.error) {
        const Words words = describe(*sheet.error);
        banner(view, column, Tone::danger, words.what, words.next, "wizard/sheet/message");
    } else if (sheet.saving || sheet.deleting) {
        waiting(view, column, text(sheet.deleting ? Key::sheet_deleting : Key::sheet_saving));
    } else if (sheet.saved) {
        banner(view, column, Tone::success, text(Key::sheet_saved, {{"path", printable(*sheet.saved)}}),
               text(Key::sheet_saved_body), "wizard/sheet/message");
    } else if (sheet.deleted) {
        banner(view, column, Tone::success, text(Key::sheet_deleted), text(Key::sheet_deleted_body),
               "wizard/sheet/message");
    } else {
        text_in(view, column, Face::small, view.colour.muted, text(Key::sheet_file_body));
    }
}

channel::SheetFacts facts_for_paper(const View& view) {
    const state::Wizard& wizard = *view.state.wizard;
    channel::SheetFacts facts;
    const auto set = [](std::string& where, Key key) { where = text(key); };
    set(facts.words.title, Key::paper_title);
    set(facts.words.issuer, Key::review_issuer);
    set(facts.words.account, Key::review_account);
    set(facts.words.kind, Key::review_kind);
    set(facts.words.kind_totp, Key::review_kind_totp_long);
    set(facts.words.kind_hotp, Key::review_kind_hotp_long);
    set(facts.words.algorithm, Key::review_algorithm);
    set(facts.words.digits, Key::review_digits);
    set(facts.words.period, Key::review_period_read);
    set(facts.words.counter, Key::review_counter);
    set(facts.words.token, Key::review_token);
    set(facts.words.slot, Key::review_slot);
    set(facts.words.date, Key::paper_date);
    set(facts.words.scan, Key::paper_scan);
    set(facts.words.secret, Key::review_secret);
    set(facts.words.advice_title, Key::paper_advice);
    for (const Key key : {Key::paper_advice_keep, Key::paper_advice_apart, Key::paper_advice_use,
                          Key::paper_advice_file, Key::paper_advice_lost})
        facts.words.advice.emplace_back(text(key));
    set(facts.words.notes, Key::paper_notes);
    if (view.state.active) facts.token = token_name(view.state.active->status);
    std::vector<std::string> slots;
    for (const state::Candidate& one : wizard.candidates)
        if (one.fate == state::Candidate::Fate::proven && one.slot) slots.push_back(place(*one.slot));
    if (const auto* const proven = wizard.in<state::ProvenStep>(); proven != nullptr && slots.empty())
        slots.push_back(place(proven->result.id));
    if (!slots.empty()) {
        facts.slot = slots.front();
        facts.further_slots.assign(slots.begin() + 1, slots.end());
    }
    facts.date = utc(view.state.unix_now).substr(0, 10);
    return facts;
}

}  // namespace

bool wizard_sheet_open(const View& view) {
    const state::Wizard& wizard = *view.state.wizard;
    if (wizard.in<state::ProvenStep>() == nullptr || !wizard.sheet.open) return false;
    return !wizard.made_here || view.memory.wizard.sheet_page;
}

void open_wizard_sheet(View& view) {
    view.memory.wizard.sheet_page = true;
    if (view.state.wizard->sheet.open) view.wish(state::CloseSheet{});
    view.wish(state::OpenSheet{});
}

void close_wizard_sheet(View& view) {
    view.memory.wizard.sheet_page = false;
    if (!view.state.wizard->made_here) view.wish(state::CloseSheet{});
}

void save_wizard_sheet(View& view) {
    view.wish(state::SaveSheet{facts_for_paper(view)});
}

void draw_wizard_sheet(View& view, Column& column, float room) {
    const state::Wizard& wizard = *view.state.wizard;
    const state::RecoverySheet& sheet = wizard.sheet;
    column.y += paragraph(view, {column.x, column.y}, column.width, Face::title, view.colour.text,
                          text(state::several(wizard) ? Key::offer_sheets : Key::sheet_heading));
    text_in(view, column, Face::small, view.colour.muted,
            text(state::several(wizard) ? Key::sheet_body_several : Key::sheet_body));
    column.space(view.px(space::gap));
    if (state::several(wizard)) {
        for (const state::Candidate& one : wizard.candidates)
            if (one.fate == state::Candidate::Fate::proven && one.slot)
                fact(view, column, place(*one.slot), printable(one.name));
        column.space(view.px(space::gap));
        return save_part(view, column);
    }
    if (!complete(sheet)) {
        if (sheet.error) {
            const Words words = describe(*sheet.error);
            banner(view, column, Tone::danger, words.what, words.next, "wizard/sheet/message");
        } else {
            waiting(view, column, text(Key::sheet_making));
        }
        return;
    }
    const float most = std::min(column.width * 0.46F, std::max(view.px(180), room - view.px(view.low() ? 80 : 190)));
    const float side = code(view, {column.x, column.y}, std::min(most, view.px(320)), sheet);
    const float x = column.x + side + view.px(space::page);
    Column right{x, column.y, column.right() - x};
    const otp::OtpEnrolment& e = wizard.account().enrolment;
    if (!view.low()) {  // there the line above the page has them
        fact(view, right, text(Key::review_issuer), printable(e.issuer));
        fact(view, right, text(Key::review_account), printable(e.account));
        fact(view, right, text(Key::review_kind),
             std::string(e.parameters.kind == otp::OtpKind::totp ? "TOTP" : "HOTP") +
                 (" \xC2\xB7 " + facts(e.parameters)));
        right.space(view.px(space::tight));
    }
    small_label(view, right, text(Key::review_secret));
    text_in(view, right, Face::strong, view.colour.text, sheet.base32.view());
    right.space(view.px(space::gap));
    // The whole width for the path, where the window is high enough for it below the code.
    if (view.low()) save_part(view, right);
    column.y = std::max(column.y + side, right.y);
    if (view.low()) return;
    column.space(view.px(space::pad));
    save_part(view, column);
}

void draw_other_side(View& view, Column& column, float code_side) {
    const state::Wizard& wizard = *view.state.wizard;
    const state::RecoverySheet& sheet = wizard.sheet;
    if (!wizard.made_here) return;
    if (!complete(sheet)) {
        if (!sheet.open) return;
        if (sheet.error) {
            const Words words = describe(*sheet.error);
            return banner(view, column, Tone::danger, words.what, words.next, "wizard/sheet/message");
        }
        if (sheet.request == 0)
            return text_in(view, column, Face::small, view.colour.muted, text(Key::other_side_name));
        return waiting(view, column, text(Key::sheet_making));
    }
    const bool beside = column.width > code_side + view.px(220);
    const ImVec2 at{column.x, column.y};
    const float heading = beside ? 0 : paragraph_height(column.width, Face::strong, text(Key::other_side));
    if (!beside) {
        paragraph(view, at, column.width, Face::strong, view.colour.text, text(Key::other_side));
        column.space(heading + view.px(space::tight));
    }
    const float side = code(view, {column.x, column.y}, code_side, sheet);
    note_item(view, "wizard/other-side", "", {column.x, column.y}, {column.x + side, column.y + side}, true, false);
    Column words = column;
    if (beside) {
        words.x += side + view.px(space::pad);
        words.width -= side + view.px(space::pad);
        words.y +=
            paragraph(view, {words.x, words.y}, words.width, Face::strong, view.colour.text, text(Key::other_side));
    } else {
        words.space(side + view.px(space::near));
    }
    text_in(view, words, Face::small, view.colour.muted, text(Key::other_side_body));
    words.space(view.px(space::near));
    text_in(view, words, Face::strong, view.colour.text, sheet.base32.view());
    column.y = std::max(column.y + side, words.y) + view.px(space::near);
}

}  // namespace tokendeck::ui
