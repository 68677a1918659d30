// The admin PIN, and the user PIN where codes are protected by it.
#include "ui/kit/pin_panel.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <algorithm>

namespace tokendeck::ui {
namespace {

bool needs_user_pin(const View& view) {
    return state::user_pin_needed(view.state);
}

void error_of(View& view, Column& column, channel::PinKind kind, bool also_without_kind) {
    const state::Wizard& wizard = *view.state.wizard;
    const auto* const step = wizard.in<state::PinStep>();
    if (step == nullptr || !step->error) return;
    if (step->error_pin ? step->error_pin->pin != kind : !also_without_kind) return;
    const Words words = pin_error_words(view, *step->error, step->error_pin);
    banner(view, column, Tone::danger, words.what, words.next, "wizard/message");
    column.space(view.px(space::apart));
}

// Returns true when Enter was pressed.
bool one_pin(View& view, Column& column, Pin pin, SecretField& field, const std::string& path) {
    if (!draw_pin_facts(view, column, pin, path)) return false;
    return draw_pin_field(
        view, column, path, field,
        {pin, false, text(pin == Pin::admin ? Key::pin_admin_hint : Key::pin_user_hint), pin == Pin::admin});
}

}  // namespace

bool wizard_pin_complete(const View& view) {
    if (!pin_typed(view, view.memory.secrets.admin_pin, Pin::admin) || !last_try_settled(view, Pin::admin))
        return false;
    return !needs_user_pin(view) ||
           (pin_typed(view, view.memory.secrets.user_pin, Pin::user) && last_try_settled(view, Pin::user));
}

std::string_view why_no_wizard_pin(const View& view) {
    const std::string_view admin = why_tick(view, Pin::admin, view.memory.secrets.admin_pin);
    return !admin.empty() || !needs_user_pin(view) ? admin : why_tick(view, Pin::user, view.memory.secrets.user_pin);
}

void submit_wizard_pin(View& view) {
    state::SubmitPin intent;
    intent.admin_pin = view.memory.secrets.admin_pin.take();
    intent.user_pin = view.memory.secrets.user_pin.take();
    intent.last_try = last_try_agreed(view);
    view.wish(std::move(intent));
}

void draw_wizard_pin(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const bool both = needs_user_pin(view);
    // The whole width where lines are dear: with an error the field has to be in sight, too.
    const float width = both || view.low() ? column.width : std::min(column.width, view.px(520));
    const float x = column.x + (column.width - width) / 2;
    Column inner{x, column.y, width};
    const state::Candidate& one = wizard.account();
    const auto left = std::count_if(wizard.candidates.begin(), wizard.candidates.end(), state::to_be_written);
    const std::string heading =
        left > 1 ? text(Key::pin_heading_several, {{"n", std::to_string(left)}})
                 : text(Key::pin_heading,
                        {{"name", printable(one.name)}, {"place", one.slot ? place(*one.slot) : std::string()}});
    text_fit(view, {inner.x, inner.y - view.px(space::hair)}, inner.width, Face::title, view.colour.text, heading,
             true);
    inner.space(view.px(space::group));
    draw_token_line(view, inner, "wizard/token");

    // Two PINs stand side by side, so that both fields can be seen in a low window.
    Column second{};
    if (both) {
        const float gap = view.px(space::group);
        inner.width = std::round((width - gap) / 2);
        second = {inner.right() + gap, inner.y, width - gap - inner.width};
    }
    error_of(view, inner, channel::PinKind::admin, true);
    bool entered = one_pin(view, inner, Pin::admin, view.memory.secrets.admin_pin, "wizard/pin");
    if (both) {
        error_of(view, second, channel::PinKind::user, false);
        entered = one_pin(view, second, Pin::user, view.memory.secrets.user_pin, "wizard/user-pin") || entered;
    }
    if (entered) {
        if (wizard_pin_complete(view)) submit_wizard_pin(view);
        else if (!pin_typed(view, view.memory.secrets.admin_pin, Pin::admin)) view.memory.secrets.admin_pin.focus();
        else if (both && !pin_blocked(view, Pin::user) && !pin_typed(view, view.memory.secrets.user_pin, Pin::user))
            view.memory.secrets.user_pin.focus();
        else {
            lead_to_tick(view, Pin::user, view.memory.secrets.user_pin, "wizard/user-pin");
            lead_to_tick(view, Pin::admin, view.memory.secrets.admin_pin, "wizard/pin");
        }
    }
    column.y = std::max(inner.y, second.y);
}

}  // namespace tokendeck::ui
