// What Linux's kernel says of its clock, and what that means.
#pragma once

#include "channel/device_messages.hpp"

namespace tokendeck::device {

// The members of `struct timex` that count, as adjtimex(2) filled them, and what it returned.
struct KernelClock {
    int answer = 0;            // negative: it failed
    int status = 0;            // STA_… bits
    long max_error = 0;        // microseconds
    long estimated_error = 0;  // microseconds
};

// Pure. Unsynchronised: TIME_ERROR or STA_UNSYNC; its errors are then the kernel's upper limit and tell nothing.
[[nodiscard]] channel::ComputerClock understand(const KernelClock& kernel);

}  // namespace tokendeck::device
