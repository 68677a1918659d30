// A slot is one place on a token that holds one account: a numbered place on a Pro or Storage, a named credential on
// a Nitrokey 3. One SlotId serves both.
#pragma once

#include "otp/parameters.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tokendeck::otp {

// Numbered from 1, counted for each kind by itself, as people count.
struct NumberedSlot {
    OtpKind kind = OtpKind::totp;
    std::uint8_t number = 1;
    friend auto operator<=>(const NumberedSlot&, const NumberedSlot&) = default;
};

struct NamedSlot {
    std::string label{};
    friend auto operator<=>(const NamedSlot&, const NamedSlot&) = default;
};

using SlotId = std::variant<NumberedSlot, NamedSlot>;

// "totp:3", "hotp:1"; a named slot is "name:" and its label. The form of the command line and of --ui-map.
[[nodiscard]] std::string text(const SlotId& slot);
// The reverse of `text`, exactly; nothing if it is not of that form (number 1 to 255, no sign, no leading zero).
[[nodiscard]] std::optional<SlotId> parse_slot(std::string_view text);

enum class SlotState : std::uint8_t {
    empty,       // the token says so
    programmed,  // the token says so; nothing more is known
    proven,      // its code was compared with the expected one after it was written, in this run of the program
    unsure,      // a write broke off: it may hold the old account, the new one, or a mixture
    mismatch,    // written, but its code was not the expected one
    unreadable,  // occupied, but its period or counter is more than its token can have: only id and name are known
};

struct SlotSummary {
    SlotId id{};
    SlotState state = SlotState::empty;
    // The bytes the token holds, up to the first zero; mostly UTF-8, but any bytes are possible.
    std::string name{};
    OtpParameters parameters{};
    friend bool operator==(const SlotSummary&, const SlotSummary&) = default;
};

[[nodiscard]] const char* name(SlotState state);
// True if an account could be lost by writing to it.
[[nodiscard]] inline bool occupied(const SlotSummary& slot) {
    return slot.state != SlotState::empty;
}

}  // namespace tokendeck::otp
