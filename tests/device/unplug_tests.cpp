// A token pulled at every single moment of a write, and a storm of faults. What a user would lose: a slot that is
// called proven and is not, a slot that was touched and is not called unsure, PIN tries.
#include "device/bench.hpp"

#include <set>

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using otp::SlotState;
using wire::Command;

namespace {

constexpr std::string_view old_secret = "the secret of before";

// Writes the old account, then the new one with the token pulled at transport call `at`, and looks at what is left.
// True if the pull came while the write was under way.
bool pull_during_write(otp::NumberedSlot slot, bool occupied, int at, bool before_call) {
    Bench bench;
    const std::uint64_t number = slot.kind == otp::OtpKind::hotp ? 7 : 30;
    if (occupied) REQUIRE(bench.write(write_command(slot, "old", old_secret, 6, number)).ok());
    const auto old = bench.read(slot);
    REQUIRE(old.ok());
    bench.tap.sent.clear();
    bench.tap.calls = 0;
    bench.tap.pull_at = at;
    bench.tap.pull_before = before_call;

    auto command = write_command(slot, "new", rfc_secret, 8, number);
    auto outcome = bench.session->write(command);
    INFO("pulled at call " << at << (before_call ? ", before it" : ", after it"));
    if (outcome.ok()) {
        if (bench.tap.calls <= at) return false;
        // Pulled after the proof, while the code was being cleared out of the reply buffer.
        CHECK(bench.tap.count(Command::get_code) == 1);
        bench.tap.pull_at = -1;
        bench.replug();
        CHECK(bench.slot(slot).state == SlotState::proven);
        auto read = bench.code(slot);
        REQUIRE(read.ok());
        const std::uint64_t next = slot.kind == otp::OtpKind::hotp ? 8 : bench.step(30);
        CHECK(same(read.value().code, bench.expected(rfc_secret, 8, next)));
        return true;
    }
    const bool commit_sent = bench.tap.count(Command::write_to_slot) > 0;
    const channel::CommandFailed failure = std::move(outcome.failure());
    CHECK(bench.session->unplugged());
    CHECK(bench.tap.count(Command::first_authenticate) <= 1);
    CHECK(same(command.secret, bytes(rfc_secret)));
    CHECK(failure.slot.has_value() == commit_sent);
    if (commit_sent) {
        CHECK(failure.slot->state == SlotState::unsure);
        const std::set<std::string_view> after{errors::write_broke_off.name, errors::proof_unavailable.name};
        CHECK(after.count(failure.error.code.name) == 1);
        CHECK(failure.error.subject == wire::errors::unplugged.name);
    } else {
        CHECK(failure.error.code == wire::errors::unplugged);
    }

    // Plugged in again: the mark is still there, and a slot without it is as it was.
    bench.tap.pull_at = -1;
    bench.replug();
    const auto now = bench.slot(slot);
    if (commit_sent) CHECK(now.state == SlotState::unsure);
    else CHECK(now == old.value());

    // The next write is right, and a short secret has nothing of a long one in it.
    auto again = bench.write(write_command(slot, "short", "abcde", 6, number));
    REQUIRE(again.ok());
    const std::uint64_t factor = slot.kind == otp::OtpKind::hotp ? 7 : bench.step(30);
    CHECK(same(again.value().code, bench.expected("abcde", 6, factor)));
    CHECK(bench.slot(slot).state == SlotState::proven);
    return true;
}

}  // namespace

TEST_CASE("A token pulled at any moment of a write: never proven, unsure exactly when the commit may have run",
          "[unplug]") {
    const auto slot = GENERATE(totp(2), hotp(2));
    const bool occupied = GENERATE(false, true);
    const bool before_call = GENERATE(true, false);
    int at = 0;
    while (pull_during_write(slot, occupied, at, before_call)) ++at;
    CHECK(at > 30);
    CHECK(at < 200);
}

TEST_CASE("A token pulled at any moment of an erase: unsure exactly when the erase may have run", "[unplug]") {
    for (int at = 0;; ++at) {
        Bench bench;
        REQUIRE(bench.write(write_command(totp(2), "old", old_secret, 6, 30)).ok());
        bench.tap.sent.clear();
        bench.tap.calls = 0;
        bench.tap.pull_at = at;
        bench.tap.pull_before = at % 2 == 0;
        auto erased = bench.erase(totp(2));
        INFO("pulled at call " << at);
        if (erased.ok()) {
            CHECK(at > 8);
            break;
        }
        const bool sent = bench.tap.count(Command::erase_slot) > 0;
        CHECK(erased.failure().slot.has_value() == sent);
        if (sent) CHECK(erased.failure().error.code == errors::erase_broke_off);
        bench.tap.pull_at = -1;
        bench.replug();
        CHECK(bench.slot(totp(2)).state == (sent ? SlotState::unsure : SlotState::proven));
        // Erasing it again makes it certain.
        REQUIRE(bench.erase(totp(2)).ok());
        CHECK(bench.slot(totp(2)).state == SlotState::empty);
    }
}

TEST_CASE("A commit that was lost on the way is told as broken off, with the slot unsure", "[unplug]") {
    Bench bench;
    bench.tap.before_send = [&](const wire::Report& request) {
        if (wire::command_of(request) == Command::write_to_slot) bench.source.set_faults({.drop_requests = 1});
    };
    auto written = bench.write(write_command(totp(2), "x", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::write_broke_off);
    CHECK(written.failure().error.subject == errors::no_answer.name);
    CHECK(written.failure().slot->state == SlotState::unsure);
    CHECK(bench.tap.count(Command::write_to_slot) == 1);
}

TEST_CASE("An authentication that was lost on the way is not sent again, and no try is gone", "[unplug]") {
    Bench bench;
    bench.tap.before_send = [&](const wire::Report& request) {
        if (wire::command_of(request) == Command::first_authenticate) bench.source.set_faults({.drop_requests = 1});
    };
    auto written = bench.write(write_command(totp(2), "x", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::no_answer);
    CHECK(written.failure().pin->pin == channel::PinKind::admin);
    CHECK(written.failure().pin->tries_left == 3);
    CHECK_FALSE(written.failure().slot.has_value());
    CHECK(bench.tap.count(Command::first_authenticate) == 1);
}

TEST_CASE("Lost reads, damaged, late and foreign replies do not disturb a write", "[unplug]") {
    const auto slot = GENERATE(totp(3), hotp(3));
    Bench bench;
    simulator::Faults faults;
    SECTION("damaged") {
        faults.corrupt_replies = 12;
    }
    SECTION("foreign") {
        faults.foreign_replies = 12;
    }
    SECTION("late") {
        faults.late_reads = 4;
        faults.busy_longer = base::Milliseconds{300};
    }
    bench.source.set_faults(faults);
    auto written = bench.write(write_command(slot, "x", rfc_secret, 6, 30));
    REQUIRE(written.ok());
    CHECK(bench.tap.count(Command::first_authenticate) == 1);
}

TEST_CASE("In a storm of faults no PIN, counter or write is ever sent twice, and nothing wrong is called proven",
          "[unplug][storm]") {
    Bench bench;
    std::mt19937 dice(20'260'000);
    const auto roll = [&](unsigned sides) { return static_cast<unsigned>(dice() % sides); };
    struct Account {
        std::string secret{};
        std::uint32_t digits = 6;
        std::uint64_t counter = 0;
    };
    std::map<otp::SlotId, Account> proven;  // what was reported proven, and not touched since
    unsigned operations = 0, successes = 0, failures = 0, admin_authentications = 0, wrong_pins = 0;

    for (int round = 0; round < 400; ++round) {
        INFO("round " << round);
        if (bench.session->unplugged() || roll(20) == 0) bench.replug();
        bench.clock.advance(base::Milliseconds{roll(20'000)});
        simulator::Faults faults;
        switch (roll(8)) {
            case 0: faults.drop_requests = 1 + roll(2); break;
            case 1: faults.corrupt_replies = 1 + roll(8); break;
            case 2: faults.foreign_replies = 1 + roll(8); break;
            case 3: faults.fail_transfers = 1 + roll(2); break;
            case 4: faults.late_reads = roll(6); break;
            case 5:
                faults.unplug_at =
                    simulator::Trigger{static_cast<std::uint8_t>(roll(2) != 0 ? 0x01 : 0x17), 1 + roll(3)};
                break;
            case 6:
                faults.unplug_after = simulator::Trigger{static_cast<std::uint8_t>(roll(2) != 0 ? 0x01 : 0x04), 1};
                break;
            default: break;
        }
        // They strike at a random moment of the operation.
        const unsigned strike_at = roll(12);
        unsigned sends = 0;
        bench.tap.before_send = [&](const wire::Report&) {
            if (sends++ == strike_at) bench.source.set_faults(faults);
        };
        bench.tap.sent.clear();
        const otp::NumberedSlot slot =
            roll(2) != 0 ? totp(1 + static_cast<int>(roll(3))) : hotp(1 + static_cast<int>(roll(3)));
        ++operations;
        bool ok = false;
        switch (roll(4)) {
            case 0:
            case 1: {
                Account account;
                account.secret.assign(1 + roll(40), static_cast<char>('a' + roll(26)));
                account.digits = roll(2) != 0 ? 6 : 8;
                account.counter = roll(1000);
                auto command = write_command(slot, "s" + std::to_string(round), account.secret, account.digits,
                                             slot.kind == otp::OtpKind::hotp ? account.counter : 30);
                const bool wrong = roll(12) == 0;
                if (wrong) command.admin_pin = text("wrong PIN");
                auto written = bench.session->write(command);
                ok = written.ok();
                const bool committed = bench.tap.count(Command::write_to_slot) > 0;
                if (ok) {
                    CHECK_FALSE(wrong);
                    ++account.counter;  // the proof used one code up
                    proven[slot] = account;
                } else if (committed) {
                    // Either it is known that nothing happened, or the slot is marked.
                    if (written.failure().slot) {
                        proven.erase(slot);
                        CHECK(written.failure().slot->state == SlotState::unsure);
                    }
                }
                const auto authentications = bench.tap.count(Command::first_authenticate);
                CHECK(authentications <= 1);
                CHECK(bench.tap.count(Command::write_to_slot) <= 1);
                CHECK(bench.tap.count(Command::send_otp_data) <= 3);
                if (slot.kind == otp::OtpKind::hotp) CHECK(bench.tap.count(Command::get_code) <= 1);
                admin_authentications += static_cast<unsigned>(authentications);
                if (!ok && written.failure().error.code == errors::wrong_pin) {
                    ++wrong_pins;
                    CHECK(wrong);
                }
                break;
            }
            case 2: {
                auto read = bench.code(slot);
                ok = read.ok();
                if (slot.kind == otp::OtpKind::hotp) CHECK(bench.tap.count(Command::get_code) <= 1);
                const auto known = proven.find(slot);
                if (known == proven.end()) break;
                if (slot.kind == otp::OtpKind::totp) {
                    if (ok) {
                        const std::uint64_t step = otp::time_step(read.value().valid_from.seconds(), 30);
                        CHECK(
                            same(read.value().code, bench.expected(known->second.secret, known->second.digits, step)));
                    }
                } else if (ok) {
                    CHECK(same(read.value().code,
                               bench.expected(known->second.secret, known->second.digits, known->second.counter)));
                    ++known->second.counter;
                } else if (bench.tap.count(Command::get_code) > 0) {
                    proven.erase(known);  // the code may have been used up
                }
                break;
            }
            default: {
                auto erased = bench.erase(slot);
                ok = erased.ok();
                CHECK(bench.tap.count(Command::first_authenticate) <= 1);
                CHECK(bench.tap.count(Command::erase_slot) <= 1);
                if (ok || erased.failure().slot) proven.erase(slot);
                break;
            }
        }
        (ok ? successes : failures) += 1;
        bench.tap.before_send = nullptr;
        bench.source.set_faults({});
        if (bench.source.look().empty() || bench.session->unplugged()) bench.replug();
        // A right PIN restores the tries, so that the storm cannot block the token.
        if (bench.tries(channel::PinKind::admin) < 3) {
            (void)bench.erase(totp(15));
            CHECK(bench.tries(channel::PinKind::admin) == 3);
        }
    }
    // Every slot that was reported proven and not touched since gives the right code in the end.
    for (const auto& [id, account] : proven) {
        const auto slot = std::get<otp::NumberedSlot>(id);
        auto read = bench.code(slot);
        REQUIRE(read.ok());
        const std::uint64_t factor = slot.kind == otp::OtpKind::hotp ? account.counter : bench.step(30);
        CHECK(same(read.value().code, bench.expected(account.secret, account.digits, factor)));
    }
    // The storm was one: much failed, much went well.
    CHECK(operations == 400);
    CHECK(successes > 100);
    CHECK(failures > 50);
    CHECK(admin_authentications > 100);
    CHECK(wrong_pins > 3);
}
