#include "window/thread_time.hpp"

#include <cstdint>

#include <windows.h>

namespace tokendeck::window {

std::chrono::microseconds thread_time() {
    FILETIME created{}, ended{}, kernel{}, user{};
    if (GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user) == 0) return {};
    const auto tenths = [](const FILETIME& time) {  // of a microsecond
        return (static_cast<std::uint64_t>(time.dwHighDateTime) << 32U) + time.dwLowDateTime;
    };
    return std::chrono::microseconds{(tenths(kernel) + tenths(user)) / 10};
}

}  // namespace tokendeck::window
