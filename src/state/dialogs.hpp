// The small dialogues over a page. Each is for the token that was active when it was opened, and closes when another
// one is. Thread: main.
#pragma once

#include "base/error.hpp"
#include "channel/device_messages.hpp"
#include "otp/limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::state {

struct RemoveDialog {
    otp::SlotSummary slot{};
    channel::TokenKey token{};
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};  // here and below: nothing where `error` is not about a PIN
};

// Codes are PIN-protected: asks for the user PIN, then reads the code of `slot`.
struct UserPinDialog {
    otp::SlotSummary slot{};
    channel::TokenKey token{};
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    bool set_time_back = false;  // agreed to before the PIN was asked for
};

// Changes name, digits, period or counter of a slot and keeps its secret.
struct EditDialog {
    otp::SlotSummary slot{};  // as it was when the dialogue was opened
    channel::TokenKey token{};
    std::string name{};
    otp::OtpParameters parameters{};
    std::vector<otp::FitProblem> problems{};
    bool set_time_back = false;  // the token refused the time; trying again agrees to set it back
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    bool over = false;  // it failed after something was sent: the slot is no longer what `slot` says
};

enum class CareAction : std::uint8_t { user_pin, admin_pin, unblock, pin_protection, lock_keys, lock, new_key, reset };

enum class CareStep : std::uint8_t {
    consequences,  // what is lost and what stays; the destructive ones have to be agreed to
    pins,          // and settings, where there are some to choose
    done,
};

struct CareDialog {
    CareAction action = CareAction::user_pin;
    channel::TokenKey token{};
    CareStep step = CareStep::pins;
    bool agreed = false;
    bool new_is_factory = false;      // the new PIN is the one of a new token
    channel::GeneralConfig config{};  // what is wished, for pin_protection and lock_keys
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    std::vector<base::Error> remarks{};  // done: what is true besides
};

// "Check this token": what will happen and the PIN, then the steps, then the result.
struct CheckDialog {
    channel::TokenKey token{};
    bool running = false;
    bool cancelling = false;  // it was told to end
    std::vector<channel::CheckedStep> steps{};
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    std::optional<channel::TokenChecked> result{};
    bool copied = false;  // its report is on the clipboard
};

// The token refused the computer's time as older than what it remembers: asks whether to set it all the same.
struct TimeDialog {
    otp::SlotSummary slot{};
    channel::TokenKey token{};
};

// The window is to be closed while accounts wait that were read and not written.
struct ClosingDialog {};

}  // namespace tokendeck::state
