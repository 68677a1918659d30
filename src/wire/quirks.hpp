// The known faults of the tokens' firmware and of libnitrokey, by their numbers in docs/protocol/pro-storage.md,
// section 6: which firmware has which. What is done about each, and where, is in docs/protocol/quirks.md; a test holds
// that page and the sources together.
#pragma once

#include "wire/models.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tokendeck::wire {

struct Quirk {
    std::string_view number;  // "Q-P1"
    Family family;            // `other`: libnitrokey's, whatever the token
    std::uint8_t first_minor;
    std::uint8_t last_minor;  // 255: and later
    bool for_owner;           // the owner of such a token should know
};

[[nodiscard]] std::span<const Quirk> quirks();
// Those of a firmware, the numbers in the order of the page. `minor` as in FirmwareProfile.
[[nodiscard]] std::vector<const Quirk*> quirks_of(Family family, std::uint8_t minor);

}  // namespace tokendeck::wire
