// What a person has to know before typing a PIN, used by the wizard and the dialogs. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::ui {

using Pin = channel::PinKind;
// Tries left, what happens at zero, the factory default, the way back; and the tick that the last try needs, as
// `<path>/last-try`, where `path` is the PIN's field. Returns false if the PIN is blocked: then there is no field.
bool draw_pin_facts(View& view, Column& column, Pin pin, const std::string& path);
// The words of an error. After a wrong PIN with one try left they do not suggest simply typing it again.
[[nodiscard]] Words pin_error_words(const View& view, const base::Error& error,
                                    const std::optional<channel::PinProblem>& pin);
[[nodiscard]] bool pin_blocked(const View& view, Pin pin);
// True unless a last try still has to be agreed to.
[[nodiscard]] bool last_try_settled(const View& view, Pin pin);
// The last try of one of the PINs was agreed to.
[[nodiscard]] bool last_try_agreed(const View& view);
// Why the button that leads on is grey although the PIN was typed: the last try wants a second yes. Else nothing.
[[nodiscard]] std::string_view why_tick(const View& view, Pin pin, const SecretField& field);
// Enter was pressed although that second yes is missing: its box has the keyboard. `path`: of the PIN's field.
void lead_to_tick(View& view, Pin pin, const SecretField& field, const std::string& path);

struct PinFieldLook {
    Pin pin = Pin::admin;
    bool fresh = false;  // a new PIN: its length is told before it is typed
    std::string_view hint{};
    bool takes_focus = false;
};
// A field, and below it what is wrong with the length of what is typed. Returns true when Enter was pressed.
bool draw_pin_field(View& view, Column& column, const std::string& path, SecretField& field, const PinFieldLook& look);
// True if it was typed in full and has a length that the token accepts.
[[nodiscard]] bool pin_typed(const View& view, const SecretField& field, Pin pin, bool fresh = false);
// Replaces draw_pin_field's remark: the PIN typed a second time, compared while it is typed.
bool draw_pin_again(View& view, Column& column, const std::string& path, SecretField& field, const SecretField& first,
                    std::string_view hint);

}  // namespace tokendeck::ui
