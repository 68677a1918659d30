#include "cli/pin_prompt.hpp"

#include <cstdlib>
#include <cstring>
#include <string>

#include <windows.h>

namespace tokendeck::cli {
namespace {

class Console {
  public:
    explicit Console(const wchar_t* name)
        : handle_(CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                              OPEN_EXISTING, 0, nullptr)) {}
    ~Console() {
        if (valid()) CloseHandle(handle_);
    }
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;
    [[nodiscard]] bool valid() const { return handle_ != INVALID_HANDLE_VALUE; }
    [[nodiscard]] HANDLE get() const { return handle_; }

  private:
    HANDLE handle_;
};

void say(const Console& console, std::string_view utf8) {
    const int size = static_cast<int>(utf8.size());
    std::wstring wide(utf8.size(), L'\0');
    const int count = MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, wide.data(), size);
    DWORD written = 0;
    if (count > 0) WriteConsoleW(console.get(), wide.data(), static_cast<DWORD>(count), &written, nullptr);
}

}  // namespace

bool terminal_available() {
    return Console(L"CONIN$").valid();
}

bool input_is_terminal() {
    DWORD mode = 0;
    return GetConsoleMode(GetStdHandle(STD_INPUT_HANDLE), &mode) != 0;
}

namespace {

std::optional<base::SecretText> ask(std::string_view prompt, bool shown) {
    const Console in(L"CONIN$"), out(L"CONOUT$");
    DWORD before = 0;
    if (!in.valid() || !out.valid() || !GetConsoleMode(in.get(), &before)) return std::nullopt;
    FlushConsoleInputBuffer(in.get());
    const DWORD lines = before | ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT;
    if (!SetConsoleMode(in.get(), shown ? lines | ENABLE_ECHO_INPUT : lines & ~DWORD{ENABLE_ECHO_INPUT}))
        return std::nullopt;
    say(out, prompt);
    constexpr int typed_most = 4096;  // an otpauth link can be long
    wchar_t typed[typed_most];
    DWORD count = 0;
    const bool read = ReadConsoleW(in.get(), typed, typed_most, &count, nullptr) != 0;
    SetConsoleMode(in.get(), before);
    if (!shown) say(out, "\r\n");

    std::optional<base::SecretText> line;
    if (read && count > 0 && typed[count - 1] == L'\n') {
        while (count > 0 && (typed[count - 1] == L'\n' || typed[count - 1] == L'\r')) --count;
        char utf8[typed_most * 3];
        const int size = count == 0 ? 0
                                    : WideCharToMultiByte(CP_UTF8, 0, typed, static_cast<int>(count), utf8,
                                                          static_cast<int>(sizeof utf8), nullptr, nullptr);
        line = base::SecretText::copy_of({utf8, static_cast<std::size_t>(size)});
        base::wipe(utf8, sizeof utf8);
    }
    base::wipe(typed, sizeof typed);
    return line;
}

}  // namespace

std::optional<base::SecretText> ask_secret(std::string_view prompt) {
    return ask(prompt, false);
}

std::optional<std::string> ask_line(std::string_view prompt) {
    const auto line = ask(prompt, true);
    if (!line) return std::nullopt;
    return std::string(line->view());
}

void tell_terminal(std::string_view text) {
    const Console out(L"CONOUT$");
    if (out.valid()) say(out, text);
}

std::optional<base::SecretText> take_from_environment(const char* variable) {
    char* value = std::getenv(variable);
    if (value == nullptr) return std::nullopt;
    base::SecretText taken = base::SecretText::copy_of(value);
    base::wipe(value, std::strlen(value));
    _putenv_s(variable, "");
    return taken;
}

void ignore_broken_pipes() {}

}  // namespace tokendeck::cli
