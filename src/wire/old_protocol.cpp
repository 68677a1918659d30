#include "wire/old_protocol.hpp"

#include "base/bytes.hpp"
#include "wire/payload.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace tokendeck::wire::old_protocol {

Report write_slot(std::uint8_t slot_code, std::string_view name, std::span<const std::uint8_t> secret,
                  const otp::OtpParameters& parameters, std::uint8_t config, bool decimal_counter,
                  const TokenId& token_id) {
    Report report = request(Command::write_to_slot);
    auto& payload = payload_of<WriteToSlotPayload>(report);
    payload.slot = slot_code;
    put(payload.name, bytes_of(name));
    put(payload.secret, secret);
    payload.config = config;
    put(payload.token_id, token_id);
    if (parameters.kind == otp::OtpKind::totp) {
        base::store_le64(payload.counter_or_interval, 0, parameters.period);
    } else if (decimal_counter) {
        auto* const first = reinterpret_cast<char*>(payload.counter_or_interval);
        [[maybe_unused]] const auto written =
            std::to_chars(first, first + sizeof payload.counter_or_interval, parameters.counter);
        assert(written.ec == std::errc{});
    } else {
        base::store_le64(payload.counter_or_interval, 0, parameters.counter);
    }
    return report;
}

Report erase_slot(std::uint8_t slot_code) {
    Report report = request(Command::erase_slot);
    report.bytes()[1] = slot_code;
    return report;
}

Report write_config(const std::array<std::uint8_t, 5>& config) {
    Report report = request(Command::write_config);
    std::copy(config.begin(), config.end(), report.bytes().begin() + payload_at);
    return report;
}

Report authorize(bool admin, const Report& packet, std::span<const std::uint8_t> temporary_password) {
    Report report = request(admin ? Command::authorize : Command::user_authorize);
    auto& payload = payload_of<AuthorizePayload>(report);
    std::copy_n(packet.bytes().begin() + checksum_at, sizeof payload.checksum, payload.checksum);
    put(payload.temporary_password, temporary_password);
    return report;
}

std::optional<Slot> decode_slot(const Report& response, bool hotp, bool decimal_counter) {
    Slot slot = wire::decode_slot(response);
    if (!hotp) slot.counter_or_interval &= 0xFFFF;
    if (!hotp || !decimal_counter) return slot;
    // Up to ten digits and a zero, past the field's eight bytes.
    constexpr std::size_t counter_at = result_at + offsetof(ReadSlotResult, counter_or_interval);
    const auto text = response.bytes().subspan(counter_at, 11);
    const auto end = std::find(text.begin(), text.end(), std::uint8_t{0});
    const auto* const first = reinterpret_cast<const char*>(text.data());
    const auto* const last = first + (end - text.begin());
    std::uint32_t counter = 0;  // as wide as the firmware's
    const auto [stop, error] = std::from_chars(first, last, counter);
    if (error != std::errc{} || stop != last) return std::nullopt;
    slot.counter_or_interval = counter;
    return slot;
}

}  // namespace tokendeck::wire::old_protocol
