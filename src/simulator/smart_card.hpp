// The OpenPGP card inside a simulated token: PINs, retry counters, the verified session.
// Source: protocol page, sections 4.4 and 7.5.
#pragma once

#include "simulator/token_state.hpp"

#include <span>

namespace tokendeck::simulator {

// Works on the state it is given; whoever calls it saves that. The session is volatile: one object is one power-on.
class SmartCard {
  public:
    enum class Pin : std::uint8_t { user, admin };

    // An empty PIN asks the card for its state and costs nothing; it is answered as wrong.
    [[nodiscard]] bool verify(TokenState& state, Pin pin, std::span<const std::uint8_t> digits);
    // False if the new PIN is too short (user 6, admin 8) or too long for the card (32). Fills the counter.
    [[nodiscard]] bool set_pin(TokenState& state, Pin pin, std::span<const std::uint8_t> digits);
    // Keys, PINs and counters as delivered.
    void reset(TokenState& state);

    [[nodiscard]] bool user_verified() const { return user_verified_; }

  private:
    bool user_verified_ = false;
};

}  // namespace tokendeck::simulator
