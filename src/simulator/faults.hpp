// What can be made to go wrong with the simulated tokens of a source: by tests, and from outside through the control
// file. Counts count down as the fault strikes.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tokendeck::simulator {

// The count-th request with this command from now on.
struct Trigger {
    std::uint8_t command = 0;
    unsigned count = 1;
};

struct Faults {
    bool unplugged = false;                 // the tokens are not there; when this ends they are plugged in anew
    std::optional<Trigger> unplug_at{};     // pulled when the request arrives: it is not executed
    std::optional<Trigger> unplug_after{};  // pulled when the request has been executed, before its reply can be read
    base::Milliseconds busy_longer{0};      // each command stays that much longer in state 1
    unsigned late_reads = 0;                // each command shows state 1 to that many more reads
    unsigned drop_requests = 0;             // so many next requests are acknowledged and lost
    unsigned fail_transfers = 0;            // so many next transfers fail; a request that failed was not received
    unsigned corrupt_replies = 0;           // so many next replies read in state 0 arrive with one bit wrong
    unsigned foreign_replies = 0;       // so many next replies read in state 0 are valid but belong to other requests,
                                        // by turns to another command and to another request of the same command
    bool wrong_code = false;            // GET_CODE gives a code that is wrong by one
    bool reset_without_effect = false;  // FACTORY_RESET answers ok although the card refused it (quirk Q-P4)
};

// The control file, a line each: `unplugged`, `delay_ms=N`, `drop_next=N`, `wrong_code`, `unplug_at=HEX:N`,
// `unplug_after=HEX:N`, `fail_next=N`, `corrupt_next=N`, `foreign_next=N`, `late_reads=N`. HEX is a command's id in
// two digits. Empty lines and lines that begin with # are nothing; any other line is errors::control_unreadable.
[[nodiscard]] base::Result<Faults> parse_control(std::string_view text);

}  // namespace tokendeck::simulator
