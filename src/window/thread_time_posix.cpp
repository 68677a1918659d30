#include "window/thread_time.hpp"

#include <time.h>

namespace tokendeck::window {

std::chrono::microseconds thread_time() {
    timespec now{};
    (void)::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::seconds{now.tv_sec} +
                                                                 std::chrono::nanoseconds{now.tv_nsec});
}

}  // namespace tokendeck::window
