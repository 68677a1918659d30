#include "cli/hardening.hpp"

#include <windows.h>

namespace tokendeck::cli {

void harden_process() {
    // No dialogue, and with it no memory dump, when the program crashes.
    (void)SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    (void)HeapSetInformation(nullptr, HeapEnableTerminationOnCorruption, nullptr, 0);
}

}  // namespace tokendeck::cli
