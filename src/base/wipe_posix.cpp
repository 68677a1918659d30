#if defined(__APPLE__)
#define __STDC_WANT_LIB_EXT1__ 1
#endif

#include "base/secret.hpp"

#include <string.h>
#include <strings.h>

namespace tokendeck::base {

void wipe(void* memory, std::size_t size) noexcept {
    if (size == 0) return;
#if defined(__APPLE__)
    memset_s(memory, size, 0, size);
#elif defined(__GLIBC__) || defined(__OpenBSD__) || defined(__FreeBSD__)
    explicit_bzero(memory, size);
#else
    auto* bytes = static_cast<volatile unsigned char*>(memory);
    while (size-- != 0) *bytes++ = 0;
#endif
}

}  // namespace tokendeck::base
