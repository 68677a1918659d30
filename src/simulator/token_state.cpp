#include "simulator/token_state.hpp"

#include "simulator/hmac_sha1.hpp"
#include "simulator/state_text.hpp"
#include "wire/transport.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace tokendeck::simulator {
namespace {

constexpr std::string_view headers[] = {"tokendeck simulated token, state format 1",
                                        "tokendeck simulated token, state format 2",
                                        "tokendeck simulated token, state format 3"};
constexpr std::size_t format_with_pro_marks = 2;  // index of the header
constexpr std::uint8_t first_format_oldest_minor = 8;

base::SecretBytes bytes_of(std::string_view text) {
    return base::SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string slot_key(std::uint8_t id) {
    char text[16];
    std::snprintf(text, sizeof text, "slot.%02X.", id);
    return text;
}

std::array<std::uint8_t, 4> big_endian(std::uint32_t value) {
    std::array<std::uint8_t, 4> bytes{};
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(value >> (8 * (3 - i)));
    return bytes;
}

std::uint32_t from_big_endian(std::span<const std::uint8_t> bytes) {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes.first(4)) value = value << 8 | byte;
    return value;
}

base::Result<std::uint32_t> random_serial(base::Random& random) {
    for (;;) {
        std::array<std::uint8_t, 4> serial{};
        if (auto filled = random.fill(serial); !filled) return std::move(filled).error();
        if (const std::uint32_t value = from_big_endian(serial); value != 0) return value;
    }
}

// ---- a Storage's own part ----

void write_storage(TextWriter& to, const StorageData& data) {
    to.number("build", data.build);
    to.flag("unencrypted_read_only", data.unencrypted_read_only);
    to.flag("encrypted_read_only", data.encrypted_read_only);
    to.flag("hidden_read_only", data.hidden_read_only);
    to.flag("firmware_locked", data.firmware_locked);
    to.flag("new_sd_card", data.new_sd_card);
    to.flag("filled_with_random", data.filled_with_random);
    to.flag("keys_not_initialised", data.keys_not_initialised);
    to.bytes("sd_serial", big_endian(data.sd_serial));
    for (std::size_t i = 0; i < hidden_volumes; ++i) {
        const std::string volume = "hidden_volume." + std::to_string(i) + ".";
        to.number(volume + "start", data.hidden[i].start);
        to.number(volume + "end", data.hidden[i].end);
        to.bytes(volume + "password", data.hidden[i].password.bytes());
    }
}

StorageData read_storage(TextReader& from) {
    StorageData data;
    data.build = static_cast<std::uint8_t>(from.number("build", 0, 255));
    data.unencrypted_read_only = from.flag("unencrypted_read_only");
    data.encrypted_read_only = from.flag("encrypted_read_only");
    data.hidden_read_only = from.flag("hidden_read_only");
    data.firmware_locked = from.flag("firmware_locked");
    data.new_sd_card = from.flag("new_sd_card");
    data.filled_with_random = from.flag("filled_with_random");
    data.keys_not_initialised = from.flag("keys_not_initialised");
    data.sd_serial = from_big_endian(from.array<4>("sd_serial"));
    for (std::size_t i = 0; i < hidden_volumes; ++i) {
        const std::string volume = "hidden_volume." + std::to_string(i) + ".";
        data.hidden[i].start = static_cast<std::uint8_t>(from.number(volume + "start", 0, 100));
        data.hidden[i].end = static_cast<std::uint8_t>(from.number(volume + "end", 0, 100));
        data.hidden[i].password = from.pin(volume + "password", 0, 20);
    }
    return data;
}

// ---- slots ----

void write_slots(TextWriter& to, const TokenState& state) {
    for (const auto& [id, record] : state.slots) {
        const std::string slot = slot_key(id);
        to.bytes(slot + "name", record.name);
        to.bytes(slot + "secret", record.secret.bytes());
        to.bytes(slot + "config", {&record.config, 1});
        to.bytes(slot + "token_id", record.token_id);
        to.number(slot + "interval", record.interval);
    }
}

void read_slots(TextReader& from, TokenState& state) {
    for (const std::uint8_t id : slot_ids(state)) {
        const std::string slot = slot_key(id);
        const bool programmed = from.has(slot + "name") || from.has(slot + "secret") || from.has(slot + "config") ||
                                from.has(slot + "token_id") || from.has(slot + "interval");
        if (!programmed) continue;
        OtpRecord record;
        record.name = from.array<15>(slot + "name");
        record.secret = from.bytes(slot + "secret", state.secret_size(), state.secret_size());
        record.config = from.array<1>(slot + "config")[0];
        record.token_id = from.array<13>(slot + "token_id");
        record.interval = from.number(slot + "interval", 0, UINT64_MAX);
        state.slots.emplace(id, std::move(record));
    }
}

void read_model(TextReader& from, TokenState& state) {
    const bool first_format = from.header() == 0;
    state.model = from.text("model");
    const bool known = first_format ? state.model == "pro"
                                    : state.model == "pro" || state.model == "librem" || state.model == "storage";
    if (!known) from.fail("model");
    const bool storage = state.is_storage();
    const std::uint8_t oldest = storage        ? oldest_storage_minor
                                : first_format ? first_format_oldest_minor
                                               : oldest_pro_minor;
    // One more than the newest known behaves as that: it is for seeing what is said of such firmware.
    const std::uint8_t newest = storage ? newest_storage_minor : newest_pro_minor;
    state.firmware_minor = static_cast<std::uint8_t>(from.number("firmware_minor", oldest, newest + 1));
}

}  // namespace

std::vector<std::uint8_t> slot_ids(const TokenState& state) {
    const std::uint8_t minor = state.firmware_minor;
    // Firmware 0.7 of a Pro takes one id too many of each kind (quirk Q-P10).
    const bool one_too_many = !state.is_storage() && minor == 7;
    const bool verify_slot = state.is_storage() ? minor >= 54 : minor >= 9;
    std::vector<std::uint8_t> ids{0x10, 0x11, 0x12};
    if (verify_slot || one_too_many) ids.push_back(0x13);
    for (std::uint8_t id = 0x20; id <= (one_too_many ? 0x2F : 0x2E); ++id) ids.push_back(id);
    return ids;
}

void set_default_pins(TokenState& state) {
    state.user_pin = bytes_of("123456");
    state.admin_pin = bytes_of("12345678");
    state.user_tries = tries_full;
    state.admin_tries = tries_full;
}

void clear_safe(TokenState& state) {
    for (std::size_t slot = 0; slot < safe_slots; ++slot) {
        state.safe_records[slot] = base::SecretBytes(safe_record_size);
        crypt_safe_record(state.safe_key.bytes(), slot, state.safe_records[slot]);
    }
}

base::Result<TokenState> new_token(const SimulatedModel& model, base::Random& random) {
    TokenState state;
    state.model = model.model;
    state.firmware_minor = model.firmware_minor;
    set_default_pins(state);
    state.firmware_password = bytes_of("12345678");
    auto serial = random_serial(random);
    if (!serial) return std::move(serial).error();
    state.card_serial = serial.value();
    if (state.is_storage()) {
        auto sd_serial = random_serial(random);
        if (!sd_serial) return std::move(sd_serial).error();
        state.storage.sd_serial = sd_serial.value();
    }
    if (auto filled = random.fill(state.safe_key.bytes()); !filled) return std::move(filled).error();
    clear_safe(state);
    return state;
}

base::Result<TokenState> new_token(std::string_view key, base::Random& random) {
    if (const SimulatedModel* const model = find_simulated_model(key)) return new_token(*model, random);
    return base::Error{.code = wire::errors::unknown_model, .subject = std::string(key)};
}

base::Result<TokenState> new_pro(base::Random& random, std::uint8_t firmware_minor) {
    return new_token(SimulatedModel{"pro", "pro", firmware_minor}, random);
}

void crypt_safe_record(std::span<const std::uint8_t> key, std::size_t slot, base::SecretBytes& record) {
    auto bytes = record.bytes();
    for (std::size_t at = 0; at < bytes.size(); at += sha1_size) {
        const std::uint8_t place[2] = {static_cast<std::uint8_t>(slot), static_cast<std::uint8_t>(at)};
        auto stream = hmac_sha1(key, place);
        for (std::size_t i = 0; i < sha1_size && at + i < bytes.size(); ++i) bytes[at + i] ^= stream[i];
        base::wipe(stream.data(), stream.size());
    }
}

base::SecretText write_state(const TokenState& state) {
    TextWriter to(headers[format_with_pro_marks]);
    to.value("model", state.model);
    to.number("firmware_minor", state.firmware_minor);
    to.bytes("card_serial", big_endian(state.card_serial));
    to.bytes("user_pin", state.user_pin.bytes());
    to.number("user_tries", state.user_tries);
    to.bytes("admin_pin", state.admin_pin.bytes());
    to.number("admin_tries", state.admin_tries);
    to.bytes("firmware_password", state.firmware_password.bytes());
    to.value("aes_key", state.aes_key ? "present" : "absent");
    to.bytes("config", state.config);
    std::vector<std::uint8_t> times;
    for (const std::uint32_t entry : state.set_times)
        for (const std::uint8_t byte : big_endian(entry)) times.push_back(byte);
    to.bytes("set_times", times);
    for (std::size_t i = 0; i < state.hotp_counters.size(); ++i)
        to.number("hotp_counter.1" + std::to_string(i), state.hotp_counters[i]);
    for (std::size_t i = 0; i < state.hotp_marks.size(); ++i)
        to.number("hotp_marks.1" + std::to_string(i), state.hotp_marks[i]);
    if (state.is_storage()) write_storage(to, state.storage);
    write_slots(to, state);
    to.bytes("safe_key", state.safe_key.bytes());
    for (std::size_t i = 0; i < safe_slots; ++i)
        to.bytes("safe_record." + std::to_string(i), state.safe_records[i].bytes());
    return to.take();
}

base::Result<TokenState> parse_state(std::string_view text) {
    auto lines = TextReader::of(text, headers);
    if (!lines) return std::move(lines).error();
    TextReader& from = lines.value();

    TokenState state;
    read_model(from, state);
    if (from.failed_so_far()) return *from.failed_so_far();  // which slots there are follows from the firmware
    state.card_serial = from_big_endian(from.array<4>("card_serial"));
    state.user_pin = from.pin("user_pin", 6, 32);
    state.user_tries = static_cast<std::uint8_t>(from.number("user_tries", 0, tries_full));
    state.admin_pin = from.pin("admin_pin", 8, 32);
    state.admin_tries = static_cast<std::uint8_t>(from.number("admin_tries", 0, tries_full));
    state.firmware_password = from.pin("firmware_password", 8, 20);
    const std::string_view aes_key = from.text("aes_key");
    if (aes_key != "present" && aes_key != "absent") from.fail("aes_key");
    state.aes_key = aes_key == "present";
    state.config = from.array<5>("config");
    const base::SecretBytes times = from.bytes("set_times", 0, 4 * set_times_most);
    if (times.size() % 4 != 0) from.fail("set_times");
    for (std::size_t i = 0; i + 4 <= times.size(); i += 4)
        state.set_times.push_back(from_big_endian(times.bytes().subspan(i)));
    for (std::size_t i = 0; i < state.hotp_counters.size(); ++i)
        state.hotp_counters[i] = from.number("hotp_counter.1" + std::to_string(i), 0, UINT64_MAX);
    if (state.is_storage() || from.header() >= format_with_pro_marks)
        for (std::size_t i = 0; i < state.hotp_marks.size(); ++i)
            state.hotp_marks[i] =
                static_cast<std::uint16_t>(from.number("hotp_marks.1" + std::to_string(i), 0, state.marks_most()));
    if (state.is_storage()) state.storage = read_storage(from);
    read_slots(from, state);
    state.safe_key = from.bytes("safe_key", safe_key_size, safe_key_size);
    for (std::size_t i = 0; i < safe_slots; ++i)
        state.safe_records[i] = from.bytes("safe_record." + std::to_string(i), safe_record_size, safe_record_size);
    if (auto failure = from.failure()) return std::move(*failure);
    return state;
}

}  // namespace tokendeck::simulator
