// The device thread with real threads, mailboxes and clocks, the crypto thread, and simulated tokens.
#pragma once

#include "crypto/crypto_thread.hpp"
#include "device/bench.hpp"
#include "device/device_thread.hpp"

#include <map>
#include <stdexcept>

namespace tokendeck::device::test {

using channel::CommandFailed;
using channel::DeviceEvent;

// The id a terminal event ends; nothing for news and progress.
inline std::optional<channel::MessageId> ends(const DeviceEvent& event) {
    return std::visit(
        [](const auto& e) -> std::optional<channel::MessageId> {
            using Event = std::decay_t<decltype(e)>;
            if constexpr (std::is_same_v<Event, channel::WriteProgress> ||
                          std::is_same_v<Event, channel::CheckProgress>)
                return std::nullopt;
            else if constexpr (requires { e.id; }) return e.id;
            else return std::nullopt;
        },
        event);
}

// Made-up tokens of other kinds, and a source that misbehaves.
struct OddSource final : wire::TransportSource {
    std::vector<wire::Sighting> look() override {
        if (throws_in_look) throw std::runtime_error("look");
        return sightings;
    }
    base::Result<std::unique_ptr<wire::Transport>> open(const wire::Sighting&) override {
        throw std::runtime_error("open");
    }
    std::vector<wire::Sighting> sightings{};
    std::atomic<bool> throws_in_look{false};
};

struct Machine {
    explicit Machine(std::size_t event_capacity = 255, bool with_crypto = true) : events(event_capacity) {
        if (with_crypto)
            crypto_thread =
                std::make_unique<crypto::CryptoThread>(requests, replies, questions, answers, std::function<void()>{});
    }

    void start(std::vector<wire::TransportSource*> more = {}) {
        std::vector<wire::TransportSource*> sources{&simulated};
        sources.insert(sources.end(), more.begin(), more.end());
        thread = std::make_unique<DeviceThread>(DeviceThreadParts{commands, events, questions, answers, clock, random,
                                                                  std::move(sources), &simulated, [] {}});
    }

    void plug() {
        auto state = simulator::new_pro(random);
        REQUIRE(state.ok());
        simulated.attach_in_memory(std::move(state.value()));
    }

    template <typename Command>
    channel::MessageId send(Command command) {
        command.id = ++last_id;
        channel::DeviceCommand message(std::move(command));
        while (!commands.try_push(std::move(message))) clock.sleep(base::Milliseconds{1});
        return last_id;
    }

    // The next event; the test fails when none comes in half a minute.
    DeviceEvent next() {
        auto event = events.pop_within(base::Milliseconds{30'000});
        REQUIRE(event.has_value());
        if (const auto id = ends(*event)) ++terminal_events[*id];
        order.push_back(event->index());
        return std::move(*event);
    }

    template <typename Event>
    Event wait() {
        for (;;) {
            DeviceEvent event = next();
            if (auto* wanted = std::get_if<Event>(&event)) return std::move(*wanted);
        }
    }

    DeviceEvent wait_for_end(channel::MessageId id) {
        for (;;) {
            DeviceEvent event = next();
            if (ends(event) == id) return event;
        }
    }

    void drain() {
        while (auto event = events.try_pop())
            if (const auto id = ends(*event)) ++terminal_events[*id];
    }

    // Plugged in, seen, open.
    channel::TokenOpened open() {
        for (;;) {
            const auto seen = wait<channel::TokensSeen>();
            if (seen.tokens.empty()) continue;
            send(channel::OpenToken{0, seen.tokens.front().key});
            auto opened = wait<channel::TokenOpened>();
            key = opened.status.info.key;
            return opened;
        }
    }

    channel::WriteSlot write_to(otp::NumberedSlot slot) {
        auto command = write_command(slot, "name", rfc_secret, 6, 30);
        command.token = key;
        return command;
    }

    base::Error failure_of(channel::MessageId id) {
        auto event = wait_for_end(id);
        REQUIRE(std::holds_alternative<CommandFailed>(event));
        last_failure = std::move(std::get<CommandFailed>(event));
        return last_failure.error;
    }

    base::SystemClock clock{};
    base::SystemRandom random{};
    simulator::SimulatedSource simulated{clock, random};
    base::Doorbell bell{};
    base::Mailbox<channel::CryptoRequest> requests{63, &bell};
    base::Mailbox<channel::CryptoReply> replies{63};
    base::Mailbox<channel::CodeQuestion> questions{63, &bell};
    base::Mailbox<channel::CodeAnswer> answers{63};
    base::Mailbox<channel::DeviceCommand> commands{63};
    base::Mailbox<channel::DeviceEvent> events;
    std::unique_ptr<crypto::CryptoThread> crypto_thread{};
    std::unique_ptr<DeviceThread> thread{};
    channel::MessageId last_id = 0;
    channel::TokenKey key{};
    std::map<channel::MessageId, int> terminal_events{};
    std::vector<std::size_t> order{};
    CommandFailed last_failure{};
};

}  // namespace tokendeck::device::test
