// The thread that reads pictures, understands texts, lists folders and computes expected codes.
#pragma once

#include "base/mailbox.hpp"
#include "channel/crypto_messages.hpp"

#include <atomic>
#include <functional>
#include <thread>

namespace tokendeck::crypto {

// `requests` come from main and are answered in `replies`; `questions` come from the device thread and are answered in
// `answers`, before any waiting request. Each ends in exactly one answer with its id; what is left over when the object
// is destroyed is wiped unanswered.
// Both incoming mailboxes must have been made with the same doorbell: `base::Mailbox<…> requests{63, &bell}`. The
// thread sleeps on it: it uses no processor time while there is nothing to do.
// Thread: created and destroyed by main. The mailboxes, the doorbell and what `wake_main` uses must outlive it.
class CryptoThread {
  public:
    // `wake_main` is called on this thread after each message in `replies`.
    CryptoThread(base::Mailbox<channel::CryptoRequest>& requests, base::Mailbox<channel::CryptoReply>& replies,
                 base::Mailbox<channel::CodeQuestion>& questions, base::Mailbox<channel::CodeAnswer>& answers,
                 std::function<void()> wake_main);
    ~CryptoThread() { stop(); }
    CryptoThread(const CryptoThread&) = delete;
    CryptoThread& operator=(const CryptoThread&) = delete;

    // Returns when the thread has ended: at once when it is idle, else after the request it is at. May be called twice.
    void stop();

  private:
    void run();
    // Answers what is in the mailboxes. True if there was anything.
    bool serve();
    [[nodiscard]] bool stopping() const { return stopping_.load(std::memory_order_acquire); }

    base::Mailbox<channel::CryptoRequest>& requests_;
    base::Mailbox<channel::CryptoReply>& replies_;
    base::Mailbox<channel::CodeQuestion>& questions_;
    base::Mailbox<channel::CodeAnswer>& answers_;
    std::function<void()> wake_main_;
    base::Doorbell& doorbell_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;  // last: it uses all of the above
};

// The reply to one request, computed on the calling thread. For the command line and for tests. Nothing for no request.
[[nodiscard]] channel::CryptoReply reply_to(channel::CryptoRequest request);
[[nodiscard]] channel::CodeAnswer answer_to(channel::CodeQuestion question);

}  // namespace tokendeck::crypto
