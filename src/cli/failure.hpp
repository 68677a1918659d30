// What the command line's steps give: a value, or a failure that is ready to be shown.
#pragma once

#include "base/error.hpp"
#include "cli/options.hpp"
#include "otp/limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tokendeck::cli {

// How the process will end, and the sentences that say why and what to do next. They are shown through `printable`.
struct Failure {
    Exit exit = Exit::failed;
    std::string text{};  // cause and effect
    std::string next{};  // what to do now; may be empty
    std::string code{};  // the error's name, for scripts; empty: as code_of says
    // What other steps decide by.
    enum class Why : std::uint8_t {
        other,
        several_tokens,  // more than one would do: a person can choose
        token_full,      // no slot is free
    };
    Why why = Why::other;
};
// Both parts, one after the other.
[[nodiscard]] std::string sentences(const Failure& failure);
// "device.wrong-pin"; of what only the command line knows and has no name, "cli." and the exit code's meaning.
[[nodiscard]] std::string code_of(const Failure& failure);

// Like base::Result, but with a failure that has found its words.
template <typename T>
class [[nodiscard]] ResultInWords {
  public:
    ResultInWords(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    ResultInWords(Failure failure) : content_(std::in_place_index<1>, std::move(failure)) {}

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }
    // Precondition: ok().
    [[nodiscard]] T& value() { return std::get<0>(content_); }
    // Precondition: !ok().
    [[nodiscard]] const Failure& failure() const { return std::get<1>(content_); }

  private:
    std::variant<T, Failure> content_;
};

// The exit code for each error that any room returns; Exit::failed for one that nobody knows.
[[nodiscard]] Exit exit_for(base::ErrorCode code);

// The error in the words of `ui`, with its exit code.
[[nodiscard]] Failure failure_of(const base::Error& error);

// What is wrong with an account, those problems that block or those that do not, a sentence each.
[[nodiscard]] std::string in_words(const std::vector<otp::FitProblem>& problems, bool blocking);
// Nothing: it fits.
[[nodiscard]] std::optional<Failure> misfit_failure(const std::vector<otp::FitProblem>& problems);

}  // namespace tokendeck::cli
