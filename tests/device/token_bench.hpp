// Any simulated token on a clock that stands still, reached without a source: its state can be looked at, what it has
// executed is counted, and each transport call can go wrong.
#pragma once

#include "device/bench.hpp"
#include "simulator/simulated_token.hpp"

#include <array>
#include <string>
#include <vector>

namespace tokendeck::device::test {

// The models of the simulator, each firmware once.
inline std::vector<std::string> all_models() {
    std::vector<std::string> keys;
    for (const simulator::SimulatedModel& model : simulator::simulated_models())
        if (model.names_firmware() || model.key == "librem") keys.emplace_back(model.key);
    return keys;
}

enum class SendFault : std::uint8_t { none, lost, fails, fails_but_arrives, pulled_before, pulled_after };
enum class ReadFault : std::uint8_t { none, fails, damaged, foreign, duplicate, pulled };

struct TokenBench {
    explicit TokenBench(std::string_view model, std::int64_t unix_seconds = 2'000'000'015) : clock(unix_seconds) {
        auto state = simulator::new_token(model, random);
        REQUIRE(state.ok());
        plug(std::move(state.value()));
        open();
    }

    void plug(simulator::TokenState state) {
        token = std::make_unique<simulator::SimulatedToken>(std::move(state), random, timing);
        plug_in();
    }

    void plug_in() {
        counted_ = 0;
        ++plugged;
        REQUIRE(token->in_turn(clock, [&](base::SteadyTime now) { return token->plug_in(now); }).ok());
    }

    // What was sent takes its effect; then there is no power.
    void pull() {
        (void)token->in_turn(clock, [&](base::SteadyTime now) -> base::Result<void> {
            if (token->power_on() == 0) return {};
            token->firmware().finish(now, faults);
            count();
            token->pull();
            return {};
        });
    }

    base::Result<std::unique_ptr<Session>> try_open() {
        session.reset();
        channel::TokenInfo info;
        info.key = "token:" + std::to_string(plugged);
        info.model = token->state().model;
        info.simulated = true;
        const wire::Model* model = wire::find_model(info.model);
        REQUIRE(model != nullptr);
        return Session::open(info, *model, std::make_unique<Line>(*this, plugged),
                             SessionTools{clock, random, oracle, listener, marks, log, &stop});
    }

    void open() {
        auto opened = try_open();
        REQUIRE(opened.ok());
        session = std::move(opened.value());
    }

    void replug() {
        pull();
        plug_in();
        open();
    }

    // ---- the token itself ----

    [[nodiscard]] const simulator::TokenState& state() const { return token->state(); }
    [[nodiscard]] bool storage() const { return state().is_storage(); }
    [[nodiscard]] const wire::FirmwareProfile& profile() const {
        return *wire::find_profile(*wire::find_model(state().model), {0, state().firmware_minor, 0});
    }
    [[nodiscard]] static std::uint8_t code_of(const otp::NumberedSlot& slot) {
        return static_cast<std::uint8_t>((slot.kind == otp::OtpKind::hotp ? 0x10 : 0x20) + slot.number - 1);
    }
    // Nothing: not programmed.
    [[nodiscard]] const simulator::OtpRecord* record(const otp::NumberedSlot& slot) const {
        const auto found = state().slots.find(code_of(slot));
        return found == state().slots.end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool has_secret(const otp::NumberedSlot& slot, std::string_view secret) const {
        const auto* held = record(slot);
        if (held == nullptr) return false;
        base::SecretBytes padded(held->secret.size());
        base::store(padded.bytes(), 0, bytes(secret).bytes());
        return same(padded, held->secret);
    }
    [[nodiscard]] std::string name_in(const otp::NumberedSlot& slot) const {
        const auto* held = record(slot);
        if (held == nullptr) return {};
        const auto end = std::ranges::find(held->name, std::uint8_t{0});
        return {held->name.begin(), end};
    }
    [[nodiscard]] std::uint64_t counter_in(const otp::NumberedSlot& slot) const {
        return state().hotp_counters[code_of(slot) & 0x0FU];
    }
    [[nodiscard]] long executed(wire::Command command) const { return executed_[static_cast<std::uint8_t>(command)]; }
    // PINs that the token has looked at because a program sent them.
    [[nodiscard]] long pins() const {
        using enum wire::Command;
        long sum = executed(first_authenticate) + executed(user_authenticate) + executed(factory_reset) +
                   executed(change_user_pin) + executed(change_admin_pin) + executed(new_aes_key) +
                   executed(generate_new_keys) + executed(send_password) + executed(detect_sc_aes) +
                   executed(pw_safe_enable);
        if (!storage()) sum += executed(unlock_user_password);  // a Storage's has no admin PIN in it
        return sum;
    }
    void another_program() {
        const auto done = token->in_turn(clock, [&](base::SteadyTime) -> base::Result<void> {
            token->firmware().another_program();
            return {};
        });
        REQUIRE(done.ok());
    }

    // ---- commands ----

    [[nodiscard]] otp::SlotSummary slot(const otp::NumberedSlot& id) const {
        for (const auto& slot : session->slots())
            if (slot.id == otp::SlotId{id}) return slot;
        FAIL("no such slot");
        return {};
    }
    CommandResult<channel::SlotProven> write(channel::WriteSlot command) { return session->write(command); }
    CommandResult<channel::CodeRead> code(const otp::NumberedSlot& id, std::string_view pin = {}) {
        return session->code(channel::GetCode{1, {}, id, text(pin), false, false});
    }
    CommandResult<otp::SlotSummary> erase(const otp::NumberedSlot& id, std::string_view pin = admin_pin) {
        return session->erase(channel::EraseSlot{1, {}, id, text(pin), false});
    }
    // An edit of what the session shows.
    [[nodiscard]] channel::EditSlot edit_of(const otp::NumberedSlot& id) const {
        channel::EditSlot command;
        command.slot = id;
        command.seen = slot(id);
        command.name = command.seen.name;
        command.parameters = command.seen.parameters;
        command.admin_pin = text(admin_pin);
        return command;
    }
    void protect_codes() {
        channel::WriteConfig command;
        command.config = session->status().general;
        command.config.pin_protected_codes = true;
        command.admin_pin = text(admin_pin);
        REQUIRE(session->write_config(std::move(command)).ok());
    }
    [[nodiscard]] base::SecretText expected(std::string_view secret, std::uint32_t digits, std::uint64_t factor) {
        auto code_expected = crypto::expected_code(bytes(secret), otp::HashAlgorithm::sha1, digits, factor);
        REQUIRE(code_expected.ok());
        return std::move(code_expected.value());
    }

    class Line final : public wire::Transport {
      public:
        Line(TokenBench& bench, int plug) : bench_(&bench), plug_(plug) {}

        base::Result<void> send_feature(const wire::Report& report) override {
            ++bench_->calls;
            if (gone()) return base::Error{wire::errors::unplugged};
            const SendFault fault = bench_->on_send ? bench_->on_send(report) : SendFault::none;
            if (fault == SendFault::pulled_before) bench_->pull();
            if (gone()) return base::Error{wire::errors::unplugged};
            if (fault == SendFault::lost) return {};
            if (fault == SendFault::fails) return base::Error{wire::errors::transfer_failed};
            bench_->sent.push_back(wire::command_of(report));
            auto taken = turn([&](base::SteadyTime now) -> base::Result<void> {
                auto done = bench_->token->firmware().set_report(report, now, bench_->faults);
                if (!done) return std::move(done).error();
                return {};
            });
            if (!taken.ok()) return taken;
            if (fault == SendFault::pulled_after) {
                bench_->pull();
                return base::Error{wire::errors::unplugged};
            }
            if (fault == SendFault::fails_but_arrives) return base::Error{wire::errors::transfer_failed};
            return {};
        }

        base::Result<wire::Report> receive_feature() override {
            ++bench_->calls;
            if (gone()) return base::Error{wire::errors::unplugged};
            const ReadFault fault = bench_->on_read ? bench_->on_read() : ReadFault::none;
            if (fault == ReadFault::pulled) bench_->pull();
            if (gone()) return base::Error{wire::errors::unplugged};
            if (fault == ReadFault::duplicate) return wire::Report::copy_of(last_.bytes());
            auto reply = turn([&](base::SteadyTime now) -> base::Result<wire::Report> {
                return bench_->token->firmware().get_report(now, bench_->faults);
            });
            if (!reply.ok()) return reply;
            if (fault == ReadFault::fails) return base::Error{wire::errors::transfer_failed};
            if (fault == ReadFault::damaged) reply.value().bytes()[9] ^= 0x10;
            if (fault == ReadFault::foreign) {
                reply.value().bytes()[3] ^= 0x5A;
                const std::uint8_t device_status = std::exchange(reply.value().bytes()[0], std::uint8_t{0});
                reseal(reply.value());
                reply.value().bytes()[0] = device_status;
            }
            if (fault == ReadFault::none) last_ = wire::Report::copy_of(reply.value().bytes());
            if (bench_->change_read) bench_->change_read(reply.value());
            return reply;
        }

      private:
        [[nodiscard]] bool gone() const { return plug_ != bench_->plugged || bench_->token->power_on() == 0; }
        template <typename Action>
        auto turn(const Action& action) -> decltype(action(base::SteadyTime{})) {
            return bench_->token->in_turn(bench_->clock, [&](base::SteadyTime now) {
                auto result = action(now);
                bench_->count();
                return result;
            });
        }

        TokenBench* bench_;
        int plug_;
        wire::Report last_{};
    };

    base::ManualClock clock;
    SeededRandom random{};
    simulator::TimingProfile timing = simulator::fast_timing;
    simulator::Faults faults{};  // those of the firmware itself
    std::function<SendFault(const wire::Report&)> on_send{};
    std::function<ReadFault()> on_read{};
    std::function<void(wire::Report&)> change_read{};  // what the host sees of a reply
    int calls = 0;
    int plugged = 0;
    std::vector<wire::Command> sent{};
    std::unique_ptr<simulator::SimulatedToken> token{};
    DirectOracle oracle{};
    Listener listener{};
    SlotMarks marks{};
    ExchangeLog log{};
    std::atomic<bool> stop{false};
    std::unique_ptr<Session> session{};

  private:
    void count() {
        const auto& all = token->firmware().executed();
        for (; counted_ < all.size(); ++counted_) ++executed_[all[counted_].command];
    }
    std::size_t counted_ = 0;
    std::array<long, 256> executed_{};
};

}  // namespace tokendeck::device::test
