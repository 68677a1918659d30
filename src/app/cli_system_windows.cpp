#include "app/cli_system.hpp"

namespace tokendeck::app::cli {

std::string system_name() {
    return "Windows";
}

}  // namespace tokendeck::app::cli
