// The admin PIN, and the user PIN where codes are protected by it.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"
#include "ui/words.hpp"

namespace tokendeck::ui {
namespace {

bool blocked(const View& view, Pin pin) {
    if (!view.state.active) return true;
    const auto& status = view.state.active->status;
    const auto& tries = pin == Pin::admin ? status.admin_tries : status.user_tries;
    return tries && *tries == 0;
}

bool needs_user_pin(const View& view) {
    return state::user_pin_needed(view.state);
}

void error_of(View& view, Column& column, channel::PinKind kind, bool also_without_kind) {
    const state::Wizard& wizard = *view.state.wizard;
    if (!wizard.pin_error) return;
    if (wizard.pin_error_kind ? *wizard.pin_error_kind != kind : !also_without_kind) return;
    const Words words = describe(*wizard.pin_error);
    banner(view, column, Tone::danger, words.what, words.next, "wizard/message");
    column.space(view.px(10));
}

// Returns true when Enter was pressed.
bool one_pin(View& view, Column& column, Pin pin, SecretField& field, const std::string& path) {
    text_at(view.list(), {column.x, column.y}, Face::strong, view.colour.text,
            text(pin == Pin::admin ? Key::pin_admin : Key::pin_user));
    column.space(view.px(26));
    SecretFieldOptions options;
    options.hint = text(pin == Pin::admin ? Key::pin_admin_hint : Key::pin_user_hint);
    options.takes_focus = pin == Pin::admin;
    const float tall = view.px(42);
    const bool entered = secret_field(view, path, {column.x, column.y}, {column.width, tall}, field, options);
    column.space(tall + view.px(10));
    return entered;
}

}  // namespace

bool wizard_pin_complete(const View& view) {
    return !view.memory.admin_pin.empty() && (!needs_user_pin(view) || !view.memory.user_pin.empty());
}

void submit_wizard_pin(View& view) {
    state::SubmitPin intent;
    intent.admin_pin = view.memory.admin_pin.take();
    intent.user_pin = view.memory.user_pin.take();
    view.wish(std::move(intent));
}

void draw_wizard_pin(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const bool both = needs_user_pin(view);
    const float width = both ? column.width : std::min(column.width, view.px(520));
    const float x = column.x + (column.width - width) / 2;
    Column inner{x, column.y, width};
    const std::string where = wizard.slot ? place(*wizard.slot) : std::string();
    text_fit(view, {inner.x, inner.y - view.px(2)}, inner.width, Face::title, view.colour.text,
             text(Key::pin_heading, {{"name", printable(wizard.name)}, {"place", where}}), true);
    inner.space(view.px(32));

    // Two PINs stand side by side, so that both fields can be seen in a low window.
    Column second{};
    if (both) {
        const float gap = view.px(28);
        inner.width = std::round((width - gap) / 2);
        second = {inner.right() + gap, inner.y, width - gap - inner.width};
    }
    error_of(view, inner, channel::PinKind::admin, true);
    bool entered = false;
    if (draw_pin_facts(view, inner, Pin::admin, true)) {
        entered = one_pin(view, inner, Pin::admin, view.memory.admin_pin, "wizard/pin");
    }
    if (both) {
        error_of(view, second, channel::PinKind::user, false);
        if (draw_pin_facts(view, second, Pin::user, true))
            entered = one_pin(view, second, Pin::user, view.memory.user_pin, "wizard/user-pin") || entered;
    }
    if (entered) {
        if (wizard_pin_complete(view)) submit_wizard_pin(view);
        else if (view.memory.admin_pin.empty()) view.memory.admin_pin.focus();
        else if (both && !blocked(view, Pin::user)) view.memory.user_pin.focus();
    }
    column.y = std::max(inner.y, second.y);
}

}  // namespace tokendeck::ui
