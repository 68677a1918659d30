// By xdg-open, which every desktop brings or understands.
#include "base/paths.hpp"
#include "desktop/errors.hpp"
#include "desktop/file_opener.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

constexpr base::Milliseconds look_interval{100};
constexpr base::Milliseconds look_time{5'000};

FileOpener::Failed failed(channel::MessageId id, const std::string& path) {
    FileOpener::Failed result{id, base::Error{errors::open_failed}};
    result.error.subject = base::last_name(path);
    return result;
}

}  // namespace

std::optional<FileOpener::Failed> FileOpener::open(channel::MessageId id, const std::string& path,
                                                   base::SteadyTime now) {
    std::string tool = "xdg-open";
    std::string argument = path;
    std::array<char*, 3> arguments{tool.data(), argument.data(), nullptr};
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
    if (problem != 0) return failed(id, path);
    started_.push_back({process, id, path, now + look_interval, now + look_time});
    return std::nullopt;
}

std::vector<FileOpener::Failed> FileOpener::turn(base::SteadyTime now) {
    std::vector<Failed> result;
    for (Started& one : started_) {
        int status = 0;
        const pid_t ended = ::waitpid(static_cast<pid_t>(one.process), &status, WNOHANG);
        one.look_at = now + look_interval;
        if (ended == 0) continue;
        const bool well = ended < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
        if (!well && now < one.look_until) result.push_back(failed(one.id, one.path));
        one.process = 0;
    }
    std::erase_if(started_, [](const Started& one) { return one.process == 0; });
    return result;
}

std::optional<base::SteadyTime> FileOpener::due() const {
    std::optional<base::SteadyTime> first;
    for (const Started& one : started_)
        if (one.look_at < one.look_until) first = first ? std::min(*first, one.look_at) : one.look_at;
    return first;
}

}  // namespace tokendeck::desktop
