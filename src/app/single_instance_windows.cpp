#include "app/single_instance.hpp"

namespace tokendeck::app {

// Absent: each start is a first one.
Claim claim_instance(const std::string&, base::Milliseconds) {
    return {};
}

std::string activation_token() {
    return {};
}

}  // namespace tokendeck::app
