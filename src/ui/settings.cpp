// Settings, and what the program is.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::ui {
namespace {

void section(View& view, Column& column, float tall, std::string_view title) {
    card(view, {column.x, column.y}, {column.right(), column.y + tall});
    text_at(view.list(), {column.x + view.px(18), column.y + view.px(14)}, Face::strong, view.colour.text, title);
}

void words_section(View& view, Column& column, std::string_view title, const std::string& words) {
    const float pad = view.px(18);
    const float text_height = paragraph_height(column.width - 2 * pad, Face::body, words);
    const float tall = view.px(44) + text_height + view.px(12);
    section(view, column, tall, title);
    paragraph(view, {column.x + pad, column.y + view.px(44)}, column.width - 2 * pad, Face::body, view.colour.muted,
              words);
    column.space(tall + view.px(12));
}

// A choice among some times, with what it is about.
struct TimeChoice {
    Key title;
    std::string words;
    std::string path;  // of the ui map, before "/N"
    Key unit;          // "{n} min"
    std::array<int, 4> numbers;
    base::Milliseconds one;
    base::Milliseconds now;
};

// The chosen time; nothing: none was chosen in this frame.
std::optional<base::Milliseconds> time_section(View& view, Column& column, const TimeChoice& about) {
    const float pad = view.px(18);
    const float text_height = paragraph_height(column.width - 2 * pad, Face::body, about.words);
    const float tall = view.px(44) + text_height + view.px(12 + 38 + 14);
    section(view, column, tall, text(about.title));
    paragraph(view, {column.x + pad, column.y + view.px(44)}, column.width - 2 * pad, Face::body, view.colour.muted,
              about.words);
    std::vector<Choice> choices;
    int chosen = -1;
    for (std::size_t i = 0; i < about.numbers.size(); ++i) {
        const std::string number = std::to_string(about.numbers[i]);
        choices.push_back({number, text(about.unit, {{"n", number}})});
        if (about.now == about.one * about.numbers[i]) chosen = static_cast<int>(i);
    }
    const int wish = segmented(view, about.path, {column.x + pad, column.y + view.px(44 + 10) + text_height},
                               column.width - 2 * pad, choices, chosen);
    column.space(tall + view.px(12));
    if (wish < 0) return std::nullopt;
    return about.one * about.numbers[static_cast<std::size_t>(wish)];
}

// A second simulated token beside the first, or another model.
void simulated_tokens(View& view, Column& column) {
    if (view.state.settings.simulated_models.empty()) return;
    const float pad = view.px(18);
    const std::string_view words = text(Key::settings_simulated_body);
    const float text_height = paragraph_height(column.width - 2 * pad, Face::body, words);
    const float tall = view.px(44) + text_height + view.px(12 + 40 + 14);
    section(view, column, tall, text(Key::settings_simulated));
    paragraph(view, {column.x + pad, column.y + view.px(44)}, column.width - 2 * pad, Face::body, view.colour.muted,
              words);
    const std::string_view label = text(Key::settings_plug);
    const float button_x = column.right() - pad - button_width(view, label, icon::flask);
    const float y = column.y + view.px(44 + 10) + text_height;
    choose_simulated(view, "settings/model", {column.x + pad, y}, button_x - view.px(10) - column.x - pad, 0);
    const bool attaching = state::find_pending(view.state, state::Wait::attach) != nullptr;
    if (button(view, "settings/simulate", {button_x, y + view.px(1)}, Look::plain, label, icon::flask, !attaching))
        view.wish(state::StartSimulated{});
    column.space(tall + view.px(12));
}

}  // namespace

void draw_settings(View& view, ImVec2 low, ImVec2 high) {
    Column column = begin_area(view, "settings", low, high, 20, 16, 760);
    text_at(view.list(), {column.x, column.y - view.px(4)}, Face::heading, view.colour.text,
            text(Key::settings_heading));
    column.space(view.px(46));

    const float tall = view.px(104);
    section(view, column, tall, text(Key::settings_theme));
    const std::array choices{Choice{"system", std::string(text(Key::settings_theme_system)), icon::desktop},
                             Choice{"light", std::string(text(Key::settings_theme_light)), icon::sun},
                             Choice{"dark", std::string(text(Key::settings_theme_dark)), icon::moon}};
    const int chosen = segmented(view, "settings/theme", {column.x + view.px(18), column.y + view.px(46)},
                                 column.width - view.px(36), choices, static_cast<int>(view.state.settings.theme));
    if (chosen >= 0) view.wish(state::SetTheme{static_cast<state::Theme>(chosen)});
    column.space(tall + view.px(12));

    const auto seconds = [](base::Milliseconds time) { return std::to_string(time.count() / 1000); };
    const state::Settings& settings = view.state.settings;
    const std::string clipboard_words =
        text(Key::settings_clipboard_body,
             {{"n", seconds(settings.clipboard_time)}, {"hotp", seconds(settings.hotp_shown_time)}});
    if (const auto time = time_section(view, column,
                                       {Key::settings_clipboard,
                                        clipboard_words,
                                        "settings/clipboard",
                                        Key::settings_seconds,
                                        {15, 30, 45, 90},
                                        std::chrono::seconds{1},
                                        settings.clipboard_time}))
        view.wish(state::SetClipboardTime{*time});
    if (const auto time = time_section(view, column,
                                       {Key::settings_user_pin,
                                        std::string(text(Key::settings_user_pin_body)),
                                        "settings/user-pin",
                                        Key::settings_minutes,
                                        {1, 5, 10, 30},
                                        std::chrono::minutes{1},
                                        settings.user_pin_time}))
        view.wish(state::SetUserPinTime{*time});
    simulated_tokens(view, column);
    words_section(view, column, text(Key::settings_kept), std::string(text(Key::settings_kept_body)));
    const std::string version = view.info.version != nullptr ? view.info.version : "";
    words_section(view, column, "tokendeck" + (version.empty() ? "" : " " + version),
                  std::string(text(Key::settings_about)));
    end_area(view, column, 8);
}

}  // namespace tokendeck::ui
