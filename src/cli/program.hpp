// The program as it is started from a command line: its arguments, and what they ask for.
#pragma once

#include "cli/options.hpp"

#include <functional>

namespace tokendeck::cli {

// Opens the window and runs until it is closed.
using OpenWindow = std::function<Exit(const Options&)>;

// Everything from `main`'s arguments to the process's exit code; a subcommand is carried out without a window. Without
// `open_window` this is a program that has none, and says so. Never throws: a defect is told as such, without what the
// exception says, which may hold anything.
// Thread: main, once.
[[nodiscard]] int run_program(int argc, char** argv, const OpenWindow& open_window);

}  // namespace tokendeck::cli
