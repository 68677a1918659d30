#include "app/single_instance.hpp"

namespace tokendeck::app {

// The system itself starts a bundle's program only once.
Claim claim_instance(const std::string&, base::Milliseconds) {
    return {};
}

std::string activation_token() {
    return {};
}

}  // namespace tokendeck::app
