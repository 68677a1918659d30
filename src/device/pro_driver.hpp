// The commands of a Nitrokey Pro (firmware 0.8 to 0.15) as typed calls. What needs an authentication asks for the
// object that only a successful one gives, so that forgetting it does not compile.
// Thread: the device thread. Errors: those of exchange.hpp, and the command status mapped to device/errors.hpp;
// `field` is the token's command.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/device_messages.hpp"
#include "device/exchange.hpp"
#include "otp/parameters.hpp"
#include "wire/pro.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tokendeck::device {

class ProDriver;

// A PIN that the token accepted, as the temporary password that stands for it. Lives on the token until the next
// authentication of its kind, by any program, or until power is lost; here until it is destroyed (wiped).
template <channel::PinKind Kind>
class Authentication {
  public:
    Authentication(Authentication&&) noexcept = default;
    Authentication& operator=(Authentication&&) noexcept = default;

  private:
    friend class ProDriver;
    explicit Authentication(base::SecretBytes password) : password_(std::move(password)) {}
    base::SecretBytes password_;  // 25 bytes
};
using AdminAuthentication = Authentication<channel::PinKind::admin>;
using UserAuthentication = Authentication<channel::PinKind::user>;

// The shortest and longest PIN that is sent. Sources: the OpenPGP card's rule; the firmware's field.
inline constexpr std::size_t user_pin_min = 6;   // bytes
inline constexpr std::size_t admin_pin_min = 8;  // bytes
inline constexpr std::size_t pin_max = wire::pin_field_size;
// What `Error::field` calls a PIN.
[[nodiscard]] const char* field_of(channel::PinKind kind);
// Nothing wrong with a PIN's form: 6 (user) or 8 (admin) to 25 bytes, no zero byte. Asked before the token sees it,
// since it is not known whether a PIN of an impossible length costs a try.
// Errors: pin_too_short, pin_too_long, pin_has_zero.
[[nodiscard]] base::Result<void> check_pin(channel::PinKind kind, const base::SecretText& pin);

// What the token gave as a code, and when it was asked.
struct TimedCode {
    wire::Code code{};
    Moment asked{};
    Moment answered{};
};

class ProDriver {
  public:
    explicit ProDriver(Exchanger& exchanger) : exchanger_(&exchanger) {}

    [[nodiscard]] base::Result<wire::Status> status();
    // Nothing: the token could not ask its smart card.
    [[nodiscard]] base::Result<std::optional<std::uint8_t>> tries_left(channel::PinKind kind);
    // Nothing: the slot is not programmed.
    [[nodiscard]] base::Result<std::optional<wire::Slot>> read_slot(std::uint8_t slot_code);

    // Sends the PIN, once. Precondition: check_pin. Errors: wrong_pin; no_randomness.
    [[nodiscard]] base::Result<AdminAuthentication> authenticate_admin(const base::SecretText& pin,
                                                                       base::Random& random);
    [[nodiscard]] base::Result<UserAuthentication> authenticate_user(const base::SecretText& pin, base::Random& random);

    // Fills the token's write buffer: the name and both pieces of the secret (40 bytes padded with zeros; all zero:
    // keep the slot's secret), comparing what the token says it has after each. Nothing is stored yet.
    // Errors: echo_differs (field: "name", "secret"). Preconditions: at most 15 and 40 bytes.
    [[nodiscard]] base::Result<void> fill_buffer(const AdminAuthentication& admin, std::string_view name,
                                                 std::span<const std::uint8_t> secret);
    // Stores the buffer in a slot. After an error see `may_have_changed_slot`.
    [[nodiscard]] base::Result<void> commit(const AdminAuthentication& admin, std::uint8_t slot_code,
                                            const otp::OtpParameters& parameters, std::uint8_t config);
    [[nodiscard]] base::Result<void> erase_slot(const AdminAuthentication& admin, std::uint8_t slot_code);
    // After `commit` or `erase_slot` failed: false only if the token said, or it is certain, that it did nothing.
    [[nodiscard]] bool may_have_changed_slot() const { return may_have_changed_slot_; }

    // `user`: only with PIN protection of codes, else null. A HOTP code is used up by this; it is never asked again.
    [[nodiscard]] base::Result<TimedCode> get_code(otp::OtpKind kind, std::uint8_t slot_code,
                                                   const UserAuthentication* user);
    // Errors: time_refused, only if not `hard`.
    [[nodiscard]] base::Result<void> set_time(std::int64_t unix_seconds, bool hard);

    // Overwrites the token's reply buffer, which every program can read, by a harmless command. An error is of no
    // consequence to the caller: a token that cannot be reached has to be unplugged first.
    void flush();

    [[nodiscard]] Exchanger& exchanger() { return *exchanger_; }

  private:
    [[nodiscard]] base::Result<wire::Report> run(wire::Report request, const Terms& terms);
    template <channel::PinKind Kind>
    [[nodiscard]] base::Result<Authentication<Kind>> authenticate(const base::SecretText& pin, base::Random& random);
    [[nodiscard]] base::Result<void> change_slot(wire::Report request);

    Exchanger* exchanger_;
    bool may_have_changed_slot_ = false;
};

}  // namespace tokendeck::device
