// The OpenPGP card inside a simulated token: PINs, retry counters, the verified session.
// Source: docs/protocol/pro-storage.md, sections 4.4 and 7.5. Works on the state it is given; whoever calls it saves
// that.
#pragma once

#include "simulator/power_state.hpp"
#include "simulator/token_state.hpp"

#include <span>

namespace tokendeck::simulator {

enum class CardPin : std::uint8_t { user, admin };

// An empty PIN asks the card for its state and costs nothing; it is answered as wrong.
[[nodiscard]] bool card_verify(TokenState& state, CardSession& session, CardPin pin,
                               std::span<const std::uint8_t> digits);
// False if the new PIN is too short (user 6, admin 8) or too long for the card (32). Fills the counter.
[[nodiscard]] bool card_set_pin(TokenState& state, CardPin pin, std::span<const std::uint8_t> digits);
// Keys, PINs and counters as delivered.
void card_reset(TokenState& state, CardSession& session);

}  // namespace tokendeck::simulator
