#include "cli/end_limit.hpp"
#include "support/catch.hpp"

#include <array>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

using namespace tokendeck;

namespace {

struct Ended {
    int exit_code = -1;
    std::string errors{};
};

}  // namespace

// A process that is asked to end and never does by itself.
static Ended end_while_hanging(cli::Exit exit, cli::LateEnd late) {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        cli::end_in_time(exit, late);
        for (;;) (void)pause();
    }
    close(ends[1]);
    Ended ended;
    std::array<char, 256> part{};
    for (ssize_t length = 0; (length = read(ends[0], part.data(), part.size())) > 0;)
        ended.errors.append(part.data(), static_cast<std::size_t>(length));
    close(ends[0]);
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
    return ended;
}

TEST_CASE("A process that hangs ends with its exit code, and only a window's says why") {
    const Ended window = end_while_hanging(cli::Exit::done, cli::LateEnd::told);
    CHECK(window.exit_code == static_cast<int>(cli::Exit::done));
    CHECK(window.errors.find("ended without waiting") != std::string::npos);

    const Ended command = end_while_hanging(cli::Exit::usage, cli::LateEnd::silent);
    CHECK(command.exit_code == static_cast<int>(cli::Exit::usage));
    CHECK(command.errors.empty());
}
