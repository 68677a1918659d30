// Randomness, passed in. The real one is the operating system's; there is no fallback.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <span>

namespace tokendeck::base {

class Random {
  public:
    virtual ~Random() = default;
    // Fills all of `bytes`, or errors::no_randomness and the content is unspecified.
    [[nodiscard]] virtual Result<void> fill(std::span<std::uint8_t> bytes) = 0;
};

// getrandom(2), arc4random, BCryptGenRandom. Thread: any.
class SystemRandom final : public Random {
  public:
    [[nodiscard]] Result<void> fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace tokendeck::base
