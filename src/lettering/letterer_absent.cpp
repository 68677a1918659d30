#include "lettering/lettering.hpp"

namespace tokendeck::lettering {

// Core Text (macOS) and DirectWrite (Windows) can do it; that comes with the programs for those systems.
std::unique_ptr<Letterer> system_letterer() {
    return nullptr;
}

}  // namespace tokendeck::lettering
