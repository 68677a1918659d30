#include "device/system_clock_sync_linux.hpp"

#include "device/system_clock_sync.hpp"

#include <sys/timex.h>

namespace tokendeck::device {

channel::ComputerClock understand(const KernelClock& kernel) {
    channel::ComputerClock told;
    if (kernel.answer < 0) return told;
    told.synchronised = kernel.answer != TIME_ERROR && (kernel.status & STA_UNSYNC) == 0;
    if (!*told.synchronised) return told;
    if (kernel.max_error >= 0) told.max_error = base::Microseconds{kernel.max_error};
    if (kernel.estimated_error >= 0) told.estimated_error = base::Microseconds{kernel.estimated_error};
    return told;
}

channel::ComputerClock computer_clock(const base::Clock& clock) {
    timex state{};  // modes 0: read only
    const int answer = ::adjtimex(&state);
    channel::ComputerClock told = understand({answer, state.status, state.maxerror, state.esterror});
    told.at = clock.unix_time();
    return told;
}

}  // namespace tokendeck::device
