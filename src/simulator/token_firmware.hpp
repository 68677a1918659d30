// What the firmware of Pro and Storage have in common: slots, codes, config, time, temporary passwords, password safe.
// Source: docs/protocol/pro-storage.md, sections 3, 4, 7 and 11. Payloads are taken apart here by offsets from that
// page and on purpose not with the encoders of `wire`, so that a fault there does not cancel itself out.
// Not simulated: typing by double press, the debug and test commands, what the boot loaders say.
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

class TokenFirmware : public Firmware {
  public:
    [[nodiscard]] UsbIdentity usb() const override;
    void another_program() override;

    [[nodiscard]] bool in_boot_loader() const override { return power_.boot_loader; }

    [[nodiscard]] const std::vector<Executed>& executed() const override { return executed_; }

  protected:
    using Status = wire::CommandStatus;
    using Command = wire::Command;
    using Bytes = std::span<const std::uint8_t>;

    // All that is passed must live longer.
    TokenFirmware(TokenStore& store, PowerState& power, base::Random& random, const TimingProfile& timing);

    // ---- the commands that both have: request of 64 bytes in, result from byte 7 on out ----

    // Nothing if it is none of those.
    std::optional<Status> common_command(Bytes request, std::span<std::uint8_t> result);
    Status write_to_slot(Bytes request);
    Status read_slot(Bytes request, std::span<std::uint8_t> result, bool name_only) const;
    Status get_code(Bytes request, std::span<std::uint8_t> result);
    Status erase_slot(Bytes request);
    Status send_otp_data(Bytes request, std::span<std::uint8_t> result);
    Status verify_otp_code(Bytes request, std::span<std::uint8_t> result);
    Status write_config(Bytes request);
    Status authenticate(Bytes request, CardPin pin);
    Status authorize(Bytes request, bool admin);
    Status set_time(Bytes request);
    Status read_safe(Bytes request, std::span<std::uint8_t> result);
    Status write_safe(Bytes request);
    Status enable_safe(Bytes request);
    Status init_safe_key();

    // ---- where they differ ----

    virtual void set_clock(std::uint64_t unix_seconds) = 0;
    [[nodiscard]] virtual std::uint64_t clock() const = 0;
    // The status that "not authorised" is reported as.
    [[nodiscard]] virtual Status not_authorized() const { return Status::not_authorized; }

    // ---- helpers ----

    [[nodiscard]] std::uint8_t minor() const { return state_.firmware_minor; }

    [[nodiscard]] bool old_protocol() const { return state_.old_protocol(); }

    [[nodiscard]] bool has_slot(std::uint8_t id) const;
    [[nodiscard]] bool has_verify_slot() const;
    // What would be written is lost, mostly without a word, until power is cut (quirk Q-P23). The card is not flash.
    [[nodiscard]] bool flash_refuses() const { return power_.flash_refuses; }

    // Checks a PIN and keeps what became of its counter.
    bool verify(CardPin pin, Bytes digits);
    // What flash or card now holds goes to the file. `cost` is the time the change takes.
    void keep(base::Microseconds cost);
    void card_exchange();
    void randomize(std::span<std::uint8_t> bytes);
    void break_down(base::Error error);
    void record(std::uint8_t command, std::uint8_t status);
    void erase_slots();

    TokenStore& store_;
    TokenState& state_;
    PowerState& power_;
    base::Random& random_;
    const TimingProfile& timing_;

    // While a command is executed.
    const Faults* faults_ = nullptr;
    base::SteadyTime time_{};
    base::Microseconds cost_{};

    std::optional<base::Error> broken_{};

  private:
    Status write_to_slot_old(Bytes request);
    [[nodiscard]] bool admin_allows(Bytes request, std::size_t password_at);
    [[nodiscard]] bool user_allows(Bytes request);
    void store_slot(std::uint8_t id, OtpRecord record, std::uint64_t counter_or_interval);
    // False: the flash refused.
    bool count_up(std::uint8_t id, std::uint64_t by);

    std::vector<Executed> executed_{};
};

// ---- for the parts of the firmware ----

inline constexpr std::size_t temporary_size = 25;  // bytes of a temporary password
inline constexpr std::uint8_t verify_slot = 0x13;

[[nodiscard]] constexpr bool is_hotp(std::uint8_t id) {
    return id < 0x20;
}

[[nodiscard]] constexpr std::size_t counter_of(std::uint8_t id) {
    return id & 0x03U;
}

[[nodiscard]] std::uint32_t crc_of(std::span<const std::uint8_t> report);
// A text field as the firmware's C code sees it: up to the first zero byte.
[[nodiscard]] std::span<const std::uint8_t> text_field(std::span<const std::uint8_t> request, std::size_t at,
                                                       std::size_t length);

}  // namespace tokendeck::simulator
