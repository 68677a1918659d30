// One window a session: the first start is found by later ones, which bring its window to the front and end.
// Found by the name org.tokendeck.Tokendeck on the session bus (org.freedesktop.Application), and without a bus by a
// socket in XDG_RUNTIME_DIR: a session of a window manager alone (startx, sway or ssh -X where nobody starts dbus) has
// that folder and no bus, and two windows would talk to one token in turns. Without either, each start is a first one.
#pragma once

#include "base/clock.hpp"

#include <memory>

namespace tokendeck::desktop {

// Lets later starts find the first one, for as long as this object lives. For DesktopBus.
struct InstanceHold {
    InstanceHold() = default;
    InstanceHold(const InstanceHold&) = delete;
    InstanceHold& operator=(const InstanceHold&) = delete;
    virtual ~InstanceHold() = default;
};

struct Claim {
    enum class Start : std::uint8_t {
        first,
        second,        // the first has been told, and has answered
        first_silent,  // there is a first, and it did not answer in time
    };
    Start start = Start::first;
    std::unique_ptr<InstanceHold> hold{};  // of a first start; nothing where others cannot find it
};

// The answer of the first start is awaited for at most about `limit`. The bus has a limit of its own, of two seconds.
// Thread: main, before the window is opened.
[[nodiscard]] Claim claim_instance(base::Milliseconds limit);

}  // namespace tokendeck::desktop
