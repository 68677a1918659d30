// What was said to the token, in tables: times by command, errors by kind, the last commands.
#include "state/diagnostics.hpp"
#include "ui/diagnostics/parts.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tokendeck::ui::diagnostics {
namespace {

using state::diagnostics::Outcome;

constexpr std::size_t commands_shown = 32;

// One line of cells. `right`: a cell ends at `x` and is a number; else it begins there and has `width`.
struct Cell {
    float x = 0;
    float width = 0;
    bool right = false;
};

class Table {
  public:
    Table(View& view, ImVec2 at, float width) : view_(&view), at_(at), width_(width) {}

    static float row_height(const View& view) { return std::round(height(Face::small) + view.px(space::near)); }

    void begin_row(bool striped) {
        if (striped)
            fill(view_->list(), {at_.x - view_->px(space::near), at_.y},
                 {at_.x + width_ + view_->px(space::near), at_.y + row_height(*view_)},
                 faded(view_->colour.raised, 0.7F), view_->px(radius::small));
    }
    void put(const Cell& cell, ImU32 colour, std::string_view words) {
        const float y = at_.y + view_->px(space::tight);
        if (cell.right) text_at(view_->list(), {cell.x - measure(Face::small, words).x, y}, Face::small, colour, words);
        else text_fit(*view_, {cell.x, y}, cell.width, Face::small, colour, words, true);
    }
    void end_row(const std::string& path, std::string_view words) {
        const float bottom = at_.y + row_height(*view_);
        if (!path.empty()) note_item(*view_, path, words, at_, {at_.x + width_, bottom}, true, false);
        at_.y = bottom;
    }

  private:
    View* view_;
    ImVec2 at_;
    float width_;
};

float by_command(View& view, ImVec2 low, float width) {
    const auto all = state::diagnostics::times_by_command(view.state.diagnostics);
    const float inner = Table::row_height(view) * static_cast<float>(all.size() + 1);
    const std::string title = std::string(text(Key::diag_by_command)) + " (ms)";
    const ImVec2 at = titled_card(view, low, width, title, inner);
    const float room = width - 2 * view.px(space::pad);
    constexpr std::size_t numbers = 5;
    const std::array<std::string_view, numbers> heads{text(Key::diag_column_count), "p50", "p95", "p99",
                                                      text(Key::diag_column_longest)};
    std::array<Cell, numbers> cells{};
    float x = at.x + room;
    for (std::size_t i = numbers; i-- > 0;) {
        cells[i] = {x, 0, true};
        x -= std::max(measure(Face::small, heads[i]).x, measure(Face::small, "8888.8").x) + view.px(space::gap);
    }
    const Cell name{at.x, x - at.x, false};

    Table table(view, at, room);
    table.put(name, view.colour.muted, text(Key::diag_column_command));
    for (std::size_t i = 0; i < numbers; ++i) table.put(cells[i], view.colour.muted, heads[i]);
    table.end_row({}, {});
    int index = 0;
    for (const auto& [command, times] : all) {
        table.begin_row(index % 2 == 0);
        table.put(name, view.colour.text, command);
        const std::array<std::string, numbers> values{number(times.count), tenths(times.p50), tenths(times.p95),
                                                      tenths(times.p99), tenths(times.longest)};
        for (std::size_t i = 0; i < numbers; ++i) table.put(cells[i], view.colour.text, values[i]);
        table.end_row(
            "diagnostics/by-command/" + std::to_string(++index),
            command + " " + values[0] + " " + values[1] + " " + values[2] + " " + values[3] + " " + values[4]);
    }
    return low.y + inner + card_frame(view);
}

float errors(View& view, ImVec2 low, float width) {
    const auto all = state::diagnostics::errors_by_kind(view.state.diagnostics);
    if (all.empty())
        return empty_card(view, low, width, text(Key::diag_errors), text(Key::diag_no_errors), "diagnostics/errors");
    const float inner = Table::row_height(view) * static_cast<float>(all.size());
    const ImVec2 at = titled_card(view, low, width, text(Key::diag_errors), inner);
    const float room = width - 2 * view.px(space::pad);
    const Cell count{at.x + room, 0, true};
    const Cell name{at.x, room - measure(Face::small, "88888").x - view.px(space::gap), false};
    Table table(view, at, room);
    int index = 0;
    for (const auto& error : all) {
        table.begin_row(index % 2 == 0);
        table.put(name, view.colour.text, error.name);
        table.put(count, view.colour.text, number(error.count));
        table.end_row("diagnostics/errors/" + std::to_string(++index), error.name + ": " + number(error.count));
    }
    return low.y + inner + card_frame(view);
}

std::string time_of_day(base::UnixTime time) {
    return state::diagnostics::utc(time).substr(11, 8);
}

}  // namespace

void draw_by_command_and_errors(View& view, Column& column) {
    const float gap = view.px(space::gap);
    if (view.state.diagnostics.exchanges.empty()) {
        column.y = errors(view, {column.x, column.y}, column.width);
        return;
    }
    if (column.width < view.px(wide_from::table)) {
        const float bottom = by_command(view, {column.x, column.y}, column.width);
        column.y = errors(view, {column.x, bottom + gap}, column.width);
        return;
    }
    const float left = std::round((column.width - gap) * 0.62F);
    const float a = by_command(view, {column.x, column.y}, left);
    const float b = errors(view, {column.x + left + gap, column.y}, column.width - left - gap);
    column.y = std::max(a, b);
}

void draw_last_commands(View& view, Column& column) {
    const state::Diagnostics& d = view.state.diagnostics;
    const std::size_t shown = std::min(commands_shown, d.exchanges.size());
    const float inner = Table::row_height(view) * static_cast<float>(shown + 1);
    const ImVec2 at = titled_card(view, {column.x, column.y}, column.width, text(Key::diag_commands), inner);
    const float room = column.width - 2 * view.px(space::pad);
    const float gap = view.px(space::gap);
    const std::string_view head_time = text(Key::diag_column_time);
    const std::string_view head_reads = text(Key::diag_column_reads);
    const float right = at.x + room;
    const Cell reads{right, 0, true};
    const Cell ms{right - measure(Face::small, head_reads).x - gap, 0, true};
    const Cell time{at.x, std::max(measure(Face::small, head_time).x, measure(Face::small, "00:00:00").x) + 1, false};
    const float first = time.x + time.width + gap;
    const float last = ms.x - measure(Face::small, "88888.8").x - gap;
    const Cell command{first, std::round((last - first) * 0.60F) - gap, false};
    const Cell status{first + std::round((last - first) * 0.60F), std::round((last - first) * 0.40F), false};

    Table table(view, at, room);
    table.put(time, view.colour.muted, head_time);
    table.put(command, view.colour.muted, text(Key::diag_column_command));
    table.put(status, view.colour.muted, text(Key::diag_column_status));
    table.put(ms, view.colour.muted, "ms");
    table.put(reads, view.colour.muted, head_reads);
    table.end_row({}, {});
    for (std::size_t i = 0; i < shown; ++i) {
        const channel::ExchangeRecord& record = d.exchanges[d.exchanges.size() - 1 - i];
        const Outcome outcome = state::diagnostics::outcome_of(record);
        const ImU32 colour = outcome == Outcome::failed    ? view.colour.danger
                             : outcome == Outcome::refused ? view.colour.warning
                             : record.status == "ok"       ? view.colour.success
                                                           : view.colour.muted;  // an empty slot
        const std::string duration = tenths(state::diagnostics::milliseconds(record.duration));
        table.begin_row(i % 2 == 0);
        table.put(time, view.colour.muted, time_of_day(record.at));
        table.put(command, view.colour.text, record.command);
        table.put(status, colour, record.status);
        table.put(ms, view.colour.text, duration);
        table.put(reads, record.foreign > 0 ? view.colour.warning : view.colour.muted, number(record.reads));
        table.end_row("diagnostics/command/" + std::to_string(i + 1),
                      record.command + " " + record.status + " " + duration + " ms");
    }
    column.space(inner + card_frame(view));
}

}  // namespace tokendeck::ui::diagnostics
