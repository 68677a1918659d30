// Why can't I use my key? Looks at the bus, the rules, the seat, who else holds the token, and the computer's clock.
// Opens no token. Thread: the device thread; takes some milliseconds.
#pragma once

#include "channel/device_messages.hpp"

#include <vector>

namespace tokendeck::device {

// `seen`: the tokens that the sources found. Problems first. Nothing wrong is a finding of weight `fine`.
[[nodiscard]] std::vector<channel::Finding> examine(const std::vector<channel::TokenInfo>& seen);

}  // namespace tokendeck::device
