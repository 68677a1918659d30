// What a Storage delivers with one read only. Source: docs/protocol/pro-storage.md, section 5.
#include "base/bytes.hpp"
#include "simulator/storage_firmware.hpp"

#include <algorithm>

namespace tokendeck::simulator {
namespace {

constexpr std::size_t envelope_at = 25;
constexpr std::size_t data_at = 29;

}  // namespace

void StorageFirmware::add_payload(wire::Report& report) const {
    const bool status = work_.payload == StorageWork::Payload::status;
    auto bytes = report.bytes();
    bytes[envelope_at] = 0;
    bytes[envelope_at + 1] = status ? 3 : 4;
    bytes[envelope_at + 2] = 0;
    bytes[envelope_at + 3] = minor() >= 55 ? 25 : 28;
    auto data = bytes.subspan(data_at, 25);
    std::ranges::fill(data, std::uint8_t{0});
    if (status) add_status(data);
    else add_production(data);
}

void StorageFirmware::add_status(std::span<std::uint8_t> data) const {
    const StorageData& storage = state_.storage;
    data[0] = 0x18;
    data[1] = 0x33;
    data[2] = storage.unencrypted_read_only ? 1 : 0;
    data[3] = storage.encrypted_read_only ? 1 : 0;
    data[4] = 0;
    data[5] = minor();
    data[7] = storage.build;
    data[8] = storage.hidden_read_only ? 1 : 0;
    data[9] = storage.firmware_locked ? 1 : 0;
    data[10] = storage.new_sd_card ? 1 : 0;
    data[11] = storage.filled_with_random ? 1 : 0;
    base::store_le32(data, 12, storage.sd_serial);
    data[16] = work_.active_volumes;
    data[18] = work_.cached_user_tries;
    data[19] = work_.cached_admin_tries;
    base::store_le32(data, 20, state_.card_serial);
    data[24] = storage.keys_not_initialised ? 1 : 0;
}

void StorageFirmware::add_production(std::span<std::uint8_t> data) const {
    constexpr std::uint8_t year = 18;  // of the card's making, since 2000
    constexpr std::uint8_t month = 9;
    data[0] = 0;
    data[1] = minor();
    data[2] = state_.storage.build;
    data[3] = 15 + 1;                                             // GiB
    base::store_le32(data, 4, state_.card_serial ^ 0x43505549U);  // the processor's id: a number of its own
    base::store_le32(data, 12, state_.storage.sd_serial);
    data[18] = year;
    data[19] = (year + month) % 15;  // quirk Q-S8
    data[20] = 0x53;
    data[21] = 0x44;
    data[24] = 0x03;
}

}  // namespace tokendeck::simulator
