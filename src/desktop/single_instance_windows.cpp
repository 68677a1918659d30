#include "desktop/single_instance.hpp"

namespace tokendeck::desktop {

// Absent: each start is a first one.
Claim claim_instance(base::Milliseconds) {
    return {};
}

}  // namespace tokendeck::desktop
