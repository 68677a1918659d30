// The threads, mailboxes and sources, wired as the program wires them, with a simulated token and no window.
#include "engine/engine.hpp"

#include "support/catch.hpp"

#include "state/apply.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <random>
#include <thread>

using namespace tokendeck;

namespace {

struct Run {
    Run()
        : folder(std::filesystem::temp_directory_path() /
                 ("tokendeck-engine-" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directory(folder);
        state.settings.simulated_file = (folder / "pro.token").string();
        state::tick(state, clock.steady(), clock.unix_time());
    }
    ~Run() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    // Exchanges messages until `reached`; false if that does not come in half a minute.
    template <typename Reached>
    bool until(Reached reached) {
        const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (!reached()) {
            if (std::chrono::steady_clock::now() > limit) return false;
            state::tick(state, clock.steady(), clock.unix_time());
            if (!engine.exchange(state)) std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        return true;
    }

    std::filesystem::path folder;
    std::atomic<int> wakes = 0;
    base::SystemClock clock{};
    state::AppState state{};
    engine::Engine engine{engine::EngineOptions{.hidapi = false}, [this] { ++wakes; }};
};

}  // namespace

TEST_CASE("With no token about, the window is told so, and main is woken for it") {
    Run run;
    REQUIRE(run.until([&] { return run.state.looked_for_tokens; }));
    CHECK(run.state.tokens.empty());
    CHECK(run.until([&] { return run.wakes > 0; }));
}

TEST_CASE("One wish for a simulated token is enough to have it open with all its slots, and another to pull it") {
    Run run;
    state::apply(run.state, state::Intent{state::StartSimulated{}});
    REQUIRE(run.until([&] { return run.state.active.has_value(); }));
    CHECK(run.state.active->status.info.simulated);
    CHECK(run.state.active->slots.size() == 18);  // 3 HOTP and 15 TOTP places of a Pro
    state::apply(run.state, state::Intent{state::UnplugSimulated{}});
    CHECK(run.until([&] { return !run.state.active; }));
}

TEST_CASE("A second simulated token of the same model is another one, with a file of its own") {
    Run run;
    run.state.settings.simulated_file = (run.folder / "one.token").string();
    state::apply(run.state, state::Intent{state::StartSimulated{}});
    REQUIRE(run.until([&] { return run.state.active.has_value(); }));
    state::apply(run.state, state::Intent{state::StartSimulated{}});
    REQUIRE(run.until([&] { return run.state.tokens.size() == 2; }));
    CHECK_FALSE(run.state.notice);
    CHECK(run.state.tokens[0].key != run.state.tokens[1].key);
    CHECK(std::filesystem::exists(run.folder / "one-2.token"));
}

TEST_CASE("A file that is no picture comes back as an error and not as silence") {
    Run run;
    const std::string file = (run.folder / "none.png").string();
    state::apply(run.state, state::Intent{state::ReadFile{file}});
    REQUIRE(run.state.wizard);
    CHECK(run.until([&] {
        const auto* const input = run.state.wizard->in<state::InputStep>();
        return input != nullptr && input->error;
    }));
}

TEST_CASE("More commands than a mailbox holds all arrive") {
    Run run;
    for (channel::MessageId id = 1001; id <= 1200; ++id) run.state.outbox.device.push_back(channel::RefreshToken{id});
    CHECK(run.until([&] { return run.state.outbox.device.empty(); }));
}

TEST_CASE("The engine ends at once while it has work to do") {
    for (int i = 0; i < 20; ++i) {
        Run run;
        state::apply(run.state, state::Intent{state::StartSimulated{}});
        run.engine.exchange(run.state);
    }
    SUCCEED("all threads were joined");
}
