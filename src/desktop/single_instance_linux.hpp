// How the first start is found on Linux: its bus connection, which owns the program's name, or its lock and socket.
// Thread: main until it is handed to DesktopBus, then the desktop's.
#pragma once

#include "desktop/parts_linux.hpp"
#include "desktop/single_instance.hpp"

#include <string>

namespace tokendeck::desktop {

inline constexpr const char* program_name = "org.tokendeck.Tokendeck";
inline constexpr const char* program_path = "/org/tokendeck/Tokendeck";
inline constexpr const char* application_interface = "org.freedesktop.Application";
// What a start says when it asks whether there is a first (and then its activation token), and what the first answers.
inline constexpr std::string_view socket_question = "activate ";
inline constexpr std::string_view socket_answer = "here";
inline constexpr std::size_t activation_token_bytes_most = 256;

struct LinuxHold final : InstanceHold {
    LinuxHold() = default;
    ~LinuxHold() override;
    Bus bus{};
    int lock = -1;
    int socket = -1;  // datagrams, not waiting
    std::string socket_path{};
};

// What may be passed on of a token that came from outside: printable ASCII of bounded length; otherwise nothing.
[[nodiscard]] std::string plain_token(std::string_view token);
// Reads one question, and answers it; nothing if there is none.
[[nodiscard]] std::optional<std::string> answer_question(int socket);

}  // namespace tokendeck::desktop
