#include "cli/hardening.hpp"

#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace tokendeck::cli {

void harden_process() {
    const rlimit none{0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)umask(S_IRWXG | S_IRWXO);
#ifdef NDEBUG
    (void)ptrace(PT_DENY_ATTACH, 0, nullptr, 0);
#endif
}

}  // namespace tokendeck::cli
