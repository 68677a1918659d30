#include "cli/standard_streams.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace tokendeck::cli {

bool hold_standard_streams() {
    for (int place = STDIN_FILENO; place <= STDERR_FILENO; ++place) {
        if (::fcntl(place, F_GETFD) != -1 || errno != EBADF) continue;
        // The lowest free number is given, which is this one. Opened for reading only, so that writing is an error.
        if (::open("/dev/null", O_RDONLY) != place) return false;
    }
    return true;
}

}  // namespace tokendeck::cli
