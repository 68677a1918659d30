// The forms in which a text is offered on the clipboards of X11 and Wayland, and the marks of a secret one.
// Source: ICCCM 2.0 and XDG's clipboard specification for the forms; the marks as said beside them.
#pragma once

#include <array>

namespace tokendeck::desktop {

// An additional form: `name` identifies it, `content` is what it holds.
struct ClipboardMark {
    const char* name;
    const char* content;
};

// KDE's is understood by Klipper, CopyQ 8 and later, Clipman 1.7 and others; the second is the same for programs whose
// toolkit wants a slash. CopyQ's own: shown as hidden (documented since 2.9), and secret.
inline constexpr std::array clipboard_marks{
    ClipboardMark{"x-kde-passwordManagerHint", "secret"}, ClipboardMark{"text/x-kde-passwordManagerHint", "secret"},
    ClipboardMark{"application/x-copyq-hidden", "1"}, ClipboardMark{"application/x-copyq-secret", "1"}};

inline constexpr std::array clipboard_text_forms{"UTF8_STRING", "STRING", "TEXT", "text/plain;charset=utf-8",
                                                 "text/plain"};

}  // namespace tokendeck::desktop
