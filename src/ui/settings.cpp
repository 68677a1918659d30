// Settings, and what the program is.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"

#include <array>

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
    words_section(view, column, text(Key::settings_clipboard),
                  text(Key::settings_clipboard_body, {{"n", seconds(view.state.settings.clipboard_time)},
                                                      {"hotp", seconds(view.state.settings.hotp_shown_time)}}));
    words_section(view, column, text(Key::settings_kept), std::string(text(Key::settings_kept_body)));
    const std::string version = view.info.version != nullptr ? view.info.version : "";
    words_section(view, column, "tokendeck" + (version.empty() ? "" : " " + version),
                  std::string(text(Key::settings_about)));
    end_area(view, column, 8);
}

}  // namespace tokendeck::ui
