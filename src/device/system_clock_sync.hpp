// Is the computer's clock kept right by something? Codes are made for its time. Asks the operating system's kernel, not
// a network. Thread: the device thread; does not block.
#pragma once

#include "base/clock.hpp"
#include "channel/device_messages.hpp"

namespace tokendeck::device {

// Linux: adjtimex(2). Elsewhere: not told.
[[nodiscard]] channel::ComputerClock computer_clock(const base::Clock& clock);

}  // namespace tokendeck::device
