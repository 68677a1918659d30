// The commands of a token as typed calls, for every model and firmware of the table in wire/models.hpp. What differs
// between them ends here: sessions above do not know which protocol is spoken, only what the profile says can be done.
// What needs an authentication asks for the object that only a successful one gives, so that forgetting it does not
// compile.
// Thread: the device thread. Errors: those of exchange.hpp, and the command status mapped to device/errors.hpp;
// `field` is the token's command. A Storage says "ok" to much that it did not do (quirks Q-S2, Q-S3, Q-S17): nothing
// here is proof; whoever writes has to read back.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/device_messages.hpp"
#include "device/exchange.hpp"
#include "otp/parameters.hpp"
#include "wire/models.hpp"
#include "wire/pro.hpp"
#include "wire/storage.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tokendeck::device {

class TokenDriver;

// A PIN that the token accepted, as the temporary password that stands for it. Lives on the token until the next
// authentication of its kind, by any program, or until power is lost; on a Pro 0.7 until it was used once (quirk Q-P8,
// `spent`); here until it is destroyed (wiped).
template <channel::PinKind Kind>
class Authentication {
  public:
    Authentication(Authentication&&) noexcept = default;
    Authentication& operator=(Authentication&&) noexcept = default;
    [[nodiscard]] bool spent() const { return spent_; }

  private:
    friend class TokenDriver;
    explicit Authentication(base::SecretBytes password) : password_(std::move(password)) {}
    base::SecretBytes password_;  // 25 bytes
    bool spent_ = false;
};
using AdminAuthentication = Authentication<channel::PinKind::admin>;
using UserAuthentication = Authentication<channel::PinKind::user>;

// The shortest and longest PIN that is sent. Sources: the OpenPGP card's rule; the firmware's field.
inline constexpr std::size_t user_pin_min = 6;   // bytes
inline constexpr std::size_t admin_pin_min = 8;  // bytes
inline constexpr std::size_t pin_max = wire::pin_field_size;
// A new PIN is held to what every command of every model takes (docs/protocol/pro-storage.md, section 4.2).
inline constexpr std::size_t new_pin_max = wire::storage_pin_max;
// Tries that a card can have left; one that says more does not say how many there are.
inline constexpr std::uint8_t tries_max = 3;
// What `Error::field` calls a PIN.
[[nodiscard]] const char* field_of(channel::PinKind kind);
// Nothing wrong with a PIN's form: 6 (user) or 8 (admin) to `most` bytes, no zero byte. Asked before the token sees it,
// since it is not known whether a PIN of an impossible length costs a try.
// Errors: pin_too_short, pin_too_long, pin_has_zero.
[[nodiscard]] base::Result<void> check_pin(channel::PinKind kind, const base::SecretText& pin,
                                           std::size_t most = pin_max);
// The same of a PIN that is to be set, held to `new_pin_max`. Errors: new_pin_too_short, new_pin_too_long,
// pin_has_zero.
[[nodiscard]] base::Result<void> check_new_pin(channel::PinKind kind, const base::SecretText& pin);

// What the token gave as a code, and when it was asked.
struct TimedCode {
    wire::Code code{};
    Moment asked{};
    Moment answered{};
};

// What a token is and how it stands: GET_STATUS of a Pro, GET_DEVICE_STATUS and GET_STATUS of a Storage.
struct TokenState {
    wire::FirmwareVersion firmware{};
    std::uint32_t card_serial = 0;  // 0: the card did not answer
    std::array<std::uint8_t, 5> config{};
    std::optional<wire::StorageStatus> storage{};
    std::optional<bool> card_in_use{};  // Storage 0.49 and later
};

// What a slot is to hold.
struct SlotContent {
    std::string_view name{};                 // at most 15 bytes
    std::span<const std::uint8_t> secret{};  // empty: keep the slot's; needs profile().keeps_secret
    otp::OtpParameters parameters{};
    std::uint8_t config = 0;
    wire::TokenId token_id{};  // an edited slot keeps its own
};

class TokenDriver {
  public:
    TokenDriver(Exchanger& exchanger, const wire::Model& model) : exchanger_(&exchanger), model_(&model) {}

    // Must have succeeded once before anything else. Errors: firmware_not_served, impossible_firmware; after one of
    // them what an earlier call read stands.
    [[nodiscard]] base::Result<TokenState> state();
    // The row of the table. Precondition: `state` has succeeded.
    [[nodiscard]] const wire::FirmwareProfile& profile() const { return *profile_; }
    // Whether another program is using the smart card; then whatever asks the card waits, up to half a minute. Nothing:
    // this token does not tell (only a Storage from 0.49 does). Precondition: `state` has succeeded.
    [[nodiscard]] base::Result<std::optional<bool>> card_in_use();
    // Nothing: the token could not ask its smart card.
    [[nodiscard]] base::Result<std::optional<std::uint8_t>> tries_left(channel::PinKind kind);
    // Nothing: the slot is not programmed.
    [[nodiscard]] base::Result<std::optional<wire::Slot>> read_slot(std::uint8_t slot_code);

    // Sends the PIN, once. Precondition: check_pin. Errors: wrong_pin; no_randomness.
    [[nodiscard]] base::Result<AdminAuthentication> authenticate_admin(const base::SecretText& pin,
                                                                       base::Random& random);
    [[nodiscard]] base::Result<UserAuthentication> authenticate_user(const base::SecretText& pin, base::Random& random);

    // New protocol: fills the token's write buffer, the name and both pieces of the secret padded with zeros (so that
    // nothing of an attempt that was given up survives, quirk Q-P15), comparing what the token says it has after each.
    // Nothing is stored yet. Old protocol: nothing to do. Errors: echo_differs (field: "name", "secret").
    [[nodiscard]] base::Result<void> prepare(const AdminAuthentication& admin, const SlotContent& content);
    // Stores what was prepared (old protocol: authorises and sends the one packet). After an error see
    // `may_have_changed`. Spends the authentication where one PIN is one command.
    [[nodiscard]] base::Result<void> commit(AdminAuthentication& admin, std::uint8_t slot_code,
                                            const SlotContent& content);
    [[nodiscard]] base::Result<void> erase_slot(AdminAuthentication& admin, std::uint8_t slot_code);
    // After `commit`, `erase_slot` or a command of care failed: false only if the token said, or it is certain, that it
    // did nothing.
    [[nodiscard]] bool may_have_changed() const { return may_have_changed_; }

    // `user`: only with PIN protection of codes, else null. A HOTP code is used up by this; it is never asked again.
    // Spends the authentication where one PIN is one command.
    [[nodiscard]] base::Result<TimedCode> get_code(otp::OtpKind kind, std::uint8_t slot_code, UserAuthentication* user);
    // After `get_code` of a HOTP slot failed: it may have used up a code all the same.
    [[nodiscard]] bool code_may_be_used_up() const { return code_may_be_used_up_; }
    // `error` is of the last exchange: the token may have executed the request, and its reply got lost.
    [[nodiscard]] bool reply_lost(const base::Error& error) const;
    // Errors: time_refused; if `hard`, of a Pro whose flash refuses writes only (quirk Q-P23).
    [[nodiscard]] base::Result<void> set_time(std::int64_t unix_seconds, bool hard);

    // Overwrites the token's reply buffer, which every program can read (quirk Q-P16), by a harmless command. An error
    // is of no consequence to the caller: a token that cannot be reached has to be unplugged first.
    void flush();

    // ---- care (token_driver_care.cpp). Each PIN is sent once. ----

    // Errors: wrong_pin (the current one), pin_refused (the new one), command_unsupported, card_busy.
    [[nodiscard]] base::Result<void> change_pin(channel::PinKind kind, const base::SecretText& current_pin,
                                                const base::SecretText& new_pin);
    // Errors: wrong_pin (the admin PIN), pin_refused.
    [[nodiscard]] base::Result<void> unblock_user_pin(const base::SecretText& admin_pin,
                                                      const base::SecretText& new_user_pin);
    [[nodiscard]] base::Result<void> write_config(AdminAuthentication& admin,
                                                  const std::array<std::uint8_t, 5>& config);
    [[nodiscard]] base::Result<void> lock();
    // Errors: wrong_pin.
    [[nodiscard]] base::Result<void> factory_reset(const base::SecretText& admin_pin);
    // Errors: wrong_pin, key_not_made.
    [[nodiscard]] base::Result<void> new_aes_key(const base::SecretText& admin_pin);

    [[nodiscard]] Exchanger& exchanger() { return *exchanger_; }

  private:
    [[nodiscard]] bool storage() const { return model_->family == wire::Family::storage; }
    // Exchanges, and turns a command status other than ok (a started command's too) into an error.
    [[nodiscard]] base::Result<wire::Report> run(wire::Report request, const Terms& terms);
    [[nodiscard]] base::Result<wire::Report> run_sealed(const wire::Report& request, const Terms& terms);
    [[nodiscard]] base::Result<wire::StorageStatus> device_status();
    template <channel::PinKind Kind>
    [[nodiscard]] base::Result<Authentication<Kind>> authenticate(const base::SecretText& pin, base::Random& random);
    // A command that changes the token: sets `may_have_changed_`.
    [[nodiscard]] base::Result<void> change(wire::Report request, const Terms& terms = acting);
    [[nodiscard]] base::Result<void> change_sealed(const wire::Report& request, const Terms& terms);
    // Old protocol: AUTHORIZE for this packet, which is sealed, then the packet.
    [[nodiscard]] base::Result<void> change_authorised(const wire::Report& sealed, AdminAuthentication& admin);

    Exchanger* exchanger_;
    const wire::Model* model_;
    const wire::FirmwareProfile* profile_ = nullptr;
    std::optional<wire::FirmwareVersion> firmware_{};  // once `state` has succeeded
    bool tells_card_use_ = false;
    bool may_have_changed_ = false;
    bool code_may_be_used_up_ = false;
};

}  // namespace tokendeck::device
