#include "wire/storage.hpp"

#include "base/bytes.hpp"
#include "wire/payload.hpp"

namespace tokendeck::wire {
namespace {

Report with_pin(Command command, std::uint8_t kind, const base::SecretText& pin) {
    assert(!pin.empty() && pin.size() <= storage_pin_max);
    Report report = request(command);
    auto bytes = report.bytes();
    bytes[1] = kind;
    std::copy(pin.bytes().begin(), pin.bytes().end(), bytes.begin() + 2);
    return report;
}

std::uint8_t byte_of(StoragePin kind) {
    return static_cast<std::uint8_t>(kind);
}

bool has_magic(const Report& response) {
    return response.bytes()[device_status_at] == 0x18 && response.bytes()[device_status_at + 1] == 0x33;
}

}  // namespace

Report get_device_status() {
    return request(Command::get_device_status);
}

Report check_smartcard_usage() {
    return request(Command::check_smartcard_usage);
}

Report sd_card_high_watermark() {
    return request(Command::sd_card_high_watermark);
}

Report send_password(StoragePin kind, const base::SecretText& pin) {
    return with_pin(Command::send_password, byte_of(kind), pin);
}

Report send_new_password(StoragePin kind, const base::SecretText& pin) {
    return with_pin(Command::send_new_password, byte_of(kind), pin);
}

Report storage_unblock_user_pin(const base::SecretText& new_user_pin) {
    return with_pin(Command::unlock_user_password, byte_of(StoragePin::admin), new_user_pin);
}

Report generate_new_keys(const base::SecretText& admin_pin) {
    return with_pin(Command::generate_new_keys, byte_of(StoragePin::user), admin_pin);
}

Match match_started(const Report& response, const Report& request) {
    const auto block = response.bytes().subspan(started_block_at, 4);
    if (block[1] != request.bytes()[0]) return Match::unknown;
    switch (static_cast<StartedStatus>(block[2])) {
        case StartedStatus::busy:
        case StartedStatus::busy_with_progress:
            // The payload may leave while the block still says busy, and it leaves once (quirk Q-S6;
            // docs/protocol/pro-storage.md, section 5.1).
            return command_of(request) == Command::get_device_status && has_magic(response) ? Match::ours
                                                                                            : Match::pending;
        default: return Match::ours;
    }
}

StartedStatus started_status_of(const Report& response) {
    return static_cast<StartedStatus>(response.bytes()[started_block_at + 2]);
}

std::uint8_t started_progress_of(const Report& response) {
    return response.bytes()[started_block_at + 3];
}

namespace {

// Those that have other bits of their own (section 5.1: new SD card, filled with random data) can be anything.
std::optional<StorageStatus::ImpossibleFlag> impossible_flag(const DeviceStatusPayload& p) {
    const StorageStatus::ImpossibleFlag flags[] = {
        {"unencrypted volume read-only", p.unencrypted_read_only, 1},
        {"encrypted volume read-only", p.encrypted_read_only, 1},
        {"hidden volume read-only", p.hidden_read_only, 1},
        {"firmware locked", p.firmware_locked, 1},
        {"active volumes", p.active_volumes, 7},
        {"keys not made", p.keys_not_initialised, 1},
    };
    for (const auto& flag : flags)
        if (flag.actual > flag.limit) return flag;
    return std::nullopt;
}

}  // namespace

std::optional<StorageStatus> decode_device_status(const Report& response) {
    if (!has_magic(response)) return std::nullopt;
    const auto& p = *reinterpret_cast<const DeviceStatusPayload*>(response.bytes().data() + device_status_at);
    StorageStatus status;
    status.firmware_major = p.firmware_major;
    status.firmware_minor = p.firmware_minor;
    status.build = p.build;
    status.card_serial = base::load_le32(p.card_serial, 0);
    status.sd_card_serial = base::load_le32(p.sd_card_serial, 0);
    status.user_tries = p.user_tries;
    status.admin_tries = p.admin_tries;
    status.unencrypted_active = (p.active_volumes & 1) != 0;
    status.encrypted_active = (p.active_volumes & 2) != 0;
    status.hidden_active = (p.active_volumes & 4) != 0;
    status.unencrypted_read_only = p.unencrypted_read_only != 0;
    status.encrypted_read_only = p.encrypted_read_only != 0;
    status.hidden_read_only = p.hidden_read_only != 0;
    status.firmware_locked = p.firmware_locked != 0;
    status.new_sd_card = (p.new_sd_card & 1) != 0;
    status.filled_with_random = (p.filled_with_random & 1) != 0;
    status.keys_initialised = p.keys_not_initialised == 0;
    status.impossible = impossible_flag(p);
    return status;
}

bool carries_foreign_status(const Report& response) {
    constexpr std::uint8_t status = 3, production = 4;  // types
    const auto bytes = response.bytes();
    const bool typed = bytes[26] == status || bytes[26] == production;
    // That nothing follows and how much there is stands between type and magic.
    return !is_started(static_cast<Command>(bytes[1])) && has_magic(response) && typed && bytes[27] == 0 &&
           bytes[28] >= 25;
}

bool may_carry_foreign_block(const Report& response) {
    const auto block = response.bytes().subspan(started_block_at, 4);
    constexpr std::uint8_t last_status = 8;
    return is_started(static_cast<Command>(block[1])) && block[2] <= last_status && block[3] <= 100;
}

HighWatermark decode_high_watermark(const Report& response) {
    const auto result = response.bytes().subspan(result_at, 4);
    return {result[0], result[1], result[2], result[3]};
}

}  // namespace tokendeck::wire
