// What another program writes into a pipe.
#pragma once

#include "desktop/handed_over.hpp"

namespace tokendeck::desktop {

// To the end. `pipe`: its reading end, which does not block; stays open.
[[nodiscard]] HandedOver read_pipe(int pipe, const GivenUp& given_up);

}  // namespace tokendeck::desktop
