// Thousands of operations at random over all models, with everything going wrong that can: after each one, what was
// said is held against what the token has become. TOKENDECK_STORM_SEED and TOKENDECK_STORM_OPERATIONS change the run;
// the clock is virtual.
#include "device/token_bench.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::PinKind;
using otp::NumberedSlot;
using otp::SlotState;

namespace {

constexpr unsigned default_operations = 5600;
// Virtual time that one operation may take: the longest budget, 60 s for a reset, and the exchanges around it.
constexpr std::chrono::minutes longest_operation{5};

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* const value = std::getenv(name);
    return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

// What a slot of the token holds, for comparing before with after.
struct Held {
    bool programmed = false;
    std::string name{};
    base::SecretBytes secret{};
    std::uint8_t config = 0;
    std::uint64_t interval = 0;
    std::uint64_t counter = 0;

    // Without the counter, which moves by use.
    [[nodiscard]] bool same_account(const Held& other) const {
        return programmed == other.programmed && name == other.name && same(secret, other.secret) &&
               config == other.config && interval == other.interval;
    }
};

class Storm {
  public:
    Storm(std::string model, std::uint64_t seed) : model_(std::move(model)), engine_(seed), bench_(model_) {
        bench_.on_send = [this](const wire::Report& report) { return send_fault(report); };
        bench_.on_read = [this] { return read_fault(); };
    }

    void run(unsigned operations) {
        for (unsigned i = 0; i < operations; ++i) {
            INFO(model_ << ", operation " << i);
            operate();
        }
    }

    std::map<std::string, std::map<std::string, unsigned>> outcomes{};

  private:
    [[nodiscard]] unsigned below(unsigned limit) { return static_cast<unsigned>(engine_() % limit); }
    [[nodiscard]] bool chance(unsigned percent) { return below(100) < percent; }

    // ---- what goes wrong ----

    SendFault send_fault(const wire::Report&) {
        if (!stormy_ || !chance(fault_percent_)) return SendFault::none;
        if (chance(15)) bench_.another_program();
        switch (below(8)) {
            case 0:
            case 1: return SendFault::lost;
            case 2:
            case 3: return SendFault::fails;
            case 4:
            case 5: return SendFault::fails_but_arrives;
            case 6: return chance(30) ? SendFault::pulled_before : SendFault::none;
            default: return chance(30) ? SendFault::pulled_after : SendFault::none;
        }
    }

    ReadFault read_fault() {
        if (!stormy_ || !chance(fault_percent_)) return ReadFault::none;
        switch (below(10)) {
            case 0:
            case 1: return ReadFault::fails;
            case 2:
            case 3:
            case 4: return ReadFault::damaged;
            case 5:
            case 6: return ReadFault::foreign;
            case 7:
            case 8: return ReadFault::duplicate;
            default: return chance(20) ? ReadFault::pulled : ReadFault::none;
        }
    }

    // ---- before and after ----

    [[nodiscard]] Held held(const NumberedSlot& slot) const {
        Held held;
        const auto* record = bench_.record(slot);
        if (record == nullptr) return held;
        held.programmed = true;
        held.name = bench_.name_in(slot);
        held.secret = record->secret.clone();
        held.config = record->config;
        if (slot.kind == otp::OtpKind::totp) held.interval = record->interval;
        else held.counter = bench_.counter_in(slot);
        return held;
    }

    [[nodiscard]] std::vector<NumberedSlot> places() const {
        std::vector<NumberedSlot> all;
        for (const auto& slot : bench_.session->slots()) all.push_back(std::get<NumberedSlot>(slot.id));
        return all;
    }

    [[nodiscard]] NumberedSlot any_place() {
        const auto all = places();
        // Few places, so that they are used again and again.
        const NumberedSlot some[] = {hotp(1), hotp(2), totp(1), totp(2), totp(3), all.back()};
        return some[below(6)];
    }

    // Plugged in again, without faults; what the session then shows is what its owner sees.
    void calm() {
        stormy_ = false;
        bench_.faults = {};
        if (bench_.token->power_on() == 0) bench_.plug_in();
        bench_.clock.advance(std::chrono::seconds{2});
        bench_.open();
    }

    void know_pins() {
        admin_ = std::string(reinterpret_cast<const char*>(bench_.state().admin_pin.bytes().data()),
                             bench_.state().admin_pin.size());
        user_ = std::string(reinterpret_cast<const char*>(bench_.state().user_pin.bytes().data()),
                            bench_.state().user_pin.size());
    }

    // A blocked token is of no further use for the storm.
    void mend() {
        if (bench_.state().admin_tries == 0 || bench_.state().user_tries == 0 || chance(1)) {
            auto fresh = simulator::new_token(model_, bench_.random);
            REQUIRE(fresh.ok());
            bench_.pull();
            bench_.plug(std::move(fresh.value()));
            bench_.open();
        } else if (chance(4)) {
            bench_.replug();
        }
        // Another program speaks the old protocol to a new Storage, which silences its refusals (quirk Q-S3).
        if (model_ == "storage-0.57" && chance(10)) {
            wire::Report authorize;
            authorize.bytes()[0] = 0x08;
            wire::seal(authorize, static_cast<std::uint16_t>(1 + below(1000)));
            TokenBench::Line line(bench_, bench_.plugged);
            CHECK(line.send_feature(authorize).ok());
            for (int i = 0; i < 4; ++i) CHECK(line.receive_feature().ok());
        }
        know_pins();
    }

    // ---- one operation ----

    struct Result {
        std::string what;
        bool ok = false;
        channel::CommandFailed failure{};
        unsigned typed_pins = 0;
        unsigned wrong_user = 0;  // of them wrong, at most
        unsigned wrong_admin = 0;
        std::optional<NumberedSlot> slot{};
        bool may_touch_all = false;  // reset, keys
    };

    [[nodiscard]] base::SecretText admin_pin_typed(Result& result) {
        ++result.typed_pins;
        if (!chance(6)) return text(admin_);
        ++result.wrong_admin;
        return text("wrong admin");
    }

    [[nodiscard]] base::SecretText user_pin_typed(Result& result) {
        if (!bench_.session->status().pin_protected_codes) return {};
        ++result.typed_pins;
        if (!chance(6)) return text(user_);
        ++result.wrong_user;
        return text("wrong user");
    }

    template <typename Command>
    static void take(Result& result, Command& outcome) {
        result.ok = outcome.ok();
        if (!outcome.ok()) result.failure = std::move(outcome.failure());
    }

    void operate() {
        mend();
        std::map<NumberedSlot, Held> before;
        for (const auto& slot : places()) before[slot] = held(slot);
        const auto config_before = bench_.state().config;
        const unsigned user_tries = bench_.state().user_tries;
        const unsigned admin_tries = bench_.state().admin_tries;
        const long pins = bench_.pins();
        const auto begin = bench_.clock.steady();
        stormy_ = chance(80);
        fault_percent_ = 1 + below(12);
        bench_.faults.late_reads = chance(10) ? below(6) : 0;

        Result result = act(before);

        stormy_ = false;
        INFO(result.what << ": " << (result.ok ? "done" : std::string(result.failure.error.code.name)) << " ("
                         << result.failure.error.subject << ')');
        ++outcomes[result.what][result.ok ? "done" : std::string(result.failure.error.code.name)];
        CHECK(bench_.clock.steady() - begin < longest_operation);
        // Late ones of what was sent take their effect before the token is judged.
        calm();
        // PINs: none beyond those that were typed, and tries lost only to wrong ones.
        CHECK(bench_.pins() - pins <= static_cast<long>(result.typed_pins));
        CHECK(bench_.state().user_tries + result.wrong_user >= user_tries);
        CHECK(bench_.state().admin_tries + result.wrong_admin >= admin_tries);
        judge(result, before);
        if (result.what != "config" && result.what != "reset" && result.what != "key")
            CHECK(bench_.state().config == config_before);
        if (!result.ok && result.what == "config" && bench_.state().config != config_before) {
            const auto code = result.failure.error.code;
            CHECK((code == errors::config_broke_off || code == errors::config_differs));
        }
        if (!result.ok && result.what == "reset" && result.failure.error.code == errors::reset_not_done)
            CHECK(std::ranges::any_of(places(), [&](const auto& slot) { return held(slot).programmed; }));
    }

    // No slot is otherwise than was said, or than its mark warns of.
    void judge(const Result& result, const std::map<NumberedSlot, Held>& before) {
        for (const auto& summary : bench_.session->slots()) {
            const auto slot = std::get<NumberedSlot>(summary.id);
            const Held now = held(slot);
            INFO(otp::text(summary.id) << " is " << otp::name(summary.state));
            const bool warned = summary.state == SlotState::unsure || summary.state == SlotState::mismatch;
            // The owner sees what is there.
            if (summary.state == SlotState::empty) CHECK_FALSE(now.programmed);
            if (summary.state == SlotState::programmed || summary.state == SlotState::proven) {
                CHECK(now.programmed);
                CHECK(summary.name == now.name);
                if (slot.kind == otp::OtpKind::hotp) CHECK(summary.parameters.counter == now.counter);
            }
            if (summary.state == SlotState::proven) {
                CHECK(written_.count(slot) == 1);
                CHECK(secret_is(now, written_[slot]));
            }
            const auto was = before.find(slot);
            if (was == before.end() || result.may_touch_all) continue;
            if (result.slot != slot) {
                CHECK(now.same_account(was->second));
                CHECK(now.counter == was->second.counter);
            } else if (!result.ok) {
                // Failed: as it was, or marked.
                if (!warned) CHECK(now.same_account(was->second));
            }
        }
    }

    static bool secret_is(const Held& held, const std::string& secret) {
        base::SecretBytes padded(held.secret.size());
        base::store(padded.bytes(), 0, bytes(secret).bytes());
        return same(padded, held.secret);
    }

    Result act(const std::map<NumberedSlot, Held>& before) {
        const unsigned dice = below(100);
        Result result;
        if (dice < 30) return write();
        if (dice < 48) return edit(before);
        if (dice < 58) return erase();
        if (dice < 76) return code(before);
        if (dice < 82) return config();
        if (dice < 89) return change_pin();
        if (dice < 91) return unblock();
        if (dice < 93) return reset();
        if (dice < 95) return key();
        if (dice < 97) {
            result.what = "lock";
            auto done = bench_.session->lock();
            take(result, done);
            return result;
        }
        result.what = "refresh";
        if (auto done = bench_.session->refresh(); done.ok()) result.ok = true;
        else result.failure.error = done.error();
        return result;
    }

    Result write() {
        Result result;
        result.what = "write";
        const auto slot = any_place();
        result.slot = slot;
        std::string secret(1 + below(static_cast<unsigned>(bench_.session->status().limits.secret_bytes_max)), 'x');
        for (char& c : secret) c = static_cast<char>('a' + below(26));
        auto command = write_command(slot, "name " + std::to_string(below(1000)), secret, chance(50) ? 6 : 8,
                                     slot.kind == otp::OtpKind::hotp ? below(100'000) : (chance(80) ? 30 : 60));
        command.admin_pin = admin_pin_typed(result);
        command.user_pin = user_pin_typed(result);
        command.last_try = true;
        const std::string name = command.name;
        const auto parameters = command.parameters;
        bench_.faults.wrong_code = chance(4);
        auto done = bench_.session->write(command);
        take(result, done);
        if (std::exchange(bench_.faults.wrong_code, false)) CHECK_FALSE(result.ok);
        if (!result.ok) return result;
        written_[slot] = secret;
        const Held now = held(slot);
        CHECK(done.value().slot.state == SlotState::proven);
        CHECK(secret_is(now, secret));
        CHECK(now.name == name);
        CHECK((now.config & 1U) == (parameters.digits == 8 ? 1U : 0U));
        if (slot.kind == otp::OtpKind::hotp) CHECK(now.counter == done.value().slot.parameters.counter);
        else CHECK(now.interval == parameters.period);
        return result;
    }

    Result edit(const std::map<NumberedSlot, Held>& before) {
        Result result;
        result.what = "edit";
        const auto slot = any_place();
        result.slot = slot;
        channel::EditSlot command = bench_.edit_of(slot);
        if (chance(70)) command.name = "edit " + std::to_string(below(1000));
        if (chance(40)) command.parameters.digits = command.parameters.digits == 6 ? 8 : 6;
        if (chance(30)) {
            if (slot.kind == otp::OtpKind::hotp) command.parameters.counter = below(100'000);
            else command.parameters.period = 90;
        }
        command.admin_pin = admin_pin_typed(result);
        command.user_pin = user_pin_typed(result);
        command.last_try = true;
        const std::string name = command.name;
        const auto digits = command.parameters.digits;
        auto done = bench_.session->edit(std::move(command));
        take(result, done);
        if (!result.ok) return result;
        const Held now = held(slot);
        CHECK(same(now.secret, before.at(slot).secret));
        CHECK(now.name == name);
        CHECK((now.config & 1U) == (digits == 8 ? 1U : 0U));
        if (slot.kind == otp::OtpKind::hotp) CHECK(now.counter == done.value().slot.parameters.counter);
        else CHECK(now.interval == done.value().slot.parameters.period);
        return result;
    }

    Result erase() {
        Result result;
        result.what = "erase";
        const auto slot = any_place();
        result.slot = slot;
        auto done = bench_.session->erase(channel::EraseSlot{1, {}, slot, admin_pin_typed(result), true});
        take(result, done);
        if (result.ok) CHECK_FALSE(held(slot).programmed);
        return result;
    }

    Result code(const std::map<NumberedSlot, Held>& before) {
        Result result;
        result.what = "code";
        const auto slot = any_place();
        result.slot = slot;
        auto done = bench_.session->code(channel::GetCode{1, {}, slot, user_pin_typed(result), false, true});
        take(result, done);
        const Held& was = before.at(slot);
        const Held now = held(slot);
        CHECK(now.same_account(was));
        if (slot.kind == otp::OtpKind::hotp && was.programmed) CHECK(now.counter - was.counter <= 1);
        if (!result.ok || !was.programmed) return result;
        const std::uint32_t digits = (was.config & 1U) != 0 ? 8 : 6;
        const std::uint64_t factor =
            slot.kind == otp::OtpKind::hotp
                ? was.counter
                : otp::time_step(done.value().valid_from.seconds(), static_cast<std::uint32_t>(was.interval));
        auto expected = crypto::expected_code(was.secret, otp::HashAlgorithm::sha1, digits, factor);
        REQUIRE(expected.ok());
        // Another program's setting of the clock is not in this storm, so the code is right or an error.
        CHECK(same(done.value().code, expected.value()));
        return result;
    }

    Result config() {
        Result result;
        result.what = "config";
        channel::WriteConfig command;
        command.config = bench_.session->status().general;
        command.config.pin_protected_codes = !command.config.pin_protected_codes;
        const bool wanted = command.config.pin_protected_codes;
        command.admin_pin = admin_pin_typed(result);
        command.last_try = true;
        auto done = bench_.session->write_config(std::move(command));
        take(result, done);
        if (result.ok) CHECK((bench_.state().config[3] == 1) == wanted);
        return result;
    }

    void check_pin(const Result& result, bool admin, const std::string& fresh) {
        const auto& pin = admin ? bench_.state().admin_pin : bench_.state().user_pin;
        const auto code = result.failure.error.code;
        if (result.ok) CHECK(same(pin, bytes(fresh)));
        // Not changed, or it says that it may be.
        else if (code != errors::pin_change_broke_off && code != errors::pin_change_unproven)
            CHECK(same(pin, bytes(admin ? admin_ : user_)));
    }

    Result change_pin() {
        Result result;
        result.what = "change PIN";
        const bool admin = chance(50);
        const std::string fresh = "PIN number " + std::to_string(below(1000));
        channel::ChangePin command;
        command.kind = admin ? PinKind::admin : PinKind::user;
        result.typed_pins = 2;
        const bool wrong = chance(8);
        command.current_pin = text(wrong ? "wrong for both" : admin ? admin_ : user_);
        command.new_pin = text(fresh);
        command.new_pin_again = text(fresh);
        command.last_try = true;
        auto done = bench_.session->change_pin(std::move(command));
        take(result, done);
        // A new PIN that the token did not take is a wrong one.
        (admin ? result.wrong_admin : result.wrong_user) = wrong || !result.ok ? 1 : 0;
        check_pin(result, admin, fresh);
        return result;
    }

    Result unblock() {
        Result result;
        result.what = "unblock";
        const std::string fresh = "PIN number " + std::to_string(below(1000));
        channel::UnblockUserPin command;
        command.admin_pin = admin_pin_typed(result);
        ++result.typed_pins;
        command.new_pin = text(fresh);
        command.new_pin_again = text(fresh);
        command.last_try = true;
        auto done = bench_.session->unblock_user_pin(std::move(command));
        take(result, done);
        result.wrong_user = result.ok ? 0 : 1;
        check_pin(result, false, fresh);
        return result;
    }

    Result reset() {
        Result result;
        result.what = "reset";
        result.may_touch_all = true;
        channel::FactoryReset command;
        command.admin_pin = admin_pin_typed(result);
        command.admin_pin_again = command.admin_pin.clone();
        ++result.typed_pins;
        command.last_try = true;
        bench_.faults.reset_without_effect = chance(20);
        auto done = bench_.session->factory_reset(std::move(command));
        take(result, done);
        const bool without_effect = std::exchange(bench_.faults.reset_without_effect, false);
        if (!result.ok) return result;
        CHECK(bench_.state().slots.empty());
        // A card that refused is seen by the accounts that are left; without any, that is said.
        if (without_effect && !bench_.storage())
            CHECK(std::ranges::any_of(done.value(),
                                      [](const auto& error) { return error.code == errors::reset_unverified; }));
        return result;
    }

    Result key() {
        Result result;
        result.what = "key";
        result.may_touch_all = bench_.storage();
        channel::NewAesKey command;
        command.admin_pin = admin_pin_typed(result);
        command.admin_pin_again = command.admin_pin.clone();
        ++result.typed_pins;
        command.last_try = true;
        auto done = bench_.session->new_aes_key(std::move(command));
        take(result, done);
        if (result.ok) CHECK(bench_.state().aes_key);
        return result;
    }

    std::string model_;
    std::mt19937_64 engine_;
    TokenBench bench_;
    bool stormy_ = false;
    unsigned fault_percent_ = 5;
    std::string admin_{};
    std::string user_{};
    std::map<NumberedSlot, std::string> written_{};  // the secret of the last write that was said to be proven
};

}  // namespace

TEST_CASE("In a storm nothing is said that is not so, and no PIN is sent that was not typed", "[storm]") {
    const auto seed = from_environment("TOKENDECK_STORM_SEED", 20140101);
    const auto operations = static_cast<unsigned>(from_environment("TOKENDECK_STORM_OPERATIONS", default_operations));
    const auto models = all_models();
    const auto each = static_cast<unsigned>((operations + models.size() - 1) / models.size());
    std::string summary;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < models.size(); ++i) {
        INFO("seed " << seed);
        Storm storm(models[i], seed + i);
        storm.run(each);
        unsigned done = 0, failed = 0;
        std::string failures;
        std::map<std::string, unsigned> codes;
        for (const auto& [what, results] : storm.outcomes)
            for (const auto& [how, times] : results) {
                if (how == "done") {
                    done += times;
                    seen.insert(what);
                } else {
                    failed += times;
                    codes[how] += times;
                }
            }
        for (const auto& [how, times] : codes) failures += ' ' + how + '=' + std::to_string(times);
        summary += ' ' + models[i] + ": " + std::to_string(done) + " done, " + std::to_string(failed) + " failed;";
        INFO(models[i] << failures);
        // A storm in which nothing succeeds or nothing fails shows nothing.
        CHECK(done > each / 10);
        CHECK(failed > each / 10);
        if (std::getenv("TOKENDECK_STORM_VERBOSE") != nullptr)
            std::printf("%s:%s\n", models[i].c_str(), failures.c_str());
    }
    for (const auto* what :
         {"write", "edit", "erase", "code", "config", "change PIN", "unblock", "reset", "key", "lock"})
        CHECK(seen.count(what) == 1);
    std::printf("storm, seed %llu:%s\n", static_cast<unsigned long long>(seed), summary.c_str());
}
