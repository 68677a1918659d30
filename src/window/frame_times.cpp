#include "window/frame_times.hpp"

#include "window/thread_time.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace tokendeck::window {

namespace {

std::uint32_t number(FrameTimes::Microseconds time) {
    return static_cast<std::uint32_t>(
        std::clamp<long long>(time.count(), 0, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

FrameTimes::FrameTimes() {
    const char* const file = std::getenv("TOKENDECK_FRAME_TIMES");
    if (file == nullptr) return;
    file_ = file;
    turns_.reserve(std::size_t{64} * 1024);  // growing later would be measured, too
}

void FrameTimes::wakes() {
    if (!on()) return;
    woke_ = std::chrono::steady_clock::now();
    processor_then_ = thread_time();
}

void FrameTimes::sleeps(Microseconds swapping, char special) {
    if (!on()) return;
    if (turns_.size() == most) {
        ++left_out_;
        return;
    }
    const auto wall = std::chrono::duration_cast<Microseconds>(std::chrono::steady_clock::now() - woke_);
    turns_.push_back({number(wall - swapping), number(thread_time() - processor_then_), number(swapping), special});
}

void FrameTimes::write() const {
    if (!on()) return;
    std::FILE* const out = std::fopen(file_.c_str(), "w");
    bool well = out != nullptr;
    if (out != nullptr) {
        for (const Turn& turn : turns_)
            well = std::fprintf(out, "%u %u %u %c\n", turn.wall, turn.processor, turn.swap, turn.special) > 0 && well;
        if (left_out_ > 0)
            well = std::fprintf(out, "# %llu more left out\n", static_cast<unsigned long long>(left_out_)) > 0 && well;
        well = std::fclose(out) == 0 && well;
    }
    if (!well) (void)std::fprintf(stderr, "tokendeck: TOKENDECK_FRAME_TIMES: %s cannot be written\n", file_.c_str());
}

}  // namespace tokendeck::window
