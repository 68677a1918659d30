// How the first start is found on Linux: its bus connection, which owns the program's name, or its lock and socket.
// Thread: main until it is handed to DesktopBus, then the desktop's.
#pragma once

#include "desktop/parts_linux.hpp"
#include "desktop/single_instance.hpp"

#include <string>
#include <string_view>

namespace tokendeck::desktop {

inline constexpr const char* program_name = "org.tokendeck.Tokendeck";
inline constexpr const char* program_path = "/org/tokendeck/Tokendeck";
inline constexpr const char* application_interface = "org.freedesktop.Application";
// What a start says when it asks whether there is a first, and what the first answers.
inline constexpr std::string_view socket_question = "activate";
inline constexpr std::string_view socket_answer = "here";

struct LinuxHold final : InstanceHold {
    LinuxHold() = default;
    ~LinuxHold() override;
    Bus bus{};
    int lock = -1;
    int socket = -1;  // datagrams, not waiting
    std::string socket_path{};
};

// Reads one question, and answers it; false if there is none.
[[nodiscard]] bool answer_question(int socket);

}  // namespace tokendeck::desktop
