// Where the user's data belongs on this system. The folders are made when they are asked for, private to the user.
// Thread: any that may touch the disk; called once at start.
#pragma once

#include <string>

namespace tokendeck::settings {

// The program's own folder in the user's data folder, UTF-8, made if it was not there; empty if the system names no
// such folder (no home) or it cannot be made.
[[nodiscard]] std::string data_folder();
// The same for what the user sets.
[[nodiscard]] std::string config_folder();
// Where a simulated token's state lives by default: "simulated-<model>.token" in the data folder; empty if there is
// none.
[[nodiscard]] std::string default_simulated_file(const std::string& model);

}  // namespace tokendeck::settings
