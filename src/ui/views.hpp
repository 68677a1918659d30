// The views, one a file. Each draws into a rectangle of the window, or above it.
#pragma once

#include "ui/kit/view.hpp"
#include "words/words.hpp"

#include <string>

namespace tokendeck::ui {

// header.cpp. Height of the bar at the top.
[[nodiscard]] float header_height(const View& view);
void draw_header(View& view);
// status.cpp. What is on the clipboard, and a hint. At the bottom.
[[nodiscard]] float status_height(const View& view);
void draw_status(View& view, ImVec2 low, ImVec2 high);
// What there is to tell lies over the page for a while: at its foot, in the wizard at its head, so that nothing moves
// and no button of the wizard is covered.
// A notice stands between the page and what is below it, and covers neither. First its height (0: there is none), which
// the page leaves free; then it is drawn into the place left free, which ends at `high.y`.
void measure_notice(View& view);
void draw_notice(View& view, ImVec2 low, ImVec2 high);
// Of the wizard's row of buttons, which a notice stands above.
[[nodiscard]] float wizard_foot_height(const View& view);

// shortcuts.cpp: the keys that do the same on every screen.
void draw_shortcuts(View& view);
// help.cpp: the list of keys, in the frame of the dialogs.
void draw_help(View& view, Column& column);
inline constexpr const char* search_path = "slots/search";

// One a screen.
void draw_start(View& view, ImVec2 low, ImVec2 high);
void draw_slots(View& view, ImVec2 low, ImVec2 high);
void draw_wizard(View& view, ImVec2 low, ImVec2 high);
void draw_care(View& view, ImVec2 low, ImVec2 high);
void draw_diagnostics(View& view, ImVec2 low, ImVec2 high);
void draw_settings(View& view, ImVec2 low, ImVec2 high);

// dialogs.cpp. Draws the dialog that is open, if one is, in a window above everything.
[[nodiscard]] bool dialog_open(const state::AppState& state);
void draw_dialog(View& view);
// Over everything: where to let go of what is dragged, and whether it can be taken.
void draw_drag(View& view, ImVec2 size);

// pin_panel.cpp: what a person has to know before typing a PIN, used by the wizard and the dialogs.
using Pin = channel::PinKind;
// Tries left, what happens at zero, the factory default, the way back; and the tick that the last try needs, as
// `<path>/last-try`, where `path` is the PIN's field. Returns false if the PIN is blocked: then there is no field.
bool draw_pin_facts(View& view, Column& column, Pin pin, const std::string& path);
// What an error says; of a wrong PIN before the last try not that it should simply be typed again.
[[nodiscard]] Words pin_error_words(const View& view, const base::Error& error,
                                    const std::optional<channel::PinProblem>& pin);
[[nodiscard]] bool pin_blocked(const View& view, Pin pin);
// No last try is left to be agreed to, or it was.
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
// Typed in full and of a length that the token takes.
[[nodiscard]] bool pin_typed(const View& view, const SecretField& field, Pin pin, bool fresh = false);
// In the place of draw_pin_field's: a second typing of the same, compared while it is typed.
bool draw_pin_again(View& view, Column& column, const std::string& path, SecretField& field, const SecretField& first,
                    std::string_view hint);

// "Nitrokey Pro · card 0000A1B2", "(simulated)" where it is.
[[nodiscard]] std::string token_name(const channel::TokenInfo& info);
[[nodiscard]] std::string token_name(const channel::TokenStatus& status);
// Which token this is about, in one line. Advances the column. `path`: its item.
void draw_token_line(View& view, Column& column, const std::string& path);

// start.cpp: the list of tokens that can be simulated. Without room for its own text it is a button with an arrow, and
// the list is `list_width` wide.
void choose_simulated(View& view, const std::string& path, ImVec2 at, float width, float list_width);

// findings.cpp: what the doctor found, a box each, at `<path>/<number>`; one of them is unfolded at most.
void draw_findings(View& view, Column& column, const std::string& path);
// The button that looks for it. Returns its width.
float draw_doctor_button(View& view, const std::string& path, ImVec2 at);

// code.cpp
// A code in groups ("123 456") with its countdown ring, from the state's ShownCode. The ring stands at the right end;
// the code's width is returned. `path`: item with the code as its text.
float draw_code(View& view, ImVec2 right_middle, const state::ShownCode& shown, float scale, const std::string& path);
[[nodiscard]] float code_width(const View& view, const state::ShownCode& shown, float scale);
// Dots in the same groups, where a code is that is not to be read. They end at `right_middle`; returns their width.
float draw_dots(View& view, ImVec2 right_middle, std::size_t digits, ImU32 colour);
[[nodiscard]] float dots_width(const View& view, std::size_t digits);
// What is left of a time, with its seconds inside; `late`: nearly nothing.
void draw_countdown(View& view, ImVec2 centre, float fraction, long seconds, bool late);
inline constexpr float countdown_radius = 15;
// Of the code's time, 1 to 0, and in seconds, rounded up.
struct Rest {
    float fraction = 1;
    long seconds = 0;
    bool late = false;
};
[[nodiscard]] Rest rest_of(const View& view, const state::ShownCode& shown);

// Names of slots and places as people read them.
[[nodiscard]] std::string slot_title(const otp::SlotSummary& slot);     // its name, or its place if it has none
[[nodiscard]] std::string place(const otp::SlotId& slot);               // "TOTP 3"
[[nodiscard]] std::string facts(const otp::OtpParameters& parameters);  // "6 digits · 30 s"
// How much of a name's room is taken, in bytes; "characters" only where each takes one.
[[nodiscard]] std::string name_length(std::string_view name, std::size_t bytes_max);
// "2026-03-01 12:34:56 UTC".
[[nodiscard]] std::string utc(base::UnixTime time);
// Seconds since a moment, for "… 3 s".
[[nodiscard]] long seconds_since(const View& view, base::SteadyTime since);

}  // namespace tokendeck::ui
