// The errors that only `simulator` returns. What a token's user can meet too is in wire/transport.hpp.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::simulator::errors {

// A line of the control file is not one of those known. subject: the file; position: its line.
inline constexpr base::ErrorCode control_unreadable{"simulator.control-unreadable"};

inline constexpr std::array all{control_unreadable};

}  // namespace tokendeck::simulator::errors
