// What a simulated token keeps only while it has power: its RAM and the session of its card. Closing the handle, or a
// host that dies, changes nothing of it. Source: docs/protocol/pro-storage.md, sections 2.7 and 7.2 to 7.4.
// The text form is that of the companion file through which several processes share one token (power_file.hpp).
#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "wire/report.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tokendeck::simulator {

struct SlotBuffer {  // one for the whole device
    std::array<std::uint8_t, 15> name{};
    base::SecretBytes secret{40};
    bool open = false;
};

struct CardSession {
    bool user_verified = false;
    bool admin_verified = false;
};

// A Pro's walk 3, 1, 0 of the command that came last.
struct ProWalk {
    enum class Phase : std::uint8_t { ready, received, busy };

    Phase phase = Phase::ready;
    wire::Report shown_before{};  // what is read until it is ready
    wire::Report shown_busy{};
    base::SteadyTime executed_at{};
    base::SteadyTime ready_at{};
    std::uint32_t received_reads_left = 0;
    std::uint32_t busy_reads_left = 0;
};

// A Storage's parser and the second, slower part that executes started commands.
struct StorageWork {
    enum class Started : std::uint8_t { none, waiting, running };
    enum class Payload : std::uint8_t { none, status, production };

    bool pending = false;    // a request waits for the parser
    wire::Report request{};  // it, or the last one
    base::SteadyTime parse_at{};
    std::uint32_t stale_reads_left = 0;
    base::Milliseconds busy_longer{};  // fault
    // What is read while a command is executed, until `ready_at`: id and checksum of the request, the rest still zero.
    // A client that takes a checksum of zero for "not ready" is saved by that.
    wire::Report under_construction{};
    base::SteadyTime ready_at{};
    base::SteadyTime task_free_at{};

    Started started = Started::none;
    wire::Report parameters{};  // of the started command
    base::SteadyTime start_at{};
    base::SteadyTime started_at{};
    base::SteadyTime finish_at{};
    std::uint32_t busy_reads_left = 0;
    std::uint8_t outcome = 0;  // wire::StartedStatus that it will end with
    Payload payload_after = Payload::none;
    std::array<std::uint8_t, 4> block{0, 0xFF, 0, 0};  // command counter, last id, status, progress

    Payload payload = Payload::none;      // goes out with the next read (quirk Q-S6)
    base::SecretBytes remembered_user{};  // by SEND_PASSWORD
    base::SecretBytes remembered_admin{};
    bool silenced = false;  // "not authorised" is reported as ok (quirk Q-S3)
    std::uint8_t active_volumes = 1;
    std::uint8_t cached_user_tries = 77;  // what firmware up to 0.53 answers with (quirk Q-S18)
    std::uint8_t cached_admin_tries = 77;
    std::uint64_t system_seconds = 0;  // the system clock's value at `system_set_at`
    base::SteadyTime system_set_at{};
};

struct PowerState {
    std::uint64_t power_id = 0;  // another one at each power-on
    bool on = true;              // false: pulled
    bool boot_loader = false;    // of FIRMWARE_UPDATE, or a Storage's update mode
    // The flash has refused a write and refuses all that follow (Pro, quirk Q-P23).
    bool flash_refuses = false;
    std::uint64_t saves = 0;  // how often the state file was written since
    base::SteadyTime plugged_in{};
    base::SteadyTime taken_at{};  // when the last request came

    base::SecretBytes admin_password{};  // temporary passwords; empty: none is set
    base::SecretBytes user_password{};
    SlotBuffer buffer{};
    base::SecretBytes safe_key{};  // while the safe is unlocked
    base::SecretBytes safe_buffer{64};
    std::uint64_t clock_base = 0;        // what SET_TIME set,
    std::uint64_t clock_base_count = 0;  // and a Pro's count of seconds when it did
    CardSession card{};
    wire::Report response{};                // of the last command executed; all zero before the first
    std::uint32_t admin_word = 0xFFFFFFFF;  // old protocol: checksum of the packet that AUTHORIZE allowed
    std::uint32_t user_word = 0xFFFFFFFF;
    bool user_word_set = false;

    ProWalk walk{};
    StorageWork storage{};
};

// `boot`: names the run of the operating system that the times belong to.
[[nodiscard]] base::SecretText write_power(const PowerState& power, std::string_view boot);
// Nothing for anything but what `write_power` wrote in the same run of the system: what was cut off or belongs to
// another run is a token that has lost its power.
[[nodiscard]] std::optional<PowerState> parse_power(std::string_view text, std::string_view boot);

}  // namespace tokendeck::simulator
