// What another program writes into a pipe.
#pragma once

#include "desktop/transferred.hpp"

namespace tokendeck::desktop {

// To the end. `pipe`: its reading end, which does not block; stays open.
[[nodiscard]] Transferred read_pipe(int pipe, const IsCancelled& is_cancelled);

}  // namespace tokendeck::desktop
