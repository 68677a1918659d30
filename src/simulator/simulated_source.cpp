#include "simulator/simulated_source.hpp"

#include "base/bytes.hpp"
#include "simulator/errors.hpp"
#include "simulator/simulated_token.hpp"
#include "simulator/state_file.hpp"

#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

namespace tokendeck::simulator {
namespace {

constexpr std::size_t control_file_most = 4096;  // bytes
constexpr base::Milliseconds hanging_pause{100};

// One plugging-in of one token, as this source sees it.
struct PlugIn {
    std::string key;
    std::uint64_t power_on = 0;       // which of the token's
    bool boot_loader = false;         // as which it has no HID interface
    SimulatedToken* token = nullptr;  // none: it has been pulled
    wire::Report delivered{};         // the last ready reply
    wire::Report duplicate{};         // to be delivered once more
    bool duplicate_waits = false;
};

struct Token {
    std::unique_ptr<SimulatedToken> token;
    std::shared_ptr<PlugIn> plug_in;  // none: it is not plugged in
};

base::Error failure(base::ErrorCode code, std::string subject = {}) {
    return base::Error{.code = code, .subject = std::move(subject)};
}

// True when the fault strikes now; it is then used up.
bool strikes(unsigned& count) {
    if (count == 0) return false;
    --count;
    return true;
}

bool strikes(std::optional<Trigger>& trigger, std::uint8_t command) {
    if (!trigger || trigger->command != command || --trigger->count != 0) return false;
    trigger.reset();
    return true;
}

void renew_checksum(wire::Report& report) {
    auto bytes = report.bytes();
    base::store_le32(bytes, wire::checksum_at, wire::checksum(bytes.first<wire::checked_size>()));
}

// Makes of a reply one that another program's request got.
void make_foreign(wire::Report& reply, bool other_command) {
    auto bytes = reply.bytes();
    const std::uint8_t command = bytes[1];
    bytes[2] ^= 0x5A;
    if (other_command) {
        reply.clear();
        bytes[1] = command == 0x00 ? 0x0F : 0x00;
        base::store_le32(bytes, 2, 0x0BADF00D);
    }
    renew_checksum(reply);
}

}  // namespace

struct SimulatedSource::Hub {
    Hub(base::Clock& clock_, base::Random& random_, const TimingProfile& timing_)
        : clock(clock_), random(random_), timing_as_made(timing_), timing(timing_) {}

    // ---- in a token's turn ----

    void plug_in(Token& token, base::SteadyTime now) {
        if (!token.token->plug_in(now)) return;  // no random number to be had: it does not come up
        enumerate(token);
    }

    // This source sees the token that has power as it is now.
    void enumerate(Token& token) {
        forget(token);
        token.plug_in = std::make_shared<PlugIn>();
        token.plug_in->key = "simulated:" + std::to_string(++plugged_in);
        token.plug_in->power_on = token.token->power_on();
        token.plug_in->boot_loader = token.token->firmware().in_boot_loader();
        token.plug_in->token = token.token.get();
    }

    // It is still what this plugging-in was of.
    static bool same(const PlugIn& plug, const SimulatedToken& token) {
        return token.power_on() != 0 && plug.power_on == token.power_on() &&
               plug.boot_loader == token.power().boot_loader;
    }

    // This source no longer sees that plugging-in.
    static void forget(Token& token) {
        if (token.plug_in) token.plug_in->token = nullptr;
        token.plug_in.reset();
    }

    static void pull(Token& token) {
        token.token->pull();
        forget(token);
    }

    // Sees what other processes, or a hand that deleted FILE.power, have done.
    void look_again(Token& token, base::SteadyTime now) {
        if (token.plug_in && !same(*token.plug_in, *token.token)) forget(token);
        if (token.plug_in || faults.unplugged) return;
        if (token.token->power_on() != 0) enumerate(token);
        else if (token.token->power_is_new()) plug_in(token, now);
    }

    Token* token_of(const PlugIn& plug) {
        for (Token& token : tokens)
            if (token.plug_in.get() == &plug) return &token;
        return nullptr;
    }

    // ---- any time, with the mutex ----

    template <typename Action>
    base::Result<void> in_turn(Token& token, const Action& action) {
        return token.token->in_turn(clock, [&](base::SteadyTime now) -> base::Result<void> {
            action(now);
            return {};
        });
    }

    // What goes wrong with one token's files is told by its transfers.
    void set_faults(const Faults& fresh) {
        faults = fresh;
        timing = faults.timing == TimingChoice::fast   ? prompt_timing
                 : faults.timing == TimingChoice::real ? real_timing
                                                       : timing_as_made;
        if (faults.card_start.count() != 0) timing.card_start = faults.card_start;
        for (Token& token : tokens) {
            (void)in_turn(token, [&](base::SteadyTime now) {
                if (faults.unplugged) return pull(token);
                look_again(token, now);
                if (!token.plug_in) plug_in(token, now);
            });
        }
    }

    // Takes in the control file if it has changed. Nothing, or why it cannot be used.
    std::optional<base::Error> poll_control() {
        if (control_file.empty()) return std::nullopt;
        auto identity = identify(control_file);
        if (identity && control_read && identity.value() == control_identity) return control_error;
        control_read = true;
        control_error.reset();
        control_identity = identity ? identity.value() : std::nullopt;
        if (identity && !control_identity) {
            set_faults({});
            return std::nullopt;
        }
        auto content = read_file(control_file, control_file_most);
        auto fresh = content ? parse_control(content.value().view()) : base::Result<Faults>(content.error());
        if (fresh) {
            set_faults(fresh.value());
        } else {
            control_error = std::move(fresh).error();
            control_error->subject = control_file;
        }
        return control_error;
    }

    // Adds a token and plugs it in.
    base::Result<void> add(std::unique_ptr<SimulatedToken> fresh) {
        Token token{std::move(fresh), nullptr};
        auto done = in_turn(token, [&](base::SteadyTime now) {
            if (!faults.unplugged) plug_in(token, now);
        });
        if (!done) return done;
        tokens.push_back(std::move(token));
        return {};
    }

    base::Clock& clock;
    base::Random& random;
    const TimingProfile timing_as_made;

    mutable std::mutex mutex{};  // for all that follows
    TimingProfile timing;
    bool keep_power = false;
    std::vector<Token> tokens{};
    Faults faults{};
    std::uint64_t plugged_in = 0;
    bool next_foreign_is_other_command = true;
    std::string control_file{};
    bool control_read = false;
    std::optional<FileIdentity> control_identity{};
    std::optional<base::Error> control_error{};
};

namespace {

class SimulatedTransport final : public wire::Transport {
  public:
    SimulatedTransport(std::shared_ptr<SimulatedSource::Hub> hub, std::shared_ptr<PlugIn> plug)
        : hub_(std::move(hub)), plug_(std::move(plug)) {}

    base::Result<void> send_feature(const wire::Report& report) override {
        while (hangs_at(report.bytes()[0])) hub_->clock.sleep(hanging_pause);
        return transfer([&](Token& token, base::SteadyTime now) { return send(token, report, now); });
    }

    base::Result<wire::Report> receive_feature() override {
        return transfer([&](Token& token, base::SteadyTime now) { return receive(token, now); });
    }

  private:
    // Once it does, for good. No lock is held meanwhile: other programs go on with the token.
    bool hangs_at(std::uint8_t command) {
        const std::lock_guard lock(hub_->mutex);
        (void)hub_->poll_control();  // `transfer` tells if it cannot be used
        hangs_ = hangs_ || strikes(hub_->faults.hang_at, command);
        return hangs_;
    }

    template <typename Action>
    auto transfer(const Action& action) -> decltype(action(std::declval<Token&>(), base::SteadyTime{})) {
        hub_->clock.sleep([&] {
            const std::lock_guard lock(hub_->mutex);
            return hub_->timing.transfer;
        }());
        const std::lock_guard lock(hub_->mutex);
        if (auto error = hub_->poll_control()) return std::move(*error);
        Token* const token = hub_->token_of(*plug_);
        if (token == nullptr) return failure(wire::errors::unplugged);
        using Outcome = decltype(action(*token, base::SteadyTime{}));
        return token->token->in_turn(hub_->clock, [&](base::SteadyTime now) -> Outcome {
            if (!SimulatedSource::Hub::same(*plug_, *token->token)) {
                SimulatedSource::Hub::forget(*token);
                return failure(wire::errors::unplugged);
            }
            if (strikes(hub_->faults.fail_transfers)) return failure(wire::errors::transfer_failed, "simulated fault");
            return action(*token, now);
        });
    }

    base::Result<void> send(Token& token, const wire::Report& report, base::SteadyTime now) {
        Faults& faults = hub_->faults;
        Firmware& firmware = token.token->firmware();
        const std::uint8_t command = report.bytes()[0];
        if (strikes(faults.drop_requests)) return {};
        const bool pulled = strikes(faults.unplug_at, command);
        if (pulled || strikes(faults.power_loss_at, command)) {
            lose_power(token, !pulled, now);
            return failure(wire::errors::unplugged);
        }
        if (strikes(faults.other_program_at, command)) firmware.another_program();
        auto taken = firmware.set_report(report, now, faults);
        if (!taken) return std::move(taken).error();
        if (taken.value() && strikes(faults.duplicate_replies)) {
            plug_->duplicate = wire::Report::copy_of(plug_->delivered.bytes());
            plug_->duplicate_waits = true;
        }
        const bool unplug = taken.value() && strikes(faults.unplug_after, command);
        const bool power_loss = !unplug && taken.value() && strikes(faults.power_loss_after, command);
        if (unplug || power_loss) {
            firmware.finish(now, faults);
            lose_power(token, power_loss, now);
        } else if (firmware.in_boot_loader()) {
            hub_->enumerate(token);
        }
        return {};
    }

    base::Result<wire::Report> receive(Token& token, base::SteadyTime now) {
        Faults& faults = hub_->faults;
        Firmware& firmware = token.token->firmware();
        if (faults.steal_payloads != 0 && firmware.steal_payload(now, faults)) --faults.steal_payloads;
        auto reply = firmware.get_report(now, faults);
        if (firmware.in_boot_loader()) {
            hub_->enumerate(token);
            return failure(wire::errors::unplugged);
        }
        if (!reply) return reply;
        auto bytes = reply.value().bytes();
        if (bytes[0] != 0) return reply;
        if (strikes(faults.lose_replies)) return failure(wire::errors::transfer_failed, "simulated fault");
        if (std::exchange(plug_->duplicate_waits, false)) return std::move(plug_->duplicate);
        plug_->delivered = wire::Report::copy_of(bytes);
        if (strikes(faults.foreign_replies)) {
            make_foreign(reply.value(), hub_->next_foreign_is_other_command);
            hub_->next_foreign_is_other_command = !hub_->next_foreign_is_other_command;
        }
        if (strikes(faults.corrupt_replies)) bytes[wire::result_at] ^= 0x10;
        return reply;
    }

    void lose_power(Token& token, bool comes_back, base::SteadyTime now) {
        SimulatedSource::Hub::pull(token);
        if (comes_back) hub_->plug_in(token, now);
    }

    std::shared_ptr<SimulatedSource::Hub> hub_;
    std::shared_ptr<PlugIn> plug_;
    bool hangs_ = false;
};

}  // namespace

SimulatedSource::SimulatedSource(base::Clock& clock, base::Random& random, const TimingProfile& timing)
    : hub_(std::make_shared<Hub>(clock, random, timing)) {}

SimulatedSource::~SimulatedSource() {
    detach();
}

std::vector<wire::Sighting> SimulatedSource::look() {
    const std::lock_guard lock(hub_->mutex);
    (void)hub_->poll_control();  // a wrong control file is told by `open` and by each transfer
    std::vector<wire::Sighting> seen;
    for (Token& token : hub_->tokens) {
        // A token whose files have gone bad stays in sight: its transfers tell why.
        (void)hub_->in_turn(token, [&](base::SteadyTime now) { hub_->look_again(token, now); });
        const auto usb = token.token->usb();
        if (!token.plug_in || !usb) continue;
        wire::Sighting sighting;
        sighting.key = token.plug_in->key;
        sighting.vendor_id = usb->vendor_id;
        sighting.product_id = usb->product_id;
        sighting.product = usb->product;
        sighting.usb_serial = usb->serial;
        sighting.via = "simulated";
        sighting.simulated = true;
        seen.push_back(std::move(sighting));
    }
    return seen;
}

base::Result<std::unique_ptr<wire::Transport>> SimulatedSource::open(const wire::Sighting& sighting) {
    const std::lock_guard lock(hub_->mutex);
    if (auto error = hub_->poll_control()) return std::move(*error);
    for (const Token& token : hub_->tokens)
        if (token.plug_in && token.plug_in->key == sighting.key && !token.plug_in->boot_loader)
            return std::unique_ptr<wire::Transport>(std::make_unique<SimulatedTransport>(hub_, token.plug_in));
    return failure(wire::errors::unplugged);
}

base::Result<void> SimulatedSource::attach(const std::string& model, const std::string& file) {
    const SimulatedModel* const found = find_simulated_model(model);
    if (found == nullptr) return failure(wire::errors::unknown_model, model);
    if (file.empty()) return failure(wire::errors::state_unwritable);
    std::error_code unknown;
    const std::filesystem::path canonical = std::filesystem::weakly_canonical(file, unknown);
    const std::string path = unknown ? file : canonical.string();  // so that a link is not replaced by a file

    const std::lock_guard lock(hub_->mutex);
    for (const Token& token : hub_->tokens)
        if (token.token->file() == path) return failure(wire::errors::claimed, file);
    auto token = SimulatedToken::in_file(*found, path, hub_->random, hub_->timing, hub_->keep_power);
    if (!token) return std::move(token).error();
    return hub_->add(std::move(token).value());
}

void SimulatedSource::attach_in_memory(TokenState state) {
    const std::lock_guard lock(hub_->mutex);
    (void)hub_->add(std::make_unique<SimulatedToken>(std::move(state), hub_->random, hub_->timing));
}

void SimulatedSource::detach() {
    const std::lock_guard lock(hub_->mutex);
    for (Token& token : hub_->tokens) Hub::forget(token);
    hub_->tokens.clear();
}

void SimulatedSource::keep_power(bool kept) {
    const std::lock_guard lock(hub_->mutex);
    hub_->keep_power = kept;
}

void SimulatedSource::set_faults(const Faults& faults) {
    const std::lock_guard lock(hub_->mutex);
    hub_->set_faults(faults);
}

Faults SimulatedSource::faults() const {
    const std::lock_guard lock(hub_->mutex);
    return hub_->faults;
}

void SimulatedSource::set_control_file(std::string path) {
    const std::lock_guard lock(hub_->mutex);
    hub_->control_file = std::move(path);
    hub_->control_read = false;
    hub_->control_error.reset();
}

std::vector<Executed> SimulatedSource::executed(const std::string& key) const {
    const std::lock_guard lock(hub_->mutex);
    for (const Token& token : hub_->tokens)
        if (token.plug_in && token.plug_in->key == key) return token.token->executed();
    return {};
}

}  // namespace tokendeck::simulator
