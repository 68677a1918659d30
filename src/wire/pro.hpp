// Requests and responses of the Nitrokey Pro's OTP protocol, firmware 0.8 to 0.15 ("new protocol": the temporary
// password travels inside the request). Source: docs/protocol/pro-storage.md, section 3. Pure: builds and takes apart
// bytes.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "otp/limits.hpp"
#include "otp/slot.hpp"
#include "wire/codes.hpp"
#include "wire/report.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::wire {

inline constexpr std::size_t pin_field_size = 25;           // bytes, zero padded
inline constexpr std::size_t temporary_password_size = 25;  // bytes, all compared
inline constexpr std::size_t slot_name_size = 15;           // bytes, zero padded, no terminator needed
inline constexpr std::size_t slot_secret_size = 40;         // bytes, zero padded
inline constexpr std::size_t old_slot_secret_size = 20;     // bytes; the old protocol's, wire/old_protocol.hpp
inline constexpr std::size_t otp_data_chunk_size = 30;      // bytes of one SEND_OTP_DATA
inline constexpr std::size_t token_id_size = 13;            // bytes; only typing by double press uses it
inline constexpr std::uint8_t hotp_slot_base = 0x10;
inline constexpr std::uint8_t totp_slot_base = 0x20;
inline constexpr std::uint8_t hotp_verify_slot = 0x13;  // VERIFY_OTP_CODE only, never offered for accounts

// What a token that types codes can put before them; kept when a slot is edited, else all zero.
using TokenId = std::array<std::uint8_t, token_id_size>;

// Payload layouts, from byte 1 of the request. Arrays of bytes only, so that there is no padding.
struct AuthenticatePayload {                                   // FIRST_AUTHENTICATE, USER_AUTHENTICATE; section 3.3
    std::uint8_t pin[pin_field_size];                          // 1
    std::uint8_t temporary_password[temporary_password_size];  // 26
};
static_assert(sizeof(AuthenticatePayload) == 50);

struct SendOtpDataPayload {                                    // section 3.4.4
    std::uint8_t temporary_password[temporary_password_size];  // 1
    std::uint8_t type;                                         // 26: 'N' or 'S'
    std::uint8_t index;                                        // 27: which chunk
    std::uint8_t data[otp_data_chunk_size];                    // 28
};
static_assert(sizeof(SendOtpDataPayload) == 57);
static_assert(payload_at + sizeof(SendOtpDataPayload) <= nonce_at);

struct WriteToSlotPayload {                                    // section 3.4.5
    std::uint8_t temporary_password[temporary_password_size];  // 1
    std::uint8_t slot;                                         // 26
    std::uint8_t counter_or_interval[8];                       // 27: u64 LE; HOTP counter, TOTP seconds
    std::uint8_t config;                                       // 35
    std::uint8_t token_id[token_id_size];                      // 36
};
static_assert(sizeof(WriteToSlotPayload) == 48);

struct EraseSlotPayload {                                      // section 3.4.7
    std::uint8_t slot;                                         // 1
    std::uint8_t temporary_password[temporary_password_size];  // 2
};
static_assert(sizeof(EraseSlotPayload) == 26);

struct GetCodePayload {                                        // section 3.4.9
    std::uint8_t slot;                                         // 1
    std::uint8_t challenge[8];                                 // 2: ignored
    std::uint8_t last_totp_time[8];                            // 10: ignored
    std::uint8_t last_interval;                                // 18: ignored
    std::uint8_t temporary_password[temporary_password_size];  // 19: only with PIN protection of codes
};
static_assert(sizeof(GetCodePayload) == 43);

struct SetTimePayload {    // section 3.5
    std::uint8_t mode;     // 1: 1 = unconditionally ("hard"), 0 = only if plausible ("soft")
    std::uint8_t time[8];  // 2: Unix seconds, u64 LE
};
static_assert(sizeof(SetTimePayload) == 9);

// Result layouts, from byte 7 of the response.
struct StatusResult {             // GET_STATUS, section 3.2
    std::uint8_t firmware_minor;  // 7
    std::uint8_t firmware_major;  // 8
    std::uint8_t card_serial[4];  // 9: u32 LE
    std::uint8_t config[5];       // 13: numlock, capslock, scrolllock, PIN protection of codes, (unused)
};
static_assert(sizeof(StatusResult) == 11);

struct ReadSlotResult {                    // section 3.4.3
    std::uint8_t name[slot_name_size];     // 7
    std::uint8_t config;                   // 22
    std::uint8_t token_id[token_id_size];  // 23
    std::uint8_t counter_or_interval[8];   // 36: u64 LE
};
static_assert(sizeof(ReadSlotResult) == 37);

struct GetCodeResult {                     // section 3.4.9
    std::uint8_t code[4];                  // 7: u32 LE, already reduced to 6 or 8 digits
    std::uint8_t config;                   // 11
    std::uint8_t token_id[token_id_size];  // 12
};
static_assert(sizeof(GetCodeResult) == 18);

inline constexpr std::uint8_t config_eight_digits = 0x01;  // bit 0 of a slot's config byte
inline constexpr std::uint8_t config_unset = 0xFF;         // a general config byte never written

// The id on the wire of a numbered slot, 0x10.. or 0x20..; nothing for a named slot or a number the model lacks.
[[nodiscard]] std::optional<std::uint8_t> slot_code(const otp::SlotId& slot, const otp::TokenLimits& limits);
// The slot with this code, whether a token has it or not; nothing for a code of no slot.
[[nodiscard]] std::optional<otp::SlotId> slot_of(std::uint8_t slot_code);

// ---- requests. Each is complete but for the checksum; `seal` adds that. ----

[[nodiscard]] Report get_status();
[[nodiscard]] Report get_retry_count(bool admin);
[[nodiscard]] Report read_slot(std::uint8_t slot_code);
[[nodiscard]] Report set_time(std::int64_t unix_seconds, bool hard);
// `temporary_password`: empty, or 25 bytes.
[[nodiscard]] Report get_code(std::uint8_t slot_code, std::span<const std::uint8_t> temporary_password);
// Preconditions: 1 to 25 bytes of PIN without a zero byte; 25 bytes of temporary password.
[[nodiscard]] Report authenticate(bool admin, const base::SecretText& pin,
                                  std::span<const std::uint8_t> temporary_password);
// Precondition: at most 15 bytes.
[[nodiscard]] Report send_name(std::span<const std::uint8_t> temporary_password, std::string_view name);
// Chunk `index` (0: 30 bytes, 1: 10 bytes) of the zero-padded 40-byte secret. Precondition: secret <= 40 bytes.
[[nodiscard]] Report send_secret(std::span<const std::uint8_t> temporary_password, std::span<const std::uint8_t> secret,
                                 std::uint8_t index);
[[nodiscard]] Report write_slot(std::span<const std::uint8_t> temporary_password, std::uint8_t slot_code,
                                const otp::OtpParameters& parameters, std::uint8_t config,
                                const TokenId& token_id = {});
[[nodiscard]] Report erase_slot(std::span<const std::uint8_t> temporary_password, std::uint8_t slot_code);

// Puts `nonce` into bytes 58..59, which no request uses, so that two equal requests differ in their checksum and a
// stale reply to the first cannot pass for one to the second; then the checksum. nonce 0 leaves the bytes zero.
void seal(Report& request, std::uint16_t nonce);
// The checksum alone, for a request whose payload reaches into bytes 58..59: firmware 0.7 takes the top byte of a HOTP
// counter from there.
void seal_without_nonce(Report& request);

[[nodiscard]] Command command_of(const Report& request);

// ---- responses ----

// What a response read after `request` is. Only `ours` may be decoded. A Storage's started commands (ids 0x20 to 0x5F,
// section 2.7) are `pending` while their block says busy.
enum class Match : std::uint8_t {
    ours,      // ready, own checksum right, this command, this request's checksum
    pending,   // the token says busy, or that it has not begun: read again
    not_ours,  // a valid reply to another request: the previous one, or another program's
    damaged,   // its own checksum is wrong, or it is the blank buffer before any command
    rejected,  // the token received our request damaged (status 1): it was not executed
    unknown,   // a started command that this firmware does not have: its block is another command's (quirk Q-S17)
};
[[nodiscard]] Match match(const Report& response, const Report& request);

[[nodiscard]] CommandStatus status_of(const Report& response);
[[nodiscard]] DeviceStatus device_status_of(const Report& response);

struct Status {
    std::uint8_t firmware_major = 0;
    std::uint8_t firmware_minor = 0;
    std::uint32_t card_serial = 0;  // shown as 8 hex digits; 0: the card did not answer when the token started
    std::array<std::uint8_t, 5> config{};
    // Codes need the user PIN: byte 3 is exactly 1.
    [[nodiscard]] bool pin_protected_codes() const { return config[3] == 1; }
};
[[nodiscard]] Status decode_status(const Report& response);

struct Slot {
    std::string name{};  // up to the first zero byte
    std::uint8_t config = 0;
    std::uint64_t counter_or_interval = 0;
    TokenId token_id{};
};
[[nodiscard]] Slot decode_slot(const Report& response);

struct Code {
    std::uint32_t value = 0;
    bool eight_digits = false;
};
// The value is a one-time password: it goes into a SecretText (`code_text`) and nowhere else.
[[nodiscard]] Code decode_code(const Report& response);
// Padded with zeros on the left to 6 or 8 digits.
[[nodiscard]] base::SecretText code_text(const Code& code);

[[nodiscard]] std::uint8_t decode_retry_count(const Report& response);

// SEND_OTP_DATA gives back what the token now has in its buffer: is it what was sent?
// A secret's echo shows all 40 bytes; after chunk 0 only the first `bytes_known` = 30 are ours (the rest may be left
// from another attempt), after chunk 1 all 40 are. `secret` is compared as padded with zeros.
[[nodiscard]] bool echo_matches_name(const Report& response, std::string_view name);
[[nodiscard]] bool echo_matches_secret(const Report& response, std::span<const std::uint8_t> secret,
                                       std::size_t bytes_known);

}  // namespace tokendeck::wire
