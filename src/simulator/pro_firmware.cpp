#include "simulator/pro_firmware.hpp"

#include "base/bytes.hpp"
#include "simulator/hmac_sha1.hpp"

#include <algorithm>
#include <cstdio>

namespace tokendeck::simulator {
namespace {

using wire::Command;

constexpr std::uint8_t verify_slot = 0x13;
constexpr std::size_t executed_most = 1000;
constexpr std::size_t temporary_size = 25;

std::uint32_t crc_of(std::span<const std::uint8_t, wire::report_size> bytes) {
    return wire::checksum(bytes.first<wire::checked_size>());
}

// A text field as the firmware's C code sees it: up to the first zero byte.
std::span<const std::uint8_t> text_field(std::span<const std::uint8_t> request, std::size_t at, std::size_t length) {
    const auto field = request.subspan(at, length);
    const auto zero = std::ranges::find(field, std::uint8_t{0});
    return field.first(static_cast<std::size_t>(zero - field.begin()));
}

bool all_zero(std::span<const std::uint8_t> bytes) {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

// The check byte of a stored time (section 3.5).
std::uint8_t time_check(std::uint32_t minutes) {
    std::uint32_t shift = minutes << 8;
    for (int step = 0; step < 24; ++step) {
        if ((shift & 0x80000000U) != 0) shift ^= 0x98800000U;
        shift <<= 1;
    }
    return static_cast<std::uint8_t>(shift >> 24);
}

// What "minutes since 2014" the newest entry stands for.
std::uint32_t stored_minutes(const std::vector<std::uint32_t>& entries) {
    if (entries.empty() || entries.back() == 0xFFFFFFFFU) return 0xFFFFFFFFU;
    const std::uint32_t minutes = entries.back() >> 8;
    return (entries.back() & 0xFFU) == time_check(minutes) ? minutes : 0;
}

}  // namespace

ProFirmware::ProFirmware(TokenStore& store, base::Random& random, const TimingProfile& timing,
                         base::SteadyTime plugged_in)
    : store_(store),
      state_(store.state()),
      random_(random),
      timing_(timing),
      plugged_in_(plugged_in),
      serial_(state_.card_serial) {}

UsbIdentity ProFirmware::usb() const {
    char serial[9];
    std::snprintf(serial, sizeof serial, "%08X", static_cast<unsigned>(serial_));
    const std::string zeros(16, '0');
    return {0x20A0, 0x4108, "Nitrokey Pro", state_.firmware_minor >= 9 ? zeros + serial : serial + zeros};
}

bool ProFirmware::TemporaryPassword::is(Bytes other) const {
    return !bytes.empty() && base::equal_in_constant_time(bytes.bytes(), other);
}

// ---- the bus ----

void ProFirmware::settle(base::SteadyTime now) {
    // A fast token that nobody reads for a second has long been ready.
    const bool forgotten = now - taken_at_ >= std::chrono::seconds{1};
    if (phase_ == Phase::received && now >= executed_at_ && (received_reads_left_ == 0 || forgotten))
        phase_ = Phase::busy;
    if (phase_ == Phase::busy && now >= ready_at_ && (busy_reads_left_ == 0 || forgotten)) phase_ = Phase::ready;
}

base::Result<bool> ProFirmware::set_report(const wire::Report& request, base::SteadyTime now, const Faults& faults) {
    if (broken_) return *broken_;
    settle(now);
    if (phase_ != Phase::ready) return false;
    if (auto refreshed = store_.refresh(); !refreshed) {
        broken_ = refreshed.error();
        return *broken_;
    }
    phase_ = Phase::received;
    taken_at_ = now;
    executed_at_ = now + timing_.received;
    received_reads_left_ = timing_.received_reads;
    busy_reads_left_ = timing_.busy_reads + faults.late_reads;
    shown_before_ = wire::Report::copy_of(response_.bytes());
    // While it works, the answer under construction can be read: partly zero, or still the old one.
    std::uint8_t coin = 0;
    randomize({&coin, 1});
    shown_busy_ = (coin & 1) != 0 ? wire::Report::copy_of(response_.bytes()) : wire::Report{};

    faults_ = &faults;
    cost_ = timing_.plain;
    execute(request.bytes());
    faults_ = nullptr;
    ready_at_ = executed_at_ + cost_ + faults.busy_longer;
    if (broken_) return *broken_;
    return true;
}

base::Result<wire::Report> ProFirmware::get_report(base::SteadyTime now) {
    if (broken_) return *broken_;
    settle(now);
    const wire::Report& shown = phase_ == Phase::received ? shown_before_
                                : phase_ == Phase::busy   ? shown_busy_
                                                          : response_;
    wire::Report report = wire::Report::copy_of(shown.bytes());
    report.bytes()[0] = phase_ == Phase::received ? 3 : phase_ == Phase::busy ? 1 : 0;
    unsigned* const left = phase_ == Phase::received ? &received_reads_left_
                           : phase_ == Phase::busy   ? &busy_reads_left_
                                                     : nullptr;
    if (left != nullptr && *left != 0) --*left;
    return report;
}

void ProFirmware::execute(Bytes request) {
    const auto report = request.first<wire::report_size>();
    response_.clear();
    auto answer = response_.bytes();
    const std::uint32_t crc = crc_of(report);
    answer[1] = report[0];
    base::store_le32(answer, 2, crc);
    const Status status = crc == base::load_le32(report, 60) ? dispatch(report, answer.subspan(7)) : Status::wrong_crc;
    answer[6] = static_cast<std::uint8_t>(status);
    base::store_le32(answer, 60, crc_of(answer));  // over whatever a result left there
    if (executed_.size() == executed_most) executed_.erase(executed_.begin());
    executed_.push_back({report[0], answer[6]});
}

ProFirmware::Status ProFirmware::dispatch(Bytes request, std::span<std::uint8_t> result) {
    const std::uint8_t minor = state_.firmware_minor;
    const auto command = static_cast<Command>(request[0]);
    switch (command) {
        case Command::get_status: return get_status(result);
        case Command::write_to_slot: return write_to_slot(request);
        case Command::read_slot_name: return read_slot(request, result, true);
        case Command::read_slot: return read_slot(request, result, false);
        case Command::get_code: return get_code(request, result);
        case Command::write_config: return write_config(request);
        case Command::erase_slot: return erase_slot(request);
        case Command::first_authenticate: return authenticate(request, SmartCard::Pin::admin, admin_password_);
        case Command::user_authenticate: return authenticate(request, SmartCard::Pin::user, user_password_);
        case Command::get_password_retry_count:
        case Command::get_user_password_retry_count:
            card_exchange();
            result[0] = command == Command::get_password_retry_count ? state_.admin_tries : state_.user_tries;
            return Status::ok;
        case Command::set_time: return set_time(request);
        case Command::unlock_user_password: return unlock_user_password(request);
        case Command::lock_device: safe_key_.clear(); return Status::ok;
        case Command::factory_reset: return factory_reset(request);
        case Command::change_user_pin: return change_pin(request, SmartCard::Pin::user);
        case Command::change_admin_pin: return change_pin(request, SmartCard::Pin::admin);
        case Command::send_otp_data: return send_otp_data(request, result);
        case Command::verify_otp_code: return minor >= 9 ? verify_otp_code(request, result) : Status::unknown_command;
        case Command::firmware_update: return minor >= 11 ? firmware_update(request) : Status::unknown_command;
        case Command::change_firmware_password:
            return minor >= 11 ? change_firmware_password(request) : Status::unknown_command;
        case Command::get_random: return minor >= 14 ? get_random(request, result) : Status::unknown_command;
        case Command::get_pw_safe_slot_status:
        case Command::get_pw_safe_slot_name:
        case Command::get_pw_safe_slot_password:
        case Command::get_pw_safe_slot_login: return read_safe(request, command, result);
        case Command::set_pw_safe_slot_data_1:
        case Command::set_pw_safe_slot_data_2:
        case Command::pw_safe_erase_slot: return write_safe(request, command);
        case Command::pw_safe_enable: return enable_safe(request);
        case Command::pw_safe_init_key: return init_safe_key();
        case Command::detect_sc_aes:
            return verify(SmartCard::Pin::user, text_field(request, 1, 25)) ? Status::ok : Status::wrong_password;
        case Command::new_aes_key: return new_aes_key(request);
        case Command::authorize:
        case Command::user_authorize: break;  // the old protocol's, gone since 0.8
        default: break;                       // a Storage's
    }
    return Status::unknown_command;
}

// ---- helpers ----

bool ProFirmware::has_hotp_slot(std::uint8_t id) const {
    return id >= 0x10 && id <= (state_.firmware_minor >= 9 ? 0x13 : 0x12);
}

bool ProFirmware::has_slot(std::uint8_t id) const {
    return has_hotp_slot(id) || (id >= 0x20 && id <= 0x2E);
}

// The clock: 101 ticks of 10 ms a count. SET_TIME sets the count and leaves the running tick alone, so that the next
// second begins at any time within 1.01 s after it.
std::uint64_t ProFirmware::seconds() const {
    constexpr base::Milliseconds count{1010};
    const auto counts = static_cast<std::uint64_t>((executed_at_ - plugged_in_) / count);
    return clock_base_ + (counts - clock_base_count_);
}

bool ProFirmware::verify(SmartCard::Pin pin, Bytes digits) {
    const auto before = std::pair{state_.user_tries, state_.admin_tries};
    card_exchange();
    const bool right = card_.verify(state_, pin, digits);
    if (before != std::pair{state_.user_tries, state_.admin_tries}) keep(base::Microseconds{0});
    return right;
}

void ProFirmware::keep(base::Microseconds cost) {
    cost_ += cost;
    if (broken_) return;
    if (auto saved = store_.save(); !saved) broken_ = std::move(saved).error();
}

void ProFirmware::card_exchange() {
    std::array<std::uint8_t, 2> random{};
    randomize(random);
    const auto range = timing_.card_most - timing_.card_least;
    cost_ += timing_.card_least + range * base::load_le16(random, 0) / 0xFFFF;
}

void ProFirmware::randomize(std::span<std::uint8_t> bytes) {
    if (auto filled = random_.fill(bytes); !filled && !broken_) broken_ = std::move(filled).error();
}

// ---- status and authentication ----

ProFirmware::Status ProFirmware::get_status(std::span<std::uint8_t> result) const {
    result[0] = state_.firmware_minor;
    result[1] = 0;
    base::store_le32(result, 2, serial_);
    base::store(result, 6, state_.config);
    return Status::ok;
}

ProFirmware::Status ProFirmware::authenticate(Bytes request, SmartCard::Pin pin, TemporaryPassword& temporary) {
    if (state_.firmware_minor >= 9)  // before, a failed attempt left the old one valid (quirk Q-P7)
        temporary.bytes.clear();
    if (!verify(pin, text_field(request, 1, 25))) return Status::wrong_password;
    temporary.bytes = base::SecretBytes::copy_of(request.subspan(26, temporary_size));
    return Status::ok;
}

ProFirmware::Status ProFirmware::change_pin(Bytes request, SmartCard::Pin pin) {
    if (!verify(pin, text_field(request, 1, 25))) return Status::wrong_password;
    card_exchange();
    if (!card_.set_pin(state_, pin, text_field(request, 26, 25)))
        return pin == SmartCard::Pin::user ? Status::error_changing_user_password
                                           : Status::error_changing_admin_password;
    keep(base::Microseconds{0});
    return Status::ok;
}

ProFirmware::Status ProFirmware::unlock_user_password(Bytes request) {
    // Neither field is cut at 25 bytes (quirk Q-P14): a text runs on to the next zero byte, past its field's end.
    if (!verify(SmartCard::Pin::admin, text_field(request, 1, 59))) return Status::wrong_password;
    card_exchange();
    if (!card_.set_pin(state_, SmartCard::Pin::user, text_field(request, 26, 34))) return Status::error_unblocking_pin;
    keep(base::Microseconds{0});
    return Status::ok;
}

// ---- slots ----

ProFirmware::Status ProFirmware::send_otp_data(Bytes request, std::span<std::uint8_t> result) {
    if (!admin_password_.is(request.subspan(1, temporary_size))) return Status::not_authorized;
    if (!buffer_.open) {
        buffer_.name.fill(0);
        buffer_.secret = base::SecretBytes(40);
        buffer_.open = true;
    }
    const std::uint8_t type = request[26];
    const Bytes data = request.subspan(28, 30);
    if (type == 'N') {
        std::copy_n(data.begin(), buffer_.name.size(), buffer_.name.begin());
        base::store(result, 0, buffer_.name);
    } else if (type == 'S') {
        std::size_t at = std::size_t{30} * request[27];
        if (at > 40) at = 0;
        base::store(buffer_.secret.bytes(), at, data.first(std::min<std::size_t>(30, 40 - at)));
        base::store(result, 0, buffer_.secret.bytes());
    }
    return Status::ok;
}

ProFirmware::Status ProFirmware::write_to_slot(Bytes request) {
    if (!admin_password_.is(request.subspan(1, temporary_size)) || !buffer_.open) return Status::not_authorized;
    buffer_.open = false;
    if (buffer_.name[0] == 0) return Status::no_name;
    const std::uint8_t id = request[26];
    if (!has_slot(id)) return Status::wrong_slot;
    const std::uint64_t counter_or_interval = base::load_le64(request, 27);
    if (has_hotp_slot(id)) {  // the counter's page first, then the slot's
        state_.hotp_counters[id & 0x0FU] = counter_or_interval;
        keep(timing_.flash_write);
    }
    OtpRecord record;
    record.name = buffer_.name;
    if (!all_zero(buffer_.secret.bytes())) {
        record.secret = buffer_.secret.clone();
    } else if (const auto old = state_.slots.find(id); old != state_.slots.end()) {
        record.secret = old->second.secret.clone();
    } else {
        std::ranges::fill(record.secret.bytes(), std::uint8_t{0xFF});  // what erased flash reads as
    }
    record.config = request[35];
    std::copy_n(request.begin() + 36, record.token_id.size(), record.token_id.begin());
    record.interval = counter_or_interval;
    state_.slots[id] = std::move(record);
    keep(timing_.flash_write);
    return Status::ok;
}

ProFirmware::Status ProFirmware::read_slot(Bytes request, std::span<std::uint8_t> result, bool name_only) const {
    const std::uint8_t id = request[1];
    if (!has_slot(id)) return Status::wrong_slot;
    const auto found = state_.slots.find(id);
    if (found == state_.slots.end()) return Status::slot_not_programmed;
    const OtpRecord& record = found->second;
    base::store(result, 0, record.name);
    if (name_only) return Status::ok;
    result[15] = record.config;
    base::store(result, 16, record.token_id);
    base::store_le64(result, 29, has_hotp_slot(id) ? state_.hotp_counters[id & 0x0FU] : record.interval);
    return Status::ok;
}

ProFirmware::Status ProFirmware::erase_slot(Bytes request) {
    if (!admin_password_.is(request.subspan(2, temporary_size))) return Status::not_authorized;
    const std::uint8_t id = request[1];
    if (!has_slot(id)) return Status::wrong_slot;
    state_.slots.erase(id);
    keep(timing_.flash_write);
    if (has_hotp_slot(id)) {
        state_.hotp_counters[id & 0x0FU] = UINT64_MAX;
        keep(timing_.flash_write);
    }
    return Status::ok;
}

ProFirmware::Status ProFirmware::get_code(Bytes request, std::span<std::uint8_t> result) {
    const bool protection = state_.config[3] == 1;
    if (protection && !user_password_.is(request.subspan(19, temporary_size))) return Status::not_authorized;
    const std::uint8_t id = request[1];
    if (!has_slot(id) || id == verify_slot) return Status::wrong_slot;
    const auto found = state_.slots.find(id);
    if (found == state_.slots.end()) return Status::slot_not_programmed;
    const OtpRecord& record = found->second;
    const bool eight = (record.config & 1) != 0;
    const bool hotp = has_hotp_slot(id);
    std::uint64_t factor = 0;
    if (hotp) {
        factor = state_.hotp_counters[id & 0x0FU];
    } else {
        const std::uint64_t interval = record.interval & 0xFFFF;  // quirk Q-P21
        factor = interval == 0 ? 0 : seconds() / interval;        // by zero: a meaningless code and no error
    }
    std::uint32_t code = hotp_value(record.secret.bytes(), factor, eight);
    if (faults_->wrong_code) code = (code + 1) % (eight ? 100'000'000U : 1'000'000U);
    base::store_le32(result, 0, code);
    result[4] = record.config;
    base::store(result, 5, record.token_id);
    if (hotp) {
        ++state_.hotp_counters[id & 0x0FU];
        keep(base::Microseconds{0});
    }
    return Status::ok;
}

ProFirmware::Status ProFirmware::verify_otp_code(Bytes request, std::span<std::uint8_t> result) {
    const auto found = state_.slots.find(verify_slot);
    if (found == state_.slots.end()) return Status::slot_not_programmed;
    constexpr std::uint8_t window = 10;
    const std::uint32_t code = base::load_le32(request, 1);
    std::uint64_t& counter = state_.hotp_counters[verify_slot & 0x0FU];
    result[1] = 0xFE;
    for (std::uint8_t i = 0; i < window; ++i) {
        if (hotp_value(found->second.secret.bytes(), counter + i, (found->second.config & 1) != 0) != code) continue;
        result[0] = 1;
        result[1] = i;
        counter += std::uint64_t{i} + 1;
        keep(base::Microseconds{0});
        break;
    }
    return Status::ok;
}

// ---- time and config ----

ProFirmware::Status ProFirmware::set_time(Bytes request) {
    constexpr std::uint64_t year_2014 = 1'388'534'400;  // Unix seconds
    const bool hard = request[1] == 1;
    const std::uint64_t time = base::load_le64(request, 2);
    const auto minutes = static_cast<std::uint32_t>((time - year_2014) / 60);  // modulo 2^64, then 2^32
    const std::uint32_t stored = stored_minutes(state_.set_times);
    if (!hard && stored == 0) return Status::timestamp_warning;
    if (stored > minutes && stored != 0xFFFFFFFFU && !hard) return Status::timestamp_warning;
    clock_base_count_ = static_cast<std::uint64_t>((executed_at_ - plugged_in_) / base::Milliseconds{1010});
    clock_base_ = time;
    if (state_.set_times.size() == set_times_most) {
        state_.set_times.clear();
        keep(base::Microseconds{20'000} * (timing_.flash_write.count() != 0));  // a page is erased
    }
    state_.set_times.push_back((minutes << 8) + time_check(minutes));
    keep(base::Microseconds{0});
    return Status::ok;
}

ProFirmware::Status ProFirmware::write_config(Bytes request) {
    if (!admin_password_.is(request.subspan(6, temporary_size))) return Status::not_authorized;
    std::copy_n(request.begin() + 1, state_.config.size(), state_.config.begin());
    keep(timing_.flash_write);
    return Status::ok;
}

// ---- the whole device ----

ProFirmware::Status ProFirmware::factory_reset(Bytes request) {
    if (!verify(SmartCard::Pin::admin, text_field(request, 1, 25))) return Status::wrong_password;
    cost_ += timing_.factory_reset;
    if (faults_->reset_without_effect) return Status::ok;
    card_.reset(state_);
    keep(base::Microseconds{0});
    state_.slots.clear();
    state_.hotp_counters.fill(UINT64_MAX);
    keep(base::Microseconds{0});
    // The key and the first half of the password safe are overwritten. Config, clock, temporary passwords and an
    // unlocked safe stay as they are (section 4.5).
    randomize(state_.safe_key.bytes());
    for (std::size_t i = 0; i < safe_slots / 2; ++i) randomize(state_.safe_records[i].bytes());
    if (state_.firmware_minor >= 11 && state_.firmware_minor <= 13) {  // quirk Q-P11
        constexpr std::uint8_t standard[] = {'1', '2', '3', '4', '5', '6', '7', '8'};
        state_.firmware_password = base::SecretBytes::copy_of(standard);
    }
    keep(base::Microseconds{0});
    return Status::ok;
}

ProFirmware::Status ProFirmware::new_aes_key(Bytes request) {
    cost_ += timing_.new_key;
    randomize(state_.safe_key.bytes());  // before the PIN is looked at (quirk Q-P3)
    safe_key_.clear();
    keep(base::Microseconds{0});
    if (!verify(SmartCard::Pin::admin, text_field(request, 1, 25))) return Status::wrong_password;
    state_.aes_key = true;
    keep(base::Microseconds{0});
    return Status::ok;
}

ProFirmware::Status ProFirmware::firmware_update(Bytes request) {
    if (!base::equal_in_constant_time(text_field(request, 1, 20), state_.firmware_password.bytes()))
        return Status::wrong_password;
    left_the_bus_ = true;
    return Status::ok;  // never read
}

ProFirmware::Status ProFirmware::change_firmware_password(Bytes request) {
    const Bytes fresh = text_field(request, 21, 20);
    if (!base::equal_in_constant_time(text_field(request, 1, 20), state_.firmware_password.bytes()) || fresh.size() < 8)
        return Status::wrong_password;
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

// ---- password safe: used 1, name 11, password 20, login 32 bytes ----

ProFirmware::Status ProFirmware::read_safe(Bytes request, Command command, std::span<std::uint8_t> result) {
    if (safe_key_.empty()) return Status::not_authorized;
    if (command == Command::get_pw_safe_slot_status) {
        for (std::size_t i = 0; i < safe_slots; ++i) {
            auto record = state_.safe_records[i].clone();
            crypt_safe_record(safe_key_.bytes(), i, record);
            result[i] = record.bytes()[0] == 1 ? 1 : 0;
        }
        return Status::ok;
    }
    const std::uint8_t slot = request[1];
    if (slot >= safe_slots) return Status::not_authorized;
    auto record = state_.safe_records[slot].clone();
    crypt_safe_record(safe_key_.bytes(), slot, record);
    const Bytes field = command == Command::get_pw_safe_slot_name       ? Bytes(record.bytes()).subspan(1, 11)
                        : command == Command::get_pw_safe_slot_password ? Bytes(record.bytes()).subspan(12, 20)
                                                                        : Bytes(record.bytes()).subspan(32, 32);
    base::store(result, 0, field);
    return Status::ok;
}

ProFirmware::Status ProFirmware::write_safe(Bytes request, Command command) {
    if (command == Command::set_pw_safe_slot_data_1) {  // only buffers, whatever its slot says
        base::store(safe_buffer_.bytes(), 1, request.subspan(2, 31));
        return Status::ok;
    }
    const std::uint8_t slot = request[1];
    if (safe_key_.empty() || slot >= safe_slots) return Status::not_authorized;
    base::SecretBytes record(safe_record_size);
    if (command == Command::set_pw_safe_slot_data_2) {
        base::store(safe_buffer_.bytes(), 32, request.subspan(2, 32));
        safe_buffer_.bytes()[0] = 1;
        record = std::exchange(safe_buffer_, base::SecretBytes(safe_record_size));
    }
    crypt_safe_record(safe_key_.bytes(), slot, record);
    state_.safe_records[slot] = std::move(record);
    keep(timing_.flash_write);
    return Status::ok;
}

ProFirmware::Status ProFirmware::enable_safe(Bytes request) {
    if (!verify(SmartCard::Pin::user, text_field(request, 1, 30))) return Status::wrong_password;
    if (!safe_key_.empty()) return Status::ok;
    if (!state_.aes_key) return Status::aes_dec_failed;
    safe_key_ = state_.safe_key.clone();
    return Status::ok;
}

ProFirmware::Status ProFirmware::init_safe_key() {
    card_exchange();
    if (!card_.user_verified() || !state_.aes_key) return Status::not_authorized;
    safe_key_ = state_.safe_key.clone();
    return Status::ok;
}

}  // namespace tokendeck::simulator
