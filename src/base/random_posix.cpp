#include "base/errors.hpp"
#include "base/random.hpp"

#include <unistd.h>
#include <algorithm>

#if defined(__APPLE__)
#include <sys/random.h>
#endif

namespace tokendeck::base {

Result<void> SystemRandom::fill(std::span<std::uint8_t> bytes) {
    constexpr std::size_t most_at_once = 256;  // getentropy(3)
    while (!bytes.empty()) {
        const std::size_t n = std::min(bytes.size(), most_at_once);
        if (getentropy(bytes.data(), n) != 0) return Error{errors::no_randomness};
        bytes = bytes.subspan(n);
    }
    return {};
}

}  // namespace tokendeck::base
