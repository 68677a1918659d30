#include "wire/pro.hpp"

#include "base/bytes.hpp"
#include "wire/payload.hpp"
#include "wire/storage.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace tokendeck::wire {
std::optional<otp::SlotId> slot_of(std::uint8_t slot_code) {
    constexpr std::uint8_t most = 0x10;  // codes a kind
    if (slot_code >= totp_slot_base && slot_code < totp_slot_base + most)
        return otp::NumberedSlot{otp::OtpKind::totp, static_cast<std::uint8_t>(slot_code - totp_slot_base + 1)};
    if (slot_code >= hotp_slot_base && slot_code < totp_slot_base)
        return otp::NumberedSlot{otp::OtpKind::hotp, static_cast<std::uint8_t>(slot_code - hotp_slot_base + 1)};
    return std::nullopt;
}

std::optional<std::uint8_t> slot_code(const otp::SlotId& slot, const otp::TokenLimits& limits) {
    const auto* numbered = std::get_if<otp::NumberedSlot>(&slot);
    if (numbered == nullptr) return std::nullopt;
    const bool hotp = numbered->kind == otp::OtpKind::hotp;
    // Before anything is sent, as libnitrokey does (quirk Q-L5): a Pro 0.7 takes one slot too many (Q-P10).
    if (numbered->number == 0 || numbered->number > (hotp ? limits.hotp_slots : limits.totp_slots)) return std::nullopt;
    return static_cast<std::uint8_t>((hotp ? hotp_slot_base : totp_slot_base) + numbered->number - 1);
}

Report get_status() {
    return request(Command::get_status);
}

Report get_retry_count(bool admin) {
    return request(admin ? Command::get_password_retry_count : Command::get_user_password_retry_count);
}

Report read_slot(std::uint8_t slot_code) {
    Report report = request(Command::read_slot);
    report.bytes()[1] = slot_code;
    // The counter in binary: else a Storage cuts it to 7 digits (quirk Q-S16). A Pro ignores it.
    report.bytes()[2] = 1;
    return report;
}

Report set_time(std::int64_t unix_seconds, bool hard) {
    Report report = request(Command::set_time);
    auto& payload = payload_of<SetTimePayload>(report);
    payload.mode = hard ? 1 : 0;
    base::store_le64(payload.time, 0, static_cast<std::uint64_t>(unix_seconds));
    return report;
}

Report get_code(std::uint8_t slot_code, std::span<const std::uint8_t> temporary_password) {
    assert(temporary_password.empty() || temporary_password.size() == temporary_password_size);
    Report report = request(Command::get_code);
    auto& payload = payload_of<GetCodePayload>(report);
    payload.slot = slot_code;
    put(payload.temporary_password, temporary_password);
    return report;
}

Report authenticate(bool admin, const base::SecretText& pin, std::span<const std::uint8_t> temporary_password) {
    assert(!pin.empty() && pin.size() <= pin_field_size && temporary_password.size() == temporary_password_size);
    Report report = request(admin ? Command::first_authenticate : Command::user_authenticate);
    auto& payload = payload_of<AuthenticatePayload>(report);
    put(payload.pin, pin.bytes());
    put(payload.temporary_password, temporary_password);
    return report;
}

Report send_name(std::span<const std::uint8_t> temporary_password, std::string_view name) {
    assert(name.size() <= slot_name_size);
    Report report = request(Command::send_otp_data);
    auto& payload = payload_of<SendOtpDataPayload>(report);
    put(payload.temporary_password, temporary_password);
    payload.type = 'N';
    put(payload.data, bytes_of(name));
    return report;
}

Report send_secret(std::span<const std::uint8_t> temporary_password, std::span<const std::uint8_t> secret,
                   std::uint8_t index) {
    assert(secret.size() <= slot_secret_size && index <= 1);
    Report report = request(Command::send_otp_data);
    auto& payload = payload_of<SendOtpDataPayload>(report);
    put(payload.temporary_password, temporary_password);
    payload.type = 'S';
    payload.index = index;
    const std::size_t from = std::min(secret.size(), index * otp_data_chunk_size);
    put(payload.data, secret.subspan(from, std::min(secret.size() - from, otp_data_chunk_size)));
    return report;
}

Report write_slot(std::span<const std::uint8_t> temporary_password, std::uint8_t slot_code,
                  const otp::OtpParameters& parameters, std::uint8_t config, const TokenId& token_id) {
    Report report = request(Command::write_to_slot);
    auto& payload = payload_of<WriteToSlotPayload>(report);
    put(payload.temporary_password, temporary_password);
    payload.slot = slot_code;
    base::store_le64(payload.counter_or_interval, 0,
                     parameters.kind == otp::OtpKind::hotp ? parameters.counter : parameters.period);
    payload.config = config;
    put(payload.token_id, token_id);
    return report;
}

Report erase_slot(std::span<const std::uint8_t> temporary_password, std::uint8_t slot_code) {
    Report report = request(Command::erase_slot);
    auto& payload = payload_of<EraseSlotPayload>(report);
    payload.slot = slot_code;
    put(payload.temporary_password, temporary_password);
    return report;
}

void seal(Report& request, std::uint16_t nonce) {
    base::store_le<2>(request.bytes(), nonce_at, nonce);
    seal_without_nonce(request);
}

void seal_without_nonce(Report& request) {
    auto bytes = request.bytes();
    base::store_le32(bytes, checksum_at, checksum(bytes.first<checked_size>()));
}

Command command_of(const Report& request) {
    return static_cast<Command>(request.bytes()[0]);
}

Match match(const Report& response, const Report& request) {
    // Everything is compared that libnitrokey does not (quirk Q-L1).
    const auto got = response.bytes();
    const DeviceStatus device = device_status_of(response);
    if (device == DeviceStatus::busy || device == DeviceStatus::received) return Match::pending;
    if (device != DeviceStatus::ready) return Match::damaged;
    if (base::load_le32(got, checksum_at) != checksum(got.first<checked_size>())) return Match::damaged;
    if (got[1] != request.bytes()[0]) return Match::not_ours;
    // Status 1: the request arrived damaged. A Pro then echoes the checksum it computed, which is ours only if the
    // damage was in the four checksum bytes themselves; a Storage the one it received (quirk Q-S21).
    if (status_of(response) == CommandStatus::wrong_crc) return Match::rejected;
    if (base::load_le32(got, 2) != base::load_le32(request.bytes(), checksum_at)) return Match::not_ours;
    return is_started(command_of(request)) ? match_started(response, request) : Match::ours;
}

CommandStatus status_of(const Report& response) {
    return static_cast<CommandStatus>(response.bytes()[6]);
}

DeviceStatus device_status_of(const Report& response) {
    return static_cast<DeviceStatus>(response.bytes()[0]);
}

Status decode_status(const Report& response) {
    const auto& result = result_of<StatusResult>(response);
    Status status;
    status.firmware_major = result.firmware_major;
    status.firmware_minor = result.firmware_minor;
    status.card_serial = base::load_le32(result.card_serial, 0);
    std::copy(std::begin(result.config), std::end(result.config), status.config.begin());
    return status;
}

Slot decode_slot(const Report& response) {
    const auto& result = result_of<ReadSlotResult>(response);
    Slot slot{text_of(result.name), result.config, base::load_le64(result.counter_or_interval, 0), {}};
    std::copy(std::begin(result.token_id), std::end(result.token_id), slot.token_id.begin());
    return slot;
}

Code decode_code(const Report& response) {
    const auto& result = result_of<GetCodeResult>(response);
    return {base::load_le32(result.code, 0), (result.config & config_eight_digits) != 0};
}

base::SecretText code_text(const Code& code) {
    char digits[10];
    std::size_t first = sizeof digits;
    std::uint32_t rest = code.value;
    const std::size_t wanted = code.eight_digits ? 8 : 6;
    while (rest != 0 || sizeof digits - first < wanted) {
        digits[--first] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    auto text = base::SecretText::copy_of({digits + first, sizeof digits - first});
    base::wipe(digits, sizeof digits);
    return text;
}

std::uint8_t decode_retry_count(const Report& response) {
    return response.bytes()[result_at];
}

bool echo_matches_name(const Report& response, std::string_view name) {
    std::uint8_t padded[slot_name_size] = {};
    put(padded, bytes_of(name));
    return std::ranges::equal(padded, response.bytes().subspan(result_at, slot_name_size));
}

bool echo_matches_secret(const Report& response, std::span<const std::uint8_t> secret, std::size_t bytes_known) {
    assert(secret.size() <= slot_secret_size && bytes_known <= slot_secret_size);
    auto padded = base::SecretBytes(slot_secret_size);
    base::store(padded.bytes(), 0, secret);
    return base::equal_in_constant_time(padded.bytes().first(bytes_known),
                                        response.bytes().subspan(result_at, bytes_known));
}

}  // namespace tokendeck::wire
