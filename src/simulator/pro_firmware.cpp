#include "simulator/pro_firmware.hpp"

#include "base/bytes.hpp"

#include <algorithm>

namespace tokendeck::simulator {

using Phase = ProWalk::Phase;

// ---- the bus ----

void ProFirmware::settle(base::SteadyTime now) {
    ProWalk& walk = power_.walk;
    // A fast token that nobody reads for a second has long been ready.
    const bool forgotten = now - power_.taken_at >= std::chrono::seconds{1};
    if (walk.phase == Phase::received && now >= walk.executed_at && (walk.received_reads_left == 0 || forgotten))
        walk.phase = Phase::busy;
    if (walk.phase == Phase::busy && now >= walk.ready_at && (walk.busy_reads_left == 0 || forgotten))
        walk.phase = Phase::ready;
}

base::Result<bool> ProFirmware::set_report(const wire::Report& request, base::SteadyTime now, const Faults& faults) {
    if (broken_) return *broken_;
    settle(now);
    ProWalk& walk = power_.walk;
    if (walk.phase != Phase::ready) return false;
    walk.phase = Phase::received;
    power_.taken_at = now;
    walk.executed_at = now + timing_.received;
    walk.received_reads_left = timing_.received_reads;
    walk.busy_reads_left = timing_.busy_reads + faults.late_reads;
    walk.shown_before = wire::Report::copy_of(power_.response.bytes());
    // While it works, the answer under construction can be read: partly zero, or still the old one.
    std::uint8_t coin = 0;
    randomize({&coin, 1});
    walk.shown_busy = (coin & 1) != 0 ? wire::Report::copy_of(power_.response.bytes()) : wire::Report{};

    faults_ = &faults;
    time_ = walk.executed_at;
    cost_ = timing_.plain;
    execute(request.bytes());
    faults_ = nullptr;
    walk.ready_at = walk.executed_at + cost_ + faults.busy_longer;
    if (broken_) return *broken_;
    return true;
}

base::Result<wire::Report> ProFirmware::get_report(base::SteadyTime now, const Faults&) {
    if (broken_) return *broken_;
    settle(now);
    ProWalk& walk = power_.walk;
    const wire::Report& shown = walk.phase == Phase::received ? walk.shown_before
                                : walk.phase == Phase::busy   ? walk.shown_busy
                                                              : power_.response;
    wire::Report report = wire::Report::copy_of(shown.bytes());
    report.bytes()[0] = walk.phase == Phase::received ? 3 : walk.phase == Phase::busy ? 1 : 0;
    if (walk.phase == Phase::received && walk.received_reads_left != 0) --walk.received_reads_left;
    if (walk.phase == Phase::busy && walk.busy_reads_left != 0) --walk.busy_reads_left;
    return report;
}

void ProFirmware::execute(Bytes request) {
    power_.response.clear();
    auto answer = power_.response.bytes();
    const std::uint32_t crc = crc_of(request);
    answer[1] = request[0];
    base::store_le32(answer, 2, crc);
    const Status status =
        crc == base::load_le32(request, 60) ? dispatch(request, answer.subspan(7)) : Status::wrong_crc;
    answer[6] = static_cast<std::uint8_t>(status);
    base::store_le32(answer, 60, crc_of(answer));  // over whatever a result left there
    record(request[0], answer[6]);
}

ProFirmware::Status ProFirmware::dispatch(Bytes request, std::span<std::uint8_t> result) {
    if (const auto status = common_command(request, result)) return *status;
    const auto command = static_cast<Command>(request[0]);
    switch (command) {
        case Command::get_status: return get_status(result);
        case Command::get_password_retry_count:
        case Command::get_user_password_retry_count:
            card_exchange();
            result[0] = command == Command::get_password_retry_count ? state_.admin_tries : state_.user_tries;
            return Status::ok;
        case Command::unlock_user_password: return unlock_user_password(request);
        case Command::lock_device: power_.safe_key.clear(); return Status::ok;
        case Command::factory_reset: return factory_reset(request);
        case Command::change_user_pin: return change_pin(request, CardPin::user);
        case Command::change_admin_pin: return change_pin(request, CardPin::admin);
        case Command::firmware_update: return minor() >= 11 ? firmware_update(request) : Status::unknown_command;
        case Command::change_firmware_password:
            return minor() >= 11 ? change_firmware_password(request) : Status::unknown_command;
        case Command::get_random: return minor() >= 14 ? get_random(request, result) : Status::unknown_command;
        case Command::pw_safe_init_key: return init_safe_key();
        case Command::detect_sc_aes:
            return verify(CardPin::user, text_field(request, 1, 25)) ? Status::ok : Status::wrong_password;
        case Command::new_aes_key: return new_aes_key(request);
        default: return Status::unknown_command;  // the other protocol's, a Storage's, nobody's
    }
}

// The clock: 101 ticks of 10 ms a count (quirk Q-P1). SET_TIME sets the count and leaves the running tick alone, so
// that the next second begins at any time within 1.01 s after it.
std::uint64_t ProFirmware::counts() const {
    constexpr base::Milliseconds count{1010};
    return static_cast<std::uint64_t>((time_ - power_.plugged_in) / count);
}

void ProFirmware::set_clock(std::uint64_t unix_seconds) {
    power_.clock_base_count = counts();
    power_.clock_base = unix_seconds;
}

std::uint64_t ProFirmware::clock() const {
    return power_.clock_base + (counts() - power_.clock_base_count);
}

// ---- status and PINs ----

ProFirmware::Status ProFirmware::get_status(std::span<std::uint8_t> result) const {
    result[0] = minor();
    result[1] = 0;
    base::store_le32(result, 2, state_.card_serial);
    base::store(result, 6, state_.config);
    return Status::ok;
}

ProFirmware::Status ProFirmware::change_pin(Bytes request, CardPin pin) {
    if (!verify(pin, text_field(request, 1, 25))) return Status::wrong_password;
    card_exchange();
    if (!card_set_pin(state_, pin, text_field(request, 26, 25)))
        return pin == CardPin::user ? Status::error_changing_user_password : Status::error_changing_admin_password;
    keep(base::Microseconds{0});
    return Status::ok;
}

ProFirmware::Status ProFirmware::unlock_user_password(Bytes request) {
    // Neither field is cut at 25 bytes (quirk Q-P14): a text runs on to the next zero byte, past its field's end.
    if (!verify(CardPin::admin, text_field(request, 1, 59))) return Status::wrong_password;
    card_exchange();
    if (!card_set_pin(state_, CardPin::user, text_field(request, 26, 34))) return Status::error_unblocking_pin;
    keep(base::Microseconds{0});
    return Status::ok;
}

// ---- the whole device ----

ProFirmware::Status ProFirmware::factory_reset(Bytes request) {
    if (!verify(CardPin::admin, text_field(request, 1, 25))) return Status::wrong_password;
    cost_ += timing_.factory_reset;
    if (faults_->reset_without_effect) return Status::ok;  // quirk Q-P4
    card_reset(state_, power_.card);
    keep(base::Microseconds{0});
    if (flash_refuses()) return Status::ok;  // only the card is reset
    erase_slots();
    // The key and the first half of the password safe are overwritten. Config, clock, temporary passwords and an
    // unlocked safe stay as they are (docs/protocol/pro-storage.md, section 4.5, quirk Q-P5).
    randomize(state_.safe_key.bytes());
    for (std::size_t i = 0; i < safe_slots / 2; ++i) randomize(state_.safe_records[i].bytes());
    if (minor() >= 11 && minor() <= 13) {  // quirk Q-P11
        constexpr std::uint8_t standard[] = {'1', '2', '3', '4', '5', '6', '7', '8'};
        state_.firmware_password = base::SecretBytes::copy_of(standard);
    }
    keep(base::Microseconds{0});
    return Status::ok;
}

ProFirmware::Status ProFirmware::new_aes_key(Bytes request) {
    cost_ += timing_.new_key;
    if (!flash_refuses()) randomize(state_.safe_key.bytes());  // before the PIN is looked at (quirk Q-P3)
    power_.safe_key.clear();
    keep(base::Microseconds{0});
    if (!verify(CardPin::admin, text_field(request, 1, 25))) return Status::wrong_password;
    state_.aes_key = true;
    keep(base::Microseconds{0});
    return Status::ok;
}

ProFirmware::Status ProFirmware::firmware_update(Bytes request) {
    if (!base::equal_in_constant_time(text_field(request, 1, 20), state_.firmware_password.bytes()))
        return Status::wrong_password;
    power_.boot_loader = true;
    return Status::ok;  // never read
}

ProFirmware::Status ProFirmware::change_firmware_password(Bytes request) {
    const Bytes fresh = text_field(request, 21, 20);
    if (!base::equal_in_constant_time(text_field(request, 1, 20), state_.firmware_password.bytes()) || fresh.size() < 8)
        return Status::wrong_password;
    if (flash_refuses()) return Status::ok;
    state_.firmware_password = base::SecretBytes::copy_of(fresh);
    keep(timing_.flash_write);
    return Status::ok;
}

ProFirmware::Status ProFirmware::get_random(Bytes request, std::span<std::uint8_t> result) {
    const std::uint8_t count = std::min<std::uint8_t>(request[1], 55);
    card_exchange();
    result[0] = 1;
    result[1] = count;
    randomize(result.subspan(2, count));  // up to byte 63: the checksum then overwrites the last four (quirk Q-P13)
    return Status::ok;
}

}  // namespace tokendeck::simulator
