// Talking with the workers one question at a time, as the command line does: send, sleep until the answer, with a
// limit. Thread: main.
#pragma once

#include "base/clock.hpp"
#include "cli/failure.hpp"
#include "engine/engine.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tokendeck::cli {

class Conversation {
  public:
    // The workers start with the first question: a command that is refused before it starts none.
    explicit Conversation(engine::EngineOptions options) : options_(std::move(options)) {}

    // Sends the command and waits for the `Terminal` event with its id, or the failure that came instead. What has to
    // be cleaned up elsewhere after a failure (a secret that comes back) is wiped here.
    template <typename Terminal, typename Command>
    [[nodiscard]] ResultInWords<Terminal> ask(Command command, base::Milliseconds limit) {
        command.id = ++last_id_;
        auto event = exchange(channel::DeviceCommand(std::move(command)), limit);
        if (!event) return event.failure();
        if (auto* terminal = std::get_if<Terminal>(&event.value())) return std::move(*terminal);
        return unexpected();
    }
    // The same with a command that has an id already; a CommandFailed is an answer like any other.
    [[nodiscard]] ResultInWords<channel::DeviceEvent> send(channel::DeviceCommand command, base::Milliseconds limit);
    // The accounts in a picture or a text; the request has an id already. `file`: what it is read from, as it was
    // typed; empty: from none.
    [[nodiscard]] ResultInWords<channel::AccountsRead> read(channel::CryptoRequest request, base::Milliseconds limit,
                                                            const std::string& file);

    // Waits until the workers have looked for tokens, and with `simulated` until a simulated one is among them.
    [[nodiscard]] ResultInWords<std::vector<channel::TokenInfo>> tokens(bool simulated, base::Milliseconds limit);

    // What was exchanged with tokens so far, for the report.
    [[nodiscard]] const std::vector<channel::ExchangeRecord>& exchanges() const { return exchanges_; }

    // Asked again and again while something is waited for. True: the person wants an end, so a device thread that hangs
    // is waited for no longer than `hanging_limit`, whatever the question's own limit.
    static constexpr base::Milliseconds hanging_limit{1'500};
    void watch_for_end(std::function<bool()> end_wanted) { end_wanted_ = std::move(end_wanted); }

    // Sent once when an end is wanted, so that what is under way ends by itself.
    void cancel_with(std::function<channel::DeviceCommand(channel::MessageId)> cancel) { cancel_ = std::move(cancel); }
    // Hears of the steps of a check.
    void watch_check(std::function<void(const channel::CheckedStep&)> watch) { watch_check_ = std::move(watch); }

    // A limit was reached: a worker may hang, and joining it as well.
    [[nodiscard]] bool stuck() const { return stuck_; }

  private:
    [[nodiscard]] ResultInWords<channel::DeviceEvent> exchange(channel::DeviceCommand command,
                                                               base::Milliseconds limit);
    template <typename Done>
    [[nodiscard]] bool wait(base::Milliseconds limit, Done done);
    [[nodiscard]] engine::Engine& engine();
    void note_news(channel::DeviceEvent& event);
    [[nodiscard]] Failure timed_out();
    [[nodiscard]] static Failure unexpected();

    std::mutex mutex_;
    std::condition_variable woken_;
    bool news_ = false;  // under mutex_
    std::optional<std::vector<channel::TokenInfo>> tokens_;
    std::vector<channel::ExchangeRecord> exchanges_;
    channel::MessageId last_id_ = 0;
    bool stuck_ = false;
    std::function<bool()> end_wanted_;
    std::function<channel::DeviceCommand(channel::MessageId)> cancel_;
    std::function<void(const channel::CheckedStep&)> watch_check_;
    engine::EngineOptions options_;
    std::optional<engine::Engine> engine_;  // last: its threads call what stands above, and end first
};

// The words for a command that failed, with the tries that are left and what is known of the slot.
[[nodiscard]] Failure failure_of(const channel::CommandFailed& failed);

}  // namespace tokendeck::cli
