// "Check this token": every step on every model, what ends it, and that only a free slot is ever touched.
#include "device/token_bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::CheckedStep;
using channel::CheckResult;
using channel::CheckStep;
using channel::PinKind;
using otp::SlotState;
using wire::Command;

namespace {

channel::CheckToken check_command(std::string_view pin = admin_pin) {
    channel::CheckToken command;
    command.admin_pin = text(pin);
    return command;
}

// Those that are checked in full: one PIN may write and erase.
std::vector<std::string> checked_models() {
    auto keys = all_models();
    std::erase(keys, "pro-0.7");
    return keys;
}

const CheckedStep& at(const channel::TokenChecked& done, CheckStep step) {
    REQUIRE(done.steps.size() == channel::check_steps);
    return done.steps[static_cast<std::size_t>(step)];
}

std::vector<CheckStep> with(const channel::TokenChecked& done, CheckResult result) {
    std::vector<CheckStep> steps;
    for (const CheckedStep& step : done.steps)
        if (step.result == result) steps.push_back(step.step);
    return steps;
}

// Everything the token keeps of its slots.
std::string slots_of(const TokenBench& bench) {
    std::string all;
    for (const auto& [code, record] : bench.state().slots) {
        all += std::to_string(code) + ':';
        all.append(reinterpret_cast<const char*>(record.name.data()), record.name.size());
        if (code < TokenBench::code_of(totp(1))) all += std::to_string(bench.state().hotp_counters[code & 0x0FU]);
        all += ';';
    }
    return all;
}

const otp::SlotId totp_free{totp(2)};
const otp::SlotId hotp_free{hotp(2)};

// A token with an account in the first slot of each kind.
struct Used : TokenBench {
    explicit Used(std::string_view model) : TokenBench(model) {
        REQUIRE(write(write_command(totp(1), "github", "abcdefghijklmnopqrst", 6, 30)).ok());
        REQUIRE(write(write_command(hotp(1), "bank", "abcdefghijklmnopqrst", 6, 5)).ok());
        pins_before = pins();
        before = slots_of(*this);
    }
    std::string before;
    long pins_before = 0;
};

}  // namespace

TEST_CASE("A sound token of each model passes each step with one PIN sent, and is as it was", "[check]") {
    const auto model = GENERATE(from_range(checked_models()));
    INFO(model);
    Used bench(model);
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    const auto& done = outcome.value();
    CHECK(with(done, CheckResult::failed).empty());
    CHECK(with(done, CheckResult::unclear).empty());
    CHECK(with(done, CheckResult::not_reached).empty());
    std::vector<CheckStep> skipped;
    if (bench.profile().authorises_packets) skipped = {CheckStep::counter_echo, CheckStep::time_echo};
    if (bench.profile().limits.counter_max < 40'000'000) skipped.insert(skipped.begin() + 1, CheckStep::counter_large);
    CHECK(with(done, CheckResult::skipped) == skipped);
    CHECK(channel::tally(done.steps).passed == channel::check_steps - skipped.size());
    CHECK_FALSE(done.left);
    CHECK_FALSE(done.cancelled);
    CHECK(bench.pins() == bench.pins_before + 1);
    CHECK(slots_of(bench) == bench.before);
    CHECK(bench.slot(totp(2)).state == SlotState::empty);
    CHECK(bench.slot(hotp(2)).state == SlotState::empty);
    // A Pro's second lasts 1.01 s.
    REQUIRE(done.figures.clock_ppm);
    const int right = bench.storage() ? 0 : -9900;
    CHECK(std::abs(*done.figures.clock_ppm - right) <= done.figures.clock_ppm_error);
    CHECK(done.figures.clock_ppm_error < 3000);
    CHECK(done.figures.usual_answer);
}

TEST_CASE("With one PIN for one change no PIN is sent and nothing is written", "[check]") {
    Used bench("pro-0.7");
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(with(outcome.value(), CheckResult::passed) ==
          std::vector{CheckStep::state, CheckStep::answer_times, CheckStep::tries_kept, CheckStep::slots_kept});
    CHECK(at(outcome.value(), CheckStep::pins).error->code == errors::check_one_change);
    CHECK(bench.pins() == bench.pins_before);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("Protected codes are checked with the user PIN, which is sent once", "[check]") {
    const auto model = GENERATE(from_range(checked_models()));
    INFO(model);
    Used bench(model);
    bench.protect_codes();
    const long before = bench.pins();
    CHECK_FALSE(bench.session->check(check_command()).ok());
    CHECK(bench.pins() == before);
    auto command = check_command();
    command.user_pin = text(user_pin);
    auto outcome = bench.session->check(std::move(command));
    REQUIRE(outcome.ok());
    CHECK(with(outcome.value(), CheckResult::failed).empty());
    CHECK(with(outcome.value(), CheckResult::unclear).empty());
    CHECK(with(outcome.value(), CheckResult::not_reached).empty());
    CHECK(bench.pins() == before + 2);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("A wrong PIN costs one try and ends the check before anything is written", "[check]") {
    const auto model = GENERATE(from_range(checked_models()));
    INFO(model);
    Used bench(model);
    auto outcome = bench.session->check(check_command("87654321"));
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.failure().error.code == errors::wrong_pin);
    CHECK(outcome.failure().pin->tries_left == 2);
    CHECK(bench.pins() == bench.pins_before + 1);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("A kind without a free slot is skipped, and no occupied slot is written", "[check]") {
    Used bench("pro-0.15");
    for (int i = 2; i <= 3; ++i)
        REQUIRE(bench.write(write_command(hotp(i), "bank", "abcdefghijklmnopqrst", 6, 5)).ok());
    const auto before = slots_of(bench);
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(with(outcome.value(), CheckResult::skipped) ==
          std::vector{CheckStep::counter_echo, CheckStep::counter_read_back, CheckStep::counter_codes,
                      CheckStep::counter_large, CheckStep::counter_erased});
    CHECK(at(outcome.value(), CheckStep::counter_codes).error->code == errors::check_no_free_slot);
    CHECK(channel::tally(outcome.value().steps).passed == 12);
    CHECK(slots_of(bench) == before);
}

TEST_CASE("A full token needs no PIN and is only read", "[check]") {
    Used bench("pro-0.15");
    for (int i = 2; i <= 3; ++i)
        REQUIRE(bench.write(write_command(hotp(i), "bank", "abcdefghijklmnopqrst", 6, 5)).ok());
    for (int i = 2; i <= 15; ++i)
        REQUIRE(bench.write(write_command(totp(i), "site", "abcdefghijklmnopqrst", 6, 30)).ok());
    CHECK_FALSE(channel::check_writes(bench.session->status(), bench.session->slots()));
    const auto before = slots_of(bench);
    const long pins = bench.pins();
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(channel::tally(outcome.value().steps).passed == 4);
    CHECK(channel::tally(outcome.value().steps).of == 4);
    CHECK(bench.pins() == pins);
    CHECK(slots_of(bench) == before);
}

TEST_CASE("A slot that another program has filled meanwhile is left alone", "[check]") {
    Used bench("pro-0.15");
    // Just before the last look, the slot that was free turns out to hold an account.
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) == Command::first_authenticate) {
            auto& kept = const_cast<simulator::TokenState&>(bench.token->state()).slots;
            kept[TokenBench::code_of(hotp(2))].name = kept.at(TokenBench::code_of(totp(1))).name;
        }
        return SendFault::none;
    };
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(at(outcome.value(), CheckStep::counter_echo).error->code == errors::check_not_ours);
    CHECK_FALSE(outcome.value().left);
    CHECK(bench.name_in(hotp(2)) == "github");
    CHECK(bench.executed(Command::erase_slot) == 0);
}

TEST_CASE("A wrong code ends the check, and the test account is erased", "[check]") {
    const auto model = GENERATE(from_range(checked_models()));
    const bool counted = GENERATE(true, false);
    INFO(model << counted);
    Used bench(model);
    bench.change_read = [&](wire::Report& reply) {
        const auto bytes = reply.bytes();
        if (bytes[1] != static_cast<std::uint8_t>(Command::get_code)) return;
        if (bench.sent.back() != Command::get_code) return;
        const bool of_counter = bench.executed(Command::erase_slot) == 0;
        if (of_counter != counted) return;
        bytes[7] ^= 1;
        const auto status = std::exchange(bytes[0], std::uint8_t{0});
        reseal(reply);
        bytes[0] = status;
    };
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    const auto& done = outcome.value();
    const auto step = counted ? CheckStep::counter_codes : CheckStep::time_code;
    CHECK(with(done, CheckResult::failed) == std::vector{step});
    CHECK(at(done, step).error->code == errors::check_wrong_code);
    CHECK(at(done, counted ? CheckStep::counter_erased : CheckStep::time_erased).result == CheckResult::passed);
    CHECK(at(done, CheckStep::slots_kept).result == CheckResult::passed);
    CHECK_FALSE(done.left);
    CHECK(bench.pins() == bench.pins_before + 1);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("A code whose reply got lost is unclear, not passed; it is not asked again", "[check]") {
    Used bench("pro-0.15");
    long asked = 0;
    bench.on_send = [&](const wire::Report& report) {
        return wire::command_of(report) == Command::get_code && ++asked == 3 ? SendFault::lost : SendFault::none;
    };
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(with(outcome.value(), CheckResult::unclear) == std::vector{CheckStep::counter_codes});
    CHECK(asked == 3);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("A token that is pulled at any moment ends the check; what may be left in a slot is told", "[check]") {
    const auto model = GENERATE(std::string("pro-0.15"), std::string("storage-0.57"), std::string("storage-0.53"));
    INFO(model);
    long sends = 0;
    {
        Used bench(model);
        bench.on_send = [&](const wire::Report&) {
            ++sends;
            return SendFault::none;
        };
        auto command = check_command();
        command.quick = true;
        REQUIRE(bench.session->check(std::move(command)).ok());
    }
    for (long at_send = 0; at_send < sends; at_send += 3) {
        INFO(at_send);
        Used bench(model);
        long send = 0;
        bench.on_send = [&](const wire::Report&) {
            if (send++ != at_send) return SendFault::none;
            return at_send % 2 == 0 ? SendFault::pulled_before : SendFault::pulled_after;
        };
        auto command = check_command();
        command.quick = true;
        auto outcome = bench.session->check(std::move(command));
        CHECK(bench.pins() <= bench.pins_before + 1);
        CHECK(bench.name_in(totp(1)) == "github");
        CHECK(bench.name_in(hotp(1)) == "bank");
        CHECK(bench.counter_in(hotp(1)) == 6);
        if (!outcome.ok()) {
            CHECK(slots_of(bench) == bench.before);
            continue;
        }
        const auto& done = outcome.value();
        CHECK(with(done, CheckResult::failed).empty());
        CHECK(with(done, CheckResult::running).empty());
        CHECK_FALSE(with(done, CheckResult::unclear).empty());
        CHECK((slots_of(bench) == bench.before || done.left));
        if (done.left) CHECK((done.left == totp_free || done.left == hotp_free));
    }
}

TEST_CASE("While it waits for a code a check asks each second whether the token is still there", "[check]") {
    Used bench("pro-0.15");
    std::vector<base::SteadyTime> sent;
    bench.on_send = [&](const wire::Report&) {
        sent.push_back(bench.clock.steady());
        return SendFault::none;
    };
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(with(outcome.value(), CheckResult::passed).size() == channel::check_steps);
    REQUIRE(sent.size() > 2);
    base::Microseconds longest{};
    for (std::size_t i = 1; i < sent.size(); ++i)
        longest = std::max(longest, std::chrono::duration_cast<base::Microseconds>(sent[i] - sent[i - 1]));
    CHECK(longest < base::Milliseconds{1500});
    CHECK(sent.back() - sent.front() > base::Milliseconds{20'000});  // it did wait
}

TEST_CASE("A cancelled check begins no further step and erases its account", "[check]") {
    struct Impatient final : SessionListener {
        void progress(channel::WriteStep) override {}
        void clock_set(base::UnixTime) override {}
        void checked(const CheckedStep& step) override {
            if (step.step == until && step.result == CheckResult::running) enough = true;
        }
        bool cancelled() override { return enough; }
        CheckStep until = CheckStep::counter_codes;
        bool enough = false;
    };
    const auto until = GENERATE(CheckStep::answer_times, CheckStep::counter_codes, CheckStep::time_steps);
    Used bench("pro-0.15");
    Impatient listener;
    listener.until = until;
    const auto sightings = bench.session->status().info;
    bench.session.reset();
    auto session = Session::open(
        sightings, *wire::find_model("pro"), std::make_unique<TokenBench::Line>(bench, bench.plugged),
        SessionTools{bench.clock, bench.random, bench.oracle, listener, bench.marks, bench.log, &bench.stop});
    REQUIRE(session.ok());
    auto outcome = session.value()->check(check_command());
    REQUIRE(outcome.ok());
    const auto& done = outcome.value();
    CHECK(done.cancelled);
    CHECK_FALSE(done.left);
    CHECK(with(done, CheckResult::failed).empty());
    CHECK(with(done, CheckResult::unclear).empty());
    CHECK(at(done, CheckStep::clock_rate).result == CheckResult::not_reached);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("A program that ends during a check erases the account first", "[check]") {
    Used bench("pro-0.15");
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) == Command::get_code) bench.stop = true;
        return SendFault::none;
    };
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK_FALSE(outcome.value().left);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("An account that cannot be erased is told, with its slot marked", "[check]") {
    Used bench("pro-0.15");
    // Another program's PIN ends our authentication.
    bool once = true;
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) == Command::erase_slot && std::exchange(once, false)) bench.another_program();
        return wire::command_of(report) == Command::erase_slot ? SendFault::fails : SendFault::none;
    };
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(outcome.value().left == hotp_free);
    CHECK(at(outcome.value(), CheckStep::counter_erased).result != CheckResult::passed);
    CHECK(bench.slot(hotp(2)).state == SlotState::unsure);
    CHECK(bench.slot(hotp(2)).name == "tokendeck test");
}

TEST_CASE("A token that remembers a later time has its time steps skipped, unless it may be set back", "[check]") {
    Used bench("pro-0.15");
    bench.replug();
    bench.clock.set_unix(bench.clock.unix_time().seconds() - 86'400);
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(at(outcome.value(), CheckStep::clock_set).result == CheckResult::skipped);
    CHECK(at(outcome.value(), CheckStep::time_steps).error->code == errors::time_refused);
    CHECK(channel::tally(outcome.value().steps).of == 10);
    CHECK_FALSE(channel::tally(outcome.value().steps).failed);
    auto command = check_command();
    command.set_time_back = true;
    auto again = bench.session->check(std::move(command));
    REQUIRE(again.ok());
    CHECK(channel::tally(again.value().steps).passed == channel::check_steps);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("A clock that stands still is found: the next code does not come", "[check]") {
    Used bench("storage-0.57");
    std::optional<std::array<std::uint8_t, 4>> first;
    bench.change_read = [&](wire::Report& reply) {
        const auto bytes = reply.bytes();
        if (bytes[1] != static_cast<std::uint8_t>(Command::get_code) || bench.executed(Command::write_to_slot) != 5 ||
            bench.sent.back() != Command::get_code || bench.executed(Command::erase_slot) != 1)
            return;
        if (!first) {
            first.emplace();
            std::copy_n(bytes.begin() + 7, 4, first->begin());
        }
        std::copy(first->begin(), first->end(), bytes.begin() + 7);
        reseal(reply);
    };
    auto outcome = bench.session->check(check_command());
    REQUIRE(outcome.ok());
    CHECK(with(outcome.value(), CheckResult::failed) == std::vector{CheckStep::time_steps});
    CHECK(at(outcome.value(), CheckStep::time_steps).error->code == errors::check_clock_off);
    CHECK(slots_of(bench) == bench.before);
}

TEST_CASE("The secret of the test account is not left where every program can read it", "[check]") {
    Used bench("pro-0.15");
    REQUIRE(bench.session->check(check_command()).ok());
    CHECK(bench.sent.back() != Command::get_code);
}
