#include "app/held_signals.hpp"

#include <atomic>

#include <windows.h>

namespace tokendeck::app::cli {
namespace {

std::atomic<bool> was_noted{false};

BOOL WINAPI note(DWORD kind) {
    if (kind != CTRL_C_EVENT && kind != CTRL_BREAK_EVENT) return FALSE;
    was_noted = true;
    return TRUE;
}

}  // namespace

struct HeldSignals::Parts {};

HeldSignals::HeldSignals() {
    was_noted = false;
    SetConsoleCtrlHandler(note, TRUE);
}

HeldSignals::~HeldSignals() {
    SetConsoleCtrlHandler(note, FALSE);
    if (was_noted) GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
}

int HeldSignals::descriptor() const {
    return -1;
}

bool HeldSignals::noted() const {
    return was_noted;
}

}  // namespace tokendeck::app::cli
