// Why can't I use my key? Looks at the bus, the rules, the seat, who else holds the token, the computer's clock, and
// what came of asking each token for its state. Thread: the device thread. Its codes: doctor_errors.hpp.
#pragma once

#include "base/clock.hpp"
#include "channel/device_messages.hpp"

#include <cstdint>
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

// A token that the sources found, and what it said when it was asked for its state, without a PIN. Only of those that
// may be opened.
struct ExaminedToken {
    channel::TokenInfo info{};
    std::optional<base::Error> error{};  // why it did not tell
    bool others_heard = false;           // some replies on the way were damaged or not meant for this program
    bool card_silent = false;
    bool card_in_use = false;          // by another program
    std::uint8_t firmware_minor = 0;   // firmware 0.x
    std::uint8_t newest_known = 0xFF;  // likewise; of this model
};

// `seen`: the tokens that the sources found. Problems first, then advice, then what is fine.
[[nodiscard]] std::vector<channel::Finding> examine(const std::vector<ExaminedToken>& seen,
                                                    std::vector<channel::Finding> on_the_bus,
                                                    const Surroundings& around);

}  // namespace tokendeck::device
