// A Nitrokey Storage of firmware 0.43 to 0.57, at the level of its 64-byte reports. There is no mass storage behind
// its volume commands: they only move the flags that its status shows.
// Source: docs/protocol/pro-storage.md, sections 2.3 to 2.8, 2.10, 3.9, 3.10, 4, 5, 6.2, 7.4, 7.5 and 7.7.
// Not simulated: a request lost while another is parsed, and a status payload that leaves while the block says busy
// (both inferred on the page); the misaligned data of PRODUCTION_TEST up to 0.54 (quirk Q-S8).
#pragma once

#include "simulator/token_firmware.hpp"

namespace tokendeck::simulator {

class StorageFirmware final : public TokenFirmware {
  public:
    // All that is passed must live longer.
    StorageFirmware(TokenStore& store, PowerState& power, base::Random& random, const TimingProfile& timing)
        : TokenFirmware(store, power, random, timing), work_(power.storage) {}

    [[nodiscard]] base::Result<bool> set_report(const wire::Report& request, base::SteadyTime now,
                                                const Faults& faults) override;
    [[nodiscard]] base::Result<wire::Report> get_report(base::SteadyTime now, const Faults& faults) override;
    void finish(base::SteadyTime now, const Faults& faults) override;
    [[nodiscard]] bool steal_payload(base::SteadyTime now, const Faults& faults) override;

  private:
    using Outcome = wire::StartedStatus;

    void set_clock(std::uint64_t unix_seconds) override;
    [[nodiscard]] std::uint64_t clock() const override;
    [[nodiscard]] std::uint64_t system_clock() const;

    [[nodiscard]] Status not_authorized() const override {
        return work_.silenced ? Status::ok : Status::not_authorized;  // quirk Q-S3
    }

    // The worker task, up to `now`; `at_once`: without waiting for any time or read.
    void settle(base::SteadyTime now, const Faults& faults, bool at_once);
    [[nodiscard]] bool may_parse(base::SteadyTime now, const Faults& faults, bool at_once) const;
    void parse(base::SteadyTime at);
    void start(base::SteadyTime at);
    void end_started();
    void show_block();

    // ---- commands executed by the parser ----
    Status dispatch(Bytes request, std::span<std::uint8_t> result);
    Status retry_count(std::span<std::uint8_t> result, bool admin);
    Status unlock_user_password(Bytes request);
    void lock_device();
    Status factory_reset(Bytes request);

    // ---- started commands: storage_commands.cpp ----
    [[nodiscard]] bool implements(Command command) const;
    Outcome execute_started(Bytes request);
    // The PIN or password at `at` of a started command; nothing if this firmware refuses it unseen.
    [[nodiscard]] std::optional<Bytes> password_field(Bytes request, std::size_t at) const;
    [[nodiscard]] bool verify_field(CardPin pin, Bytes request, std::size_t at);
    Outcome enable_encrypted(Bytes request);
    Outcome enable_hidden(Bytes request);
    Outcome set_up_hidden(Bytes request);
    Outcome generate_keys(Bytes request);
    Outcome send_password(Bytes request);
    Outcome send_new_password(Bytes request);
    Outcome change_update_password(Bytes request);
    Outcome startup(Bytes request);
    Outcome with_admin_pin(Bytes request, bool& flag, bool value, base::Microseconds cost);
    void destroy_volumes();
    void refresh_tries();

    // ---- payloads that are delivered once: storage_status.cpp ----
    void add_payload(wire::Report& report) const;
    void add_status(std::span<std::uint8_t> data) const;
    void add_production(std::span<std::uint8_t> data) const;

    [[nodiscard]] bool card_ready() const;
    [[nodiscard]] std::uint8_t tries(CardPin pin) const;

    StorageWork& work_;
};

}  // namespace tokendeck::simulator
