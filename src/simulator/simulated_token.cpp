#include "simulator/simulated_token.hpp"

#include "base/bytes.hpp"
#include "base/errors.hpp"
#include "base/outside_file.hpp"
#include "simulator/pro_firmware.hpp"
#include "simulator/storage_firmware.hpp"
#include "wire/transport.hpp"

#include <filesystem>
#include <system_error>

namespace tokendeck::simulator {
namespace {

base::Error other_model(const std::string& file, const TokenState& state) {
    return base::Error{.code = wire::errors::state_other_model,
                       .subject = file + ": " + state.model + "-0." + std::to_string(state.firmware_minor)};
}

// The state in the file, or that of a new token. With the lock held.
base::Result<TokenStore> open_store(const SimulatedModel& model, const std::string& file, base::Random& random) {
    auto there = identify(file);
    if (!there) return std::move(there).error();
    if (!there.value()) {
        auto state = new_token(model, random);
        if (!state) return std::move(state).error();
        return TokenStore::create(file, std::move(state).value());
    }
    auto store = TokenStore::open(file);
    if (!store) return store;
    const TokenState& state = store.value().state();
    if (state.model != model.model || (model.names_firmware() && state.firmware_minor != model.firmware_minor))
        return other_model(file, state);
    return store;
}

}  // namespace

SimulatedToken::SimulatedToken(TokenState in_memory, base::Random& random, const TimingProfile& timing)
    : store_(std::make_unique<TokenStore>(std::move(in_memory))), random_(random), timing_(timing) {}

SimulatedToken::SimulatedToken(std::string file, std::unique_ptr<PowerFile> power_file, TokenStore store,
                               base::Random& random, const TimingProfile& timing, bool keep_power)
    : file_(std::move(file)),
      power_file_(std::move(power_file)),
      store_(std::make_unique<TokenStore>(std::move(store))),
      random_(random),
      timing_(timing),
      keep_power_(keep_power) {}

base::Result<std::unique_ptr<SimulatedToken>> SimulatedToken::in_file(const SimulatedModel& model,
                                                                      const std::string& file, base::Random& random,
                                                                      const TimingProfile& timing, bool keep_power) {
    if (auto there = identify(file); !there) return std::move(there).error();
    // Beside a device or a folder no ordinary user may make the files below, and nobody should.
    if (auto there = base::OutsideFile::open(file); !there) {
        const base::ErrorCode code = there.error().code;
        if (code == base::errors::file_is_folder || code == base::errors::file_not_regular)
            return std::move(there).error();
    }
    const std::filesystem::path folder = std::filesystem::path(file).parent_path();
    std::error_code ignored;  // the files below cannot be made if the folder is not there
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    auto power_file = PowerFile::beside(file);
    if (auto locked = power_file->lock(); !locked) return std::move(locked).error();
    auto store = open_store(model, file, random);
    if (!store) {
        power_file->leave(true);
        return std::move(store).error();
    }
    power_file->unlock();
    return std::unique_ptr<SimulatedToken>(
        new SimulatedToken(file, std::move(power_file), std::move(store).value(), random, timing, keep_power));
}

SimulatedToken::~SimulatedToken() {
    if (power_file_ && power_file_->lock()) power_file_->leave(!keep_power_);
}

base::Result<void> SimulatedToken::begin(const base::Clock& clock) {
    if (!power_file_) return {};
    if (auto locked = power_file_->lock(); !locked) return locked;
    const auto fail = [&](base::Error error) {
        power_file_->unlock();
        return error;
    };
    auto text = power_file_->read();
    if (!text) return fail(std::move(text).error());
    used_by_others_ = !power_file_->alone();
    if (!same(text.value(), power_text_) || text.value().empty()) {
        auto power = parse_power(text.value().view(), boot_id());
        // Times ahead of the clock, which is looked at after others have had their turn, are of another run of the
        // system.
        const base::SteadyTime now = clock.steady();
        power_is_new_ = !power || power->plugged_in > now || power->taken_at > now;
        power_ = power_is_new_ ? PowerState{} : std::move(*power);
        power_text_ = std::move(text).value();
    }
    if (auto refreshed = store_->refresh(power_.saves != saves_known_); !refreshed)
        return fail(std::move(refreshed).error());
    saves_known_ = power_.saves;
    make_firmware();
    return {};
}

base::Result<void> SimulatedToken::end() {
    if (!power_file_) return {};
    saves_known_ = power_.saves;
    base::Result<void> written;
    if (!power_is_new_) {
        base::SecretText text = write_power(power_, boot_id());
        if (!same(text, power_text_)) {
            written = power_file_->write(text.view());
            power_text_ = std::move(text);
        }
    }
    power_file_->unlock();
    return written;
}

base::Result<void> SimulatedToken::plug_in(base::SteadyTime now) {
    const bool goes_on = !power_is_new_ && power_.on && (used_by_others_ || keep_power_);
    if (!goes_on || !power_file_) {
        std::array<std::uint8_t, 8> id{};
        // Not from `random_`, which in tests gives every source the same.
        if (auto filled = base::SystemRandom().fill(id); !filled) return filled;
        power_ = {};
        power_.power_id = base::load_le64(id, 0) | 1;
        power_.plugged_in = now;
        power_.taken_at = now;
        power_.storage.system_set_at = now;
        if (store_->state().is_storage()) power_.response.bytes()[21] = 0xFF;  // the block of a command that never was
        power_is_new_ = false;
    }
    make_firmware();
    return {};
}

void SimulatedToken::pull() {
    power_ = {};
    power_.on = false;
    power_is_new_ = false;
    firmware_.reset();
    firmware_of_ = 0;
}

void SimulatedToken::make_firmware() {
    if (firmware_of_ == power_on()) return;
    firmware_of_ = power_on();
    firmware_.reset();
    if (firmware_of_ == 0) return;
    if (store_->state().is_storage()) firmware_ = std::make_unique<StorageFirmware>(*store_, power_, random_, timing_);
    else firmware_ = std::make_unique<ProFirmware>(*store_, power_, random_, timing_);
}

}  // namespace tokendeck::simulator
