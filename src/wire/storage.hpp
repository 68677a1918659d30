// What only a Nitrokey Storage speaks: started commands (section 2.7), its status (section 5), PIN changes in two
// steps. Source: docs/protocol/pro-storage.md, sections 2.7, 3.9, 3.10 and 5.
#pragma once

#include "wire/pro.hpp"

#include <optional>

namespace tokendeck::wire {

inline constexpr std::size_t started_block_at =
    20;                                             // response: counter, command id, StartedStatus, progress in percent
inline constexpr std::size_t storage_pin_max = 20;  // bytes; a longer one cannot be changed (quirk Q-S12)

// From byte 29 of the response to GET_DEVICE_STATUS.
struct DeviceStatusPayload {
    std::uint8_t magic[2];               // 29: 18 33
    std::uint8_t unencrypted_read_only;  // 31
    std::uint8_t encrypted_read_only;    // 32
    std::uint8_t firmware_major;         // 33
    std::uint8_t firmware_minor;         // 34
    std::uint8_t reserved;               // 35
    std::uint8_t build;                  // 36
    std::uint8_t hidden_read_only;       // 37
    std::uint8_t firmware_locked;        // 38
    std::uint8_t new_sd_card;            // 39: bit 0
    std::uint8_t filled_with_random;     // 40: bit 0
    std::uint8_t sd_card_serial[4];      // 41: u32 LE
    std::uint8_t active_volumes;         // 45: bit 0 unencrypted, 1 encrypted, 2 hidden
    std::uint8_t new_smartcard;          // 46
    std::uint8_t user_tries;             // 47: or one of the two markers below
    std::uint8_t admin_tries;            // 48
    std::uint8_t card_serial[4];         // 49: u32 LE
    std::uint8_t keys_not_initialised;   // 53
};
static_assert(sizeof(DeviceStatusPayload) == 25);
inline constexpr std::size_t device_status_at = 29;

// Quirk Q-S15: these are no counts.
inline constexpr std::uint8_t tries_card_not_ready = 77;
inline constexpr std::uint8_t tries_read_failed = 88;

struct StorageStatus {
    std::uint8_t firmware_major = 0;
    std::uint8_t firmware_minor = 0;
    std::uint8_t build = 0;
    std::uint32_t card_serial = 0;
    std::uint32_t sd_card_serial = 0;
    std::uint8_t user_tries = 0;  // raw: may be one of the markers
    std::uint8_t admin_tries = 0;
    bool unencrypted_active = false, encrypted_active = false, hidden_active = false;
    bool unencrypted_read_only = false, encrypted_read_only = false, hidden_read_only = false;
    bool firmware_locked = false;
    bool new_sd_card = false;
    bool filled_with_random = false;
    bool keys_initialised = false;
    // The first of its flags that has a value no firmware gives it; the bools above then say nothing.
    struct ImpossibleFlag {
        const char* field = "";
        std::uint8_t actual = 0;
        std::uint8_t limit = 0;
    };
    std::optional<ImpossibleFlag> impossible{};
};

enum class StoragePin : std::uint8_t { user = 'P', admin = 'A' };

[[nodiscard]] Report get_device_status();
[[nodiscard]] Report check_smartcard_usage();  // firmware 0.49 and later
[[nodiscard]] Report sd_card_high_watermark();
// Verifies a PIN and remembers it for `send_new_password` or `storage_unblock_user_pin`. Precondition: 1 to 20 bytes.
[[nodiscard]] Report send_password(StoragePin kind, const base::SecretText& pin);
// Changes the PIN verified just before. Precondition: 1 to 20 bytes.
[[nodiscard]] Report send_new_password(StoragePin kind, const base::SecretText& pin);
// UNLOCK_USER_PASSWORD as a Storage wants it, after send_password(admin): the Pro's layout would try the admin PIN as
// the new user PIN. Precondition: 1 to 20 bytes.
[[nodiscard]] Report storage_unblock_user_pin(const base::SecretText& new_user_pin);
// Erases all OTP slots and settings, too (quirk Q-S11). Precondition: 1 to 20 bytes.
[[nodiscard]] Report generate_new_keys(const base::SecretText& admin_pin);

// What the block says of `request`, a started command to which `response` is (`ours` but for the block).
[[nodiscard]] Match match_started(const Report& response, const Report& request);
// Precondition: `match` said ours.
[[nodiscard]] StartedStatus started_status_of(const Report& response);
[[nodiscard]] std::uint8_t started_progress_of(const Report& response);  // percent

// Nothing: the status was delivered to an earlier read (quirk Q-S6); ask again.
[[nodiscard]] std::optional<StorageStatus> decode_device_status(const Report& response);

// Another program's status payload lies over a reply that has none of its own (quirk Q-S22): its type, flag, size and
// magic stand at their places. An account's own bytes can look so, too, but then they stay, and a payload is
// delivered once.
[[nodiscard]] bool carries_foreign_status(const Report& response);
// Bytes 20 to 23 may be the block of another program's started command, written into our reply when that command ended
// (section 7.4): the reply then stays wrong however often it is read. An account's own bytes can look so, too.
[[nodiscard]] bool may_carry_foreign_block(const Report& response);

// Percent of the SD card written to and read from since it was plugged in, lowest and highest.
struct HighWatermark {
    std::uint8_t write_min = 0, write_max = 0, read_min = 0, read_max = 0;
};
[[nodiscard]] HighWatermark decode_high_watermark(const Report& response);

}  // namespace tokendeck::wire
