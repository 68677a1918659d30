#include "desktop/single_instance.hpp"

namespace tokendeck::desktop {

// The system itself starts a bundle's program only once.
Claim claim_instance(const std::string&, base::Milliseconds) {
    return {};
}

std::string activation_token() {
    return {};
}

}  // namespace tokendeck::desktop
