// A lock-free single-producer single-consumer queue: one direction between two threads.
// `try_push` belongs to the producer's thread, the `pop`s to the consumer's. A push into a full mailbox leaves the
// message where it was and returns false: nothing is lost, the sender keeps it (main: in the outbox).
// Fixed capacity, reserved at construction: pushing never allocates and never waits.
#pragma once

#include "base/clock.hpp"
#include "base/doorbell.hpp"

#include <cstddef>
#include <optional>
#include <utility>

#include <readerwriterqueue/readerwriterqueue.h>

namespace tokendeck::base {

template <typename T>
class Mailbox {
  public:
    // `rung_by_push`: for a consumer that waits for several mailboxes at once.
    explicit Mailbox(std::size_t capacity = 63, Doorbell* rung_by_push = nullptr)
        : queue_(capacity), doorbell_(rung_by_push) {}
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    // Moves from `message` only if it returns true.
    [[nodiscard]] bool try_push(T&& message) {
        if (!queue_.try_enqueue(std::move(message))) return false;
        if (doorbell_ != nullptr) doorbell_->ring();
        return true;
    }

    // Not by peek() and pop(): peek() already shows a message whose push has not ended, which pop() then leaves in
    // the queue, moved from, to be delivered a second time.
    [[nodiscard]] std::optional<T> try_pop() {
        std::optional<T> message;
        T slot{};
        if (queue_.try_dequeue(slot)) message.emplace(std::move(slot));
        return message;
    }

    // Waits at most `timeout` for a message. For worker threads; main never calls it.
    [[nodiscard]] std::optional<T> pop_within(Microseconds timeout) {
        std::optional<T> message = try_pop();
        if (!message && timeout.count() > 0) {
            T slot{};
            if (queue_.wait_dequeue_timed(slot, timeout)) message.emplace(std::move(slot));
        }
        return message;
    }

    [[nodiscard]] Doorbell* doorbell() const { return doorbell_; }

  private:
    moodycamel::BlockingReaderWriterQueue<T> queue_;
    Doorbell* doorbell_;
};

}  // namespace tokendeck::base
