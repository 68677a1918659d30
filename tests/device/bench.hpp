// A simulated token on a clock that stands still, a session on it, and a tap between them that sees every transport
// call and can pull the token at any of them.
#pragma once

#include "base/bytes.hpp"
#include "crypto/expected_code.hpp"
#include "device/errors.hpp"
#include "device/session.hpp"
#include "simulator/simulated_source.hpp"
#include "support/catch.hpp"
#include "wire/pro.hpp"

#include <algorithm>
#include <functional>
#include <random>

namespace tokendeck::device::test {

inline base::SecretText text(std::string_view value) {
    return base::SecretText::copy_of(value);
}

inline base::SecretBytes bytes(std::string_view value) {
    return base::SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(value.data()), value.size()});
}

// The secret of RFC 4226 appendix D and of RFC 6238 appendix B (SHA-1).
inline constexpr std::string_view rfc_secret = "12345678901234567890";
inline constexpr std::string_view admin_pin = "12345678";
inline constexpr std::string_view user_pin = "123456";

inline otp::NumberedSlot totp(int number) {
    return {otp::OtpKind::totp, static_cast<std::uint8_t>(number)};
}

inline otp::NumberedSlot hotp(int number) {
    return {otp::OtpKind::hotp, static_cast<std::uint8_t>(number)};
}

inline channel::WriteSlot write_command(otp::NumberedSlot slot, std::string_view name, std::string_view secret,
                                        std::uint32_t digits, std::uint64_t counter_or_period) {
    channel::WriteSlot command;
    command.slot = slot;
    command.name = name;
    command.parameters.kind = slot.kind;
    command.parameters.digits = digits;
    if (slot.kind == otp::OtpKind::hotp) command.parameters.counter = counter_or_period;
    else command.parameters.period = static_cast<std::uint32_t>(counter_or_period);
    command.secret = bytes(secret);
    command.admin_pin = text(admin_pin);
    return command;
}

// Makes the checksum of a changed reply right again.
inline void reseal(wire::Report& reply) {
    const auto out = reply.bytes();
    base::store_le32(out, wire::checksum_at, wire::checksum(out.first<wire::checked_size>()));
}

// The same numbers in each run.
class SeededRandom final : public base::Random {
  public:
    base::Result<void> fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
        return {};
    }

  private:
    std::mt19937 engine_{4226};
};

class DirectOracle final : public CodeOracle {
  public:
    base::Result<base::SecretText> expected(const base::SecretBytes& secret, otp::HashAlgorithm algorithm,
                                            std::uint32_t digits, std::uint64_t factor) override {
        if (fails) return base::Error{errors::code_unanswered};
        return crypto::expected_code(secret, algorithm, digits, factor);
    }
    bool fails = false;
};

struct Listener final : SessionListener {
    void progress(channel::WriteStep step) override { steps.push_back(step); }
    void clock_set(base::UnixTime at) override { clock_sets.push_back(at.seconds()); }
    std::vector<channel::WriteStep> steps{};
    std::vector<std::int64_t> clock_sets{};
};

// What the tap saw and what it shall do.
struct Tap {
    std::vector<wire::Command> sent{};  // every send, in order
    int calls = 0;
    int pull_at = -1;         // pull the token at this call, counted from 0
    bool pull_before = true;  // before the call is carried out, or after
    std::function<void()> pull{};
    std::function<void(wire::Report&)> on_reply{};  // may change a reply that the token shows as ready
    std::function<void(const wire::Report&)> before_send{};
    std::function<void(const wire::Report&)> after_send{};

    [[nodiscard]] long count(wire::Command command) const { return std::ranges::count(sent, command); }
};

class TappedTransport final : public wire::Transport {
  public:
    TappedTransport(std::unique_ptr<wire::Transport> inner, Tap& tap) : inner_(std::move(inner)), tap_(&tap) {}

    base::Result<void> send_feature(const wire::Report& report) override {
        const int call = tap_->calls++;
        tap_->sent.push_back(wire::command_of(report));
        if (call == tap_->pull_at && tap_->pull_before) tap_->pull();
        if (tap_->before_send) tap_->before_send(report);
        auto result = inner_->send_feature(report);
        if (call == tap_->pull_at && !tap_->pull_before) {
            tap_->pull();
            return base::Error{wire::errors::unplugged};
        }
        if (result.ok() && tap_->after_send) tap_->after_send(report);
        return result;
    }

    base::Result<wire::Report> receive_feature() override {
        const int call = tap_->calls++;
        if (call == tap_->pull_at) tap_->pull();
        auto reply = inner_->receive_feature();
        if (reply.ok() && tap_->on_reply && wire::device_status_of(reply.value()) == wire::DeviceStatus::ready)
            tap_->on_reply(reply.value());
        return reply;
    }

  private:
    std::unique_ptr<wire::Transport> inner_;
    Tap* tap_;
};

struct Bench {
    // A moment in the middle of a 30 s and a 60 s step: 2033-05-18 03:33:35.
    explicit Bench(std::int64_t unix_seconds = 2'000'000'015,
                   const simulator::TimingProfile& timing = simulator::fast_timing)
        : clock(unix_seconds), source(clock, random, timing) {
        auto state = simulator::new_pro(random);
        REQUIRE(state.ok());
        source.attach_in_memory(std::move(state.value()));
        clock.set_unix(unix_seconds);
        tap.pull = [this] { source.set_faults({.unplugged = true}); };
        reopen();
    }

    explicit Bench(simulator::TokenState state, std::int64_t unix_seconds = 2'000'000'015)
        : clock(unix_seconds), source(clock, random) {
        source.attach_in_memory(std::move(state));
        clock.set_unix(unix_seconds);
        tap.pull = [this] { source.set_faults({.unplugged = true}); };
        reopen();
    }

    base::Result<std::unique_ptr<Session>> try_open() {
        session.reset();
        const auto sightings = source.look();
        REQUIRE(sightings.size() == 1);
        auto transport = source.open(sightings.front());
        REQUIRE(transport.ok());
        const wire::Model* model = wire::find_model(sightings.front().vendor_id, sightings.front().product_id);
        REQUIRE(model != nullptr);
        channel::TokenInfo info;
        info.key = sightings.front().key;
        info.model = model->key;
        info.title = model->title;
        info.simulated = true;
        return Session::open(info, *model, std::make_unique<TappedTransport>(std::move(transport.value()), tap),
                             SessionTools{clock, random, oracle, listener, marks, log, &stop});
    }

    void reopen() {
        auto opened = try_open();
        REQUIRE(opened.ok());
        session = std::move(opened.value());
    }

    // Pulled and plugged in again, as if by hand.
    void replug() {
        source.set_faults({.unplugged = true});
        source.set_faults({});
        reopen();
    }

    otp::SlotSummary slot(const otp::NumberedSlot& id) const {
        for (const auto& slot : session->slots())
            if (slot.id == otp::SlotId{id}) return slot;
        FAIL("no such slot");
        return {};
    }

    base::Result<otp::SlotSummary> read(const otp::NumberedSlot& id) {
        if (auto refreshed = session->refresh(); !refreshed.ok()) return std::move(refreshed).error();
        return slot(id);
    }

    CommandResult<channel::CodeRead> code(const otp::NumberedSlot& id, std::string_view pin = {},
                                          bool set_time_back = false) {
        return session->code(channel::GetCode{1, {}, id, text(pin), set_time_back});
    }

    CommandResult<channel::SlotProven> write(channel::WriteSlot command) { return session->write(command); }

    CommandResult<otp::SlotSummary> erase(const otp::NumberedSlot& id, std::string_view pin = admin_pin) {
        return session->erase(channel::EraseSlot{1, {}, id, text(pin)});
    }

    std::uint8_t tries(channel::PinKind kind) {
        REQUIRE(session->refresh().ok());
        const auto& status = session->status();
        const auto left = kind == channel::PinKind::admin ? status.admin_tries : status.user_tries;
        REQUIRE(left.has_value());
        return *left;
    }

    [[nodiscard]] base::SecretText expected(std::string_view secret, std::uint32_t digits, std::uint64_t factor) {
        auto code_expected = crypto::expected_code(bytes(secret), otp::HashAlgorithm::sha1, digits, factor);
        REQUIRE(code_expected.ok());
        return std::move(code_expected.value());
    }

    [[nodiscard]] std::uint64_t step(std::uint32_t period) const {
        return otp::time_step(clock.unix_time().seconds(), period);
    }

    base::ManualClock clock;
    SeededRandom random{};
    simulator::SimulatedSource source;
    DirectOracle oracle{};
    Listener listener{};
    SlotMarks marks{};
    ExchangeLog log{};
    std::atomic<bool> stop{false};
    Tap tap{};
    std::unique_ptr<Session> session{};
};

}  // namespace tokendeck::device::test
