#include "app/held_signals.hpp"

#include <atomic>

#include <windows.h>

namespace tokendeck::app::cli {
namespace {

std::atomic<bool> noted{false};

BOOL WINAPI note(DWORD kind) {
    if (kind != CTRL_C_EVENT && kind != CTRL_BREAK_EVENT) return FALSE;
    noted = true;
    return TRUE;
}

}  // namespace

struct HeldSignals::Parts {};

HeldSignals::HeldSignals() {
    noted = false;
    SetConsoleCtrlHandler(note, TRUE);
}

HeldSignals::~HeldSignals() {
    SetConsoleCtrlHandler(note, FALSE);
    if (noted) GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
}

int HeldSignals::descriptor() const {
    return -1;
}

}  // namespace tokendeck::app::cli
