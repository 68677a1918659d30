// What another program writes into a pipe.
#pragma once

#include "app/handed_over.hpp"

namespace tokendeck::app {

// To the end. `pipe`: its reading end, which does not block; stays open.
[[nodiscard]] HandedOver read_pipe(int pipe, const GivenUp& given_up);

}  // namespace tokendeck::app
