// A simulated token on the bench: requests built by offsets from the protocol page, not by the product's encoders, and
// each answer waited for as a careful host does.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "simulator/simulated_source.hpp"
#include "support/catch.hpp"
#include "wire/report.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

using namespace tokendeck;

// The same numbers in every run.
class CountingRandom final : public base::Random {
  public:
    base::Result<void> fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) {
            state_ = state_ * 6364136223846793005U + 1442695040888963407U;
            byte = static_cast<std::uint8_t>(state_ >> 56);
        }
        return {};
    }

  private:
    std::uint64_t state_ = 20140101;
};

inline constexpr std::string_view admin_pin = "12345678";
inline constexpr std::string_view user_pin = "123456";
inline constexpr std::string_view rfc_secret = "12345678901234567890";

inline std::string temporary(char fill = 't') {
    return std::string(25, fill);
}

// A request: command, then texts and numbers at their offsets.
class Request {
  public:
    explicit Request(std::uint8_t command) { bytes_[0] = command; }

    Request& byte(std::size_t at, unsigned value) {
        bytes_[at] = static_cast<std::uint8_t>(value);
        return *this;
    }

    Request& text(std::size_t at, std::string_view text) {
        std::copy(text.begin(), text.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(at));
        return *this;
    }

    Request& number(std::size_t at, std::uint64_t value) {
        base::store_le64(bytes_, at, value);
        return *this;
    }

    [[nodiscard]] wire::Report sealed() const {
        auto report = wire::Report::copy_of(bytes_);
        base::store_le32(report.bytes(), 60, wire::checksum(report.bytes().first<60>()));
        return report;
    }

  private:
    std::array<std::uint8_t, 64> bytes_{};
};

inline simulator::TokenState known_token(std::uint8_t firmware_minor = 15) {
    CountingRandom random;
    auto state = simulator::new_pro(random, firmware_minor);
    REQUIRE(state.ok());
    state.value().card_serial = 0x5F11;
    return std::move(state).value();
}

// Of a key of the table, "storage-0.53".
inline simulator::TokenState known(std::string_view key) {
    CountingRandom random;
    auto state = simulator::new_token(key, random);
    REQUIRE(state.ok());
    state.value().card_serial = 0x5F11;
    return std::move(state).value();
}

inline simulator::TokenState known_storage(std::uint8_t firmware_minor = 57) {
    CountingRandom random;
    auto state = simulator::new_token(simulator::SimulatedModel{"storage", "storage", firmware_minor}, random);
    REQUIRE(state.ok());
    state.value().card_serial = 0x5F11;
    return std::move(state).value();
}

struct Token {
    base::ManualClock clock{1'700'000'000};
    CountingRandom random{};
    simulator::SimulatedSource source;
    std::unique_ptr<wire::Transport> transport{};
    bool storage = false;
    bool old_protocol = false;

    explicit Token(simulator::TokenState state = known_token(),
                   const simulator::TimingProfile& timing = simulator::fast_timing)
        : source(clock, random, timing) {
        storage = state.is_storage();
        old_protocol = state.old_protocol();
        source.attach_in_memory(std::move(state));
        reopen();
    }

    // With its state in a file, in which a token may be already.
    explicit Token(const std::string& file, const std::string& key = "pro", bool keep_power = false)
        : source(clock, random) {
        storage = known(key).is_storage();
        old_protocol = known(key).old_protocol();
        source.keep_power(keep_power);
        const auto attached = source.attach(key, file);
        REQUIRE(attached.ok());
        reopen();
    }

    void reopen() {
        const auto seen = source.look();
        REQUIRE(seen.size() == 1);
        auto opened = source.open(seen[0]);
        REQUIRE(opened.ok());
        transport = std::move(opened).value();
    }

    // Pulled and plugged in again.
    void replug() {
        source.set_faults({.unplugged = true});
        source.set_faults({});
        reopen();
    }

    [[nodiscard]] std::vector<simulator::Executed> executed() {
        const auto seen = source.look();
        return seen.empty() ? std::vector<simulator::Executed>{} : source.executed(seen[0].key);
    }

    void send(const wire::Report& request) { REQUIRE(transport->send_feature(request).ok()); }

    wire::Report read() {
        auto reply = transport->receive_feature();
        REQUIRE(reply.ok());
        return std::move(reply).value();
    }

    wire::Report read_until_ready() {
        for (int i = 0; i < 10'000; ++i) {
            auto reply = read();
            if (reply.bytes()[0] == 0) return reply;
            if (i >= 2) clock.advance(std::chrono::milliseconds{1});  // no time passes while a fast token goes 3, 1
        }
        FAIL("the token never became ready");
        return {};
    }

    // A Storage's replies are always ready: the first read of a fast one is of the reply before.
    wire::Report read_until_mine(const wire::Report& request) {
        for (int i = 0; i < 100'000; ++i) {
            auto reply = read();
            const auto bytes = reply.bytes();
            const bool started = bytes[1] >= 0x20 && bytes[1] <= 0x5F;
            const bool whole = base::load_le32(bytes, 60) == wire::checksum(bytes.first<60>());
            const bool mine = whole && bytes[1] == request.bytes()[0] &&
                              std::ranges::equal(bytes.subspan(2, 4), request.bytes().subspan(60, 4)) &&
                              (!started || (bytes[21] == bytes[1] && bytes[22] != 2 && bytes[22] != 4));
            if (mine && i > 0) return reply;
            if (i >= 2) clock.advance(std::chrono::milliseconds{1});
        }
        FAIL("the token never answered");
        return {};
    }

    wire::Report exchange(const wire::Report& request) {
        send(request);
        return storage ? read_until_mine(request) : read_until_ready();
    }

    wire::Report exchange(const Request& request) { return exchange(request.sealed()); }

    unsigned status(const Request& request) { return exchange(request).bytes()[6]; }

    // ---- what the tests say often; each gives the command's status ----

    unsigned authenticate(std::string_view pin = admin_pin, const std::string& password = temporary()) {
        return status(Request(0x07).text(1, pin).text(26, password));
    }

    unsigned authenticate_user(std::string_view pin = user_pin, const std::string& password = temporary('u')) {
        return status(Request(0x0E).text(1, pin).text(26, password));
    }

    unsigned send_name(std::string_view name, const std::string& password = temporary()) {
        return status(Request(0x17).text(1, password).byte(26, 'N').text(28, name));
    }

    unsigned send_secret(unsigned index, std::string_view chunk, const std::string& password = temporary()) {
        return status(Request(0x17).text(1, password).byte(26, 'S').byte(27, index).text(28, chunk));
    }

    unsigned commit(unsigned slot, std::uint64_t counter_or_interval, unsigned config = 0,
                    const std::string& password = temporary()) {
        return status(Request(0x01).text(1, password).byte(26, slot).number(27, counter_or_interval).byte(35, config));
    }

    // The status of a Storage's started command.
    unsigned started(const Request& request) { return exchange(request).bytes()[22]; }

    // AUTHORIZE, or USER_AUTHORIZE, for the packet.
    unsigned authorize(const wire::Report& packet, bool admin = true, const std::string& password = temporary()) {
        Request request(admin ? 0x08 : 0x10);
        for (std::size_t i = 0; i < 4; ++i) request.byte(1 + i, packet.bytes()[60 + i]);
        return status(request.text(5, password));
    }

    // The one packet of the old protocol; its counter of a Storage is text.
    [[nodiscard]] wire::Report old_write_packet(unsigned slot, std::string_view name, std::string_view secret,
                                                std::uint64_t counter_or_interval, unsigned config = 0) const {
        Request request(0x01);
        request.byte(1, slot).text(2, name).text(17, secret).byte(37, config);
        if (storage && slot < 0x20) request.text(51, std::to_string(counter_or_interval));
        else request.number(51, counter_or_interval);
        return request.sealed();
    }

    unsigned old_write(unsigned slot, std::string_view name, std::string_view secret, std::uint64_t counter_or_interval,
                       unsigned config = 0) {
        REQUIRE(authenticate() == 0);
        const auto packet = old_write_packet(slot, name, secret, counter_or_interval, config);
        REQUIRE(authorize(packet) == 0);
        return exchange(packet).bytes()[6];
    }

    // All the packets of a write, with authentication.
    unsigned write(unsigned slot, std::string_view name, std::string_view secret, std::uint64_t counter_or_interval,
                   unsigned config = 0) {
        if (old_protocol) return old_write(slot, name, secret, counter_or_interval, config);
        REQUIRE(authenticate() == 0);
        REQUIRE(send_name(name) == 0);
        REQUIRE(send_secret(0, secret.substr(0, 30)) == 0);
        REQUIRE(send_secret(1, secret.size() > 30 ? secret.substr(30) : std::string_view{}) == 0);
        return commit(slot, counter_or_interval, config);
    }

    unsigned set_time(std::uint64_t time, bool hard = true) {
        return status(Request(0x0B).byte(1, hard ? 1 : 0).number(2, time));
    }

    std::uint32_t code(unsigned slot) {
        const auto reply = exchange(Request(0x04).byte(1, slot));
        REQUIRE(unsigned{reply.bytes()[6]} == 0);
        return base::load_le32(reply.bytes(), 7);
    }

    unsigned code_status(unsigned slot, const std::string& password = {}) {
        return status(Request(0x04).byte(1, slot).text(19, password));
    }

    std::uint64_t counter(unsigned slot) {
        const auto reply = exchange(Request(0x03).byte(1, slot).byte(2, 1));
        REQUIRE(unsigned{reply.bytes()[6]} == 0);
        return base::load_le64(reply.bytes(), 36);
    }

    // A Storage's counter as text.
    std::string counter_text(unsigned slot) {
        const auto reply = exchange(Request(0x03).byte(1, slot));
        REQUIRE(unsigned{reply.bytes()[6]} == 0);
        return reinterpret_cast<const char*>(reply.bytes().data()) + 36;
    }

    unsigned slot_status(unsigned slot) { return status(Request(0x03).byte(1, slot)); }

    unsigned admin_tries() { return exchange(Request(0x09)).bytes()[7]; }

    unsigned user_tries() { return exchange(Request(0x0F)).bytes()[7]; }
};

// A folder of its own that goes with the object.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("tokendeck-" + unique_name());

    Folder() { std::filesystem::create_directory(path); }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    ~Folder() { std::filesystem::remove_all(path); }

    [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }

  private:
    static std::string unique_name() {
        base::SystemRandom random;
        std::array<std::uint8_t, 8> bytes{};
        REQUIRE(random.fill(bytes).ok());
        return std::to_string(base::load_le64(bytes, 0));
    }
};

}  // namespace bench
