// One simulated token: its state, its power, and the processes that share both by its file.
// Each use of it is a turn: the file lock is held, and what others have done meanwhile has been taken in.
// Thread: one at a time.
#pragma once

#include "simulator/firmware.hpp"
#include "simulator/power_file.hpp"
#include "simulator/power_state.hpp"
#include "simulator/simulated_models.hpp"
#include "simulator/timing.hpp"
#include "simulator/token_store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::simulator {

class SimulatedToken {
  public:
    // Without a file. `random` and `timing` must live longer, here and below.
    SimulatedToken(TokenState in_memory, base::Random& random, const TimingProfile& timing);
    // With its state in `file`, created if it is not there. `keep_power`: it keeps its power when nobody uses it.
    // Errors: wire::errors::state_unreadable, state_unwritable, state_other_model, transfer_failed;
    // base::errors::file_….
    [[nodiscard]] static base::Result<std::unique_ptr<SimulatedToken>> in_file(const SimulatedModel& model,
                                                                               const std::string& file,
                                                                               base::Random& random,
                                                                               const TimingProfile& timing,
                                                                               bool keep_power);
    SimulatedToken(const SimulatedToken&) = delete;
    SimulatedToken& operator=(const SimulatedToken&) = delete;
    // Power is lost with the last user, unless it is kept.
    ~SimulatedToken();

    [[nodiscard]] const std::string& file() const { return file_; }  // empty: in memory

    // Nothing while it is pulled.
    [[nodiscard]] std::optional<UsbIdentity> usb() const {
        return firmware_ ? std::optional(firmware_->usb()) : std::nullopt;
    }

    // Through this object, since it was plugged in.
    [[nodiscard]] std::vector<Executed> executed() const {
        return firmware_ ? firmware_->executed() : std::vector<Executed>{};
    }

    // Does `action`, with the time, in a turn and returns what it returns, or an error of the turn itself.
    template <typename Action>
    auto in_turn(const base::Clock& clock, const Action& action) -> decltype(action(base::SteadyTime{})) {
        if (auto begun = begin(clock); !begun) return std::move(begun).error();
        auto result = action(clock.steady());
        if (auto ended = end(); !ended && result) return std::move(ended).error();
        return result;
    }

    // ---- the rest only in a turn ----

    // It has power, and this is the number of its power-on; 0: it is pulled.
    [[nodiscard]] std::uint64_t power_on() const { return power_.on ? power_.power_id : 0; }

    // FILE.power has been deleted, or holds nothing that could be used: nobody has pulled the token, but it has lost
    // its power.
    [[nodiscard]] bool power_is_new() const { return power_is_new_; }

    // Plugs it in, or joins those who use it already.
    [[nodiscard]] base::Result<void> plug_in(base::SteadyTime now);
    void pull();

    [[nodiscard]] Firmware& firmware() { return *firmware_; }

    [[nodiscard]] const TokenState& state() const { return store_->state(); }

    [[nodiscard]] const PowerState& power() const { return power_; }

  private:
    SimulatedToken(std::string file, std::unique_ptr<PowerFile> power_file, TokenStore store, base::Random& random,
                   const TimingProfile& timing, bool keep_power);

    [[nodiscard]] base::Result<void> begin(const base::Clock& clock);
    [[nodiscard]] base::Result<void> end();
    void make_firmware();

    std::string file_{};
    std::unique_ptr<PowerFile> power_file_{};  // none: in memory
    std::unique_ptr<TokenStore> store_;
    base::Random& random_;
    const TimingProfile& timing_;
    bool keep_power_ = false;
    PowerState power_{};
    bool power_is_new_ = true;
    bool used_by_others_ = false;
    base::SecretText power_text_{};  // as it is in FILE.power
    std::uint64_t saves_known_ = 0;
    std::uint64_t firmware_of_ = 0;  // power-on that `firmware_` belongs to
    std::unique_ptr<Firmware> firmware_{};
};

}  // namespace tokendeck::simulator
