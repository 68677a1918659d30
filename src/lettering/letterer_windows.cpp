#include "lettering/lettering.hpp"

namespace tokendeck::lettering {

// DirectWrite does it here; that comes with the program for Windows.
std::unique_ptr<Letterer> system_letterer() {
    return nullptr;
}

}  // namespace tokendeck::lettering
