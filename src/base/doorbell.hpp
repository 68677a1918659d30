// Lets one thread sleep until any of several mailboxes has news. A Mailbox made with a doorbell rings it after each
// push; the consumer's thread waits on the doorbell instead of on one mailbox.
// A ring is never lost: remember `rings()`, look into all mailboxes, then wait for a change of what was remembered.
// Thread: `ring` any, never blocks; `wait_for_change` the consumer's only. Must outlive the mailboxes that ring it.
#pragma once

#include <atomic>
#include <cstdint>

namespace tokendeck::base {

class Doorbell {
  public:
    Doorbell() = default;
    Doorbell(const Doorbell&) = delete;
    Doorbell& operator=(const Doorbell&) = delete;

    void ring() noexcept {
        rings_.fetch_add(1, std::memory_order_release);
        rings_.notify_one();
    }

    // How often it was rung, modulo 2^32.
    [[nodiscard]] std::uint32_t rings() const noexcept { return rings_.load(std::memory_order_acquire); }

    // Sleeps until `rings()` is no longer `seen`; returns at once if it is not already.
    void wait_for_change(std::uint32_t seen) const noexcept { rings_.wait(seen, std::memory_order_acquire); }

  private:
    std::atomic<std::uint32_t> rings_{0};
};

}  // namespace tokendeck::base
