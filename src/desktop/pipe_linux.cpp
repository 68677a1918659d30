#include "desktop/pipe_linux.hpp"

#include "qr/decode.hpp"

#include <cerrno>
#include <cstddef>
#include <utility>
#include <vector>

#include <poll.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_interval{50};

}  // namespace

Transferred read_pipe(int pipe, const IsCancelled& is_cancelled) {
    std::vector<base::SecretBytes> parts;
    std::size_t size = 0;
    auto deadline = Steady::now() + silence_limit;
    while (true) {
        base::SecretBytes part(std::size_t{64} * 1024);
        const ssize_t got = ::read(pipe, part.bytes().data(), part.size());
        if (got == 0) return joined(parts);
        if (got > 0) {
            part.shrink(static_cast<std::size_t>(got));
            size += part.size();
            if (size > qr::file_bytes_max) return NotTransferred::too_large;
            parts.push_back(std::move(part));
            deadline = Steady::now() + silence_limit;
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN) return NotTransferred::unreadable;
        if (is_cancelled() || Steady::now() >= deadline) return NotTransferred::no_answer;
        pollfd line{pipe, POLLIN, 0};
        (void)::poll(&line, 1, static_cast<int>(look_interval.count()));
    }
}

}  // namespace tokendeck::desktop
