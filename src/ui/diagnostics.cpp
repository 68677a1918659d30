// What the token and the way to it are like. Names and numbers only, never a payload.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"
#include "ui/words.hpp"

#include <array>
#include <cstdio>

namespace tokendeck::ui {
namespace {

using Row = std::pair<std::string_view, std::string>;

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

std::string tenths(double value) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
    return buffer.data();
}

double ms_of(const channel::ExchangeRecord& record) {
    return static_cast<double>(record.duration.count()) / 1000.0;
}

// A titled card with lines of label and value. Returns its bottom.
// `path`: the rows are noted below it, numbered from 1.
float facts_card(View& view, ImVec2 low, float width, std::string_view title, const std::vector<Row>& rows,
                 const std::string& path) {
    const float pad = view.px(16);
    const float label_width = std::round((width - 2 * pad) * 0.40F);
    const float value_width = width - 2 * pad - label_width;
    float tall = pad + view.px(32);
    for (const auto& [label, value] : rows)
        tall += std::max(paragraph_height(value_width, Face::body, value),
                         paragraph_height(label_width - view.px(8), Face::small, label)) +
                view.px(5);
    tall += view.px(9);
    card(view, low, {low.x + width, low.y + tall});
    text_fit(view, {low.x + pad, low.y + pad - view.px(2)}, width - 2 * pad, Face::strong, view.colour.text, title);
    float y = low.y + pad + view.px(28);
    int row = 0;
    for (const auto& [label, value] : rows) {
        const float label_height = paragraph(view, {low.x + pad, y + view.px(2)}, label_width - view.px(8), Face::small,
                                             view.colour.muted, label);
        const float value_height =
            paragraph(view, {low.x + pad + label_width, y}, value_width, Face::body, view.colour.text, value);
        const float row_height = std::max(label_height, value_height);
        note_item(view, path + "/" + std::to_string(++row), std::string(label) + ": " + std::string(value),
                  {low.x + pad, y}, {low.x + width - pad, y + row_height}, true, false);
        y += row_height + view.px(5);
    }
    return low.y + tall;
}

// The settings as this firmware honours them; what it only stores is named as that.
std::string config_words(const View& view) {
    const auto& status = view.state.active->status;
    std::string words(text(status.pin_protected_codes ? Key::diag_config_pin : Key::diag_config_no_pin));
    const auto& general = status.general;
    const auto add = [&](const std::optional<std::uint8_t>& slot, Key key) {
        if (slot) words += "\n" + text(key, {{"n", number(*slot)}});
    };
    add(general.numlock, Key::diag_config_numlock);
    add(general.capslock, Key::diag_config_capslock);
    add(general.scrolllock, Key::diag_config_scrolllock);
    if (status.abilities.lock_key_slots == 0) {
        const bool stored =
            std::any_of(status.config.begin(), status.config.begin() + 3, [](std::uint8_t byte) { return byte < 3; });
        if (stored) words += "\n" + std::string(text(Key::diag_config_ignored));
    } else if (!general.numlock && !general.capslock && !general.scrolllock) {
        words += "\n" + std::string(text(Key::diag_config_no_keys));
    }
    return words;
}

std::string volume_words(const channel::VolumeState& volume) {
    if (!volume.active) return std::string(text(Key::diag_volume_closed));
    return std::string(text(volume.read_only ? Key::diag_volume_open_ro : Key::diag_volume_open_rw));
}

std::vector<Row> storage_rows(const channel::StorageStatus& storage) {
    std::string card = storage.sd_card_serial;
    const auto also = [](std::string& words, Key key) {
        words += (words.empty() ? "" : "\n") + std::string(text(key));
    };
    if (storage.new_sd_card) also(card, Key::diag_sd_new);
    else also(card, storage.filled_with_random ? Key::diag_sd_filled : Key::diag_sd_not_filled);
    std::string firmware(text(storage.firmware_locked ? Key::diag_locked : Key::diag_not_locked));
    if (storage.development_build) also(firmware, Key::diag_development);
    return {
        {text(Key::diag_unencrypted), volume_words(storage.unencrypted)},
        {text(Key::diag_encrypted), volume_words(storage.encrypted)},
        {text(Key::diag_hidden), volume_words(storage.hidden)},
        {text(Key::diag_sd), card},
        {text(Key::diag_keys),
         std::string(text(storage.keys_initialised ? Key::diag_keys_made : Key::diag_keys_missing))},
        {text(Key::diag_card_use), std::string(text(!storage.card_in_use   ? Key::diag_card_unknown
                                                    : *storage.card_in_use ? Key::diag_card_busy
                                                                           : Key::diag_card_free))},
        {text(Key::diag_lock), firmware},
    };
}

// What the owner of such a token should know, one line each.
void known_faults(View& view, Column& column) {
    std::vector<std::pair<std::string, std::string_view>> told;
    for (const std::string& number_of : view.state.active->status.quirks)
        if (const std::string_view words = describe_quirk(number_of); !words.empty())
            told.emplace_back(number_of, words);
    if (told.empty()) return;
    const float pad = view.px(16);
    const float label_width = view.px(56);
    const float width = column.width - 2 * pad - label_width;
    float tall = pad + view.px(30);
    for (const auto& [number_of, words] : told) tall += paragraph_height(width, Face::body, words) + view.px(6);
    tall += view.px(8);
    const ImVec2 low{column.x, column.y};
    card(view, low, {column.right(), low.y + tall});
    text_fit(view, {low.x + pad, low.y + pad - view.px(2)}, column.width - 2 * pad, Face::strong, view.colour.text,
             text(Key::diag_quirks));
    float y = low.y + pad + view.px(28);
    for (const auto& [number_of, words] : told) {
        text_at(view.list(), {low.x + pad, y + view.px(2)}, Face::small, view.colour.muted, number_of);
        const float taken = paragraph(view, {low.x + pad + label_width, y}, width, Face::body, view.colour.text, words);
        note_item(view, "diagnostics/fault/" + number_of, words, {low.x + pad, y}, {column.right() - pad, y + taken},
                  true, false);
        y += taken + view.px(6);
    }
    column.space(tall + view.px(12));
}

std::vector<Row> token_rows(const View& view) {
    const auto& token = *view.state.active;
    const auto& status = token.status;
    std::size_t used = 0;
    for (const auto& slot : token.slots) used += otp::occupied(slot) ? 1 : 0;
    const auto tries = [](const std::optional<std::uint8_t>& left) {
        return left ? text(Key::diag_tries, {{"n", number(*left)}}) : std::string(text(Key::diag_no_answer));
    };
    return {
        {text(Key::diag_model),
         status.info.title + (status.info.simulated ? " (" + std::string(text(Key::simulated)) + ")" : std::string())},
        {text(Key::diag_firmware), number(status.firmware_major) + "." + number(status.firmware_minor)},
        {text(Key::diag_card),
         status.card_serial.empty() ? std::string(text(Key::diag_no_answer)) : status.card_serial},
        {text(Key::diag_usb),
         status.info.usb_serial.empty() ? std::string(text(Key::diag_none)) : status.info.usb_serial},
        {text(Key::diag_via), status.info.via + (status.info.node.empty() ? "" : " (" + status.info.node + ")")},
        {text(Key::diag_admin_tries), tries(status.admin_tries)},
        {text(Key::diag_user_tries), tries(status.user_tries)},
        {text(Key::diag_slots),
         text(Key::diag_slots_value, {{"used", number(used)}, {"free", number(token.slots.size() - used)}})},
        {text(Key::diag_config), config_words(view)},
    };
}

std::vector<Row> limit_rows(const View& view) {
    const otp::TokenLimits& limits = view.state.active->status.limits;
    const channel::Abilities& abilities = view.state.active->status.abilities;
    std::string algorithms = "SHA1";
    if (limits.sha256) algorithms += ", SHA256";
    if (limits.sha512) algorithms += ", SHA512";
    std::string digits;
    for (std::uint32_t n = limits.digits_min; n <= limits.digits_max; ++n)
        if (n != 7 || limits.seven_digits) digits += (digits.empty() ? "" : ", ") + number(n);
    return {
        {text(Key::diag_places),
         text(Key::diag_places_value, {{"totp", number(limits.totp_slots)}, {"hotp", number(limits.hotp_slots)}})},
        {text(Key::diag_algorithms), algorithms},
        {text(Key::diag_digits), digits},
        {text(Key::diag_secret), text(Key::diag_bytes_at_most, {{"n", number(limits.secret_bytes_max)}})},
        {text(Key::diag_name), text(Key::diag_bytes_at_most, {{"n", number(limits.name_bytes_max)}})},
        {text(Key::diag_period), text(Key::diag_seconds_at_most, {{"n", number(limits.period_max)}})},
        {text(Key::diag_edit), std::string(text(abilities.edit ? Key::diag_edit_yes : Key::diag_edit_no))},
        {text(Key::diag_lock_keys), abilities.lock_key_slots > 0
                                        ? text(Key::diag_lock_keys_yes, {{"n", number(abilities.lock_key_slots)}})
                                        : std::string(text(Key::diag_lock_keys_no))},
        {text(Key::diag_new_pin), text(Key::diag_new_pin_value, {{"n", number(abilities.pin_max)}})},
    };
}

std::vector<Row> clock_rows(const View& view) {
    const auto& token = *view.state.active;
    std::vector<Row> rows{{text(Key::diag_computer_time), utc(view.state.unix_now)}};
    if (!token.clock_set_at) {
        rows.emplace_back(text(Key::diag_clock), std::string(text(Key::diag_clock_unset)));
        return rows;
    }
    const auto age = static_cast<double>(view.state.unix_now.milliseconds - token.clock_set_at->milliseconds) / 1000.0;
    rows.emplace_back(text(Key::diag_clock_set), utc(*token.clock_set_at));
    if (token.status.storage) return rows;  // its clock runs at the normal rate, as far as is known
    // A Pro's clock runs about one percent slow (quirk Q-P1).
    rows.emplace_back(text(Key::diag_clock_lag),
                      text(Key::diag_clock_lag_value, {{"n", tenths(std::max(0.0, age) * 0.01)}}));
    return rows;
}

// Answer times as bars, newest at the right, with lines at the median and the 95th percentile.
void answer_times(View& view, Column& column) {
    const state::Diagnostics& d = view.state.diagnostics;
    const float pad = view.px(16);
    const float plot_height = view.px(104);
    const float tall = pad + view.px(56) + plot_height + view.px(14);
    const ImVec2 low{column.x, column.y};
    const bool none = d.exchanges.empty();
    card(view, low, {column.right(), low.y + (none ? view.px(72) : tall)});
    text_at(view.list(), {low.x + pad, low.y + pad - view.px(2)}, Face::strong, view.colour.text,
            text(Key::diag_answer_times));
    std::vector<double> sorted;
    for (const auto& record : d.exchanges) sorted.push_back(ms_of(record));
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty()) {
        text_fit(view, {low.x + pad, low.y + pad + view.px(24)}, column.width - 2 * pad, Face::small, view.colour.muted,
                 text(Key::diag_nothing_yet));
        column.space(view.px(72));
        return;
    }
    const auto percentile = [&](double part) {
        return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1) + 0.5)];
    };
    const double p50 = percentile(0.5);
    const double p95 = percentile(0.95);
    const double most = sorted.back();
    const std::string summary =
        text(Key::diag_percentiles,
             {{"p50", tenths(p50)}, {"p95", tenths(p95)}, {"max", tenths(most)}, {"n", number(sorted.size())}});
    const float taken = text_fit(view, {low.x + pad, low.y + pad + view.px(22)}, column.width - 2 * pad, Face::small,
                                 view.colour.muted, summary);
    note_item(view, "diagnostics/times", summary, {low.x + pad, low.y + pad + view.px(22)},
              {low.x + pad + taken, low.y + pad + view.px(40)}, true, false);

    const float x0 = low.x + pad;
    const float x1 = column.right() - pad - view.px(52);
    const float y1 = low.y + tall - view.px(14);
    const float y0 = y1 - plot_height;
    const double top = std::max(1.0, most * 1.08);
    const auto y_of = [&](double ms) { return y1 - static_cast<float>(ms / top) * plot_height; };
    const auto slots = static_cast<float>(std::max<std::size_t>(60, d.exchanges.size()));
    const float part = (x1 - x0) / slots;
    view.list()->AddRectFilled({x0, y1}, {x1, y1 + view.px(1)}, view.colour.border_strong);
    float x = x1 - part * static_cast<float>(d.exchanges.size());
    for (const auto& record : d.exchanges) {
        const ImU32 colour = record.transport_error ? view.colour.danger_fill
                             : record.foreign > 0   ? view.colour.warning
                                                    : view.colour.accent;
        const float bar_top = std::min(y_of(ms_of(record)), y1 - view.px(2));
        const float inset = part > view.px(4) ? view.px(1) : part * 0.15F;
        view.list()->AddRectFilled({x + inset, bar_top}, {x + part - inset, y1}, colour,
                                   part > view.px(4) ? view.px(1.5F) : 0, ImDrawFlags_RoundCornersTop);
        x += part;
    }
    float label_above = -1000;
    const auto line = [&](double ms, std::string_view name) {
        const float y = y_of(ms);
        view.list()->AddLine({x0, y}, {x1, y}, faded(view.colour.text, 0.30F), view.px(1));
        float label_y = y - height(Face::small) / 2;
        if (std::abs(label_y - label_above) < height(Face::small)) label_y = label_above - height(Face::small);
        label_above = label_y;
        text_at(view.list(), {x1 + view.px(6), label_y}, Face::small, view.colour.muted, name);
    };
    line(p50, "p50");
    line(p95, "p95");
    (void)y0;
    column.space(tall);
}

void counters(View& view, Column& column) {
    const state::Diagnostics& d = view.state.diagnostics;
    struct Counter {
        Key label;
        std::uint64_t value;
        bool bad;
    };
    const std::array all{Counter{Key::diag_total, d.total, false},
                         Counter{Key::diag_transport_errors, d.transport_errors, d.transport_errors > 0},
                         Counter{Key::diag_foreign, d.foreign_replies, d.foreign_replies > 0},
                         Counter{Key::diag_refusals, d.refusals, false}};
    const float gap = view.px(10);
    const float width = std::round((column.width - gap * 3) / 4);
    const float tall = view.px(72);
    float x = column.x;
    for (const Counter& counter : all) {
        card(view, {x, column.y}, {x + width, column.y + tall}, 10);
        text_at(view.list(), {x + view.px(12), column.y + view.px(10)}, Face::title,
                counter.bad ? view.colour.warning : view.colour.text, number(counter.value));
        text_fit(view, {x + view.px(12), column.y + view.px(40)}, width - view.px(20), Face::small, view.colour.muted,
                 text(counter.label));
        x += width + gap;
    }
    column.space(tall);
}

void last_commands(View& view, Column& column) {
    const state::Diagnostics& d = view.state.diagnostics;
    if (d.exchanges.empty()) return;
    constexpr std::size_t most = 24;
    const std::size_t shown = std::min(most, d.exchanges.size());
    const float pad = view.px(16);
    const float row = view.px(24);
    const float tall = pad + view.px(54) + row * static_cast<float>(shown) + view.px(10);
    const ImVec2 low{column.x, column.y};
    card(view, low, {column.right(), low.y + tall});
    text_at(view.list(), {low.x + pad, low.y + pad - view.px(2)}, Face::strong, view.colour.text,
            text(Key::diag_commands));
    const float inner = column.width - 2 * pad;
    const float x_status = low.x + pad + inner * 0.46F;
    const float x_ms = low.x + pad + inner * 0.82F;
    const float x_reads = column.right() - pad;
    float y = low.y + pad + view.px(24);
    const auto right_text = [&](float right, ImU32 colour, std::string_view words) {
        text_at(view.list(), {right - measure(Face::small, words).x, y}, Face::small, colour, words);
    };
    text_at(view.list(), {low.x + pad, y}, Face::small, view.colour.muted, text(Key::diag_column_command));
    text_at(view.list(), {x_status, y}, Face::small, view.colour.muted, text(Key::diag_column_status));
    right_text(x_ms, view.colour.muted, "ms");
    right_text(x_reads, view.colour.muted, text(Key::diag_column_reads));
    y += view.px(24);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& record = d.exchanges[d.exchanges.size() - 1 - i];
        if (i % 2 == 0)
            fill(view.list(), {low.x + view.px(8), y - view.px(3)}, {column.right() - view.px(8), y + row - view.px(3)},
                 faded(view.colour.raised, 0.7F), view.px(5));
        text_fit(view, {low.x + pad, y}, x_status - low.x - pad - view.px(8), Face::small, view.colour.text,
                 record.command, true);
        const ImU32 colour = record.transport_error  ? view.colour.danger
                             : record.status == "ok" ? view.colour.success
                                                     : view.colour.warning;
        text_fit(view, {x_status, y}, x_ms - x_status - view.px(52), Face::small, colour, record.status, true);
        right_text(x_ms, view.colour.text, tenths(ms_of(record)));
        right_text(x_reads, view.colour.muted, number(record.reads));
        note_item(view, "diagnostics/command/" + std::to_string(i + 1), record.command + " " + record.status,
                  {low.x + pad, y}, {column.right() - pad, y + height(Face::small)}, true, false);
        y += row;
    }
    column.space(tall);
}

}  // namespace

std::string utc(base::UnixTime time) {
    const std::int64_t seconds = time.seconds();
    const std::chrono::sys_seconds point{std::chrono::seconds{seconds}};
    const auto day = std::chrono::floor<std::chrono::days>(point);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{point - day};
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u %02d:%02d:%02d UTC", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return buffer.data();
}

void draw_diagnostics(View& view, ImVec2 low, ImVec2 high) {
    Column column = begin_area(view, "diagnostics", low, high, 20, 16, 1160);
    text_at(view.list(), {column.x, column.y - view.px(4)}, Face::heading, view.colour.text, text(Key::diag_heading));
    float right = column.right();
    if (view.state.active && view.state.active->status.info.simulated) {
        const std::string_view words = text(Key::unplug_simulated);
        if (button(view, "diagnostics/unplug", {right - button_width(view, words, icon::eject), column.y - view.px(4)},
                   Look::plain, words, icon::eject, state::find_pending(view.state, state::Wait::detach) == nullptr))
            view.wish(state::UnplugSimulated{});
        right -= button_width(view, words, icon::eject) + view.px(10);
    }
    const float doctor_width = button_width(view, text(Key::start_doctor), icon::stethoscope);
    const float heading_width = measure(Face::heading, text(Key::diag_heading)).x + view.px(16);
    const bool fits = right - doctor_width > column.x + heading_width;
    if (!fits) column.space(view.px(44));
    draw_doctor_button(view, "diagnostics/doctor",
                       {fits ? right - doctor_width : column.right() - doctor_width, column.y - view.px(4)});
    column.space(view.px(46));
    const float gap = view.px(12);
    draw_findings(view, column, "diagnostics/finding", true);
    if (view.state.active) {
        const bool two = column.width >= view.px(560);
        const float width = two ? std::round((column.width - gap) / 2) : column.width;
        const float left =
            facts_card(view, {column.x, column.y}, width, text(Key::diag_token), token_rows(view), "diagnostics/token");
        const ImVec2 second = two ? ImVec2{column.x + width + gap, column.y} : ImVec2{column.x, left + gap};
        const float limits =
            facts_card(view, second, width, text(Key::diag_can), limit_rows(view), "diagnostics/limits");
        const float clock = facts_card(view, {second.x, limits + gap}, width, text(Key::diag_clocks), clock_rows(view),
                                       "diagnostics/clock");
        const auto& storage = view.state.active->status.storage;
        column.y = std::max(left, clock) + gap;
        if (storage) {
            const float bottom = facts_card(view, {column.x, column.y}, column.width, text(Key::diag_storage),
                                            storage_rows(*storage), "diagnostics/storage");
            column.y = bottom + view.px(4);
            text_in(view, column, Face::small, view.colour.muted, text(Key::diag_storage_left));
            column.space(gap);
        }
        known_faults(view, column);
        view.redraw_within(base::Milliseconds{1000});
    } else {
        banner(view, column, Tone::info, text(Key::diag_no_token), text(Key::diag_no_token_body));
        column.space(gap);
    }
    counters(view, column);
    column.space(gap);
    answer_times(view, column);
    column.space(gap);
    last_commands(view, column);
    end_area(view, column, 16);
}

}  // namespace tokendeck::ui
