#include "simulator/smart_card.hpp"

namespace tokendeck::simulator {

bool card_verify(TokenState& state, CardSession& session, CardPin pin, std::span<const std::uint8_t> digits) {
    const bool user = pin == CardPin::user;
    std::uint8_t& tries = user ? state.user_tries : state.admin_tries;
    if (digits.empty() || tries == 0) return false;
    const bool right = base::equal_in_constant_time(digits, user ? state.user_pin.bytes() : state.admin_pin.bytes());
    tries = right ? tries_full : static_cast<std::uint8_t>(tries - 1);
    (user ? session.user_verified : session.admin_verified) = right;
    return right;
}

bool card_set_pin(TokenState& state, CardPin pin, std::span<const std::uint8_t> digits) {
    const bool user = pin == CardPin::user;
    constexpr std::size_t longest = 32;
    if (digits.size() < (user ? 6U : 8U) || digits.size() > longest) return false;
    (user ? state.user_pin : state.admin_pin) = base::SecretBytes::copy_of(digits);
    (user ? state.user_tries : state.admin_tries) = tries_full;
    return true;
}

void card_reset(TokenState& state, CardSession& session) {
    set_default_pins(state);
    state.aes_key = false;
    session = {};
}

}  // namespace tokendeck::simulator
