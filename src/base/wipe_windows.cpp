#include "base/secret.hpp"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace tokendeck::base {

void wipe(void* memory, std::size_t size) noexcept {
    if (size != 0) SecureZeroMemory(memory, size);
}

}  // namespace tokendeck::base
