// The two worker threads, their mailboxes and the sources of tokens, wired together. The window and the command line
// use the same engine, so a test of one also covers the other.
// Thread: main creates it, calls everything here and destroys it; destruction stops and joins the workers.
#pragma once

#include "channel/crypto_messages.hpp"
#include "channel/device_messages.hpp"
#include "state/app_state.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace tokendeck::engine {

struct EngineOptions {
    bool hidapi = true;              // look for real tokens; tests of the window switch it off with TOKENDECK_NO_USB=1
    std::string simulate_control{};  // TOKENDECK_SIMULATE_CONTROL: faults for the simulated token; empty: none
};

class Engine {
  public:
    // `wake_main` is called from the workers, after each message for main.
    Engine(EngineOptions options, std::function<void()> wake_main);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // False: the mailbox is full and the message is still with the caller.
    [[nodiscard]] bool try_send(channel::DeviceCommand&& command);
    [[nodiscard]] bool try_send(channel::CryptoRequest&& request);
    [[nodiscard]] std::optional<channel::DeviceEvent> next_device_event();
    [[nodiscard]] std::optional<channel::CryptoReply> next_crypto_reply();

    // Changes while the device thread is working; stays the same only while it is stuck in a transfer, or idle.
    [[nodiscard]] std::uint32_t device_beats() const;

    // Sends what fits into the mailboxes from the outbox, and applies everything that has arrived. Effects stay.
    // Returns true if the state may have changed.
    bool exchange(state::AppState& state);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tokendeck::engine
