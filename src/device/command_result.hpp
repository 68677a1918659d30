// What a command gives: a value, or why it failed. The facts by which others decide are set here and where a command
// fails, never found out from an error's name. `id` and `secret` of a failure are set by the device thread.
#pragma once

#include "base/error.hpp"
#include "channel/device_messages.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace tokendeck::device {

[[nodiscard]] channel::CommandFailed failed_with(base::Error error);
// Of a failure because of this PIN. With a code alone the error's field is the PIN.
[[nodiscard]] channel::CommandFailed about_pin(channel::PinKind pin, base::Error error,
                                               channel::PinProblem::Kind kind = channel::PinProblem::Kind::other,
                                               std::optional<std::uint8_t> tries_left = {});
[[nodiscard]] channel::CommandFailed about_pin(channel::PinKind pin, base::ErrorCode code,
                                               channel::PinProblem::Kind kind = channel::PinProblem::Kind::other,
                                               std::optional<std::uint8_t> tries_left = {});

template <typename T>
class [[nodiscard]] CommandResult {
  public:
    CommandResult(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    CommandResult(channel::CommandFailed failure) : content_(std::in_place_index<1>, std::move(failure)) {}
    CommandResult(base::Error error) : CommandResult(failed_with(std::move(error))) {}

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    // Precondition: ok().
    [[nodiscard]] T& value() { return std::get<0>(content_); }
    // Precondition: !ok().
    [[nodiscard]] channel::CommandFailed& failure() { return std::get<1>(content_); }

  private:
    std::variant<T, channel::CommandFailed> content_;
};

}  // namespace tokendeck::device
