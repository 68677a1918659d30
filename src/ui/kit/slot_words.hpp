// Tokens, slots and times as people read them. Only inside ui.
#pragma once

#include "ui/kit/view.hpp"

#include <string>
#include <string_view>

namespace tokendeck::ui {

// "Nitrokey Pro · card 0000A1B2", "(simulated)" where it is.
[[nodiscard]] std::string token_name(const channel::TokenInfo& info);
[[nodiscard]] std::string token_name(const channel::TokenStatus& status);
// Which token this is about, in one line. Advances the column. `path`: its item.
void draw_token_line(View& view, Column& column, const std::string& path);

// Names of slots and places as people read them.
[[nodiscard]] std::string slot_title(const otp::SlotSummary& slot);     // its name, or its place if it has none
[[nodiscard]] std::string place(const otp::SlotId& slot);               // "TOTP 3"
[[nodiscard]] std::string facts(const otp::OtpParameters& parameters);  // "6 digits · 30 s"
// How much of a name's room is taken, in bytes; "characters" only where each takes one.
[[nodiscard]] std::string name_length(std::string_view name, std::size_t bytes_max);
// "2026-03-01 12:34:56 UTC".
[[nodiscard]] std::string utc(base::UnixTime time);
// Seconds since a moment, for "… 3 s".
[[nodiscard]] long seconds_since(const View& view, base::SteadyTime since);

}  // namespace tokendeck::ui
