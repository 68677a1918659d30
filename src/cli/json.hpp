// The shapes that the JSON of several subcommands shares. The same thing has the same key everywhere, and a key that
// does not apply is there with null. docs/json.md and docs/json-schema.json tell them to others.
#pragma once

#include "channel/device_messages.hpp"
#include "cli/output.hpp"
#include "otp/slot.hpp"

#include <vector>

namespace tokendeck::cli {

[[nodiscard]] Json json_of(const channel::TokenInfo& token);
// "slot", "state", "name", "kind" and so on; of an empty slot only its place is known.
[[nodiscard]] Json json_of(const otp::SlotSummary& slot);
// {"hotp": {"used": 1, "total": 3}, "totp": …}
[[nodiscard]] Json slots_in_use(const std::vector<otp::SlotSummary>& slots);
[[nodiscard]] Json limits_json(const channel::TokenStatus& status);
[[nodiscard]] Json known_faults_json(const channel::TokenStatus& status);
// "pin_protection", and the lock keys: the slot that one types, or null.
void put_settings(Json& object, const channel::TokenStatus& status);

// What `report` may tell, and what only the owner sees: the SD card, and whether there is a hidden volume.
enum class Told : std::uint8_t { for_support, all };
// Null: not a Storage.
[[nodiscard]] Json storage_json(const channel::TokenStatus& status, Told told);

[[nodiscard]] Json number_or_null(const std::optional<std::uint8_t>& number);

// The answer of a subcommand that did something to a slot: "result", then the slot.
[[nodiscard]] Json result_json(const char* result, const otp::SlotSummary& slot);
// An answer with a code. The slot's "counter" is then that of the code, "next_counter" what the slot has now.
void put_counters(Json& object, const otp::SlotSummary& slot, std::optional<std::uint64_t> of_code);

}  // namespace tokendeck::cli
