// Makes Options from the arguments. Pure: no file is opened, no token asked. Whatever is unknown, contradictory or
// malformed is refused with a cause and a next step; no value of an argument that was not expected is repeated in it,
// since people do paste secrets where they do not belong.
#pragma once

#include "cli/options.hpp"

#include <string>
#include <variant>

namespace tokendeck::cli {

// The program has nothing to do but show this: help or the version (Exit::done, standard output), or what is wrong with
// the arguments (Exit::usage, standard error).
struct UsageText {
    Exit exit = Exit::done;
    std::string text{};
    std::string next{};  // what to do now; may be empty
};

// Errors are wanted as JSON. Known before the arguments are understood, since that may be what fails.
[[nodiscard]] bool wants_json(int argc, const char* const* argv);

[[nodiscard]] std::variant<Options, UsageText> parse_command_line(int argc, const char* const* argv);

}  // namespace tokendeck::cli
