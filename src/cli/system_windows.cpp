#include "cli/system.hpp"

namespace tokendeck::cli {

std::string system_name() {
    return "Windows";
}

}  // namespace tokendeck::cli
