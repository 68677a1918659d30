// Opens a file in the desktop's program for it.
// Thread: main. Nothing here waits.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "channel/device_messages.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tokendeck::desktop {

class FileOpener {
  public:
    FileOpener() = default;
    FileOpener(const FileOpener&) = delete;
    FileOpener& operator=(const FileOpener&) = delete;

    struct Failed {
        channel::MessageId id = 0;  // the caller's
        base::Error error{};        // errors::open_failed with the file's name
    };

    // `path`: UTF-8. What failed at once, because no program was found for example; what fails later `turn` tells.
    [[nodiscard]] std::optional<Failed> open(channel::MessageId id, const std::string& path, base::SteadyTime now);
    // A start that has failed since the last call.
    [[nodiscard]] std::vector<Failed> turn(base::SteadyTime now);
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

}  // namespace tokendeck::desktop
