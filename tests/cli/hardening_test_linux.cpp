#include "cli/hardening.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tokendeck;

// In a child, so that the other tests keep their debugger. Returns its exit code.
template <typename Action>
static int in_child(Action action) {
    const pid_t child = fork();
    if (child == 0) _exit(action());
    int status = -1;
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

TEST_CASE("A crash leaves no memory dump, and no other program of the user may look into the memory") {
    CHECK(in_child([] {
              cli::harden_process();
              rlimit limit{1, 1};
              (void)getrlimit(RLIMIT_CORE, &limit);
              return limit.rlim_cur == 0 && limit.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1;
          }) == 0);
}

TEST_CASE("Files that the program makes are the user's alone") {
    CHECK(in_child([] {
              cli::harden_process();
              return umask(0) == 0077 ? 0 : 1;
          }) == 0);
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// Reading freed memory is what an attacker does; the pointer is hidden from the compiler, which would rather not.
static int bytes_left_after_free(std::size_t size, bool by_realloc) {
    auto* block = static_cast<unsigned char*>(std::malloc(size));
    std::memset(block, 0xA7, size);
    volatile const unsigned char* volatile seen = block;
    if (by_realloc) {
        void* moved = std::realloc(block, size * 4);
        std::memset(moved, 0, size * 4);
        std::free(moved);
    } else {
        std::free(block);
    }
    int left = 0;
    for (std::size_t i = 0; i < size; ++i) left += seen[i] == 0xA7 ? 1 : 0;
    return left;
}

TEST_CASE("Freed memory does not keep what was in it, small blocks of the thread's cache included") {
    const auto size = GENERATE(as<std::size_t>{}, 24, 100, 600, 1000, 3000, 20000);
    INFO("block of " << size << " bytes");
    // Some of it holds the allocator's own bookkeeping, which may by chance have a byte of that value.
    CHECK(bytes_left_after_free(size, false) <= 2);
    CHECK(bytes_left_after_free(size, true) <= 2);
}

#endif
