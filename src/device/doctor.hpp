// Why can't I use my key? Looks at the bus, the rules, the seat, who else holds the token, and the computer's clock.
// Opens no token. Thread: the device thread; takes some milliseconds. Its codes: doctor_errors.hpp.
#pragma once

#include "base/clock.hpp"
#include "channel/device_messages.hpp"

#include <optional>
#include <vector>

namespace tokendeck::device {

// What is not found by looking at tokens: filled by `surroundings` from this computer, or by tests.
struct Surroundings {
    bool hidapi_there = true;
    base::UnixTime now{};
    std::optional<bool> clock_synchronised{};  // nothing: this system does not tell
};
[[nodiscard]] Surroundings surroundings(const base::Clock& clock);

// What this system's USB tree shows beyond what the sources found: rules, rights, who holds a node. Nothing on
// systems where there is nothing to look at.
[[nodiscard]] std::vector<channel::Finding> examine_bus();

// `seen`: the tokens that the sources found. Problems first, then advice, then what is fine.
[[nodiscard]] std::vector<channel::Finding> examine(const std::vector<channel::TokenInfo>& seen,
                                                    std::vector<channel::Finding> on_the_bus,
                                                    const Surroundings& around);

}  // namespace tokendeck::device
