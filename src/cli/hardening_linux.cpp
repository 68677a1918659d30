#include "cli/hardening.hpp"

#include "base/secret.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <features.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace tokendeck::cli {

void harden_process() {
    const rlimit none{0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    (void)umask(S_IRWXG | S_IRWXO);
}

}  // namespace tokendeck::cli

// Freed memory is overwritten, whichever library frees it: Dear ImGui, GLFW and Xlib keep copies of what was typed and
// of what went to the clipboard, and we cannot reach all of them.
// mallopt(M_PERTURB) is not enough: glibc (2.26 and later) puts blocks of up to about 1 KiB into the thread's cache
// before it overwrites anything, and that cache can be switched off only from outside, before the program starts.
// The sanitizers bring their own allocator, and look after freed memory themselves.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

extern "C" {

void __libc_free(void* block);

void free(void* block) noexcept {
    if (block != nullptr) tokendeck::base::wipe(block, malloc_usable_size(block));
    __libc_free(block);
}

void* realloc(void* block, std::size_t size) noexcept {
    if (block == nullptr) return malloc(size);
    if (size == 0) {
        free(block);
        return nullptr;
    }
    const std::size_t old_size = malloc_usable_size(block);
    if (size <= old_size && size > old_size / 2) return block;
    void* moved = malloc(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, block, std::min(size, old_size));
    free(block);
    return moved;
}

}  // extern "C"

#endif
