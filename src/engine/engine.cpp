#include "engine/engine.hpp"

#include "base/clock.hpp"
#include "base/mailbox.hpp"
#include "base/random.hpp"
#include "crypto/crypto_thread.hpp"
#include "device/device_thread.hpp"
#include "device/hidapi_source.hpp"
#include "simulator/simulated_source.hpp"
#include "state/apply.hpp"

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace tokendeck::engine {

namespace {

// The device thread's clock. Every pause of that thread is a short one and every transfer is timed, so it is asked many
// times a second, unless the thread hangs within a transfer.
class BeatingClock final : public base::Clock {
  public:
    [[nodiscard]] base::SteadyTime steady() const override {
        beats_.fetch_add(1, std::memory_order_relaxed);
        return clock_.steady();
    }
    [[nodiscard]] base::UnixTime unix_time() const override { return clock_.unix_time(); }
    void sleep(base::Microseconds duration) override {
        clock_.sleep(duration);
        beats_.fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint32_t beats() const { return beats_.load(std::memory_order_relaxed); }

  private:
    base::SystemClock clock_{};
    mutable std::atomic<std::uint32_t> beats_ = 0;
};

}  // namespace

// In the order in which they need each other; the threads come last, since they must be destroyed first.
struct Engine::Parts {
    base::SystemClock clock{};
    BeatingClock device_clock{};
    base::SystemRandom random{};

    base::Doorbell crypto_doorbell{};
    base::Mailbox<channel::DeviceCommand> commands{};
    base::Mailbox<channel::DeviceEvent> events{};
    base::Mailbox<channel::CryptoRequest> requests{63, &crypto_doorbell};
    base::Mailbox<channel::CryptoReply> replies{};
    base::Mailbox<channel::CodeQuestion> questions{63, &crypto_doorbell};
    base::Mailbox<channel::CodeAnswer> answers{};

    std::unique_ptr<wire::TransportSource> real{};
    simulator::SimulatedSource simulated{clock, random, simulator::real_timing};

    // The device thread ends first: a write under way still needs the answers of the crypto thread.
    std::unique_ptr<crypto::CryptoThread> crypto{};
    std::unique_ptr<device::DeviceThread> device{};
};

Engine::Engine(EngineOptions options, std::function<void()> wake_main) : parts_(std::make_unique<Parts>()) {
    Parts& p = *parts_;
    if (!options.simulate_control.empty()) p.simulated.set_control_file(std::move(options.simulate_control));
    std::vector<wire::TransportSource*> sources;
    if (options.hidapi) {
        if (auto found = device::HidapiSource::create()) {
            p.real = std::move(found).value();
            sources.push_back(p.real.get());
        } else {
            // Simulated tokens still work, and with them everything else.
            (void)std::fprintf(stderr,
                               "tokendeck: hidapi cannot be loaded, so real tokens are not seen (%s). Install "
                               "libhidapi-libusb0 and libhidapi-hidraw0.\n",
                               found.error().subject.c_str());
        }
    }
    sources.push_back(&p.simulated);
    p.crypto = std::make_unique<crypto::CryptoThread>(p.requests, p.replies, p.questions, p.answers, wake_main);
    p.device = std::make_unique<device::DeviceThread>(
        device::DeviceThreadParts{p.commands, p.events, p.questions, p.answers, p.device_clock, p.random,
                                  std::move(sources), &p.simulated, std::move(wake_main)});
}

Engine::~Engine() = default;

bool Engine::try_send(channel::DeviceCommand&& command) {
    return parts_->commands.try_push(std::move(command));
}

bool Engine::try_send(channel::CryptoRequest&& request) {
    return parts_->requests.try_push(std::move(request));
}

std::optional<channel::DeviceEvent> Engine::next_device_event() {
    return parts_->events.try_pop();
}

std::optional<channel::CryptoReply> Engine::next_crypto_reply() {
    return parts_->replies.try_pop();
}

std::uint32_t Engine::device_beats() const {
    return parts_->device_clock.beats();
}

bool Engine::exchange(state::AppState& state) {
    bool changed = false;
    while (auto event = next_device_event()) {
        state::apply(state, std::move(*event));
        changed = true;
    }
    while (auto reply = next_crypto_reply()) {
        state::apply(state, std::move(*reply));
        changed = true;
    }
    auto& outbox = state.outbox;
    while (!outbox.device.empty() && try_send(std::move(outbox.device.front()))) outbox.device.pop_front();
    while (!outbox.crypto.empty() && try_send(std::move(outbox.crypto.front()))) outbox.crypto.pop_front();
    return changed;
}

}  // namespace tokendeck::engine
