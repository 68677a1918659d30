// What the state itself refuses, without asking a thread.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::state::errors {

// A picture was dropped while the token is being written to.
inline constexpr base::ErrorCode writing_now{"state.writing-now"};
inline constexpr base::ErrorCode account_waiting{"state.account-waiting"};  // subject: its name
// The token that was reviewed is no longer the active one.
inline constexpr base::ErrorCode token_changed{"state.token-changed"};

inline constexpr std::array all{writing_now, token_changed, account_waiting};

}  // namespace tokendeck::state::errors
