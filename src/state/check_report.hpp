// What a check of the token found, as a few lines for sharing. In English, for the same reason as the report in
// diagnostics.hpp, and with the names that --json has. Never a serial number, a PIN, a secret, a code, or an account.
#pragma once

#include "channel/device_messages.hpp"

#include <string>

namespace tokendeck::state {

// "counter_codes"; "passed".
[[nodiscard]] const char* name(channel::CheckStep step);
[[nodiscard]] const char* name(channel::CheckResult result);

// "17 of 17, Nitrokey Pro 0.15, over hidraw".
[[nodiscard]] std::string check_summary(const channel::TokenChecked& checked);
// The summary, what was measured, and each step that did not pass with its reason. Lines, the last one ended, too.
[[nodiscard]] std::string check_report(const channel::TokenChecked& checked);

}  // namespace tokendeck::state
