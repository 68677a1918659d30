// The end of the process, whatever its threads wait for: a USB transfer or a file may never answer, and a thread that
// waits in the operating system cannot be joined.
#pragma once

#include "base/clock.hpp"
#include "cli/options.hpp"

namespace tokendeck::cli {

// As long as a program that is asked to end may take for it. Less than the two seconds that are promised, for what
// the system itself needs.
inline constexpr base::Milliseconds end_limit{1'500};

// A window that stays open for a while gets a line on standard error that says why. A command's answer is all that it
// says: what hangs afterwards is no part of it.
enum class LateEnd { told, silent };

// From now on the process has that long to end by itself. If it has not, it ends with this exit code, without joining
// anything. What a thread that hangs still holds goes with the process's memory.
// Thread: main, once, when it begins to end the program. Main then takes back the clipboard, wipes what it holds and
// hands over what is to be kept before it joins the first thread.
void end_in_time(Exit exit, LateEnd late);

}  // namespace tokendeck::cli
