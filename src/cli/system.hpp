// What a report says of the computer.
#pragma once

#include <string>

namespace tokendeck::cli {

// The operating system, its version and the machine's kind: "Linux 6.1.0-18-amd64 x86_64". Not the computer's name.
[[nodiscard]] std::string system_name();

}  // namespace tokendeck::cli
