// Slots and codes. Source: docs/protocol/pro-storage.md, sections 3.4, 3.6, 7.5 and 7.7.
#include "base/bytes.hpp"
#include "simulator/hmac_sha1.hpp"
#include "simulator/token_firmware.hpp"

#include <algorithm>
#include <cstdio>

namespace tokendeck::simulator {
namespace {

constexpr std::uint8_t storage_fifteenth = 0x2E;  // of firmware 0.54 and later it shares the place of HOTP slot 0x10

bool all_zero(std::span<const std::uint8_t> bytes) {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

// As the old Storage reads a counter: digits up to the first byte that is none, 32 bits inside.
std::uint32_t decimal_counter(std::span<const std::uint8_t> field) {
    std::uint64_t value = 0;
    for (const std::uint8_t digit : field) {
        if (digit < '0' || digit > '9') break;
        value = value * 10 + (digit - '0');
    }
    return static_cast<std::uint32_t>(value);
}

}  // namespace

TokenFirmware::Status TokenFirmware::send_otp_data(Bytes request, std::span<std::uint8_t> result) {
    if (!admin_allows(request, 1)) return not_authorized();
    const std::uint8_t type = request[26];
    if (state_.is_storage() && minor() >= 57 && type != 'N' && type != 'S') return Status::invalid_input;
    SlotBuffer& buffer = power_.buffer;
    if (!buffer.open) {
        buffer.name.fill(0);
        buffer.secret = base::SecretBytes(40);
        buffer.open = true;
    }
    const Bytes data = request.subspan(28, 30);
    if (type == 'N') {
        std::copy_n(data.begin(), buffer.name.size(), buffer.name.begin());
        base::store(result, 0, buffer.name);
    } else if (type == 'S') {
        std::size_t at = std::size_t{30} * request[27];
        if (at > 40) at = 0;
        base::store(buffer.secret.bytes(), at, data.first(std::min<std::size_t>(30, 40 - at)));
        base::store(result, 0, buffer.secret.bytes());
    }
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::write_to_slot(Bytes request) {
    if (old_protocol()) return write_to_slot_old(request);
    SlotBuffer& buffer = power_.buffer;
    if (!admin_allows(request, 1) || !buffer.open) return not_authorized();
    buffer.open = false;
    if (buffer.name[0] == 0) return Status::no_name;
    const std::uint8_t id = request[26];
    if (!has_slot(id)) return Status::wrong_slot;
    if (state_.is_storage() && id == storage_fifteenth) return Status::ok;  // quirk Q-S1
    OtpRecord record;
    record.name = buffer.name;
    if (!all_zero(buffer.secret.bytes())) {
        record.secret = buffer.secret.clone();
    } else if (const auto old = state_.slots.find(id); old != state_.slots.end()) {
        record.secret = old->second.secret.clone();
    } else {
        std::ranges::fill(record.secret.bytes(), std::uint8_t{0xFF});  // what erased flash reads as
    }
    record.config = request[35];
    std::copy_n(request.begin() + 36, record.token_id.size(), record.token_id.begin());
    store_slot(id, std::move(record), base::load_le64(request, 27));
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::write_to_slot_old(Bytes request) {
    if (!admin_allows(request, 0)) return not_authorized();
    if (request[2] == 0) return Status::no_name;
    const std::uint8_t id = request[1];
    if (!has_slot(id)) return Status::wrong_slot;
    OtpRecord record;
    std::copy_n(request.begin() + 2, record.name.size(), record.name.begin());
    record.secret = base::SecretBytes::copy_of(request.subspan(17, 20));
    if (!state_.is_storage() && request[17] == 0) {  // quirk Q-P9; a Storage stores the zeros (quirk Q-S10)
        if (const auto old = state_.slots.find(id); old != state_.slots.end())
            record.secret = old->second.secret.clone();
        else std::ranges::fill(record.secret.bytes(), std::uint8_t{0xFF});
    }
    record.config = request[37];
    std::copy_n(request.begin() + 38, record.token_id.size(), record.token_id.begin());
    const std::uint64_t value = !is_hotp(id)          ? base::load_le16(request, 51)
                                : state_.is_storage() ? decimal_counter(request.subspan(51, 9))
                                                      : base::load_le64(request, 51);
    store_slot(id, std::move(record), value);
    return Status::ok;
}

void TokenFirmware::store_slot(std::uint8_t id, OtpRecord record, std::uint64_t counter_or_interval) {
    if (flash_refuses()) return;
    if (is_hotp(id)) {  // the counter's page first, then the slot's
        state_.hotp_counters[counter_of(id)] = counter_or_interval;
        state_.hotp_marks[counter_of(id)] = 0;
        keep(timing_.flash_write);
    }
    record.interval = counter_or_interval;
    state_.slots[id] = std::move(record);
    keep(timing_.flash_write);
}

TokenFirmware::Status TokenFirmware::read_slot(Bytes request, std::span<std::uint8_t> result, bool name_only) const {
    const std::uint8_t id = request[1];
    if (!has_slot(id)) return Status::wrong_slot;
    const auto found = state_.slots.find(id);
    if (found == state_.slots.end()) return Status::slot_not_programmed;
    const OtpRecord& record = found->second;
    base::store(result, 0, record.name);
    if (name_only) return Status::ok;
    result[15] = record.config;
    base::store(result, 16, record.token_id);
    const std::uint64_t value = is_hotp(id) ? state_.hotp_counters[counter_of(id)] : record.interval;
    if (is_hotp(id) && state_.is_storage() && (old_protocol() || request[2] != 1)) {
        char text[24];
        std::snprintf(text, sizeof text, "%llu", static_cast<unsigned long long>(value));
        const std::size_t digits = old_protocol() ? 10 : 7;  // quirk Q-S16
        for (std::size_t i = 0; i < digits && text[i] != 0; ++i) result[29 + i] = static_cast<std::uint8_t>(text[i]);
    } else {
        base::store_le64(result, 29, value);
    }
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::erase_slot(Bytes request) {
    if (!admin_allows(request, 2)) return not_authorized();
    const std::uint8_t id = request[1];
    if (!has_slot(id)) return Status::wrong_slot;
    if (state_.is_storage() && !old_protocol() && id == storage_fifteenth) {  // quirk Q-S1
        state_.slots.erase(0x10);
        keep(timing_.flash_write);
        return Status::ok;
    }
    if (flash_refuses()) return Status::ok;
    state_.slots.erase(id);
    keep(timing_.flash_write);
    if (is_hotp(id)) {
        state_.hotp_counters[counter_of(id)] = UINT64_MAX;
        state_.hotp_marks[counter_of(id)] = 0;
        keep(timing_.flash_write);
    }
    return Status::ok;
}

bool TokenFirmware::count_up(std::uint8_t id, std::uint64_t by) {
    std::uint64_t& counter = state_.hotp_counters[counter_of(id)];
    std::uint16_t& marks = state_.hotp_marks[counter_of(id)];
    for (; by > 0 && !flash_refuses(); --by) {
        if (marks < state_.marks_most()) {
            ++marks;
            ++counter;
            continue;
        }
        marks = 0;  // a new page, which begins at the same value: a Storage's gives that once more (quirk Q-S9),
        power_.flash_refuses = !state_.is_storage();  // a Pro's stumbles over the mark that it is done (quirk Q-P23)
    }
    keep(base::Microseconds{0});
    return by == 0 && !flash_refuses();
}

TokenFirmware::Status TokenFirmware::get_code(Bytes request, std::span<std::uint8_t> result) {
    if (!user_allows(request)) return not_authorized();
    power_.user_word = 0xFFFFFFFF;
    power_.user_word_set = false;
    const std::uint8_t id = request[1];
    if (!has_slot(id) || (id == verify_slot && has_verify_slot())) return Status::wrong_slot;
    const auto found = state_.slots.find(id);
    if (found == state_.slots.end()) return Status::slot_not_programmed;
    const OtpRecord& record = found->second;
    const bool eight = (record.config & 1) != 0;
    std::uint64_t factor = 0;
    if (is_hotp(id)) {
        factor = state_.hotp_counters[counter_of(id)];
    } else {
        const std::uint64_t interval = state_.is_storage() ? record.interval : record.interval & 0xFFFF;  // Q-P21
        factor = interval == 0 ? 0 : clock() / interval;  // by zero: a meaningless code and no error
    }
    std::uint32_t code = hotp_value(record.secret.bytes(), factor, eight);
    if (faults_->wrong_code) code = (code + 1) % (eight ? 100'000'000U : 1'000'000U);
    if (is_hotp(id) && !count_up(id, 1)) code = 0;
    base::store_le32(result, 0, code);
    result[4] = record.config;
    base::store(result, 5, record.token_id);
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::verify_otp_code(Bytes request, std::span<std::uint8_t> result) {
    const auto found = state_.slots.find(verify_slot);
    if (found == state_.slots.end()) return Status::slot_not_programmed;
    constexpr std::uint8_t window = 10;
    const std::uint32_t code = base::load_le32(request, 1);
    const std::uint64_t counter = state_.hotp_counters[counter_of(verify_slot)];
    result[1] = 0xFE;
    for (std::uint8_t i = 0; i < window; ++i) {
        if (hotp_value(found->second.secret.bytes(), counter + i, (found->second.config & 1) != 0) != code) continue;
        const bool counted = count_up(verify_slot, std::uint64_t{i} + 1);
        result[0] = counted ? 1 : 0;
        result[1] = counted ? i : 0xFF;
        break;
    }
    return Status::ok;
}

}  // namespace tokendeck::simulator
