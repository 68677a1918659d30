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

enum class TimingChoice : std::uint8_t {
    as_made,  // what the source was made with
    fast,     // prompt_timing
    real,
};

struct Faults {
    bool unplugged = false;                 // the tokens are not there; when this ends they are plugged in anew
    std::optional<Trigger> unplug_at{};     // pulled when the request arrives: it is not executed
    std::optional<Trigger> unplug_after{};  // pulled when the request has been executed, before its reply can be read
    // The same, but the token is back at once, under another key: its power failed.
    std::optional<Trigger> power_loss_at{};
    std::optional<Trigger> power_loss_after{};
    std::optional<Trigger> hang_at{};  // the transfer that sends the request never returns
    // Before the request is executed another program authenticates, and its temporary passwords replace the others.
    std::optional<Trigger> other_program_at{};
    base::Milliseconds busy_longer{0};  // each command takes that much longer
    unsigned late_reads = 0;            // each command shows state 1 (Storage: the reply before) to that many more
                                        // reads
    unsigned drop_requests = 0;         // so many next requests are acknowledged and lost
    unsigned fail_transfers = 0;        // so many next transfers fail; a request that failed was not received
    // These count replies that are read when they are ready (Storage: any).
    unsigned lose_replies = 0;       // the transfer fails
    unsigned corrupt_replies = 0;    // arrives with one bit wrong
    unsigned foreign_replies = 0;    // valid but to another request: by turns to another command and to another request
                                     // of the same command
    unsigned duplicate_replies = 0;  // the reply that was delivered last comes once more, for the next request
    unsigned steal_payloads = 0;     // another program has read a Storage's status, which is delivered once
    bool wrong_code = false;         // GET_CODE gives a code that is wrong by one
    bool reset_without_effect = false;  // a Pro's FACTORY_RESET answers ok although the card refused it (quirk Q-P4)
    bool card_in_use = false;           // a Storage's smart card is locked by another program
    TimingChoice timing = TimingChoice::as_made;
    base::Milliseconds card_start{0};  // after power-on a Storage's card does not answer for that long: tries read 77
};

// The control file, a line each: `unplugged`, `delay_ms=N`, `drop_next=N`, `wrong_code`, `unplug_at=HEX:N`,
// `unplug_after=HEX:N`, `power_loss_at=HEX:N`, `power_loss_after=HEX:N`, `other_program_at=HEX:N`, `hang_at=HEX:N`,
// `fail_next=N`, `lose_next=N`, `corrupt_next=N`, `foreign_next=N`, `duplicate_next=N`, `steal_next=N`, `late_reads=N`,
// `reset_without_effect`, `card_in_use`, `timing=fast`, `timing=real`, `card_start_ms=N`. HEX is a command's id in two
// digits. Empty lines and lines that begin with # are nothing; any other line is errors::control_unreadable.
[[nodiscard]] base::Result<Faults> parse_control(std::string_view text);

}  // namespace tokendeck::simulator
