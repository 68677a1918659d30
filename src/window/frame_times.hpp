// How long main works each time it wakes, for tools/bench: with the environment variable TOKENDECK_FRAME_TIMES=FILE
// each turn of the loop is noted and written to FILE at the end, one a line, in microseconds:
//
//   wall work of main from waking to sleeping, without the next but one · processor time of main's thread, all of it
//   · wall time in bringing the picture to the window and the swap, where main waits for the graphics (without a
//   graphics card: for the threads that paint in its place) · a letter a thing that is slow by its nature: s the first
//   pictures (the driver makes its programs then), f fonts were built anew, w the window was shown again, - none
//
// Thread: main.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace tokendeck::window {

class FrameTimes {
  public:
    using Microseconds = std::chrono::microseconds;

    FrameTimes();
    [[nodiscard]] bool on() const { return !file_.empty(); }

    void wakes();
    // `swapping`: how long the swap took within the turn; `special`: as above.
    void sleeps(Microseconds swapping, char special);
    // Replaces the file. Waits for the disk.
    void write() const;

  private:
    struct Turn {
        std::uint32_t wall = 0, processor = 0, swap = 0;
        char special = '-';
    };
    static constexpr std::size_t most = 500'000;

    std::string file_;
    std::vector<Turn> turns_{};
    std::uint64_t left_out_ = 0;
    std::chrono::steady_clock::time_point woke_{};
    Microseconds processor_then_{};
};

}  // namespace tokendeck::window
