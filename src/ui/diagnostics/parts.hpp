// The parts of the diagnostics page. Only inside ui/diagnostics and its tests.
#pragma once

#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokendeck::ui::diagnostics {

// ---- cards ----

using Row = std::pair<std::string_view, std::string>;  // label, value
// A titled card with lines of label and value; one without a label is a remark. Returns its bottom. `path`: the rows
// are noted below it, from 1.
float facts_card(View& view, ImVec2 low, float width, std::string_view title, const std::vector<Row>& rows,
                 const std::string& path);
// An empty titled card that is `inner` high inside. Returns where the inside begins.
ImVec2 titled_card(View& view, ImVec2 low, float width, std::string_view title, float inner);
// What titled_card adds to `inner`.
[[nodiscard]] float card_frame(const View& view);
// A titled card with one muted paragraph. Returns its bottom.
float empty_card(View& view, ImVec2 low, float width, std::string_view title, std::string_view words,
                 const std::string& path);

[[nodiscard]] std::string number(std::uint64_t value);
[[nodiscard]] std::string tenths(double value);
// "45 s", "12 min", "3 h", "2 d".
[[nodiscard]] std::string roughly(double seconds);

// ---- the page, from top to bottom; each advances the column ----

// token.cpp. Precondition: a token is in use.
void draw_token(View& view, Column& column);
// times.cpp
void draw_counters(View& view, Column& column);
void draw_times(View& view, Column& column);
// commands.cpp
void draw_by_command_and_errors(View& view, Column& column);
void draw_last_commands(View& view, Column& column);

// ---- the plot's axis ----

// Logarithmic, in ms, from `low` to `high`: whole decades, or 1, 2, 5 of a decade at its ends.
struct Axis {
    double low = 1;
    double high = 10;
    std::vector<double> ticks{};  // both ends among them
    // 0 at `low`, 1 at `high`; values outside are moved to the nearer end.
    [[nodiscard]] double place(double value) const;
};
// An axis that covers all values from `least` to `most`.
[[nodiscard]] Axis axis_for(double least, double most);

}  // namespace tokendeck::ui::diagnostics
