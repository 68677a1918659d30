#include "desktop/single_instance.hpp"

namespace tokendeck::desktop {

// Each start is a first one. (macOS itself starts a bundle's program only once.)
Claim claim_instance(base::Milliseconds) {
    return {};
}

}  // namespace tokendeck::desktop
