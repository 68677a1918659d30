#include "simulator/token_firmware.hpp"

#include "base/bytes.hpp"
#include "wire/models.hpp"

#include <algorithm>
#include <cstdio>

namespace tokendeck::simulator {
namespace {

constexpr std::size_t executed_most = 1000;

// The check byte of a stored time (docs/protocol/pro-storage.md, section 3.5).
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

bool is_temporary(const base::SecretBytes& password, std::span<const std::uint8_t> other) {
    return !password.empty() && base::equal_in_constant_time(password.bytes(), other);
}

}  // namespace

std::uint32_t crc_of(std::span<const std::uint8_t> report) {
    return wire::checksum(report.first<wire::checked_size>());
}

std::span<const std::uint8_t> text_field(std::span<const std::uint8_t> request, std::size_t at, std::size_t length) {
    const auto field = request.subspan(at, length);
    const auto zero = std::ranges::find(field, std::uint8_t{0});
    return field.first(static_cast<std::size_t>(zero - field.begin()));
}

TokenFirmware::TokenFirmware(TokenStore& store, PowerState& power, base::Random& random, const TimingProfile& timing)
    : store_(store), state_(store.state()), power_(power), random_(random), timing_(timing) {}

UsbIdentity TokenFirmware::usb() const {
    if (in_boot_loader()) {
        const wire::Model* const loader = wire::find_model(state_.is_storage() ? "storage-dfu" : "pro-dfu");
        return {loader->vendor_id, loader->product_id, std::string(loader->title), {}};
    }
    const wire::Model* const model = wire::find_model(state_.model);
    UsbIdentity identity{model->vendor_id, model->product_id, std::string(model->title), std::string(13, '0')};
    if (state_.is_storage()) return identity;  // quirk Q-S19
    char serial[9];
    std::snprintf(serial, sizeof serial, "%08X", static_cast<unsigned>(state_.card_serial));
    const std::string zeros(16, '0');
    identity.serial = minor() >= 9 ? zeros + serial : serial + zeros;
    return identity;
}

void TokenFirmware::another_program() {
    for (base::SecretBytes* const password : {&power_.admin_password, &power_.user_password}) {
        *password = base::SecretBytes(temporary_size);
        randomize(password->bytes());
    }
    power_.response.clear();
    auto reply = power_.response.bytes();
    reply[1] = static_cast<std::uint8_t>(Command::user_authenticate);
    randomize(reply.subspan(2, 4));  // the checksum of its request
    base::store_le32(reply, 60, crc_of(reply));
}

std::optional<TokenFirmware::Status> TokenFirmware::common_command(Bytes request, std::span<std::uint8_t> result) {
    switch (static_cast<Command>(request[0])) {
        case Command::write_to_slot: return write_to_slot(request);
        case Command::read_slot_name: return read_slot(request, result, true);
        case Command::read_slot: return read_slot(request, result, false);
        case Command::get_code: return get_code(request, result);
        case Command::write_config: return write_config(request);
        case Command::erase_slot: return erase_slot(request);
        case Command::first_authenticate: return authenticate(request, CardPin::admin);
        case Command::user_authenticate: return authenticate(request, CardPin::user);
        case Command::set_time: return set_time(request);
        case Command::get_pw_safe_slot_status:
        case Command::get_pw_safe_slot_name:
        case Command::get_pw_safe_slot_password:
        case Command::get_pw_safe_slot_login: return read_safe(request, result);
        case Command::set_pw_safe_slot_data_1:
        case Command::set_pw_safe_slot_data_2:
        case Command::pw_safe_erase_slot: return write_safe(request);
        case Command::pw_safe_enable: return enable_safe(request);
        case Command::authorize:
        case Command::user_authorize:
            if (!old_protocol()) return std::nullopt;
            return authorize(request, static_cast<Command>(request[0]) == Command::authorize);
        case Command::send_otp_data:
            if (old_protocol()) return std::nullopt;
            return send_otp_data(request, result);
        case Command::verify_otp_code:
            if (!has_verify_slot()) return std::nullopt;
            return verify_otp_code(request, result);
        default: return std::nullopt;
    }
}

// ---- helpers ----

bool TokenFirmware::has_slot(std::uint8_t id) const {
    const auto ids = slot_ids(state_);
    return std::ranges::find(ids, id) != ids.end();
}

bool TokenFirmware::has_verify_slot() const {
    return minor() >= (state_.is_storage() ? 54 : 9);
}

bool TokenFirmware::verify(CardPin pin, Bytes digits) {
    if (time_ - power_.plugged_in < timing_.card_start) return false;  // the card has not come up
    const auto before = std::pair{state_.user_tries, state_.admin_tries};
    card_exchange();
    const bool right = card_verify(state_, power_.card, pin, digits);
    if (before != std::pair{state_.user_tries, state_.admin_tries}) keep(base::Microseconds{0});
    return right;
}

void TokenFirmware::keep(base::Microseconds cost) {
    cost_ += cost;
    if (broken_) return;
    ++power_.saves;
    if (auto saved = store_.save(); !saved) break_down(std::move(saved).error());
}

void TokenFirmware::card_exchange() {
    std::array<std::uint8_t, 2> random{};
    randomize(random);
    const auto range = timing_.card_most - timing_.card_least;
    cost_ += timing_.card_least + range * base::load_le16(random, 0) / 0xFFFF;
}

void TokenFirmware::randomize(std::span<std::uint8_t> bytes) {
    if (auto filled = random_.fill(bytes); !filled) break_down(std::move(filled).error());
}

void TokenFirmware::break_down(base::Error error) {
    if (!broken_) broken_ = std::move(error);
}

void TokenFirmware::record(std::uint8_t command, std::uint8_t status) {
    if (executed_.size() == executed_most) executed_.erase(executed_.begin());
    executed_.push_back({command, status});
}

void TokenFirmware::erase_slots() {
    if (flash_refuses()) return;
    state_.slots.clear();
    state_.hotp_counters.fill(UINT64_MAX);
    state_.hotp_marks.fill(0);
    keep(base::Microseconds{0});
}

// ---- temporary passwords and authorisation ----

TokenFirmware::Status TokenFirmware::authenticate(Bytes request, CardPin pin) {
    base::SecretBytes& temporary = pin == CardPin::admin ? power_.admin_password : power_.user_password;
    if (state_.is_storage() || minor() >= 9)  // before, a failed attempt left the old one valid (quirk Q-P7)
        temporary.clear();
    if (!verify(pin, text_field(request, 1, 25))) return Status::wrong_password;
    temporary = base::SecretBytes::copy_of(request.subspan(26, temporary_size));
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::authorize(Bytes request, bool admin) {
    base::SecretBytes& temporary = admin ? power_.admin_password : power_.user_password;
    if (temporary.empty()) return Status::ok;  // and nothing is authorised
    if (!is_temporary(temporary, request.subspan(5, temporary_size))) return Status::wrong_password;
    const std::uint32_t word = base::load_le32(request, 1);
    if (admin) {
        power_.admin_word = word;
    } else {
        power_.user_word = word;
        power_.user_word_set = true;
    }
    if (!state_.is_storage()) temporary.clear();  // quirk Q-P8
    return Status::ok;
}

bool TokenFirmware::admin_allows(Bytes request, std::size_t password_at) {
    if (!old_protocol()) return is_temporary(power_.admin_password, request.subspan(password_at, temporary_size));
    const bool right = power_.admin_word == crc_of(request);
    if (right) power_.admin_word = 0xFFFFFFFF;
    return right;
}

bool TokenFirmware::user_allows(Bytes request) {
    if (state_.config[3] != 1) return true;
    if (!old_protocol()) return is_temporary(power_.user_password, request.subspan(19, temporary_size));
    return power_.user_word_set && power_.user_word == crc_of(request);
}

// ---- time and config ----

TokenFirmware::Status TokenFirmware::set_time(Bytes request) {
    constexpr std::uint64_t year_2014 = 1'388'534'400;  // Unix seconds
    const bool hard = request[1] == 1;
    const std::uint64_t time = base::load_le64(request, 2);
    const auto minutes = static_cast<std::uint32_t>((time - year_2014) / 60);  // modulo 2^64, then 2^32
    const std::uint32_t stored = stored_minutes(state_.set_times);
    if (!hard && stored == 0) return Status::timestamp_warning;
    if (stored > minutes && stored != 0xFFFFFFFFU && !hard) return Status::timestamp_warning;
    set_clock(time);
    if (flash_refuses()) return Status::timestamp_warning;  // the clock is set all the same
    if (state_.set_times.size() == set_times_most) {
        state_.set_times.clear();
        keep(base::Microseconds{20'000} * (timing_.flash_write.count() != 0));  // a page is erased
    }
    state_.set_times.push_back((minutes << 8) + time_check(minutes));
    keep(base::Microseconds{0});
    return Status::ok;
}

TokenFirmware::Status TokenFirmware::write_config(Bytes request) {
    if (!admin_allows(request, 6)) return not_authorized();
    if (state_.is_storage() && minor() >= 57) {
        const auto bad_slot = [](std::uint8_t value) { return value > 2 && value != 0xFF; };
        const auto bad_flag = [](std::uint8_t value) { return value > 2; };
        if (std::ranges::any_of(request.subspan(1, 3), bad_slot) ||
            std::ranges::any_of(request.subspan(4, 2), bad_flag))
            return Status::invalid_input;
    }
    if (flash_refuses()) return Status::ok;
    std::copy_n(request.begin() + 1, state_.config.size(), state_.config.begin());
    keep(timing_.flash_write);
    return Status::ok;
}

}  // namespace tokendeck::simulator
