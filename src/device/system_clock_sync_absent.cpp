#include "device/system_clock_sync.hpp"

namespace tokendeck::device {

// Not asked here.
channel::ComputerClock computer_clock(const base::Clock& clock) {
    channel::ComputerClock told;
    told.at = clock.unix_time();
    return told;
}

}  // namespace tokendeck::device
