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

// A text that is spread over several QR codes, of which not all were read. Actual: how many were; limit: of how many.
inline constexpr base::ErrorCode code_in_parts{"state.code-in-parts"};
// All parts of such a text were read, but they do not make it up.
inline constexpr base::ErrorCode code_parts_differ{"state.code-parts-differ"};

inline constexpr std::array all{writing_now, token_changed, account_waiting, code_in_parts, code_parts_differ};

}  // namespace tokendeck::state::errors
