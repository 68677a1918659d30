#include "ui/kit/pin_panel.hpp"
#include "ui/kit/widgets.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tokendeck::ui {

namespace {

struct PinWords {
    Key at_zero, factory, blocked, blocked_body, last_agree;
    const char* tries_path;
    const char* blocked_path;
};

const PinWords& words_of(Pin pin) {
    static constexpr PinWords admin{Key::pin_admin_at_zero,      Key::pin_admin_default,    Key::pin_admin_blocked,
                                    Key::pin_admin_blocked_body, Key::pin_admin_last_agree, "pin/admin-tries",
                                    "pin/admin-blocked"};
    static constexpr PinWords user{Key::pin_user_at_zero,      Key::pin_user_default,    Key::pin_user_blocked,
                                   Key::pin_user_blocked_body, Key::pin_user_last_agree, "pin/user-tries",
                                   "pin/user-blocked"};
    return pin == Pin::admin ? admin : user;
}

std::optional<std::uint8_t> tries_of(const View& view, Pin pin) {
    if (!view.state.active) return std::nullopt;
    const auto& status = view.state.active->status;
    return pin == Pin::admin ? status.admin_tries : status.user_tries;
}

Tick& last_try_tick(View& view, Pin pin) {
    return pin == Pin::admin ? view.memory.secrets.admin_last_try : view.memory.secrets.user_last_try;
}

// Bytes that a PIN has at least and at most.
std::pair<std::size_t, std::size_t> length_of(const View& view, Pin pin, bool fresh) {
    std::size_t most = 25;  // what fits into the token's request
    if (fresh && view.state.active && view.state.active->status.abilities.pin_max != 0)
        most = view.state.active->status.abilities.pin_max;
    return {pin == Pin::admin ? 8 : 6, most};
}

void blocked_facts(View& view, Column& column, Pin pin) {
    const PinWords& words = words_of(pin);
    const bool both = pin == Pin::user && pin_blocked(view, Pin::admin);
    banner(view, column, Tone::danger, text(words.blocked),
           text(both ? Key::pin_both_blocked_body : words.blocked_body), words.blocked_path);
    column.space(view.px(space::apart));
    if (pin == Pin::admin || both) return;
    // The way back.
    const std::string_view label = text(Key::pin_unblock);
    if (button(view, "pin/unblock", {column.x, column.y}, Look::plain, label, icon::unlock))
        view.wish(state::AskCare{state::CareAction::unblock});
    column.space(button_height(view) + view.px(space::apart));
}

}  // namespace

Words pin_error_words(const View& view, const base::Error& error, const std::optional<channel::PinProblem>& pin) {
    using Kind = channel::PinProblem::Kind;
    Words words = describe(error);
    if (!pin) return words;
    // The box below has the way back, and the button for it.
    if (pin->kind == Kind::none_left && (pin_blocked(view, Pin::user) || pin_blocked(view, Pin::admin)))
        words.next.clear();
    if (pin->kind == Kind::wrong && tries_of(view, pin->pin) == 1) words.next = text(Key::pin_before_last);
    return words;
}

bool pin_blocked(const View& view, Pin pin) {
    const auto tries = tries_of(view, pin);
    return tries && *tries == 0;
}

bool last_try_settled(const View& view, Pin pin) {
    const auto tries = tries_of(view, pin);
    return !tries || *tries != 1 ||
           (pin == Pin::admin ? view.memory.secrets.admin_last_try : view.memory.secrets.user_last_try).on;
}

bool last_try_agreed(const View& view) {
    return view.memory.secrets.admin_last_try.on || view.memory.secrets.user_last_try.on;
}

std::string_view why_tick(const View& view, Pin pin, const SecretField& field) {
    const bool missing = !pin_blocked(view, pin) && pin_typed(view, field, pin) && !last_try_settled(view, pin);
    return missing ? text(Key::why_tick) : std::string_view{};
}

void lead_to_tick(View& view, Pin pin, const SecretField& field, const std::string& path) {
    if (!why_tick(view, pin, field).empty()) view.memory.focus.wanted = path + "/last-try";
}

bool draw_pin_facts(View& view, Column& column, Pin pin, const std::string& path) {
    if (!view.state.active) return true;
    const std::optional<std::uint8_t> tries = tries_of(view, pin);
    const PinWords& words = words_of(pin);
    if (!tries) {
        banner(view, column, Tone::warning, text(Key::pin_tries_unknown), text(Key::pin_tries_unknown_body));
        column.space(view.px(space::apart));
        return true;
    }
    const int left = *tries;
    if (left == 0) {
        blocked_facts(view, column, pin);
        return false;
    }
    const ImU32 colour = left >= 3 ? view.colour.success : left == 2 ? view.colour.warning : view.colour.danger;
    // Which PIN stands here too, because a field's hint goes as soon as something is typed.
    const std::string count = std::string(text(pin == Pin::admin ? Key::pin_admin : Key::pin_user)) + ": " +
                              text(Key::pin_tries, {{"n", std::to_string(left)}});
    // The dots say the same; where there is no room for both, the words stay.
    const float dots_room = view.px(56);
    const bool with_dots = measure(Face::strong, count).x <= column.width - dots_room;
    if (with_dots) dots(view, {column.x, column.y + view.px(space::snug)}, left, 3, colour);
    const float x = with_dots ? column.x + dots_room : column.x;
    const float taken = text_fit(view, {x, column.y}, column.right() - x, Face::strong, colour, count);
    note_item(view, words.tries_path, count, {column.x, column.y}, {x + taken, column.y + view.px(22)}, true, false);
    column.space(view.px(size::label_row));
    std::string facts_text(text(words.at_zero));
    const state::FactoryPins factory = state::factory_pins(view.state);
    if ((pin == Pin::admin ? factory.admin : factory.user).value_or(true))
        facts_text += " " + std::string(text(words.factory));
    if (view.state.active->status.abilities.pin_per_command) facts_text += " " + std::string(text(Key::pin_once));
    const float top = column.y;
    text_in(view, column, Face::small, left == 1 ? view.colour.danger : view.colour.muted, facts_text);
    note_item(view, pin == Pin::admin ? "pin/admin-facts" : "pin/user-facts", facts_text, {column.x, top},
              {column.right(), column.y}, true, false);
    column.space(view.px(space::snug));
    if (left == 1) {
        Tick& tick = last_try_tick(view, pin);
        tick.drawn = true;
        if (checkbox(view, column, path + "/last-try", text(words.last_agree), tick.on, Tone::danger))
            tick.on = !tick.on;
        column.space(view.px(space::snug));
    }
    return true;
}

namespace {

constexpr float field_height = 42;

bool field_at(View& view, Column& column, const std::string& path, SecretField& field, std::string_view hint,
              bool takes_focus) {
    SecretFieldOptions options;
    options.hint = std::string(hint);
    options.takes_focus = takes_focus;
    const float tall = view.px(field_height);
    const float gap = view.px(space::tight);
    const bool entered =
        secret_field(view, path, {column.x, column.y}, {column.width - tall - gap, tall}, field, options);
    // Tab leads from the PIN to the button, not to the eye.
    if (icon_button(view, path + "-show", {column.right() - tall, column.y}, tall, icon::eye,
                    text(field.revealed() ? Key::pin_hide : Key::pin_show),
                    field.revealed() ? view.colour.accent_text : view.colour.muted, !field.empty(), false)) {
        field.reveal(!field.revealed());
        field.focus();
    }
    column.space(tall + view.px(space::hair));
    return entered;
}

// The line below a field; its room is always kept, so that nothing moves while one types.
void remark_at(View& view, Column& column, const std::string& path, ImU32 colour, std::string_view words) {
    if (!words.empty()) {
        const ImVec2 low{column.x + view.px(space::hair), column.y};
        const float taken = text_fit(view, low, column.width, Face::small, colour, words);
        note_item(view, path + "/remark", words, low, {low.x + taken, low.y + height(Face::small)}, true, false);
    }
    column.space(view.px(space::page));
}

}  // namespace

bool draw_pin_field(View& view, Column& column, const std::string& path, SecretField& field, const PinFieldLook& look) {
    const bool entered = field_at(view, column, path, field, look.hint, look.takes_focus);
    const auto [least, most] = length_of(view, look.pin, look.fresh);
    const std::size_t bytes = field.bytes();
    const auto number = [](std::size_t n) { return std::to_string(n); };
    if (bytes > most || overlong(field))
        remark_at(view, column, path, view.colour.danger, text(Key::pin_long, {{"max", number(most)}}));
    else if (bytes > 0 && bytes < least)
        remark_at(view, column, path, view.colour.warning,
                  text(Key::pin_short, {{"n", number(bytes)}, {"min", number(least)}}));
    else if (look.fresh && bytes == 0)
        remark_at(view, column, path, view.colour.muted,
                  text(Key::pin_length, {{"min", number(least)}, {"max", number(most)}}));
    else remark_at(view, column, path, view.colour.muted, {});
    return entered;
}

bool pin_typed(const View& view, const SecretField& field, Pin pin, bool fresh) {
    const auto [least, most] = length_of(view, pin, fresh);
    return field.bytes() >= least && field.bytes() <= most && !overlong(field);
}

bool draw_pin_again(View& view, Column& column, const std::string& path, SecretField& field, const SecretField& first,
                    std::string_view hint) {
    const bool entered = field_at(view, column, path, field, hint, false);
    // Not before as much was typed as the first time: until then it cannot be the same.
    const bool differs = field.bytes() >= first.bytes() && !field.empty() && !field.same_as(first);
    remark_at(view, column, path, view.colour.danger, differs ? text(Key::pin_differs) : std::string_view{});
    return entered;
}

}  // namespace tokendeck::ui
