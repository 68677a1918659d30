// Where a PIN or another secret can come from besides a file: a person at the terminal, or the environment.
#pragma once

#include "base/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::cli {

// There is a terminal to ask on, even if standard input and output are something else.
[[nodiscard]] bool terminal_available();

// Standard input is a terminal: what is typed there would be seen, and a person does not know how to end it.
[[nodiscard]] bool input_is_terminal();

// Shows `prompt` on the terminal and reads one line, which is not shown. What was typed before the prompt is thrown
// away. Asks once. Nothing: there is no terminal, or the person ended the input without a line. On SIGINT, SIGTERM,
// SIGHUP and SIGQUIT the terminal is put right before the signal takes its course. The line is as typed: it may be
// empty. Thread: main, one at a time.
[[nodiscard]] std::optional<base::SecretText> ask_secret(std::string_view prompt);

// As ask_secret, but what is typed is shown: for a yes, never for a secret.
[[nodiscard]] std::optional<std::string> ask_line(std::string_view prompt);

// Shows `text` on the terminal, whatever standard output and error are. Nothing happens without one.
void tell_terminal(std::string_view text);

// Takes the value of an environment variable out of the environment: the memory that held it is overwritten and the
// variable removed, so that neither a child process nor a look at this one shows it. Thread: before any other is
// started.
[[nodiscard]] std::optional<base::SecretText> take_from_environment(const char* variable);

// Writing to a pipe that nobody reads shall be an error, not the end of the process.
void ignore_broken_pipes();

}  // namespace tokendeck::cli
