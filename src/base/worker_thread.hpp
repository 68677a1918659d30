// A thread of its own for what may take its time (disk, fonts, other programs): it sleeps until it is given a message
// and handles it. It begins with the first message.
// Thread: one thread makes it, gives it messages and destroys it; that thread never waits but in the destructor, which
// waits for the message that is being handled.
#pragma once

#include "base/doorbell.hpp"
#include "base/mailbox.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

namespace tokendeck::base {

enum class Handles : std::uint8_t {
    each,    // each message in turn; those that are not begun when the end comes are dropped
    newest,  // only the last of those that wait; one that was given before the end is handled
};

template <typename Message>
class WorkerThread {
  public:
    // `handle` is called on the thread; it must not throw. `capacity`: how many messages can wait.
    WorkerThread(Handles handles, std::size_t capacity, std::function<void(Message)> handle)
        : handles_(handles), handle_(std::move(handle)), messages_(capacity, &doorbell_) {}
    ~WorkerThread() {
        while (waiting()) {
            hand_over();
            if (waiting()) std::this_thread::yield();
        }
        ending_ = true;
        doorbell_.ring();
        if (thread_.joinable()) thread_.join();
    }
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;

    // False: there is no room, and `message` is left as it was.
    [[nodiscard]] bool try_give(Message&& message) {
        if (!messages_.try_push(std::move(message))) return false;
        if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
        return true;
    }

    // For Handles::newest. What finds no room is kept here until `hand_over` or until a newer one takes its place.
    void give(Message message) {
        waiting_ = std::move(message);
        hand_over();
    }
    // True while a message has not been handed over yet; `hand_over` has to be called again soon.
    [[nodiscard]] bool waiting() const { return waiting_.has_value(); }
    void hand_over() {
        if (waiting_ && try_give(std::move(*waiting_))) waiting_.reset();
    }

  private:
    void run() {
        while (true) {
            const std::uint32_t seen = doorbell_.rings();
            const bool ending = ending_;  // before looking, so that nothing given before the end is missed
            if (handles_ == Handles::each) handle_each();
            else handle_newest();
            if (ending) return;
            doorbell_.wait_for_change(seen);
        }
    }
    void handle_each() {
        while (!ending_) {
            auto message = messages_.try_pop();
            if (!message) return;
            handle_(std::move(*message));
        }
    }
    void handle_newest() {
        std::optional<Message> newest;
        while (auto message = messages_.try_pop()) newest = std::move(message);
        if (newest) handle_(std::move(*newest));
    }

    const Handles handles_;
    const std::function<void(Message)> handle_;
    std::optional<Message> waiting_{};
    Doorbell doorbell_{};
    Mailbox<Message> messages_;
    std::atomic<bool> ending_ = false;
    std::thread thread_{};  // last: it uses all of the above
};

}  // namespace tokendeck::base
