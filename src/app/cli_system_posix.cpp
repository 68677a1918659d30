#include "app/cli_system.hpp"

#include <sys/utsname.h>

namespace tokendeck::app::cli {

std::string system_name() {
    utsname system{};
    if (uname(&system) != 0) return "an unknown system";
    return std::string(system.sysname) + " " + system.release + " " + system.machine;
}

}  // namespace tokendeck::app::cli
