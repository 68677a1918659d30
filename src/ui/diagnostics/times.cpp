// How long the token takes to answer: counters, a plot of the last exchanges, percentiles.
#include "state/diagnostics.hpp"
#include "ui/diagnostics/parts.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace tokendeck::ui::diagnostics {
namespace {

using state::diagnostics::Outcome;

constexpr std::size_t plotted = 128;
constexpr std::size_t places_least = 48;  // of few exchanges: none is wider than with so many

ImU32 colour_of(const View& view, Outcome outcome) {
    switch (outcome) {
        case Outcome::fine: return view.colour.accent;
        case Outcome::refused: return view.colour.text;
        case Outcome::foreign: return view.colour.warning;
        case Outcome::failed: return view.colour.danger;
    }
    return view.colour.text;
}

std::string tick_words(double ms) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%g", ms);
    return buffer.data();
}

// A filled circle for what went well, a bigger square for what did not, so that it is not told by colour alone.
void dot(View& view, ImVec2 at, Outcome outcome) {
    const ImU32 colour = colour_of(view, outcome);
    if (outcome == Outcome::fine) {
        view.list()->AddCircleFilled(at, 2.75F * view.info.scale, colour, 12);
        return;
    }
    const float half = view.px(3);
    view.list()->AddRectFilled({at.x - half, at.y - half}, {at.x + half, at.y + half}, colour, view.px(1));
}

// The marks that were used, with what they mean. Returns the height taken. `drawn`: else it is only measured.
float legend(View& view, ImVec2 at, float width, const std::array<bool, 4>& met, bool drawn) {
    constexpr std::array keys{Key::diag_plot_fine, Key::diag_plot_refused, Key::diag_plot_foreign,
                              Key::diag_plot_failed};
    const float line = std::round(height(Face::small) * 1.28F);
    float x = at.x;
    float y = at.y;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!met[i]) continue;
        const float wide = view.px(14) + measure(Face::small, text(keys[i])).x;
        if (x > at.x && x + wide > at.x + width) {
            x = at.x;
            y += line;
        }
        if (drawn) {
            dot(view, {x + view.px(space::tight), y + height(Face::small) / 2}, static_cast<Outcome>(i));
            text_at(view.list(), {x + view.px(14), y}, Face::small, view.colour.muted, text(keys[i]));
        }
        x += wide + view.px(space::pad);
    }
    return y + line - at.y;
}

struct Plot {
    ImVec2 low;
    ImVec2 high;
};

// Percentiles as lines across, with their names at the right; names that would touch are moved up.
void percentile_lines(View& view, const Plot& plot, const Axis& axis, const state::diagnostics::Times& times) {
    float above = plot.high.y + height(Face::small);
    const auto line = [&](double ms, std::string_view name) {
        const float y = std::round(plot.high.y - static_cast<float>(axis.place(ms)) * (plot.high.y - plot.low.y));
        view.list()->AddRectFilled({plot.low.x, y}, {plot.high.x, y + view.px(space::pixel)},
                                   faded(view.colour.text, 0.35F));
        const float label = std::min(y - height(Face::small) / 2, above - height(Face::small));
        text_at(view.list(), {plot.high.x + view.px(space::near), label}, Face::small, view.colour.muted, name);
        above = label;
    };
    line(times.p50, "p50");
    line(times.p95, "p95");
    line(times.p99, "p99");
}

void plot_axis(View& view, const Plot& plot, const Axis& axis) {
    for (const double tick : axis.ticks) {
        const float y = std::round(plot.high.y - static_cast<float>(axis.place(tick)) * (plot.high.y - plot.low.y));
        view.list()->AddRectFilled({plot.low.x, y}, {plot.high.x, y + view.px(space::pixel)}, view.colour.border);
        const std::string words = tick_words(tick);
        text_at(view.list(),
                {plot.low.x - view.px(space::near) - measure(Face::small, words).x, y - height(Face::small) / 2},
                Face::small, view.colour.muted, words);
    }
}

void plot_exchanges(View& view, const Plot& plot, const Axis& axis, std::size_t shown) {
    const auto& exchanges = view.state.diagnostics.exchanges;
    const float part = (plot.high.x - plot.low.x) / static_cast<float>(std::max(places_least, shown));
    const std::size_t first = exchanges.size() - shown;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool here = !view.blocked && ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(plot.low, plot.high);
    for (std::size_t i = 0; i < shown; ++i) {
        const channel::ExchangeRecord& record = exchanges[first + i];
        const double ms = state::diagnostics::milliseconds(record.duration);
        const float left = plot.high.x - part * static_cast<float>(shown - i);
        const ImVec2 at{left + part / 2, plot.high.y - static_cast<float>(axis.place(ms)) * (plot.high.y - plot.low.y)};
        const Outcome outcome = state::diagnostics::outcome_of(record);
        const float half = std::max(0.5F, std::floor(part / 4));
        view.list()->AddRectFilled({at.x - half, at.y}, {at.x + half, plot.high.y},
                                   faded(colour_of(view, outcome), 0.28F));
        dot(view, at, outcome);
        if (here && mouse.x >= left && mouse.x < left + part)
            tooltip(view, record.command + "  " + tenths(ms) + " ms  " + record.status);
    }
}

}  // namespace

double Axis::place(double value) const {
    if (value <= low) return 0;
    return std::min(1.0, std::log10(value / low) / std::log10(high / low));
}

Axis axis_for(double least, double most) {
    // Steps of 1, 2, 5 of a decade, from the one at or below `least` to the one at or above `most`.
    const auto step = [](int n) {
        constexpr std::array<double, 3> of_decade{1, 2, 5};
        const int decade = n >= 0 ? n / 3 : -((2 - n) / 3);
        return of_decade[static_cast<std::size_t>(n - 3 * decade)] * std::pow(10.0, decade);
    };
    constexpr int first = -3;  // 0.1 ms
    constexpr int last = 15;   // 100 s
    int low = first;
    while (low < last - 3 && step(low + 1) <= least) ++low;
    int high = low + 3;  // a decade at least
    while (high < last && step(high) < most) ++high;

    Axis axis;
    axis.low = step(low);
    axis.high = step(high);
    const bool dense = high - low <= 5;
    for (int n = low; n <= high; ++n) {
        const bool whole_decade = (n % 3 + 3) % 3 == 0;
        if (dense || whole_decade) axis.ticks.push_back(step(n));
    }
    // The ends are told, too, unless a decade is right beside them.
    if (axis.ticks.empty() || axis.ticks.back() * 2.5 < axis.high) axis.ticks.push_back(axis.high);
    if (axis.ticks.front() > axis.low * 2.5) axis.ticks.insert(axis.ticks.begin(), axis.low);
    return axis;
}

void draw_times(View& view, Column& column) {
    const state::Diagnostics& d = view.state.diagnostics;
    const ImVec2 low{column.x, column.y};
    if (d.exchanges.empty()) {
        column.y = empty_card(view, low, column.width, text(Key::diag_answer_times), text(Key::diag_nothing_yet),
                              "diagnostics/times");
        return;
    }
    const std::size_t shown = std::min(plotted, d.exchanges.size());
    std::array<bool, 4> met{};
    std::vector<double> all;
    for (std::size_t i = d.exchanges.size() - shown; i < d.exchanges.size(); ++i) {
        met[static_cast<std::size_t>(state::diagnostics::outcome_of(d.exchanges[i]))] = true;
        all.push_back(state::diagnostics::milliseconds(d.exchanges[i].duration));
    }
    const auto [least, most] = std::minmax_element(all.begin(), all.end());
    const Axis axis = axis_for(*least, *most);
    const state::diagnostics::Times times = state::diagnostics::times_of(all);
    const std::string summary = text(Key::diag_plot_of, {{"n", number(shown)}}) + ": " +
                                text(Key::diag_percentiles, {{"p50", tenths(times.p50)},
                                                             {"p95", tenths(times.p95)},
                                                             {"p99", tenths(times.p99)},
                                                             {"max", tenths(times.longest)}});

    const float inner_width = column.width - 2 * view.px(space::pad);
    const float words = paragraph_height(inner_width, Face::small, summary);
    const float plot_height = view.px(136);
    const float line = std::round(height(Face::small) * 1.28F);
    float tick_room = measure(Face::small, "ms").x;
    for (const double tick : axis.ticks) tick_room = std::max(tick_room, measure(Face::small, tick_words(tick)).x);
    tick_room += view.px(space::near);
    const float plot_width = inner_width - tick_room - measure(Face::small, "p99").x - view.px(space::near);
    const float inner = words + view.px(space::gap) + line / 2 + plot_height + view.px(space::gap) +
                        legend(view, {}, plot_width, met, false);
    const ImVec2 at = titled_card(view, low, column.width, text(Key::diag_answer_times), inner);
    paragraph(view, at, inner_width, Face::small, view.colour.muted, summary);
    note_item(view, "diagnostics/times", summary, at, {at.x + inner_width, at.y + words}, true, false);

    const float top = at.y + words + view.px(space::gap) + line / 2;
    const Plot plot{{at.x + tick_room, top}, {at.x + tick_room + plot_width, top + plot_height}};
    plot_axis(view, plot, axis);
    percentile_lines(view, plot, axis, times);
    plot_exchanges(view, plot, axis, shown);
    note_item(view, "diagnostics/plot", text(Key::diag_plot_of, {{"n", number(shown)}}), plot.low, plot.high, true,
              false);
    const float below = plot.high.y + view.px(space::gap);
    text_at(view.list(), {plot.low.x - view.px(space::near) - measure(Face::small, "ms").x, below}, Face::small,
            view.colour.muted, "ms");
    legend(view, {plot.low.x, below}, plot_width, met, true);
    column.space(inner + card_frame(view));
}

void draw_counters(View& view, Column& column) {
    const state::Diagnostics& d = view.state.diagnostics;
    struct Counter {
        Key label;
        std::uint64_t value;
        bool bad;
        const char* name;
    };
    const std::array all{
        Counter{Key::diag_total, d.total, false, "total"},
        Counter{Key::diag_transport_errors, d.transport_errors, d.transport_errors > 0, "transport-errors"},
        Counter{Key::diag_foreign, d.foreign_replies, d.foreign_replies > 0, "foreign"},
        Counter{Key::diag_refusals, d.refusals, false, "refusals"}};
    const float gap = view.px(space::gap);
    const float pad = view.px(space::gap);
    const float width = std::floor((column.width - gap * 3) / 4);
    const float room = width - 2 * pad;
    const auto label = [](const Counter& counter) { return text(counter.label, {{"n", number(counter.value)}}); };
    float words = 0;
    for (const Counter& counter : all) words = std::max(words, paragraph_height(room, Face::small, label(counter)));
    const float tall = 2 * pad + height(Face::title) + view.px(space::tight) + words;
    float x = column.x;
    for (const Counter& counter : all) {
        card(view, {x, column.y}, {x + width, column.y + tall});
        text_fit(view, {x + pad, column.y + pad}, room, Face::title,
                 counter.bad ? view.colour.warning : view.colour.text, number(counter.value));
        paragraph(view, {x + pad, column.y + pad + height(Face::title) + view.px(space::tight)}, room, Face::small,
                  view.colour.muted, label(counter));
        note_item(view, std::string("diagnostics/counter/") + counter.name,
                  number(counter.value) + " " + label(counter), {x, column.y}, {x + width, column.y + tall}, true,
                  false);
        x += width + gap;
    }
    column.space(tall);
}

}  // namespace tokendeck::ui::diagnostics
