// The errors of `desktop`. Their names begin with "app.", as that room was called when other programs began to read
// them: a name is part of the contract (docs/contract.md) and stays.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::desktop::errors {

using base::ErrorCode;

// ---- a picture that is not a file: from the clipboard, of the screen, from the desktop's chooser ----
inline constexpr ErrorCode clipboard_no_picture{"app.clipboard-no-picture"};
// The program that holds the clipboard. Limit: milliseconds without a sign of life.
inline constexpr ErrorCode clipboard_no_answer{"app.clipboard-no-answer"};
// The clipboard cannot be reached at all, or what it gave broke off.
inline constexpr ErrorCode clipboard_unreadable{"app.clipboard-unreadable"};
// Wayland: pictures are taken from there by a program that is not installed. Subject: its name.
inline constexpr ErrorCode clipboard_tool_missing{"app.clipboard-tool-missing"};
inline constexpr ErrorCode screen_absent{"app.screen-absent"};    // nobody here gives a picture of the screen
inline constexpr ErrorCode screen_refused{"app.screen-refused"};  // by the desktop, or by the person's answer to it
inline constexpr ErrorCode screen_no_answer{"app.screen-no-answer"};
inline constexpr ErrorCode screen_unreadable{"app.screen-unreadable"};    // what the desktop gave is no file, or empty
inline constexpr ErrorCode chooser_unreadable{"app.chooser-unreadable"};  // what was chosen is no file of this computer
inline constexpr ErrorCode open_failed{"app.open-failed"};    // there is no xdg-open, or it found no program
inline constexpr ErrorCode print_absent{"app.print-absent"};  // there is no portal, or it cannot print
inline constexpr ErrorCode print_failed{"app.print-failed"};
inline constexpr ErrorCode chooser_gone{"app.chooser-gone"};  // the portal went away, or never answered

// ---- what was dropped on the window ----
// Only the address of a web page or of a picture there; nothing is fetched from the network.
inline constexpr ErrorCode drop_web_address{"app.drop-web-address"};
// Neither picture nor text nor a file of this computer.
inline constexpr ErrorCode drop_unusable{"app.drop-unusable"};
// The program that it was dragged from. Limit: milliseconds without a sign of life.
inline constexpr ErrorCode drop_no_answer{"app.drop-no-answer"};

inline constexpr std::array all{clipboard_no_picture, clipboard_no_answer, clipboard_unreadable, clipboard_tool_missing,
                                screen_absent,        screen_refused,      screen_no_answer,     screen_unreadable,
                                chooser_unreadable,   chooser_gone,        open_failed,          print_absent,
                                print_failed,         drop_web_address,    drop_unusable,        drop_no_answer};

}  // namespace tokendeck::desktop::errors
