// The program with its window. Thread: main.
#pragma once

#include "cli/options.hpp"

namespace tokendeck::app {

// Opens the window and runs until it is closed. Returns the process's exit code.
[[nodiscard]] cli::Exit run_window(const cli::Options& options);

}  // namespace tokendeck::app
