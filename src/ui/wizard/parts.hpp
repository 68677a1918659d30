// The parts of the wizard's pages. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

#include <string>

namespace tokendeck::ui {

using state::several;
// The number of accounts that are being written or were written.
[[nodiscard]] std::size_t accounts_chosen(const state::Wizard& wizard);

// The steps. Each fills the column; the footer with its buttons is separate, so that it can always be seen.
void draw_wizard_input(View& view, Column& column);
void draw_wizard_choose(View& view, Column& column);
void draw_wizard_review(View& view, Column& column);
void draw_wizard_pin(View& view, Column& column);
void submit_wizard_pin(View& view);
[[nodiscard]] bool wizard_pin_complete(const View& view);
// Why the PINs cannot be sent although every one was typed; empty: they can.
[[nodiscard]] std::string_view why_no_wizard_pin(const View& view);
void draw_wizard_writing(View& view, Column& column, bool beside);
void draw_wizard_proven(View& view, Column& column, bool beside);
void draw_wizard_failed(View& view, Column& column, bool beside);
// `beside`: what was read is shown in a pane beside the step, so the step does not repeat it.

// facts.cpp: what was read, and from the PIN on where it goes. A pane in a wide window, else a line.
void draw_wizard_facts(View& view, Column& column);
void draw_wizard_facts_line(View& view, ImVec2 at, float width, float tall);
// At the review of a narrow window: kind, digits, period, algorithm, length of the secret.
void draw_wizard_facts_short(View& view, Column& column);
// What does not fit, told where it belongs: the name's problems below the name; what the token cannot do at all above
// everything, so that a low window shows why there is no going on; the rest with the account.
enum class ToldAt { above, account, name };
void draw_wizard_problems(View& view, Column& column, ToldAt where);

// remarks.cpp: what of the input was not read as it stands there, of one account. What the person has to answer, and
// what is told.
void draw_wizard_questions(View& view, Column& column, std::size_t candidate, const std::string& path);
void draw_wizard_told(View& view, Column& column, std::size_t candidate, const std::string& path);

// explain.cpp: what the text in the box is recognised as.
void draw_wizard_explained(View& view, Column& column);

// choose.cpp: the accounts, each with its result.
void draw_wizard_accounts(View& view, Column& column);
// While the spare token is missing: the other tokens to choose from. Draws nothing once it is plugged in.
void draw_spare_missing(View& view, Column& column);

// sheet.cpp: the account in the form that another program reads. Neither QR code nor secret is in the item map.
[[nodiscard]] bool wizard_sheet_open(const View& view);
void open_wizard_sheet(View& view);
void close_wizard_sheet(View& view);
void draw_wizard_sheet(View& view, Column& column, float room);
void save_wizard_sheet(View& view);
// For an account whose secret was made here: what to give to the other side. Draws nothing for others.
void draw_other_side(View& view, Column& column, float code_side);

}  // namespace tokendeck::ui
