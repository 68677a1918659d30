// No token is open: what to do, and why one that was seen cannot be used.
#include "ui/kit/simulated_menu.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/pages.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

namespace tokendeck::ui {
namespace {

void centred(View& view, Column& column, Face face, ImU32 colour, std::string_view words) {
    column.y += paragraph(view, {column.x, column.y}, column.width, face, colour, words, true);
}

void opening(View& view, Column& column) {
    const state::PendingCommand* const pending = state::find_pending(view.state, state::Wait::open);
    std::string title;
    for (const auto& info : view.state.tokens)
        if (info.key == *view.state.opening) title = info.title;
    spinner(view, {column.x + column.width / 2, column.y + view.px(size::waiting)}, view.px(size::waiting));
    column.space(view.px(64));
    centred(view, column, Face::heading, view.colour.text, text(Key::start_opening, {{"title", title}}));
    column.space(view.px(space::snug));
    const long seconds = pending != nullptr ? seconds_since(view, pending->since) : 0;
    centred(view, column, Face::body, view.colour.muted,
            text(Key::start_opening_detail, {{"n", std::to_string(seconds)}}));
}

// A token that is there but cannot be used: why, and what to do.
void unusable(View& view, Column& column, const channel::TokenInfo& info) {
    if (info.access == channel::TokenAccess::no_permission) {
        const std::string heading = text(Key::start_no_permission, {{"title", info.title}});
        const std::string body =
            text(info.node.empty() ? Key::start_no_permission_body : Key::start_no_permission_body_node,
                 {{"node", info.node}});
        banner(view, column, Tone::warning, heading, body, "start/no-permission");
    } else {
        banner(view, column, Tone::info, text(Key::start_not_served, {{"title", info.title}}),
               text(Key::start_not_served_body), "start/not-served");
    }
    column.space(view.px(space::apart));
}

void could_not_open(View& view, Column& column) {
    const Words words = describe(*view.state.open_error);
    std::string title;
    for (const auto& info : view.state.tokens)
        if (info.key == view.state.open_error_token) title = info.title;
    const std::string heading = title.empty() ? std::string(text(Key::start_open_failed_unnamed))
                                              : text(Key::start_open_failed, {{"title", title}});
    banner(view, column, Tone::danger, heading, sentences(words), "start/open-error");
    column.space(view.px(space::apart));
    if (button(view, "start/retry", {column.x, column.y}, Look::plain, text(Key::try_again), icon::refresh))
        view.wish(state::ChooseToken{view.state.open_error_token});
    column.space(button_height(view) + view.px(14));
}

// A card that leads on: an icon and a heading, a text (left out where `body` is empty: the window is low) and a button.
struct WayIn {
    const char* glyph;
    ImU32 colour;
    ImU32 background;
    std::string_view heading;
    std::string_view body;
    const char* path;
    std::string_view label;
    const char* label_glyph;
    bool enabled = true;
    float beside = 0;  // room for something beside the button
};

float way_in_pad(const View& view, std::string_view body) {
    return view.px(body.empty() ? 12 : 18);
}

float way_in_height(const View& view, float width, std::string_view body) {
    const float pad = way_in_pad(view, body);
    if (body.empty()) return pad + view.px(30) + button_height(view) + pad;
    return pad + view.px(52) + paragraph_height(width - 2 * pad, Face::body, body) + view.px(space::gap) +
           button_height(view) + pad;
}

// Returns true when the button was pressed.
bool draw_way_in(View& view, ImVec2 low, ImVec2 high, const WayIn& way) {
    card(view, low, high);
    const float pad = way_in_pad(view, way.body);
    const float radius = view.px(way.body.empty() ? 11 : 20);
    emblem(view, {low.x + pad + radius, low.y + pad + radius}, radius, way.glyph, way.colour, way.background);
    const float left = pad + 2 * radius + view.px(way.body.empty() ? 8 : 12);
    const ImVec2 at{low.x + left, low.y + pad + radius - height(Face::strong) / 2};
    text_fit(view, at, high.x - low.x - left - pad, Face::strong, view.colour.text, way.heading);
    if (!way.body.empty())
        paragraph(view, {low.x + pad, low.y + pad + view.px(52)}, high.x - low.x - 2 * pad, Face::body,
                  view.colour.muted, way.body);
    return button(view, way.path, {low.x + pad, high.y - pad - button_height(view)}, Look::plain, way.label,
                  way.label_glyph, way.enabled, high.x - low.x - 2 * pad - way.beside);
}

// Both ways in, side by side: an account from a picture, and a simulated token.
void ways_in(View& view, Column& column, bool brief) {
    const state::AppState& s = view.state;
    const float gap = view.px(14);
    const float half = std::round((column.width - gap) / 2);
    const bool choice = s.settings.simulated_models.size() > 1;
    const bool attaching = state::find_pending(s, state::Wait::attach) != nullptr;
    const auto body = [&](Key key) { return brief ? std::string_view{} : text(key); };
    const WayIn drop{icon::qrcode,
                     view.colour.accent_text,
                     view.colour.accent_soft,
                     text(Key::start_drop),
                     body(Key::start_drop_body),
                     "start/add",
                     text(Key::start_add),
                     icon::picture};
    const WayIn simulate{icon::flask,
                         view.colour.simulated,
                         view.colour.simulated_soft,
                         text(Key::start_simulate),
                         body(Key::start_simulate_body),
                         "start/simulate",
                         text(attaching ? Key::start_simulating : Key::start_simulate_button),
                         icon::flask,
                         !attaching,
                         choice ? view.px(44) : 0};
    const float tall = std::max(way_in_height(view, half, drop.body), way_in_height(view, half, simulate.body));
    const ImVec2 first{column.x, column.y};
    const ImVec2 second{column.x + half + gap, column.y};
    if (draw_way_in(view, first, {first.x + half, first.y + tall}, drop)) view.wish(state::StartWizard{});
    if (draw_way_in(view, second, {column.right(), second.y + tall}, simulate)) view.wish(state::StartSimulated{});
    if (choice) {
        const float pad = way_in_pad(view, simulate.body);
        choose_simulated(view, "start/model",
                         {column.right() - pad - view.px(size::control),
                          second.y + tall - pad - button_height(view) - view.px(space::pixel)},
                         view.px(size::control), half - 2 * pad);
    }
    column.space(tall);
}

}  // namespace

void draw_start(View& view, ImVec2 low, ImVec2 high) {
    Column column = begin_area(view, "start", low, high, 24, 0, 760);
    const state::AppState& s = view.state;
    const float edge = view.low() ? 10 : 20;
    const float room = high.y - low.y - 2 * view.px(edge);
    column.space(view.px(edge));
    const Centred centre = begin_centred(view, column, room);
    if (s.opening) {
        opening(view, column);
        end_centred(view, column, centre);
        end_area(view, column, edge);
        return;
    }

    const bool seen = !s.tokens.empty();
    const bool low_and_full = view.low() && (seen || s.open_error || s.findings);
    if (!view.low() && !s.findings) {  // which need the room
        emblem(view, {column.x + column.width / 2, column.y + view.px(size::emblem)}, view.px(size::emblem), icon::usb,
               view.colour.accent_text, view.colour.accent_soft);
        column.space(view.px(70));
    }
    centred(view, column, Face::heading, view.colour.text,
            text(!s.looked_for_tokens ? Key::start_looking
                 : seen               ? Key::start_seen
                                      : Key::start_heading));
    column.space(view.px(space::hair));
    if (!seen && !s.findings) centred(view, column, Face::body, view.colour.muted, text(Key::start_body));
    column.space(view.px(low_and_full ? 10 : 16));

    if (s.open_error) could_not_open(view, column);
    // What the doctor found says more than that a token may not be opened, and how to mend it.
    const bool examined = s.findings && std::ranges::any_of(*s.findings, [](const channel::Finding& finding) {
                              return finding.weight == channel::Finding::Weight::problem;
                          });
    for (const auto& info : s.tokens)
        if (info.access != channel::TokenAccess::openable && !examined) unusable(view, column, info);

    ways_in(view, column, low_and_full);
    column.space(view.px(space::gap));

    // Below the ways in, which stay where they are however much the doctor finds.
    const float doctor_width = button_width(view, text(Key::start_doctor), icon::stethoscope);
    draw_doctor_button(view, "start/doctor", {column.x + std::round((column.width - doctor_width) / 2), column.y});
    column.space(button_height(view) + (s.findings ? view.px(space::gap) : 0));
    draw_findings(view, column, "start/finding");
    end_centred(view, column, centre);
    end_area(view, column, edge);
}

}  // namespace tokendeck::ui
