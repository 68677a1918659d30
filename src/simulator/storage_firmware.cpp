#include "simulator/storage_firmware.hpp"

#include "base/bytes.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::simulator {
namespace {

using Started = StorageWork::Started;

constexpr std::size_t block_at = 20;
constexpr std::uint8_t tries_card_not_ready = 77;
constexpr std::uint8_t block_busy = 2;
constexpr std::uint8_t block_busy_with_progress = 4;

bool is_started_id(std::uint8_t command) {
    return command >= 0x20 && command <= 0x5F;
}

// The first moment at or after `now` at which something that happens every `period` since `origin` happens.
base::SteadyTime next_round(base::SteadyTime origin, base::Microseconds period, base::SteadyTime now) {
    if (period.count() == 0 || now <= origin) return now;
    const auto passed = now - origin;
    const auto rounds = (passed + period - base::SteadyTime::duration{1}) / period;
    return origin + period * rounds;
}

// Synchronous commands that wait as long as another program has the card.
bool needs_card(std::uint8_t command) {
    switch (static_cast<wire::Command>(command)) {
        case wire::Command::first_authenticate:
        case wire::Command::user_authenticate:
        case wire::Command::unlock_user_password:
        case wire::Command::factory_reset:
        case wire::Command::pw_safe_enable: return true;
        default: return false;
    }
}

}  // namespace

// ---- the bus ----

base::Result<bool> StorageFirmware::set_report(const wire::Report& request, base::SteadyTime now,
                                               const Faults& faults) {
    if (broken_) return *broken_;
    settle(now, faults, false);
    power_.taken_at = now;
    work_.request = wire::Report::copy_of(request.bytes());  // over one that waits
    if (!work_.pending) work_.parse_at = next_round(power_.plugged_in, timing_.parse_period, now);
    work_.pending = true;
    work_.busy_longer = faults.busy_longer;
    work_.stale_reads_left = timing_.received_reads;
    if (!is_started_id(request.bytes()[0])) work_.stale_reads_left += faults.late_reads;
    if (broken_) return *broken_;
    return true;
}

base::Result<wire::Report> StorageFirmware::get_report(base::SteadyTime now, const Faults& faults) {
    if (broken_) return *broken_;
    settle(now, faults, false);
    if (broken_) return *broken_;
    const wire::Report& shown = now < work_.ready_at ? work_.under_construction : power_.response;
    wire::Report report = wire::Report::copy_of(shown.bytes());
    report.bytes()[0] = 0;
    if (work_.payload != StorageWork::Payload::none) {
        add_payload(report);
        work_.payload = StorageWork::Payload::none;
        base::store_le32(report.bytes(), 60, crc_of(report.bytes()));
    }
    if (work_.started == Started::running && work_.busy_reads_left != 0) --work_.busy_reads_left;
    else if (work_.pending && work_.stale_reads_left != 0) --work_.stale_reads_left;
    return report;
}

void StorageFirmware::finish(base::SteadyTime now, const Faults& faults) {
    settle(now, faults, true);
}

bool StorageFirmware::steal_payload(base::SteadyTime now, const Faults& faults) {
    settle(now, faults, false);
    return std::exchange(work_.payload, StorageWork::Payload::none) != StorageWork::Payload::none;
}

// ---- the worker task ----

bool StorageFirmware::may_parse(base::SteadyTime now, const Faults& faults, bool at_once) const {
    if (!work_.pending) return false;
    if (at_once) return true;
    const bool forgotten = now - power_.taken_at >= std::chrono::seconds{1};
    if (now < work_.parse_at || now < work_.task_free_at || (work_.stale_reads_left != 0 && !forgotten)) return false;
    return !(faults.card_in_use && needs_card(work_.request.bytes()[0]));
}

void StorageFirmware::settle(base::SteadyTime now, const Faults& faults, bool at_once) {
    faults_ = &faults;
    while (!broken_) {
        if (work_.started == Started::running) {  // the task is blocked
            const bool forgotten = now - power_.taken_at >= std::chrono::seconds{1};
            const bool over = now >= work_.finish_at && (work_.busy_reads_left == 0 || forgotten);
            if (!over && !at_once) {
                if (work_.block[2] == block_busy_with_progress && work_.finish_at > work_.started_at) {
                    const auto done = (now - work_.started_at) * 100 / (work_.finish_at - work_.started_at);
                    work_.block[3] = static_cast<std::uint8_t>(std::clamp<std::int64_t>(done, 0, 100));
                    show_block();
                }
                break;
            }
            end_started();
            continue;
        }
        const bool card_is_ours = !faults.card_in_use || work_.block[1] == 0x40;
        const auto start_at = std::max(work_.start_at, work_.task_free_at);
        const bool may_start = work_.started == Started::waiting && card_is_ours && (now >= start_at || at_once);
        const bool parses = may_parse(now, faults, at_once);
        const auto parse_at = std::max(work_.parse_at, work_.task_free_at);
        if (may_start && (!parses || start_at <= parse_at)) start(start_at);
        else if (parses) parse(parse_at);
        else break;
    }
    faults_ = nullptr;
}

void StorageFirmware::parse(base::SteadyTime at) {
    work_.pending = false;
    time_ = at;
    cost_ = timing_.plain;
    const wire::Report request = wire::Report::copy_of(work_.request.bytes());
    const Bytes bytes = request.bytes();
    const std::uint8_t id = bytes[0];
    power_.response.clear();
    auto answer = power_.response.bytes();
    answer[1] = id;
    base::store(answer, 2, bytes.subspan(60, 4));  // as received (quirk Q-S21)
    work_.under_construction = wire::Report::copy_of(answer);
    const bool right = crc_of(bytes) == base::load_le32(bytes, 60);
    Status status = Status::ok;
    bool started = false;
    if (!right) {
        status = Status::wrong_crc;
    } else if (!is_started_id(id)) {
        status = dispatch(bytes, answer.subspan(7));
    } else if (implements(static_cast<Command>(id))) {
        // What is not implemented leaves the block of the command before (quirk Q-S17).
        ++work_.block[0];
        work_.block[1] = id;
        work_.block[2] = block_busy;
        work_.block[3] = 0;
        work_.started = Started::waiting;
        work_.parameters = wire::Report::copy_of(request.bytes());
        work_.start_at = next_round(power_.plugged_in, timing_.start_period, at);
        started = true;
    }
    answer[6] = static_cast<std::uint8_t>(status);
    if (id == 0x09) answer[20] = 0xAA;
    if (is_started_id(id)) show_block();
    base::store_le32(answer, 60, crc_of(answer));
    if (!started) {
        record(id, answer[6]);
        work_.ready_at = at + cost_ + work_.busy_longer;
        work_.task_free_at = work_.ready_at;
    }
}

void StorageFirmware::start(base::SteadyTime at) {
    time_ = at;
    cost_ = base::Microseconds{0};
    work_.started = Started::running;
    work_.started_at = at;
    work_.payload_after = StorageWork::Payload::none;
    const wire::Report request = std::move(work_.parameters);
    const Outcome outcome = execute_started(request.bytes());
    work_.outcome = static_cast<std::uint8_t>(outcome);
    work_.busy_reads_left = timing_.busy_reads + faults_->late_reads;
    work_.finish_at = at + cost_ + work_.busy_longer;
    record(request.bytes()[0], work_.outcome);
}

void StorageFirmware::end_started() {
    work_.started = Started::none;
    work_.task_free_at = work_.finish_at;
    work_.block[2] = work_.outcome;
    work_.block[3] = 0;
    work_.payload = work_.payload_after;
    show_block();
}

// In place, whatever response stands there by now (docs/protocol/pro-storage.md, section 7.4).
void StorageFirmware::show_block() {
    auto answer = power_.response.bytes();
    base::store(answer, block_at, work_.block);
    base::store_le32(answer, 60, crc_of(answer));
}

// ---- commands executed by the parser ----

StorageFirmware::Status StorageFirmware::dispatch(Bytes request, std::span<std::uint8_t> result) {
    if (const auto status = common_command(request, result)) {
        const bool admin = static_cast<Command>(request[0]) == Command::first_authenticate;
        // It also tries to unlock the password safe, which works if the card knows the user.
        if (admin && *status == Status::ok && power_.card.user_verified && state_.aes_key)
            power_.safe_key = state_.safe_key.clone();
        return *status;
    }
    switch (static_cast<Command>(request[0])) {
        case Command::get_status:  // quirk Q-S13
            result[0] = 1;
            base::store(result, 6, state_.config);
            return Status::ok;
        case Command::get_password_retry_count: return retry_count(result, true);
        case Command::get_user_password_retry_count: return retry_count(result, false);
        case Command::authorize:
        case Command::user_authorize: work_.silenced = true; return Status::ok;  // quirk Q-S3
        case Command::unlock_user_password: return unlock_user_password(request);
        case Command::lock_device: lock_device(); return Status::ok;
        case Command::factory_reset: return factory_reset(request);
        case Command::pw_safe_init_key: return minor() <= 56 ? init_safe_key() : Status::ok;
        case Command::sd_card_high_watermark: {
            constexpr std::uint8_t range[] = {1, 12, 1, 99};  // percent; there is no card that could be worn
            base::store(result, 0, range);
            return Status::ok;
        }
        default: return Status::ok;  // whatever it is: quirk Q-S2
    }
}

StorageFirmware::Status StorageFirmware::retry_count(std::span<std::uint8_t> result, bool admin) {
    if (minor() < 54) {  // quirk Q-S18
        result[0] = admin ? work_.cached_admin_tries : work_.cached_user_tries;
    } else {
        card_exchange();
        result[0] = tries(admin ? CardPin::admin : CardPin::user);
    }
    return Status::ok;
}

StorageFirmware::Status StorageFirmware::unlock_user_password(Bytes request) {
    card_exchange();
    if (!power_.card.admin_verified || !card_set_pin(state_, CardPin::user, text_field(request, 2, 30)))
        return Status::wrong_password;
    keep(base::Microseconds{0});
    return Status::ok;
}

void StorageFirmware::lock_device() {
    power_.safe_key.clear();
    work_.active_volumes = 1;
    work_.remembered_user.clear();
    work_.remembered_admin.clear();
    power_.card = {};
    if (minor() >= 54) {
        power_.admin_password.clear();
        power_.user_password.clear();
    }
}

StorageFirmware::Status StorageFirmware::factory_reset(Bytes request) {
    if (!verify(CardPin::admin, text_field(request, 1, 25))) return Status::wrong_password;
    cost_ += timing_.factory_reset;
    card_reset(state_, power_.card);
    keep(base::Microseconds{0});
    erase_slots();
    destroy_volumes();
    state_.storage.keys_not_initialised = true;
    state_.storage.new_sd_card = true;
    keep(base::Microseconds{0});
    return Status::ok;
}

// ---- clocks ----

std::uint64_t StorageFirmware::system_clock() const {
    const auto since = std::chrono::duration_cast<std::chrono::seconds>(time_ - work_.system_set_at);
    return work_.system_seconds + static_cast<std::uint64_t>(std::max<std::int64_t>(since.count(), 0));
}

void StorageFirmware::set_clock(std::uint64_t unix_seconds) {
    work_.system_set_at = time_;
    // From 0.54 on the system clock begins anew, and a base is added to it (quirk Q-S5).
    power_.clock_base = old_protocol() ? 0 : unix_seconds;
    work_.system_seconds = old_protocol() ? unix_seconds & 0xFFFFFFFF : 0;
}

std::uint64_t StorageFirmware::clock() const {
    return power_.clock_base + system_clock();
}

// ---- the card ----

bool StorageFirmware::card_ready() const {
    return time_ - power_.plugged_in >= timing_.card_start;
}

std::uint8_t StorageFirmware::tries(CardPin pin) const {
    if (!card_ready()) return tries_card_not_ready;
    return pin == CardPin::admin ? state_.admin_tries : state_.user_tries;
}

}  // namespace tokendeck::simulator
