// The thread that handles messages: what is handled, and what the end leaves out.
#include "base/worker_thread.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

using namespace tokendeck::base;

TEST_CASE("Without a message the thread never begins, and its end waits for nothing", "[threads]") {
    int handled = 0;
    {
        WorkerThread<int> worker(Handles::each, 3, [&](int) { ++handled; });
    }
    {
        WorkerThread<int> worker(Handles::newest, 3, [&](int) { ++handled; });
    }
    CHECK(handled == 0);
}

TEST_CASE("Each message is handled in turn, on the worker's thread", "[threads]") {
    std::vector<int> handled;
    std::promise<std::thread::id> last;
    WorkerThread<int> worker(Handles::each, 100, [&](int message) {
        handled.push_back(message);
        if (message == 50) last.set_value(std::this_thread::get_id());
    });
    std::vector<int> given;
    for (int i = 1; i <= 50; ++i) {
        given.push_back(i);
        REQUIRE(worker.try_give(int{i}));
    }
    CHECK(last.get_future().get() != std::this_thread::get_id());
    CHECK(handled == given);
}

TEST_CASE("The end waits for the message that is being handled, and for no more than are there", "[threads]") {
    std::vector<int> handled;
    std::promise<void> begun;
    {
        WorkerThread<int> worker(Handles::each, 100, [&](int message) {
            if (message == 0) begun.set_value();
            handled.push_back(message);
        });
        for (int i = 0; i < 100; ++i) REQUIRE(worker.try_give(int{i}));
        begun.get_future().wait();
    }
    REQUIRE_FALSE(handled.empty());
    CHECK(handled.size() == static_cast<std::size_t>(handled.back()) + 1);  // none left out before one that was handled
}

TEST_CASE("Only the newest is handled, and the last one before the end always is", "[threads]") {
    std::vector<int> handled;
    {
        WorkerThread<int> worker(Handles::newest, 3, [&](int message) { handled.push_back(message); });
        for (int i = 1; i <= 1000; ++i) worker.give(i);
    }
    REQUIRE_FALSE(handled.empty());
    CHECK(handled.back() == 1000);
    CHECK(std::is_sorted(handled.begin(), handled.end()));
}

TEST_CASE("A message that finds no room is left with who gave it", "[threads]") {
    std::promise<void> begun, go_on;
    bool first = true;
    WorkerThread<std::unique_ptr<int>> worker(Handles::each, 1, [&](const std::unique_ptr<int>&) {
        if (!std::exchange(first, false)) return;
        begun.set_value();
        go_on.get_future().wait();
    });
    REQUIRE(worker.try_give(std::make_unique<int>(0)));
    begun.get_future().wait();
    auto message = std::make_unique<int>(1);
    while (worker.try_give(std::move(message))) message = std::make_unique<int>(1);
    CHECK(message != nullptr);
    go_on.set_value();
}
