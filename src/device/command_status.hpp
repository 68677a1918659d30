// What a token's status means, which depends on the command: GET_STATUS is about no slot and no PIN, so neither is said
// to be wrong when that is how the token answers it. Pure.
#pragma once

#include "base/error.hpp"
#include "wire/codes.hpp"

namespace tokendeck::device {

// The command has this among its fields.
[[nodiscard]] bool names_slot(wire::Command command);
[[nodiscard]] bool carries_pin(wire::Command command);
[[nodiscard]] bool carries_temporary_password(wire::Command command);

// The error for a status other than ok; `field` is the command. A status that does not fit the command is
// unexpected_status, with its number.
[[nodiscard]] base::Error error_of(wire::CommandStatus status, wire::Command command);
[[nodiscard]] base::Error error_of(wire::StartedStatus status, wire::Command command);

}  // namespace tokendeck::device
