// Descriptors 0 to 2 belong to standard input, output and error, also where whoever started the program closed them.
// Thread: main, before anything is opened.
#pragma once

namespace tokendeck::cli {

// Takes the places of those that are closed. Otherwise the next file opened, a token's state or a lock, would get the
// number of standard output, and a code printed would be written into it. Reading from such a place finds the end of
// the file; writing to it fails, so that what could not be printed is noticed. False: a place could not be taken, and
// the program must not go on.
[[nodiscard]] bool hold_standard_streams();

}  // namespace tokendeck::cli
