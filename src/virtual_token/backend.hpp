// Which of the two libraries this code was loaded as; both are made of the same source.
#pragma once

#include "virtual_token/bus.hpp"

namespace tokendeck::virtual_token {

[[nodiscard]] Backend this_backend();

}  // namespace tokendeck::virtual_token
