// How long a simulated token takes. Source: docs/protocol/pro-storage.md, sections 2.8 and 7.6.
#pragma once

#include "base/clock.hpp"

namespace tokendeck::simulator {

struct TimingProfile {
    base::Microseconds transfer{};     // one control transfer; slept by the transport
    base::Microseconds received{};     // Pro, device status 3: the request has come but is not worked on yet
    base::Microseconds plain{};        // a command that neither writes flash nor asks the card
    base::Microseconds flash_write{};  // for each slot, config or password-safe write
    base::Microseconds card_least{};   // one exchange with the smart card takes between these two
    base::Microseconds card_most{};
    base::Microseconds new_key{};
    base::Microseconds factory_reset{};
    // Pro: reads that show state 3, then state 1, however long the time has come. Storage: reads that still show the
    // reply before, and reads that show a started command busy. Nobody reading for a second ends it.
    unsigned received_reads = 0;
    unsigned busy_reads = 0;

    // Storage only.
    base::Microseconds parse_period{};  // the parser looks for a request this often
    base::Microseconds start_period{};  // started commands begin only this often
    base::Microseconds volume{};        // encrypted or hidden volume on or off
    base::Microseconds read_only{};     // a volume read-only or read-write
    base::Microseconds fill{};          // the SD card with random data; hours on a real one
    base::Microseconds card_start{};    // after power-on: the smart card does not answer, tries read as 77
};

// No time passes, but each command is still seen to go through 3 and 1 to 0, or to be answered late. For this program's
// tests, which poll at once.
inline constexpr TimingProfile fast_timing{.received_reads = 1, .busy_reads = 1};

// The reply is there at the first read. What is called "fast" outside of this program's own tests: libnitrokey waits
// 100 ms after each read that is not ready, and trusts whatever a Storage shows.
inline constexpr TimingProfile prompt_timing{};

inline constexpr TimingProfile real_timing{
    .transfer = base::Microseconds{800},
    .received = base::Microseconds{1'000},
    .plain = base::Microseconds{1'000},
    .flash_write = base::Microseconds{100'000},
    .card_least = base::Microseconds{60'000},
    .card_most = base::Microseconds{200'000},
    .new_key = base::Microseconds{400'000},
    .factory_reset = base::Microseconds{3'000'000},
    .parse_period = base::Microseconds{10'000},
    .start_period = base::Microseconds{100'000},
    .volume = base::Microseconds{1'500'000},
    .read_only = base::Microseconds{3'000'000},
    .fill = base::Microseconds{60'000'000},
};

}  // namespace tokendeck::simulator
