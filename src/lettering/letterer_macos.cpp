#include "lettering/lettering.hpp"

namespace tokendeck::lettering {

// Core Text does it here; that comes with the program for macOS.
std::unique_ptr<Letterer> system_letterer() {
    return nullptr;
}

}  // namespace tokendeck::lettering
