// What the token and the way to it are like. Names and numbers only, never a payload.
#include "state/diagnostics.hpp"
#include "ui/diagnostics/diagnostics.hpp"
#include "ui/diagnostics/parts.hpp"
#include "ui/kit/slot_words.hpp"
#include "words/texts.hpp"

#include <array>
#include <cstdio>

namespace tokendeck::ui {
namespace diagnostics {

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

std::string tenths(double value) {
    std::array<char, 48> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
    return buffer.data();
}

std::string roughly(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::max(0.0, seconds));
    if (whole < 90) return number(whole) + " s";
    if (whole < 90 * 60) return number((whole + 30) / 60) + " min";
    if (whole < 36 * 3600) return number((whole + 1800) / 3600) + " h";
    return number((whole + 43'200) / 86'400) + " d";
}

namespace {

float title_height(const View& view) {
    return height(Face::strong) + view.px(space::near);
}

}  // namespace

float card_frame(const View& view) {
    return 2 * view.px(space::pad) + title_height(view);
}

ImVec2 titled_card(View& view, ImVec2 low, float width, std::string_view title, float inner) {
    const float pad = view.px(space::pad);
    card(view, low, {low.x + width, low.y + inner + card_frame(view)});
    text_fit(view, {low.x + pad, low.y + pad - view.px(space::hair)}, width - 2 * pad, Face::strong, view.colour.text,
             title);
    return {low.x + pad, low.y + pad + title_height(view)};
}

float facts_card(View& view, ImVec2 low, float width, std::string_view title, const std::vector<Row>& rows,
                 const std::string& path) {
    const float pad = view.px(space::pad);
    const float gap = view.px(space::tight + 1);
    const float label_width = std::round((width - 2 * pad) * 0.36F);
    const float label_room = label_width - view.px(space::near);
    const float value_width = width - 2 * pad - label_width;
    // The label is the smaller face; both stand on one line.
    const float lower = std::round((height(Face::body) - height(Face::small)) * 0.75F);
    const auto row_height = [&](const Row& row) {
        if (row.first.empty()) return paragraph_height(width - 2 * pad, Face::small, row.second);
        return std::max(paragraph_height(value_width, Face::body, row.second),
                        paragraph_height(label_room, Face::small, row.first) + lower);
    };
    float inner = -gap;
    for (const Row& row : rows) inner += row_height(row) + gap;
    ImVec2 at = titled_card(view, low, width, title, inner);
    int index = 0;
    for (const Row& row : rows) {
        const bool remark = row.first.empty();
        if (remark) paragraph(view, at, width - 2 * pad, Face::small, view.colour.muted, row.second);
        else paragraph(view, {at.x, at.y + lower}, label_room, Face::small, view.colour.muted, row.first);
        if (!remark) paragraph(view, {at.x + label_width, at.y}, value_width, Face::body, view.colour.text, row.second);
        const float tall = row_height(row);
        note_item(view, path + "/" + std::to_string(++index),
                  remark ? row.second : std::string(row.first) + ": " + row.second, at,
                  {low.x + width - pad, at.y + tall}, true, false);
        at.y += tall + gap;
    }
    return low.y + inner + card_frame(view);
}

float empty_card(View& view, ImVec2 low, float width, std::string_view title, std::string_view words,
                 const std::string& path) {
    const float room = width - 2 * view.px(space::pad);
    const float inner = paragraph_height(room, Face::small, words);
    const ImVec2 at = titled_card(view, low, width, title, inner);
    paragraph(view, at, room, Face::small, view.colour.muted, words);
    note_item(view, path, words, at, {at.x + room, at.y + inner}, true, false);
    return low.y + inner + card_frame(view);
}

namespace {

// Heading and buttons: from the right, and in rows of their own where they do not fit beside the heading.
void draw_head(View& view, Column& column) {
    const float top = column.y - view.px(space::tight);
    const bool busy = state::find_pending(view.state, state::Wait::examine) != nullptr;
    const std::string_view doctor = text(busy ? Key::doctor_busy : Key::start_doctor);
    const std::string_view copy = text(Key::diag_copy_report);
    const std::string_view unplug = text(Key::unplug_simulated);
    const bool simulated = view.state.active && view.state.active->status.info.simulated;
    const float gap = view.px(space::near);

    float wanted = button_width(view, copy, icon::copy) + gap + button_width(view, doctor, icon::stethoscope);
    const std::string_view check = text(Key::check_heading);
    if (view.state.active) wanted += gap + button_width(view, check, icon::check);
    if (simulated) wanted += gap + button_width(view, unplug, icon::eject);
    const bool beside =
        column.x + measure(Face::heading, text(Key::diag_heading)).x + view.px(space::pad) + wanted <= column.right();
    const float heading_y = beside ? top + (button_height(view) - height(Face::heading)) / 2 : top;
    text_at(view.list(), {column.x, heading_y}, Face::heading, view.colour.text, text(Key::diag_heading));
    float y = top;
    if (!beside) y += height(Face::heading) + view.px(space::gap);
    float x = beside ? column.right() - wanted : column.x;
    const auto place = [&](float width) {
        if (x + width > column.right() && x > column.x) {
            x = column.x;
            y += button_height(view) + gap;
        }
        const ImVec2 at{x, y};
        x += width + gap;
        return at;
    };
    if (button(view, "diagnostics/copy-report", place(button_width(view, copy, icon::copy)), Look::primary, copy,
               icon::copy))
        view.wish(state::CopyReport{});
    if (view.state.active && button(view, "diagnostics/check", place(button_width(view, check, icon::check)),
                                    Look::plain, check, icon::check, !state::token_busy(view.state)))
        view.wish(state::AskCheck{});
    draw_doctor_button(view, "diagnostics/doctor", place(button_width(view, doctor, icon::stethoscope)));
    if (simulated && button(view, "diagnostics/unplug", place(button_width(view, unplug, icon::eject)), Look::plain,
                            unplug, icon::eject, state::find_pending(view.state, state::Wait::detach) == nullptr))
        view.wish(state::UnplugSimulated{});
    column.y = y + button_height(view) + view.px(space::pad);
}

}  // namespace
}  // namespace diagnostics

void draw_diagnostics(View& view, ImVec2 low, ImVec2 high) {
    Column column = begin_area(view, "diagnostics", low, high, space::page, space::pad, space::page_most);
    const float gap = view.px(space::gap);
    diagnostics::draw_head(view, column);
    draw_findings(view, column, "diagnostics/finding");
    if (view.state.active) {
        diagnostics::draw_token(view, column);
        view.redraw_within(base::Milliseconds{1000});  // the computer's time is shown
    } else {
        banner(view, column, Tone::info, text(Key::diag_no_token), text(Key::diag_no_token_body));
    }
    column.space(gap);
    if (view.state.diagnostics.total > 0) {
        diagnostics::draw_counters(view, column);
        column.space(gap);
    }
    diagnostics::draw_times(view, column);
    column.space(gap);
    diagnostics::draw_by_command_and_errors(view, column);
    if (!view.state.diagnostics.exchanges.empty()) {
        column.space(gap);
        diagnostics::draw_last_commands(view, column);
    }
    end_area(view, column, space::pad);
}

}  // namespace tokendeck::ui
