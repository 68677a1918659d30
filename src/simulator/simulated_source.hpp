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

    // Key "simulated:N", with a new N at each plugging-in that this source sees.
    [[nodiscard]] std::vector<wire::Sighting> look() override;
    // Errors: wire::errors::unplugged, also for a boot loader, which has no HID interface; errors::control_unreadable
    // or base::errors::file_… while the control file is wrong.
    [[nodiscard]] base::Result<std::unique_ptr<wire::Transport>> open(const wire::Sighting& sighting) override;

    // `model`: SimulatedModel::key. A new file gets a new token with a random serial; a file that is there keeps its
    // firmware. Power comes on, unless another process has the token in use: then it is shared, with all that it has
    // in RAM. Besides the errors of the interface: wire::errors::claimed, the file is that of a token of this source;
    // wire::errors::state_other_model, the file is that of another token than the key says.
    [[nodiscard]] base::Result<void> attach(const std::string& model, const std::string& file) override;
    // Lets go of all tokens. Those that no other process uses lose their power, unless it is kept.
    void detach() override;
    // From the next `attach` on, a token keeps its power when its last user lets go of it, as if it stayed plugged in
    // while programs come and go: until FILE.power is deleted, or it is unplugged.
    void keep_power(bool kept);

    // A token without a file, for tests: it lives until `detach`.
    void attach_in_memory(TokenState state);
    // Replaces the faults. Tokens are pulled, or those that are out plugged in anew, as `faults.unplugged` says.
    void set_faults(const Faults& faults);
    // What is left of them.
    [[nodiscard]] Faults faults() const;
    // From now on, faults are also read from this file, whenever it has changed: at each look and each transfer. No
    // file means no faults. Format: `parse_control`.
    void set_control_file(std::string path);

    // What this source has had the token execute since it was plugged in, the last 1000; empty if there is no token
    // with this key.
    [[nodiscard]] std::vector<Executed> executed(const std::string& key) const;

    struct Hub;  // shared with the transports

  private:
    std::shared_ptr<Hub> hub_;
};

}  // namespace tokendeck::simulator
