#include "cli/system.hpp"

#include <sys/utsname.h>

namespace tokendeck::cli {

std::string system_name() {
    utsname system{};
    if (uname(&system) != 0) return "an unknown system";
    return std::string(system.sysname) + " " + system.release + " " + system.machine;
}

}  // namespace tokendeck::cli
