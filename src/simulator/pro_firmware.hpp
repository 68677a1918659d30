// A Nitrokey Pro of firmware 0.7 to 0.15, or a Librem Key, at the level of its 64-byte reports.
// Source: docs/protocol/pro-storage.md, sections 2.3 to 2.8, 2.10, 3, 4, 7.1 to 7.7 and 11.
#pragma once

#include "simulator/token_firmware.hpp"

namespace tokendeck::simulator {

class ProFirmware final : public TokenFirmware {
  public:
    // All that is passed must live longer.
    ProFirmware(TokenStore& store, PowerState& power, base::Random& random, const TimingProfile& timing)
        : TokenFirmware(store, power, random, timing) {}

    [[nodiscard]] base::Result<bool> set_report(const wire::Report& request, base::SteadyTime now,
                                                const Faults& faults) override;
    [[nodiscard]] base::Result<wire::Report> get_report(base::SteadyTime now, const Faults& faults) override;

    [[nodiscard]] bool steal_payload(base::SteadyTime, const Faults&) override { return false; }

    void finish(base::SteadyTime, const Faults&) override {}  // it has, within `set_report`

  private:
    void set_clock(std::uint64_t unix_seconds) override;
    [[nodiscard]] std::uint64_t clock() const override;

    void settle(base::SteadyTime now);
    void execute(Bytes request);
    Status dispatch(Bytes request, std::span<std::uint8_t> result);

    Status get_status(std::span<std::uint8_t> result) const;
    Status unlock_user_password(Bytes request);
    Status factory_reset(Bytes request);
    Status change_pin(Bytes request, CardPin pin);
    Status firmware_update(Bytes request);
    Status change_firmware_password(Bytes request);
    Status get_random(Bytes request, std::span<std::uint8_t> result);
    Status new_aes_key(Bytes request);
    [[nodiscard]] std::uint64_t counts() const;
};

}  // namespace tokendeck::simulator
