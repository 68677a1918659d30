#include "base/clock.hpp"

#include <thread>

namespace tokendeck::base {

SteadyTime SystemClock::steady() const {
    return std::chrono::steady_clock::now();
}

UnixTime SystemClock::unix_time() const {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<Milliseconds>(now).count()};
}

void SystemClock::sleep(Microseconds duration) {
    std::this_thread::sleep_for(duration);
}

}  // namespace tokendeck::base
