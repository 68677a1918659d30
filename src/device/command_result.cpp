#include "device/command_result.hpp"

#include "device/errors.hpp"
#include "device/token_driver.hpp"

namespace tokendeck::device {

using channel::CommandFailed;
using channel::PinProblem;

CommandFailed failed_with(base::Error error) {
    const bool time_refused = error.code == errors::time_refused;
    return {.error = std::move(error), .time_refused = time_refused};
}

CommandFailed about_pin(channel::PinKind pin, base::Error error, PinProblem::Kind kind,
                        std::optional<std::uint8_t> tries_left) {
    return {.error = std::move(error), .pin = PinProblem{.pin = pin, .kind = kind, .tries_left = tries_left}};
}

CommandFailed about_pin(channel::PinKind pin, base::ErrorCode code, PinProblem::Kind kind,
                        std::optional<std::uint8_t> tries_left) {
    return about_pin(pin, base::Error{.code = code, .field = field_of(pin)}, kind, tries_left);
}

}  // namespace tokendeck::device
