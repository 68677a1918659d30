#include "desktop/single_instance.hpp"

namespace tokendeck::desktop {

// The system itself starts a bundle's program only once.
Claim claim_instance(base::Milliseconds) {
    return {};
}

}  // namespace tokendeck::desktop
