// Settings, and what the program is. In two columns where there is room for them.
#include "state/scale_steps.hpp"
#include "ui/kit/simulated_menu.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/pages.hpp"
#include "ui/settings_problems.hpp"
#include "words/language.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokendeck::ui {
namespace {

// Below that two columns would be too narrow for the choices.
constexpr float two_columns_from = 940;
constexpr float segmented_height = 38;

// A card with a title and words; `content_height` is left free below them. Returns where that begins.
ImVec2 section(View& view, Column& column, std::string_view title, std::string_view words, float content_height,
               const std::string& path = {}) {
    const float pad = view.px(space::pad);
    const float title_height = height(Face::strong);
    const float width = column.width - 2 * pad;
    const float words_height = words.empty() ? 0 : paragraph_height(width, Face::body, words);
    const float words_y = column.y + pad + title_height + view.px(space::near);
    float end = words.empty() ? column.y + pad + title_height : words_y + words_height;
    const ImVec2 content{column.x + pad, end + view.px(space::gap)};
    if (content_height > 0) end = content.y + content_height;
    end += pad;
    card(view, {column.x, column.y}, {column.right(), end}, radius::card);
    text_at(view.list(), {column.x + pad, column.y + pad}, Face::strong, view.colour.text, title);
    if (!words.empty()) paragraph(view, {column.x + pad, words_y}, width, Face::body, view.colour.muted, words);
    if (!path.empty())
        note_item(view, path, words, {column.x + pad, words_y}, {column.x + pad + width, words_y + words_height}, true,
                  false);
    column.y = end + view.px(space::gap);
    return content;
}

float inner_width(const View& view, const Column& column) {
    return column.width - 2 * view.px(space::pad);
}

// A choice among few. Nothing: none was made in this frame.
std::optional<std::size_t> choice(View& view, Column& column, std::string_view title, std::string_view words,
                                  const std::string& path, std::span<const Choice> choices, int chosen) {
    const float width = inner_width(view, column);
    const ImVec2 at = section(view, column, title, words, view.px(segmented_height));
    const int wish = segmented(view, path, at, width, choices, chosen);
    if (wish < 0) return std::nullopt;
    return static_cast<std::size_t>(wish);
}

Choice named(const char* name, Key label, const char* glyph = nullptr) {
    return {name, std::string(text(label)), glyph};
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
std::optional<base::Milliseconds> choose_time(View& view, Column& column, const TimeChoice& about) {
    std::vector<Choice> choices;
    int chosen = -1;
    for (std::size_t i = 0; i < about.numbers.size(); ++i) {
        const std::string number = std::to_string(about.numbers[i]);
        choices.push_back({number, text(about.unit, {{"n", number}})});
        if (about.now == about.one * about.numbers[i]) chosen = static_cast<int>(i);
    }
    const auto wish = choice(view, column, text(about.title), about.words, about.path, choices, chosen);
    if (!wish) return std::nullopt;
    return about.one * about.numbers[*wish];
}

void theme_cards(View& view, Column& column) {
    const std::array choices{named("system", Key::settings_theme_system, icon::desktop),
                             named("light", Key::settings_theme_light, icon::sun),
                             named("dark", Key::settings_theme_dark, icon::moon)};
    if (const auto wish = choice(view, column, text(Key::settings_theme), {}, "settings/theme", choices,
                                 static_cast<int>(view.state.settings.theme)))
        view.wish(state::SetTheme{static_cast<state::Theme>(*wish)});
}

void scale_cards(View& view, Column& column) {
    using state::ScaleWish;
    const std::optional<int> now = view.state.settings.scale_percent;
    const float tall = button_height(view);
    const float right = column.right() - view.px(space::pad);
    const std::string percent = text(Key::settings_percent, {{"n", std::to_string(now.value_or(100))}});
    ImVec2 at = section(view, column, text(Key::settings_scale), text(Key::settings_scale_body), tall);
    const auto step = [&](ScaleWish wish, bool may) {
        const auto next = state::next_scale(now, wish);
        return std::pair{next, may && next != now};
    };
    const auto [smaller, may_shrink] = step(ScaleWish::smaller, true);
    const auto [larger, may_grow] = step(ScaleWish::larger, view.info.can_enlarge);
    const float square = view.px(46);
    if (button(view, "settings/scale/smaller", at, Look::plain, "\xE2\x88\x92", nullptr, may_shrink, square))
        view.wish(state::SetScale{smaller});
    at.x += square;
    const float shown_width = view.px(84);
    text_centred(view, at.x + shown_width / 2, at.y + (tall - height(Face::strong)) / 2, shown_width, Face::strong,
                 view.colour.text, percent);
    note_item(view, "settings/scale/percent", percent, at, {at.x + shown_width, at.y + tall}, true, false);
    at.x += shown_width;
    if (button(view, "settings/scale/larger", at, Look::plain, "+", nullptr, may_grow, square))
        view.wish(state::SetScale{larger});
    at.x += square + view.px(space::gap);
    const std::string_view label = text(Key::settings_scale_auto);
    const float auto_width = std::min(button_width(view, label), right - at.x);
    if (button(view, "settings/scale/auto", at, Look::quiet, label, nullptr, now.has_value(), auto_width))
        view.wish(state::SetScale{std::nullopt});
}

void motion_cards(View& view, Column& column) {
    const std::array choices{named("auto", Key::settings_theme_system), named("full", Key::settings_motion_full),
                             named("reduced", Key::settings_motion_reduced)};
    if (const auto wish = choice(view, column, text(Key::settings_motion), {}, "settings/motion", choices,
                                 static_cast<int>(view.state.settings.motion)))
        view.wish(state::SetMotion{static_cast<state::Motion>(*wish)});
}

// Each language in its own words.
void language_cards(View& view, Column& column) {
    std::vector<Choice> choices{named("auto", Key::settings_theme_system)};
    int chosen = 0;
    for (const words::ServedLanguage& one : words::languages()) {
        if (one.code == view.state.settings.language) chosen = static_cast<int>(choices.size());
        choices.push_back(Choice{std::string(one.code), std::string(one.name)});
    }
    if (const auto wish = choice(view, column, text(Key::settings_language), {}, "settings/language", choices, chosen))
        view.wish(state::SetLanguage{*wish == 0 ? std::string() : choices[*wish].name});
}

void codes_cards(View& view, Column& column) {
    const state::Settings& settings = view.state.settings;
    const auto seconds = [](base::Milliseconds time) { return std::to_string(time.count() / 1000); };
    const std::array choices{named("on", Key::settings_mask_on), named("off", Key::settings_mask_off)};
    if (const auto wish = choice(view, column, text(Key::settings_mask),
                                 text(Key::settings_mask_body, {{"n", seconds(settings.code_seen_time)}}),
                                 "settings/mask", choices, settings.mask_codes ? 0 : 1))
        view.wish(state::SetMaskCodes{*wish == 0});
    if (const auto time =
            choose_time(view, column,
                        {Key::settings_clipboard,
                         text(Key::settings_clipboard_body,
                              {{"n", seconds(settings.clipboard_time)}, {"hotp", seconds(settings.hotp_shown_time)}}),
                         "settings/clipboard",
                         Key::settings_seconds,
                         {15, 30, 45, 90},
                         std::chrono::seconds{1},
                         settings.clipboard_time}))
        view.wish(state::SetClipboardTime{*time});
    if (const auto time = choose_time(view, column,
                                      {Key::settings_user_pin,
                                       std::string(text(Key::settings_user_pin_body)),
                                       "settings/user-pin",
                                       Key::settings_minutes,
                                       {1, 5, 10, 30},
                                       std::chrono::minutes{1},
                                       settings.user_pin_time}))
        view.wish(state::SetUserPinTime{*time});
}

// A second simulated token beside the first, or another model.
void simulated_tokens(View& view, Column& column) {
    if (view.state.settings.simulated_models.empty()) return;
    const float right = column.right() - view.px(space::pad);
    const ImVec2 at =
        section(view, column, text(Key::settings_simulated), text(Key::settings_simulated_body), button_height(view));
    const std::string_view label = text(Key::settings_plug);
    const float button_x = right - button_width(view, label, icon::flask);
    choose_simulated(view, "settings/model", at, button_x - view.px(space::near) - at.x, 0);
    const bool attaching = state::find_pending(view.state, state::Wait::attach) != nullptr;
    if (button(view, "settings/simulate", {button_x, at.y}, Look::plain, label, icon::flask, !attaching))
        view.wish(state::StartSimulated{});
}

void tray_card(View& view, Column& column) {
    using state::TrayState;
    const TrayState tray = view.state.tray;
    const Key words = tray == TrayState::shown     ? Key::settings_tray_shown
                      : tray == TrayState::no_tray ? Key::settings_tray_no_tray
                      : tray == TrayState::no_bus  ? Key::settings_tray_no_bus
                                                   : Key::settings_tray_unknown;
    (void)section(view, column, text(Key::settings_tray), text(words), 0, "settings/tray");
}

void about_cards(View& view, Column& column) {
    (void)section(view, column, text(Key::settings_kept), text(Key::settings_kept_body), 0);
    const std::string file = view.info.settings_file != nullptr ? view.info.settings_file : "";
    if (!file.empty()) (void)section(view, column, text(Key::settings_file), printable(file), 0, "settings/file");
    const std::string version = view.info.version != nullptr ? view.info.version : "";
    (void)section(view, column, "tokendeck" + (version.empty() ? "" : " " + version), text(Key::settings_about), 0);
}

}  // namespace

void draw_settings(View& view, ImVec2 low, ImVec2 high) {
    Column column = begin_area(view, "settings", low, high, space::page, space::pad, space::page_most);
    text_at(view.list(), {column.x, column.y}, Face::heading, view.colour.text, text(Key::settings_heading));
    column.space(height(Face::heading) + view.px(space::gap));

    if (const state::SettingsProblems& wrong = view.state.settings_problems; wrong.any()) {
        const std::string_view file = view.info.settings_file != nullptr ? view.info.settings_file : "";
        std::string lines = base::one_line(file, base::shown_text_most, base::Cut::middle);
        for (const std::string& line : settings_problem_lines(wrong)) lines += (lines.empty() ? "" : "\n") + line;
        banner(view, column, Tone::warning, text(Key::settings_wrong), lines, "settings/problems");
        column.space(view.px(space::gap));
    }

    const bool two = column.width >= view.px(two_columns_from - 2 * space::page);
    const float gap = view.px(space::gap);
    Column left = column;
    if (two) left.width = std::floor((column.width - gap) / 2);
    theme_cards(view, left);
    scale_cards(view, left);
    motion_cards(view, left);
    language_cards(view, left);
    if (two) simulated_tokens(view, left);
    Column right = two ? Column{left.right() + gap, column.y, left.width} : left;
    codes_cards(view, right);
    if (!two) simulated_tokens(view, right);
    tray_card(view, right);
    about_cards(view, right);
    column.y = two ? std::max(left.y, right.y) : right.y;
    end_area(view, column, 8);
}

}  // namespace tokendeck::ui
