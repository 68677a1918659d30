// Makes the process a poor place to steal secrets from. Both the window and the command line run behind it.
// Thread: main, first thing, before any other thread and before any secret exists.
#pragma once

namespace tokendeck::cli {

// No core dumps, no tracing by other programs of the same user, files private to the user.
// What a system does not offer is left out in silence: the program is as useful without.
// Linux: linking this in also replaces `free` and `realloc` for the whole process, so that memory is overwritten
// before anyone else gets it (see hardening_linux.cpp).
void harden_process();

}  // namespace tokendeck::cli
