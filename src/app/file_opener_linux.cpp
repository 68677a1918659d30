// By xdg-open, which every desktop brings or understands.
#include "app/file_opener.hpp"
#include "base/paths.hpp"
#include "desktop/errors.hpp"
#include "state/apply.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tokendeck::app {

namespace {

constexpr base::Milliseconds look_interval{100};
constexpr base::Milliseconds look_time{5'000};

void tell_failed(state::AppState& state, channel::MessageId id, const std::string& path) {
    base::Error error{desktop::errors::open_failed};
    error.subject = base::last_name(path);
    state::apply(state, state::Intent{state::SheetHandedOver{id, std::move(error)}});
}

}  // namespace

void FileOpener::open(state::AppState& state, const state::OpenFile& file) {
    std::string tool = "xdg-open";
    std::string path = file.path;
    std::array<char*, 3> arguments{tool.data(), path.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);  // it outlives this program's terminal
    pid_t process = 0;
    const int problem = ::posix_spawnp(&process, tool.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (problem != 0) return tell_failed(state, file.id, file.path);
    started_.push_back({process, file.id, file.path, state.now + look_interval, state.now + look_time});
}

bool FileOpener::turn(state::AppState& state) {
    bool news = false;
    for (Started& one : started_) {
        int status = 0;
        const pid_t ended = ::waitpid(static_cast<pid_t>(one.process), &status, WNOHANG);
        one.look_at = state.now + look_interval;
        if (ended == 0) continue;
        const bool well = ended < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
        if (!well && state.now < one.look_until) {
            tell_failed(state, one.id, one.path);
            news = true;
        }
        one.process = 0;
    }
    std::erase_if(started_, [](const Started& one) { return one.process == 0; });
    return news;
}

std::optional<base::SteadyTime> FileOpener::due() const {
    std::optional<base::SteadyTime> first;
    for (const Started& one : started_)
        if (one.look_at < one.look_until) first = first ? std::min(*first, one.look_at) : one.look_at;
    return first;
}

}  // namespace tokendeck::app
