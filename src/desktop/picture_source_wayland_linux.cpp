#include "desktop/errors.hpp"
#include "desktop/picture_forms.hpp"
#include "desktop/picture_source_linux.hpp"
#include "desktop/pipe_linux.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

constexpr std::string_view tool = "wl-paste";

// The program's standard output, without a shell. Killed when it is silent for too long or this object dies.
class Said {
  public:
    explicit Said(std::vector<std::string> words) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
        output_ = ends[0];
        (void)::fcntl(output_, F_SETFL, O_NONBLOCK);
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        problem_ = ::posix_spawnp(&child_, arguments.front(), &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        (void)::close(ends[1]);
        if (problem_ != 0) child_ = -1;
    }
    ~Said() {
        (void)ended_well();
        if (output_ >= 0) (void)::close(output_);
    }
    Said(const Said&) = delete;
    Said& operator=(const Said&) = delete;

    [[nodiscard]] bool missing() const { return problem_ == ENOENT; }
    [[nodiscard]] bool started() const { return child_ > 0; }

    [[nodiscard]] Transferred all(const IsCancelled& is_cancelled) { return read_pipe(output_, is_cancelled); }

    // It has closed its output, or has to end now.
    bool ended_well() {
        if (child_ <= 0) return false;
        int status = 0;
        pid_t ended = 0;
        for (int i = 0; i < 10 && ended == 0; ++i) {
            ended = ::waitpid(child_, &status, WNOHANG);
            if (ended == 0) (void)::poll(nullptr, 0, 10);
        }
        if (ended == 0) {
            (void)::kill(child_, SIGKILL);
            ended = ::waitpid(child_, &status, 0);
        }
        const bool well = ended == child_ && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        child_ = -1;
        return well;
    }

  private:
    int output_ = -1;
    pid_t child_ = -1;
    int problem_ = EIO;
};

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string_view text_of(const base::SecretBytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.bytes().data()), bytes.size()};
}

}  // namespace

PictureOutcome wayland_clipboard_picture(const IsCancelled& is_cancelled) {
    base::Error error{errors::clipboard_unreadable};
    Said listing({std::string(tool), "--list-types"});
    if (listing.missing()) {
        error = {errors::clipboard_tool_missing};
        error.subject = tool;
        return error;
    }
    if (!listing.started()) return error;
    const auto listed = listing.all(is_cancelled);
    if (const auto* reason = std::get_if<NotTransferred>(&listed)) return why_no_picture(*reason);
    // With an empty clipboard it ends with a failure and an empty list.
    const auto form = wanted_form(lines_of(text_of(std::get<base::SecretBytes>(listed))));
    if (!form) return base::Error{errors::clipboard_no_picture};
    Said pasting({std::string(tool), "--no-newline", "--type", *form});
    if (!pasting.started()) return error;
    auto handed = pasting.all(is_cancelled);
    if (const auto* reason = std::get_if<NotTransferred>(&handed)) return why_no_picture(*reason);
    if (!pasting.ended_well()) return base::Error{errors::clipboard_unreadable};
    return picture_in(*form, std::move(handed));
}

}  // namespace tokendeck::desktop
