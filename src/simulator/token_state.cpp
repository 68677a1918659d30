#include "simulator/token_state.hpp"

#include "simulator/hmac_sha1.hpp"
#include "wire/transport.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>

namespace tokendeck::simulator {
namespace {

constexpr std::string_view header = "tokendeck simulated token, state format 1";
constexpr std::string_view last_line = "end";

base::SecretBytes bytes_of(std::string_view text) {
    return base::SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string two_digits(std::uint8_t value) {
    char text[3];
    std::snprintf(text, sizeof text, "%02X", value);
    return text;
}

// ---- writing ----

class Writer {
  public:
    void line(std::string_view text) {
        text_.append(text);
        text_.push_back('\n');
    }

    void value(std::string_view key, std::string_view text) {
        text_.append(key);
        text_.append(" = ");
        line(text);
    }

    void number(std::string_view key, std::uint64_t value_) { value(key, std::to_string(value_)); }

    void bytes(std::string_view key, std::span<const std::uint8_t> bytes_) {
        text_.append(key);
        text_.append(" = ");
        if (bytes_.empty()) text_.push_back('-');
        for (const std::uint8_t byte : bytes_) {
            text_.push_back("0123456789ABCDEF"[byte >> 4]);
            text_.push_back("0123456789ABCDEF"[byte & 0x0F]);
        }
        text_.push_back('\n');
    }

    base::SecretText take() { return std::move(text_); }

  private:
    base::SecretText text_;
};

// ---- reading ----

base::Error bad_line(std::size_t line, std::string_view key) {
    base::Error error{wire::errors::state_unreadable};
    error.position = line;
    error.field = key;
    return error;
}

std::optional<std::uint8_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    return std::nullopt;
}

// All lines by key. Each key that is asked for is crossed out; the first that could not be read, or is missing, is
// remembered, and the rest of the reading then goes on with empty values that nobody sees.
class Reader {
  public:
    [[nodiscard]] static base::Result<Reader> of(std::string_view text) {
        Reader reader;
        std::size_t line_number = 0;
        bool ended = false;
        while (!text.empty()) {
            ++line_number;
            const auto end = text.find('\n');
            if (end == std::string_view::npos || ended) return bad_line(line_number, "");
            const std::string_view line = text.substr(0, end);
            text.remove_prefix(end + 1);
            if (line_number == 1) {
                if (line != header) return bad_line(1, "");
                continue;
            }
            if (line == last_line) {
                ended = true;
                continue;
            }
            const auto equals = line.find(" = ");
            if (equals == std::string_view::npos || equals == 0) return bad_line(line_number, "");
            const std::string_view key = line.substr(0, equals);
            if (!reader.lines_.emplace(key, Line{line.substr(equals + 3), line_number}).second)
                return bad_line(line_number, key);
        }
        reader.last_line_ = line_number;
        if (!ended) return bad_line(line_number + 1, "");
        return reader;
    }

    [[nodiscard]] bool has(const std::string& key) const { return lines_.find(key) != lines_.end(); }

    std::string_view text(const std::string& key) {
        const auto found = lines_.find(key);
        if (found == lines_.end()) {
            fail(last_line_, key);
            return {};
        }
        const std::string_view value = found->second.value;
        line_of_last_ = found->second.number;
        lines_.erase(found);
        return value;
    }

    std::uint64_t number(const std::string& key, std::uint64_t least, std::uint64_t most) {
        const std::string_view value = text(key);
        std::uint64_t parsed = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        if (error != std::errc{} || end != value.data() + value.size() || parsed < least || parsed > most)
            fail(line_of_last_, key);
        return parsed;
    }

    base::SecretBytes bytes(const std::string& key, std::size_t least, std::size_t most) {
        std::string_view value = text(key);
        if (value == "-") value = {};
        base::SecretBytes result(value.size() / 2);
        bool good = value.size() % 2 == 0 && result.size() >= least && result.size() <= most;
        for (std::size_t i = 0; i < result.size(); ++i) {
            const auto high = hex_digit(value[2 * i]);
            const auto low = hex_digit(value[2 * i + 1]);
            good = good && high && low;
            result.bytes()[i] = static_cast<std::uint8_t>(high.value_or(0) << 4 | low.value_or(0));
        }
        if (!good) {
            fail(line_of_last_, key);
            return base::SecretBytes(least);
        }
        return result;
    }

    base::SecretBytes pin(const std::string& key, std::size_t least, std::size_t most) {
        base::SecretBytes value = bytes(key, least, most);
        if (std::ranges::find(value.bytes(), std::uint8_t{0}) != value.bytes().end()) fail(line_of_last_, key);
        return value;
    }

    template <std::size_t Size>
    std::array<std::uint8_t, Size> array(const std::string& key) {
        const base::SecretBytes value = bytes(key, Size, Size);
        std::array<std::uint8_t, Size> result{};
        std::ranges::copy(value.bytes(), result.begin());
        return result;
    }

    void fail(std::size_t line, std::string_view key) {
        if (!failure_) failure_ = bad_line(line, key);
    }

    [[nodiscard]] std::size_t line_of_last() const { return line_of_last_; }

    [[nodiscard]] const std::optional<base::Error>& failed_so_far() const { return failure_; }

    // What was wrong, if anything: also a line that nobody asked for.
    [[nodiscard]] std::optional<base::Error> failure() {
        for (const auto& [key, line] : lines_)
            if (!failure_ || *failure_->position > line.number) failure_ = bad_line(line.number, key);
        return failure_;
    }

  private:
    struct Line {
        std::string_view value;
        std::size_t number;
    };

    std::map<std::string, Line, std::less<>> lines_;
    std::size_t last_line_ = 0;
    std::size_t line_of_last_ = 0;
    std::optional<base::Error> failure_;
};

std::vector<std::uint8_t> slot_ids(std::uint8_t firmware_minor) {
    std::vector<std::uint8_t> ids{0x10, 0x11, 0x12};
    if (firmware_minor >= 9) ids.push_back(0x13);
    for (std::uint8_t id = 0x20; id <= 0x2E; ++id) ids.push_back(id);
    return ids;
}

}  // namespace

void set_default_pins(TokenState& state) {
    state.user_pin = bytes_of("123456");
    state.admin_pin = bytes_of("12345678");
    state.user_tries = tries_full;
    state.admin_tries = tries_full;
}

base::Result<TokenState> new_pro(base::Random& random, std::uint8_t firmware_minor) {
    TokenState state;
    state.firmware_minor = firmware_minor;
    set_default_pins(state);
    state.firmware_password = bytes_of("12345678");
    while (state.card_serial == 0) {
        std::array<std::uint8_t, 4> serial{};
        if (auto filled = random.fill(serial); !filled) return std::move(filled).error();
        state.card_serial = std::uint32_t{serial[0]} << 24 | std::uint32_t{serial[1]} << 16 |
                            std::uint32_t{serial[2]} << 8 | std::uint32_t{serial[3]};
    }
    if (auto filled = random.fill(state.safe_key.bytes()); !filled) return std::move(filled).error();
    for (std::size_t slot = 0; slot < safe_slots; ++slot) {
        state.safe_records[slot] = base::SecretBytes(safe_record_size);
        crypt_safe_record(state.safe_key.bytes(), slot, state.safe_records[slot]);
    }
    return state;
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
    Writer to;
    to.line(header);
    to.value("model", state.model);
    to.number("firmware_minor", state.firmware_minor);
    std::array<std::uint8_t, 4> serial{};
    for (std::size_t i = 0; i < 4; ++i) serial[i] = static_cast<std::uint8_t>(state.card_serial >> (8 * (3 - i)));
    to.bytes("card_serial", serial);
    to.bytes("user_pin", state.user_pin.bytes());
    to.number("user_tries", state.user_tries);
    to.bytes("admin_pin", state.admin_pin.bytes());
    to.number("admin_tries", state.admin_tries);
    to.bytes("firmware_password", state.firmware_password.bytes());
    to.value("aes_key", state.aes_key ? "present" : "absent");
    to.bytes("config", state.config);
    std::vector<std::uint8_t> times;
    for (const std::uint32_t entry : state.set_times)
        for (int shift = 24; shift >= 0; shift -= 8) times.push_back(static_cast<std::uint8_t>(entry >> shift));
    to.bytes("set_times", times);
    for (std::size_t i = 0; i < state.hotp_counters.size(); ++i)
        to.number("hotp_counter.1" + std::to_string(i), state.hotp_counters[i]);
    for (const auto& [id, record] : state.slots) {
        const std::string slot = "slot." + two_digits(id) + ".";
        to.bytes(slot + "name", record.name);
        to.bytes(slot + "secret", record.secret.bytes());
        to.bytes(slot + "config", {&record.config, 1});
        to.bytes(slot + "token_id", record.token_id);
        to.number(slot + "interval", record.interval);
    }
    to.bytes("safe_key", state.safe_key.bytes());
    for (std::size_t i = 0; i < safe_slots; ++i)
        to.bytes("safe_record." + std::to_string(i), state.safe_records[i].bytes());
    to.line(last_line);
    return to.take();
}

base::Result<TokenState> parse_state(std::string_view text) {
    auto lines = Reader::of(text);
    if (!lines) return std::move(lines).error();
    Reader& from = lines.value();

    TokenState state;
    state.model = from.text("model");
    if (state.model != "pro") from.fail(from.line_of_last(), "model");
    state.firmware_minor = static_cast<std::uint8_t>(from.number("firmware_minor", oldest_pro_minor, newest_pro_minor));
    if (from.failed_so_far()) return *from.failed_so_far();  // which slots there are follows from the firmware
    state.card_serial = 0;
    for (const std::uint8_t byte : from.array<4>("card_serial")) state.card_serial = state.card_serial << 8 | byte;
    state.user_pin = from.pin("user_pin", 6, 32);
    state.user_tries = static_cast<std::uint8_t>(from.number("user_tries", 0, tries_full));
    state.admin_pin = from.pin("admin_pin", 8, 32);
    state.admin_tries = static_cast<std::uint8_t>(from.number("admin_tries", 0, tries_full));
    state.firmware_password = from.pin("firmware_password", 8, 20);
    const std::string_view aes_key = from.text("aes_key");
    if (aes_key != "present" && aes_key != "absent") from.fail(from.line_of_last(), "aes_key");
    state.aes_key = aes_key == "present";
    state.config = from.array<5>("config");
    const base::SecretBytes times = from.bytes("set_times", 0, 4 * set_times_most);
    if (times.size() % 4 != 0) from.fail(from.line_of_last(), "set_times");
    for (std::size_t i = 0; i + 4 <= times.size(); i += 4) {
        std::uint32_t entry = 0;
        for (std::size_t k = 0; k < 4; ++k) entry = entry << 8 | times.bytes()[i + k];
        state.set_times.push_back(entry);
    }
    for (std::size_t i = 0; i < state.hotp_counters.size(); ++i)
        state.hotp_counters[i] = from.number("hotp_counter.1" + std::to_string(i), 0, UINT64_MAX);
    for (const std::uint8_t id : slot_ids(state.firmware_minor)) {
        const std::string slot = "slot." + two_digits(id) + ".";
        const bool programmed = from.has(slot + "name") || from.has(slot + "secret") || from.has(slot + "config") ||
                                from.has(slot + "token_id") || from.has(slot + "interval");
        if (!programmed) continue;
        OtpRecord record;
        record.name = from.array<15>(slot + "name");
        record.secret = from.bytes(slot + "secret", 40, 40);
        record.config = from.array<1>(slot + "config")[0];
        record.token_id = from.array<13>(slot + "token_id");
        record.interval = from.number(slot + "interval", 0, UINT64_MAX);
        state.slots.emplace(id, std::move(record));
    }
    state.safe_key = from.bytes("safe_key", safe_key_size, safe_key_size);
    for (std::size_t i = 0; i < safe_slots; ++i)
        state.safe_records[i] = from.bytes("safe_record." + std::to_string(i), safe_record_size, safe_record_size);
    if (auto failure = from.failure()) return std::move(*failure);
    return state;
}

}  // namespace tokendeck::simulator
