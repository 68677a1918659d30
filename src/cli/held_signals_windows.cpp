#include "cli/held_signals.hpp"

#include <atomic>
#include <cstring>

#include <windows.h>

namespace tokendeck::cli {
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

namespace {

const char* last_words = nullptr;

BOOL WINAPI say(DWORD) {
    DWORD written = 0;
    WriteFile(GetStdHandle(STD_ERROR_HANDLE), last_words, static_cast<DWORD>(std::strlen(last_words)), &written,
              nullptr);
    return FALSE;  // and it takes its course
}

}  // namespace

struct LastWords::Parts {};

LastWords::LastWords(const char* text) {
    last_words = text;
    SetConsoleCtrlHandler(say, TRUE);
}

LastWords::~LastWords() {
    SetConsoleCtrlHandler(say, FALSE);
}

}  // namespace tokendeck::cli
