// Opens a file in the program that the desktop has for it.
// Thread: main. Nothing here waits.
#pragma once

#include "base/clock.hpp"
#include "state/app_state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tokendeck::app {

class FileOpener {
  public:
    FileOpener() = default;
    FileOpener(const FileOpener&) = delete;
    FileOpener& operator=(const FileOpener&) = delete;

    // Ends in SheetHandedOver with an error if no program was found.
    void open(state::AppState& state, const state::OpenFile& file);
    // Looks whether what was started has failed. True if the state changed.
    [[nodiscard]] bool turn(state::AppState& state);
    // When `turn` has to be called at the latest.
    [[nodiscard]] std::optional<base::SteadyTime> due() const;

  private:
    struct Started {
        long process = 0;
        channel::MessageId id = 0;
        std::string path{};
        base::SteadyTime look_at{};
        base::SteadyTime look_until{};  // a program that runs that long has opened it
    };
    std::vector<Started> started_{};
};

}  // namespace tokendeck::app
