// What the diagnostics show and what is copied for support: statistics of the exchanges, what the firmware and the
// clocks mean, and the report's text. Thread: main. All but `log` and `copy_report` are pure.
#pragma once

#include "state/app_state.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::state::diagnostics {

// ---- exchanges ----

void log(AppState& state, channel::ExchangesLogged event);

enum class Outcome : std::uint8_t {
    fine,     // also: an empty slot that was found empty
    refused,  // the token answered with a status that is not ok
    foreign,  // well in the end, after replies that were not ours or damaged
    failed,   // no valid answer
};
[[nodiscard]] Outcome outcome_of(const channel::ExchangeRecord& record);

// Milliseconds. Percentiles by nearest rank: the least time within which that part of the exchanges ended. All 0 if
// there were none.
struct Times {
    std::size_t count = 0;
    double p50 = 0;
    double p95 = 0;
    double p99 = 0;
    double longest = 0;
};
[[nodiscard]] double milliseconds(base::Microseconds time);
[[nodiscard]] Times times_of(std::vector<double> milliseconds);
// Of the exchanges that are kept.
[[nodiscard]] Times times_of(const Diagnostics& diagnostics);
struct CommandTimes {
    std::string command{};
    Times times{};
};
// Those asked most often first.
[[nodiscard]] std::vector<CommandTimes> times_by_command(const Diagnostics& diagnostics);

struct ErrorCount {
    std::string name{};  // of the status, or of the error that ended it
    std::uint64_t count = 0;
};
// Since the program started, the most frequent first.
[[nodiscard]] std::vector<ErrorCount> errors_by_kind(const Diagnostics& diagnostics);

// ---- firmware ----

// The firmware beside the newest one known, offline.
struct FirmwareNews {
    enum class Kind : std::uint8_t { unknown, newest, older, ahead };
    Kind kind = Kind::unknown;  // unknown: no newest one is known for this model; nothing below holds
    std::uint8_t minor = 0;     // of the newest one known
    std::string noted{};        // when that was noted
    // Older: what the newest one has and this one lacks; zero or false: nothing.
    std::uint8_t secret_bytes = 0;
    bool edit = false;
    bool pin_lasts = false;        // not each PIN typed is used up by one command
    std::size_t faults_fewer = 0;  // known faults that it no longer has
    // And what it takes away.
    bool lock_keys_lost = false;
    std::uint8_t totp_slots_lost = 0;
};
[[nodiscard]] FirmwareNews firmware_news(const channel::TokenStatus& status);

// ---- clocks ----

// What the token's clock, which cannot be read, may show now against the computer's: at most so much behind or ahead.
// Milliseconds.
struct ClockBounds {
    double behind = 0;
    double ahead = 0;
};
// Nothing: not set yet, the computer's clock was put back since, or how fast this token's clock runs is not known (a
// Storage's). Known only while the computer neither slept nor had its clock changed, which is not seen here.
[[nodiscard]] std::optional<ClockBounds> clock_bounds(const AppState& state);

// "2026-03-01 12:34:56 UTC".
[[nodiscard]] std::string utc(base::UnixTime time);

// ---- report ----

// For support, in English, lines of text. It never has names of accounts, serial numbers, nodes, codes, PINs, secrets,
// paths or subjects of errors, nor whether a hidden volume is open.
[[nodiscard]] std::string report(const AppState& state);
// Puts it on the clipboard to stay, and says so.
void copy_report(AppState& state);

}  // namespace tokendeck::state::diagnostics
