// Thread: any.
#pragma once

#include <chrono>

namespace tokendeck::window {

// Processor time that the calling thread has used so far.
[[nodiscard]] std::chrono::microseconds thread_time();

}  // namespace tokendeck::window
