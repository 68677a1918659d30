// The source of simulated tokens, and the only way to reach one: look, open, and reports through wire::Transport.
// Faults and the control file hold for all tokens of the source.
// Thread: any; calls from several threads take turns. A transport may outlive the source.
#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "simulator/faults.hpp"
#include "simulator/firmware.hpp"
#include "simulator/simulated_models.hpp"
#include "simulator/timing.hpp"
#include "simulator/token_state.hpp"
#include "wire/transport.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tokendeck::simulator {

class SimulatedSource final : public wire::AttachableSource {
  public:
    // `clock` and `random` must outlive the source and all its transports.
    SimulatedSource(base::Clock& clock, base::Random& random, const TimingProfile& timing = fast_timing);
    ~SimulatedSource() override;

    // Key "simulated:N", with a new N at each plugging-in.
    [[nodiscard]] std::vector<wire::Sighting> look() override;
    // Errors: wire::errors::unplugged; errors::control_unreadable while the control file is wrong.
    [[nodiscard]] base::Result<std::unique_ptr<wire::Transport>> open(const wire::Sighting& sighting) override;

    // Model "pro". A new file gets a new token with a random serial. Besides the errors of the interface:
    // wire::errors::claimed, the file is that of a token of this source.
    [[nodiscard]] base::Result<void> attach(const std::string& model, const std::string& file) override;
    void detach() override;

    // A token without a file, for tests: it lives until `detach`.
    void attach_in_memory(TokenState state);
    // Replaces the faults. Tokens are pulled, or those that are out plugged in anew, as `faults.unplugged` says.
    void set_faults(const Faults& faults);
    // What is left of them.
    [[nodiscard]] Faults faults() const;
    // From now on, faults are also read from this file, whenever it has changed: at each look and each transfer. No
    // file means no faults. Format: `parse_control`.
    void set_control_file(std::string path);

    // What the token has executed since it was plugged in, the last 1000; empty if there is no token with this key.
    [[nodiscard]] std::vector<Executed> executed(const std::string& key) const;

    struct Hub;  // shared with the transports

  private:
    std::shared_ptr<Hub> hub_;
};

}  // namespace tokendeck::simulator
