#include "base/errors.hpp"
#include "base/random.hpp"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <bcrypt.h>

namespace tokendeck::base {

Result<void> SystemRandom::fill(std::span<std::uint8_t> bytes) {
    const NTSTATUS status =
        BCryptGenRandom(nullptr, bytes.data(), static_cast<ULONG>(bytes.size()), BCRYPT_USE_SYSTEM_PREFERRED_RNG);
    if (status != 0) return Error{errors::no_randomness};
    return {};
}

}  // namespace tokendeck::base
