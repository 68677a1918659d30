#include "cli/end_limit.hpp"

#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <thread>

namespace tokendeck::cli {

void end_in_time(Exit exit, LateEnd late) {
    try {
        std::thread([exit, late] {
            std::this_thread::sleep_for(end_limit);
            if (late == LateEnd::told)
                (void)std::fputs(
                    "tokendeck: a token, a file or the desktop does not answer; ended without waiting for it.\n",
                    stderr);
            std::_Exit(static_cast<int>(exit));
        }).detach();
    } catch (const std::system_error&) {
        // No thread is left to watch. What hangs is waited for, as every other end of a thread is.
    }
}

}  // namespace tokendeck::cli
