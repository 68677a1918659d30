#include "desktop/single_instance.hpp"

namespace tokendeck::desktop {

// Absent: each start is a first one.
Claim claim_instance(const std::string&, base::Milliseconds) {
    return {};
}

std::string activation_token() {
    return {};
}

}  // namespace tokendeck::desktop
