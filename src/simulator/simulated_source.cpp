#include "simulator/simulated_source.hpp"

#include "base/bytes.hpp"
#include "simulator/errors.hpp"
#include "simulator/pro_firmware.hpp"
#include "simulator/state_file.hpp"
#include "simulator/token_store.hpp"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <system_error>

namespace tokendeck::simulator {
namespace {

constexpr std::size_t control_file_most = 4096;  // bytes

// One plugging-in of one token. Without firmware it has been pulled.
struct PlugIn {
    std::string key;
    std::unique_ptr<Firmware> firmware;
};

// A token, whether plugged in or not.
struct Token {
    std::string file;  // empty: in memory
    std::unique_ptr<TokenStore> store;
    std::shared_ptr<PlugIn> plug_in;
};

base::Error failure(base::ErrorCode code, std::string subject = {}) {
    base::Error error{code};
    error.subject = std::move(subject);
    return error;
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
        : clock(clock_), random(random_), timing(timing_) {}

    void plug_in(Token& token) {
        token.plug_in = std::make_shared<PlugIn>();
        token.plug_in->key = "simulated:" + std::to_string(++plugged_in);
        token.plug_in->firmware = std::make_unique<ProFirmware>(*token.store, random, timing, clock.steady());
    }

    static void pull(Token& token) {
        if (token.plug_in) token.plug_in->firmware.reset();
        token.plug_in.reset();
    }

    void pull(const PlugIn& plug) {
        for (Token& token : tokens)
            if (token.plug_in.get() == &plug) return pull(token);
    }

    void set_faults(const Faults& fresh) {
        faults = fresh;
        for (Token& token : tokens) {
            if (faults.unplugged) pull(token);
            else if (!token.plug_in) plug_in(token);
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
            control_error = failure(errors::control_unreadable, control_file);
            control_error->position = fresh.error().position;
        }
        return control_error;
    }

    base::Clock& clock;
    base::Random& random;
    TimingProfile timing;

    mutable std::mutex mutex{};  // for all that follows
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
        hub_->clock.sleep(hub_->timing.transfer);
        const std::lock_guard lock(hub_->mutex);
        if (auto error = transfer_fails()) return std::move(*error);
        Faults& faults = hub_->faults;
        const std::uint8_t command = report.bytes()[0];
        if (strikes(faults.drop_requests)) return {};
        if (strikes(faults.unplug_at, command)) {
            hub_->pull(*plug_);
            return failure(wire::errors::unplugged);
        }
        auto taken = plug_->firmware->set_report(report, hub_->clock.steady(), faults);
        if (!taken) return std::move(taken).error();
        if (plug_->firmware->left_the_bus() || (taken.value() && strikes(faults.unplug_after, command)))
            hub_->pull(*plug_);
        return {};
    }

    base::Result<wire::Report> receive_feature() override {
        hub_->clock.sleep(hub_->timing.transfer);
        const std::lock_guard lock(hub_->mutex);
        if (auto error = transfer_fails()) return std::move(*error);
        auto reply = plug_->firmware->get_report(hub_->clock.steady());
        if (!reply) return reply;
        auto bytes = reply.value().bytes();
        if (bytes[0] == 0) {
            if (strikes(hub_->faults.foreign_replies)) {
                make_foreign(reply.value(), hub_->next_foreign_is_other_command);
                hub_->next_foreign_is_other_command = !hub_->next_foreign_is_other_command;
            }
            if (strikes(hub_->faults.corrupt_replies)) bytes[wire::result_at] ^= 0x10;
        }
        return reply;
    }

  private:
    // With the lock held.
    std::optional<base::Error> transfer_fails() {
        if (auto error = hub_->poll_control()) return error;
        if (!plug_->firmware) return failure(wire::errors::unplugged);
        if (strikes(hub_->faults.fail_transfers)) return failure(wire::errors::transfer_failed, "simulated fault");
        return std::nullopt;
    }

    std::shared_ptr<SimulatedSource::Hub> hub_;
    std::shared_ptr<PlugIn> plug_;
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
    for (const Token& token : hub_->tokens) {
        if (!token.plug_in) continue;
        const UsbIdentity usb = token.plug_in->firmware->usb();
        wire::Sighting sighting;
        sighting.key = token.plug_in->key;
        sighting.vendor_id = usb.vendor_id;
        sighting.product_id = usb.product_id;
        sighting.product = usb.product;
        sighting.usb_serial = usb.serial;
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
        if (token.plug_in && token.plug_in->key == sighting.key)
            return std::unique_ptr<wire::Transport>(std::make_unique<SimulatedTransport>(hub_, token.plug_in));
    return failure(wire::errors::unplugged);
}

base::Result<void> SimulatedSource::attach(const std::string& model, const std::string& file) {
    if (model != "pro") return failure(wire::errors::unknown_model, model);
    if (file.empty()) return failure(wire::errors::state_unwritable);
    std::error_code unknown;
    const std::filesystem::path canonical = std::filesystem::weakly_canonical(file, unknown);
    const std::string path = unknown ? file : canonical.string();  // so that a link is not replaced by a file

    const std::lock_guard lock(hub_->mutex);
    for (const Token& token : hub_->tokens)
        if (token.file == path) return failure(wire::errors::claimed, file);
    auto there = identify(path);
    if (!there) return std::move(there).error();
    auto store = [&]() -> base::Result<TokenStore> {
        if (there.value()) return TokenStore::open(path);
        auto state = new_pro(hub_->random);
        if (!state) return std::move(state).error();
        return TokenStore::create(path, std::move(state).value());
    }();
    if (!store) return std::move(store).error();
    hub_->tokens.push_back({path, std::make_unique<TokenStore>(std::move(store).value()), nullptr});
    if (!hub_->faults.unplugged) hub_->plug_in(hub_->tokens.back());
    return {};
}

void SimulatedSource::attach_in_memory(TokenState state) {
    const std::lock_guard lock(hub_->mutex);
    hub_->tokens.push_back({"", std::make_unique<TokenStore>(std::move(state)), nullptr});
    if (!hub_->faults.unplugged) hub_->plug_in(hub_->tokens.back());
}

void SimulatedSource::detach() {
    const std::lock_guard lock(hub_->mutex);
    for (Token& token : hub_->tokens) Hub::pull(token);
    hub_->tokens.clear();
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
        if (token.plug_in && token.plug_in->key == key) return token.plug_in->firmware->executed();
    return {};
}

}  // namespace tokendeck::simulator
