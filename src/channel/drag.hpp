// Thread: any.
#pragma once

#include <cstdint>

namespace tokendeck::channel {

// What is dragged over the window.
enum class Drag : std::uint8_t {
    none,
    takeable,   // let go of it may become an account
    unusable,   // it cannot, or not now
    receiving,  // let go of; the other program is handing it over
};

}  // namespace tokendeck::channel
