// A Nitrokey Pro of firmware 0.8 to 0.15, at the level of its 64-byte reports. Source: protocol page, sections 2.3 to
// 2.10, 3, 4, 7.1 to 7.6 and 11. Payloads are taken apart here by offsets from that page and on purpose not with
// wire/pro.hpp, so that a fault there does not cancel itself out.
// Not simulated: typing by double press, the debug commands 0x69 and 0x6C of 0.8, the boot loader behind
// FIRMWARE_UPDATE (the token only leaves the bus).
#pragma once

#include "base/random.hpp"
#include "base/secret.hpp"
#include "simulator/firmware.hpp"
#include "simulator/smart_card.hpp"
#include "simulator/timing.hpp"
#include "simulator/token_store.hpp"
#include "wire/codes.hpp"

#include <optional>

namespace tokendeck::simulator {

class ProFirmware final : public Firmware {
  public:
    // Power-on. `store` and `random` must live longer.
    ProFirmware(TokenStore& store, base::Random& random, const TimingProfile& timing, base::SteadyTime plugged_in);

    [[nodiscard]] UsbIdentity usb() const override;
    [[nodiscard]] base::Result<bool> set_report(const wire::Report& request, base::SteadyTime now,
                                                const Faults& faults) override;
    [[nodiscard]] base::Result<wire::Report> get_report(base::SteadyTime now) override;

    [[nodiscard]] bool left_the_bus() const override { return left_the_bus_; }

    [[nodiscard]] const std::vector<Executed>& executed() const override { return executed_; }

  private:
    using Status = wire::CommandStatus;
    using Bytes = std::span<const std::uint8_t>;
    enum class Phase : std::uint8_t { ready, received, busy };

    // A temporary password; empty: none is set.
    struct TemporaryPassword {
        base::SecretBytes bytes{};
        [[nodiscard]] bool is(Bytes other) const;
    };

    // The slot-write buffer: one for the whole device.
    struct SlotBuffer {
        std::array<std::uint8_t, 15> name{};
        base::SecretBytes secret{40};
        bool open = false;
    };

    void settle(base::SteadyTime now);
    void execute(Bytes request);
    Status dispatch(Bytes request, std::span<std::uint8_t> result);

    // The commands: request of 64 bytes in, result from byte 7 on out.
    Status get_status(std::span<std::uint8_t> result) const;
    Status write_to_slot(Bytes request);
    Status read_slot(Bytes request, std::span<std::uint8_t> result, bool name_only) const;
    Status get_code(Bytes request, std::span<std::uint8_t> result);
    Status write_config(Bytes request);
    Status erase_slot(Bytes request);
    Status authenticate(Bytes request, SmartCard::Pin pin, TemporaryPassword& temporary);
    Status set_time(Bytes request);
    Status unlock_user_password(Bytes request);
    Status factory_reset(Bytes request);
    Status change_pin(Bytes request, SmartCard::Pin pin);
    Status send_otp_data(Bytes request, std::span<std::uint8_t> result);
    Status verify_otp_code(Bytes request, std::span<std::uint8_t> result);
    Status firmware_update(Bytes request);
    Status change_firmware_password(Bytes request);
    Status get_random(Bytes request, std::span<std::uint8_t> result);
    Status read_safe(Bytes request, wire::Command command, std::span<std::uint8_t> result);
    Status write_safe(Bytes request, wire::Command command);
    Status enable_safe(Bytes request);
    Status init_safe_key();
    Status new_aes_key(Bytes request);

    [[nodiscard]] bool has_hotp_slot(std::uint8_t id) const;
    [[nodiscard]] bool has_slot(std::uint8_t id) const;
    [[nodiscard]] std::uint64_t seconds() const;
    bool verify(SmartCard::Pin pin, Bytes digits);
    // What the flash or card now holds goes to the file. `cost` is the time the change takes.
    void keep(base::Microseconds cost);
    void card_exchange();
    void randomize(std::span<std::uint8_t> bytes);

    TokenStore& store_;
    TokenState& state_;
    base::Random& random_;
    TimingProfile timing_;
    base::SteadyTime plugged_in_;
    std::uint32_t serial_;  // read from the card once, at power-on

    // Volatile state, section 7.2.
    TemporaryPassword admin_password_{};
    TemporaryPassword user_password_{};
    SlotBuffer buffer_{};
    base::SecretBytes safe_key_{};  // in RAM while the safe is unlocked
    base::SecretBytes safe_buffer_{safe_record_size};
    std::uint64_t clock_base_ = 0;  // what SET_TIME set, and the count of seconds when it did
    std::uint64_t clock_base_count_ = 0;
    SmartCard card_{};
    wire::Report response_{};  // of the last command executed; all zero before the first

    // The walk 3, 1, 0 of the command that came last.
    Phase phase_ = Phase::ready;
    wire::Report shown_before_{};  // what is read until it is ready
    wire::Report shown_busy_{};
    base::SteadyTime taken_at_{};
    base::SteadyTime executed_at_{};
    base::SteadyTime ready_at_{};
    unsigned received_reads_left_ = 0;
    unsigned busy_reads_left_ = 0;

    // While a command is executed.
    const Faults* faults_ = nullptr;
    base::Microseconds cost_{};

    bool left_the_bus_ = false;
    std::vector<Executed> executed_{};
    std::optional<base::Error> broken_{};
};

}  // namespace tokendeck::simulator
