#include "simulator/smart_card.hpp"

namespace tokendeck::simulator {

bool SmartCard::verify(TokenState& state, Pin pin, std::span<const std::uint8_t> digits) {
    const bool user = pin == Pin::user;
    std::uint8_t& tries = user ? state.user_tries : state.admin_tries;
    if (digits.empty() || tries == 0) return false;
    const bool right = base::equal_in_constant_time(digits, user ? state.user_pin.bytes() : state.admin_pin.bytes());
    tries = right ? tries_full : static_cast<std::uint8_t>(tries - 1);
    if (user) user_verified_ = right;
    return right;
}

bool SmartCard::set_pin(TokenState& state, Pin pin, std::span<const std::uint8_t> digits) {
    const bool user = pin == Pin::user;
    constexpr std::size_t longest = 32;
    if (digits.size() < (user ? 6U : 8U) || digits.size() > longest) return false;
    (user ? state.user_pin : state.admin_pin) = base::SecretBytes::copy_of(digits);
    (user ? state.user_tries : state.admin_tries) = tries_full;
    return true;
}

void SmartCard::reset(TokenState& state) {
    set_default_pins(state);
    state.aes_key = false;
    user_verified_ = false;
}

}  // namespace tokendeck::simulator
