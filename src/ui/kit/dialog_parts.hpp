// The parts of the dialogs. Only inside ui.
#pragma once

#include "ui/kit/pin_panel.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::ui {

// Between the card that a dialog is on and the window's edge, and inside the card.
[[nodiscard]] float dialog_margin(const View& view);
[[nodiscard]] float dialog_pad(const View& view);
// Where the buttons begin in a dialog that is higher than the window.
[[nodiscard]] float dialog_foot_top(const View& view);

struct DialogButtons {
    std::string cancel_path{};
    std::string confirm_path{};  // empty: there is only one button, which closes
    std::string_view cancel{};   // its label; empty: "Cancel"
    std::string_view label{};
    const char* glyph = nullptr;
    Look look = Look::primary;
    bool enabled = true;
    std::string_view why{};  // beside them, while `enabled` is false: what is missing
};

struct DialogPressed {
    bool cancel = false;
    bool confirm = false;
};

void dialog_heading(View& view, Column& column, const char* glyph, Tone tone, std::string_view words);
// What went wrong, in a banner at `path`. Nothing without an error.
void dialog_error(View& view, Column& column, const std::optional<base::Error>& error,
                  const std::optional<channel::PinProblem>& pin, const std::string& path);
// A spinner, what is being done, and for how many seconds.
void dialog_busy(View& view, Column& column, std::string_view words, const state::PendingCommand* pending);
// At the bottom, in view also where the dialog is higher than the window; Escape cancels, and so does Enter where there
// is one button only, other than one that stops something. While `busy` neither can be pressed.
DialogPressed dialog_buttons(View& view, Column& column, const DialogButtons& buttons, bool busy);

}  // namespace tokendeck::ui
