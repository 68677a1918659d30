// The conversation with the desktop: what main asks of it, and what it tells. No code, PIN or seed is ever in a
// command: what goes out here, other programs of the session can read.
#pragma once

#include "base/secret.hpp"
#include "otp/slot.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tokendeck::desktop {

// Chosen by main, each once. A request ends in exactly one of FilesChosen, ScreenshotTaken, DesktopRequestEnded.
using DesktopRequestId = std::uint64_t;

// ---- from main ----

// The desktop's own dialog for choosing pictures. Ends in FilesChosen.
struct ChooseFiles {
    DesktopRequestId id = 0;
    std::string title{};
    std::string filter_name{};    // "Pictures"; empty: every file can be chosen
    std::string parent_window{};  // "x11:1a2b" or empty (xdg-desktop-portal, "Common conventions")
    bool several = false;
};
// A picture of the screen; the desktop may ask the user what of it. Ends in ScreenshotTaken.
struct TakeScreenshot {
    DesktopRequestId id = 0;
    std::string parent_window{};
};
// The desktop's own dialog for printing a PDF. Ends in FilePrinted or DesktopRequestEnded.
struct PrintFile {
    DesktopRequestId id = 0;
    std::string path{};  // UTF-8
    std::string title{};
    std::string parent_window{};
};
// The request ends as cancelled, unless it has ended already; its dialog is closed.
struct CancelDesktopRequest {
    DesktopRequestId id = 0;
};
struct TraySlot {
    otp::SlotId slot{};
    std::string name{};  // any bytes
};
// What the tray shows from now on; the texts in the user's language.
struct ShowInTray {
    std::string open_text{};
    std::string quit_text{};
    std::vector<TraySlot> slots{};
};
// The answer to Sleeping: all is forgotten, the computer may sleep now. Without it, it does so after some seconds.
struct ReadyToSleep {};

using DesktopCommand = std::variant<std::monostate, ChooseFiles, TakeScreenshot, PrintFile, CancelDesktopRequest,
                                    ShowInTray, ReadyToSleep>;

// ---- to main ----

// What there is of the desktop; told at start and whenever it changes. What is not there stays quiet.
struct DesktopStatus {
    bool session_bus = false;
    bool system_bus = false;
    bool sleep_told = false;   // suspend and the session's lock are told by logind
    bool preferences = false;  // the portal tells colours and motion
    bool tray = false;         // a tray has taken our item
    friend bool operator==(const DesktopStatus&, const DesktopStatus&) = default;
};
// May come more than once for one lock, from different sources.
struct ScreenLocked {};
struct Sleeping {};
struct Woke {};
// Nothing: the desktop does not say.
struct DesktopPreferences {
    std::optional<bool> dark{};
    std::optional<bool> reduced_motion{};
    friend bool operator==(const DesktopPreferences&, const DesktopPreferences&) = default;
};
// The desktop chooses its theme by name alone; nothing: no theme is named.
struct ThemeNamed {
    std::optional<bool> dark{};
};
struct FilesChosen {
    DesktopRequestId id = 0;
    std::vector<std::string> paths{};  // absolute, at least one
};
// The picture file's content; the file itself is deleted. What is on screen may be a secret.
struct ScreenshotTaken {
    DesktopRequestId id = 0;
    base::SecretBytes picture{};
};
struct FilePrinted {
    DesktopRequestId id = 0;
};
struct DesktopRequestEnded {
    enum class Reason : std::uint8_t {
        cancelled,   // by the user, or by CancelDesktopRequest
        dismissed,   // its dialog ended in another way: by Escape or the title bar's button, or its backend failed
        absent,      // there is no portal, or it cannot do this
        refused,     // the portal or the user's answer to its question
        no_answer,   // the time limit, or the portal went away
        unreadable,  // what it gave is no file that can be read here
    };
    DesktopRequestId id = 0;
    Reason reason = Reason::absent;
};
// Somebody started the program a second time, or chose it in the desktop.
struct Activated {};
struct CopySlot {
    otp::SlotId slot{};
};
struct OpenFromTray {};
struct QuitFromTray {};

using DesktopEvent = std::variant<std::monostate, DesktopStatus, ScreenLocked, Sleeping, Woke, DesktopPreferences,
                                  ThemeNamed, FilesChosen, ScreenshotTaken, FilePrinted, DesktopRequestEnded, Activated,
                                  CopySlot, OpenFromTray, QuitFromTray>;

}  // namespace tokendeck::desktop
