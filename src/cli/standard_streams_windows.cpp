#include "cli/standard_streams.hpp"

namespace tokendeck::cli {

// Here a file gets a handle, never the number of a standard stream.
bool hold_standard_streams() {
    return true;
}

}  // namespace tokendeck::cli
