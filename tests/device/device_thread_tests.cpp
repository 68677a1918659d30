// The device thread with real threads, mailboxes and clocks, the crypto thread, and simulated tokens.
#include "device/doctor_errors.hpp"
#include "device/machine.hpp"

#include <filesystem>

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::CommandFailed;
using channel::DeviceEvent;
using otp::SlotState;

namespace {

constexpr std::size_t lost_index = 2;
constexpr std::size_t failed_index = 13;

}  // namespace

TEST_CASE("From plugging in to a proven slot and its code, through the threads", "[threads]") {
    static_assert(std::is_same_v<std::variant_alternative_t<failed_index, DeviceEvent>, CommandFailed>);
    static_assert(std::is_same_v<std::variant_alternative_t<lost_index, DeviceEvent>, channel::TokenLost>);
    Machine machine;
    machine.start();
    CHECK(machine.wait<channel::TokensSeen>().tokens.empty());
    machine.plug();
    const auto opened = machine.open();
    CHECK(opened.status.info.simulated);
    CHECK(opened.status.info.title == "Nitrokey Pro");
    CHECK(opened.slots.size() == 18);

    const auto id = machine.send(machine.write_to(totp(1)));
    auto event = machine.wait_for_end(id);
    REQUIRE(std::holds_alternative<channel::SlotProven>(event));
    const auto& proven = std::get<channel::SlotProven>(event);
    CHECK(proven.slot.state == SlotState::proven);
    auto expected = crypto::expected_code(bytes(rfc_secret), otp::HashAlgorithm::sha1, 6,
                                          otp::time_step(proven.valid_from.seconds(), 30));
    REQUIRE(expected.ok());
    CHECK(same(proven.code, expected.value()));

    machine.send(channel::GetCode{0, machine.key, totp(1), {}, false});
    const auto code = machine.wait<channel::CodeRead>();
    CHECK(code.code.size() == 6);
    CHECK(code.slot.state == SlotState::proven);

    machine.send(channel::RefreshToken{});
    CHECK(machine.wait<channel::TokenRefreshed>().slots[3].state == SlotState::proven);
    machine.send(channel::EraseSlot{0, machine.key, totp(1), text(admin_pin)});
    CHECK(machine.wait<channel::SlotErased>().slot.state == SlotState::empty);
    for (channel::MessageId i = 1; i <= machine.last_id; ++i) CHECK(machine.terminal_events[i] == 1);
}

TEST_CASE("Progress, exchanges and clock settings are told while a write is under way", "[threads]") {
    Machine machine;
    machine.plug();
    machine.start();
    machine.open();
    const auto id = machine.send(machine.write_to(totp(2)));
    std::vector<channel::WriteStep> steps;
    std::vector<std::string> commands;
    int clock_sets = 0;
    for (;;) {
        const auto event = machine.next();
        if (const auto* progress = std::get_if<channel::WriteProgress>(&event)) {
            CHECK(progress->id == id);
            steps.push_back(progress->step);
        }
        if (const auto* logged = std::get_if<channel::ExchangesLogged>(&event))
            for (const auto& record : logged->records) commands.push_back(record.command);
        if (std::holds_alternative<channel::TokenClockSet>(event)) ++clock_sets;
        if (ends(event) == id) break;
    }
    CHECK(steps.size() == 5);
    CHECK(std::ranges::count(commands, "FIRST_AUTHENTICATE") == 1);
    CHECK(std::ranges::count(commands, "SEND_OTP_DATA") == 3);
    CHECK(std::ranges::count(commands, "WRITE_TO_SLOT") == 1);
    CHECK(std::ranges::count(commands, "GET_CODE") >= 1);
    CHECK(clock_sets >= 1);
}

TEST_CASE("A check tells its steps, can be cancelled, and what else was asked is answered after it",
          "[threads][check]") {
    Machine machine;
    machine.plug();
    machine.start();
    machine.open();
    channel::CheckToken check;
    check.token = machine.key;
    check.admin_pin = text(admin_pin);
    const auto id = machine.send(std::move(check));
    for (;;) {
        const auto progress = machine.wait<channel::CheckProgress>();
        CHECK(progress.id == id);
        if (progress.step.step == channel::CheckStep::time_steps) break;  // waits for the next code: half a minute
    }
    const auto refresh = machine.send(channel::RefreshToken{});
    const auto cancel = machine.send(channel::CancelCheck{});
    CHECK(std::holds_alternative<channel::Done>(machine.wait_for_end(cancel)));
    auto event = machine.wait_for_end(id);
    REQUIRE(std::holds_alternative<channel::TokenChecked>(event));
    const auto& done = std::get<channel::TokenChecked>(event);
    CHECK(done.cancelled);
    CHECK_FALSE(done.left);
    CHECK(channel::tally(done.steps).passed == 15);
    CHECK(std::ranges::none_of(done.slots, [](const auto& slot) { return otp::occupied(slot); }));
    CHECK(std::holds_alternative<channel::TokenRefreshed>(machine.wait_for_end(refresh)));
    // None is under way.
    CHECK(std::holds_alternative<channel::Done>(machine.wait_for_end(machine.send(channel::CancelCheck{}))));
    for (channel::MessageId i = 1; i <= machine.last_id; ++i) CHECK(machine.terminal_events[i] == 1);
}

TEST_CASE("A command for another token than the open one is refused, and a secret comes back", "[threads]") {
    Machine machine;
    machine.plug();
    machine.start();
    CHECK(machine.failure_of(machine.send(machine.write_to(totp(1)))).code == errors::no_active_token);
    CHECK(same(machine.last_failure.secret, bytes(rfc_secret)));
    CHECK(machine.failure_of(machine.send(channel::RefreshToken{})).code == errors::no_active_token);
    CHECK(machine.failure_of(machine.send(channel::OpenToken{0, "nothing"})).code == errors::no_such_token);

    machine.send(channel::OpenToken{0, machine.simulated.look().front().key});
    machine.key = machine.wait<channel::TokenOpened>().status.info.key;
    auto command = machine.write_to(totp(1));
    command.token = "another";
    CHECK(machine.failure_of(machine.send(std::move(command))).code == errors::wrong_token);
    CHECK(same(machine.last_failure.secret, bytes(rfc_secret)));
    CHECK(machine.failure_of(machine.send(channel::GetCode{0, "another", totp(1), {}, false})).code ==
          errors::wrong_token);
    CHECK(machine.failure_of(machine.send(channel::EraseSlot{0, "another", totp(1), text(admin_pin)})).code ==
          errors::wrong_token);
    // A wrong PIN: the secret comes back, and the tries are told.
    auto wrong = machine.write_to(totp(1));
    wrong.admin_pin = text("87654321");
    CHECK(machine.failure_of(machine.send(std::move(wrong))).code == errors::wrong_pin);
    CHECK(machine.last_failure.pin->tries_left == 2);
    CHECK(same(machine.last_failure.secret, bytes(rfc_secret)));
}

TEST_CASE("A token that is pulled while nothing happens is told, and another plugging-in is seen", "[threads]") {
    Machine machine;
    machine.plug();
    machine.start();
    machine.open();
    machine.simulated.set_faults({.unplugged = true});
    CHECK(machine.wait<channel::TokenLost>().key == machine.key);
    CHECK(machine.wait<channel::TokensSeen>().tokens.empty());
    CHECK(machine.failure_of(machine.send(channel::RefreshToken{})).code == errors::no_active_token);
    machine.simulated.set_faults({});
    const auto again = machine.wait<channel::TokensSeen>();
    REQUIRE(again.tokens.size() == 1);
    CHECK(again.tokens[0].key != machine.key);
}

TEST_CASE("A token that is pulled in the middle of a write: first the command fails, then the token is lost",
          "[threads]") {
    Machine machine;
    machine.plug();
    machine.start();
    machine.open();
    machine.simulated.set_faults({.unplug_after = simulator::Trigger{0x01, 1}});
    const auto id = machine.send(machine.write_to(totp(5)));
    CHECK(machine.failure_of(id).code == errors::write_broke_off);
    REQUIRE(machine.last_failure.slot.has_value());
    CHECK(machine.last_failure.slot->state == SlotState::unsure);
    CHECK(same(machine.last_failure.secret, bytes(rfc_secret)));
    machine.wait<channel::TokenLost>();
    CHECK(std::ranges::find(machine.order, failed_index) < std::ranges::find(machine.order, lost_index));
    // It is remembered when it comes back, and the next write makes it right.
    machine.simulated.set_faults({.unplugged = true});
    machine.simulated.set_faults({});
    const auto opened = machine.open();
    CHECK(opened.slots[7].state == SlotState::unsure);
    machine.send(machine.write_to(totp(5)));
    CHECK(machine.wait<channel::SlotProven>().slot.state == SlotState::proven);
}

TEST_CASE("When the program ends, every command that was given ends in one event", "[threads]") {
    Machine machine;
    machine.plug();
    machine.start();
    machine.open();
    for (int i = 0; i < 10; ++i) {
        machine.send(machine.write_to(totp(1 + i)));
        machine.send(channel::GetCode{0, machine.key, totp(1), {}, false});
        machine.send(channel::RefreshToken{});
    }
    machine.thread->stop();
    machine.drain();
    for (channel::MessageId i = 1; i <= machine.last_id; ++i) {
        INFO("command " << i);
        CHECK(machine.terminal_events[i] == 1);
    }
    machine.thread->stop();  // again is nothing
}

TEST_CASE("A main that empties its mailbox late gets every event", "[threads]") {
    Machine machine(1);
    machine.plug();
    machine.start();
    machine.open();
    const auto first = machine.last_id;
    for (int i = 0; i < 6; ++i) machine.send(channel::RefreshToken{});
    machine.clock.sleep(base::Milliseconds{100});
    while (machine.terminal_events[machine.last_id] == 0) (void)machine.next();
    for (channel::MessageId i = first; i <= machine.last_id; ++i) CHECK(machine.terminal_events[i] == 1);
}

TEST_CASE("Without an answer from the crypto thread a slot is not called proven, and the program can end",
          "[threads]") {
    Machine machine(255, false);
    machine.plug();
    machine.start();
    machine.open();
    const auto id = machine.send(machine.write_to(totp(1)));
    while (machine.wait<channel::WriteProgress>().step != channel::WriteStep::proving) {
    }
    machine.thread->stop();
    const auto failure = machine.failure_of(id);
    CHECK(failure.code == errors::proof_unavailable);
    CHECK(machine.last_failure.slot->state == SlotState::unsure);
}

TEST_CASE("An answer to an old question is not taken for one to this", "[threads]") {
    Machine machine(255, false);
    machine.plug();
    machine.start();
    machine.open();
    REQUIRE(machine.answers.try_push(channel::CodeAnswer{99, {}, text("000000")}));
    const auto id = machine.send(machine.write_to(totp(1)));
    auto question = machine.questions.pop_within(base::Milliseconds{30'000});
    REQUIRE(question.has_value());
    REQUIRE(machine.answers.try_push(channel::CodeAnswer{question->id + 1, {}, text("000000")}));
    REQUIRE(machine.answers.try_push(crypto::answer_to(std::move(*question))));
    CHECK(std::holds_alternative<channel::SlotProven>(machine.wait_for_end(id)));
}

TEST_CASE("Tokens that cannot be opened are seen as what they are", "[threads]") {
    OddSource odd;
    wire::Sighting storage;
    storage.key = "nk3";
    storage.vendor_id = 0x20A0;
    storage.product_id = 0x42B2;
    wire::Sighting closed;
    closed.key = "closed";
    closed.vendor_id = 0x316D;
    closed.product_id = 0x4C4B;
    closed.access = wire::Access::no_permission;
    closed.node = "/dev/hidraw3";
    wire::Sighting mouse;
    mouse.key = "mouse";
    mouse.vendor_id = 0x046D;
    odd.sightings = {storage, closed, mouse};
    Machine machine;
    machine.start({&odd});
    const auto seen = machine.wait<channel::TokensSeen>();
    REQUIRE(seen.tokens.size() == 2);
    CHECK(seen.tokens[0].access == channel::TokenAccess::not_served);
    CHECK(seen.tokens[0].title == "Nitrokey 3");
    CHECK(seen.tokens[1].access == channel::TokenAccess::no_permission);
    CHECK(seen.tokens[1].node == "/dev/hidraw3");
    CHECK(machine.failure_of(machine.send(channel::OpenToken{0, "nk3"})).code == errors::model_not_served);
    CHECK(machine.failure_of(machine.send(channel::OpenToken{0, "closed"})).code == wire::errors::no_permission);
    CHECK(machine.last_failure.error.subject == "/dev/hidraw3");
}

TEST_CASE("The doctor asks each token, the open one too, and says what came of it", "[threads]") {
    const auto found = [](Machine& machine, base::ErrorCode code) {
        const auto event = machine.wait_for_end(machine.send(channel::Examine{}));
        const auto& findings = std::get<channel::Examined>(event).findings;
        return std::ranges::any_of(findings, [&](const channel::Finding& f) { return f.error.code == code; });
    };
    OddSource odd;  // outlives the machine
    Machine machine;
    machine.plug();
    SECTION("before it is opened") {
        machine.start();
        (void)machine.wait<channel::TokensSeen>();
        CHECK(found(machine, doctor_errors::token_ready));
    }
    SECTION("while it is open") {
        machine.start();
        machine.open();
        CHECK(found(machine, doctor_errors::token_ready));
        machine.simulated.set_faults({.drop_requests = 1'000'000});
        CHECK(found(machine, doctor_errors::token_silent));
        machine.simulated.set_faults({.foreign_replies = 1'000'000});
        CHECK(found(machine, doctor_errors::token_crowded));
        machine.simulated.set_faults({.corrupt_replies = 3});
        CHECK(found(machine, doctor_errors::token_disturbed));
        machine.simulated.set_faults({});
        CHECK(found(machine, doctor_errors::token_ready));
        const auto read = machine.wait_for_end(machine.send(channel::RefreshToken{}));
        CHECK(std::get<channel::TokenRefreshed>(read).status.user_tries == 3);
    }
    SECTION("where opening it breaks") {
        wire::Sighting pro;
        pro.key = "pro";
        pro.vendor_id = 0x20A0;
        pro.product_id = 0x4108;
        odd.sightings = {pro};
        machine.start({&odd});
        (void)machine.wait<channel::TokensSeen>();
        CHECK(found(machine, doctor_errors::token_unclear));
    }
}

TEST_CASE("An exception ends the command, not the thread", "[threads]") {
    OddSource odd;
    wire::Sighting pro;
    pro.key = "odd";
    pro.vendor_id = 0x20A0;
    pro.product_id = 0x4108;
    odd.sightings = {pro};
    Machine machine;
    machine.start({&odd});
    machine.wait<channel::TokensSeen>();
    CHECK(machine.failure_of(machine.send(channel::OpenToken{0, "odd"})).code == errors::internal);
    odd.throws_in_look = true;
    CHECK(machine.failure_of(machine.send(channel::OpenToken{0, "other"})).code == errors::internal);
    odd.throws_in_look = false;
    CHECK(machine.failure_of(machine.send(channel::RefreshToken{})).code == errors::no_active_token);
}

TEST_CASE("A simulated token is plugged in and pulled by command", "[threads]") {
    const auto file = std::filesystem::temp_directory_path() /
                      ("tokendeck-device-" + std::to_string(std::random_device{}()) + ".token");
    Machine machine;
    machine.start();
    machine.wait<channel::TokensSeen>();
    machine.send(channel::AttachSimulated{0, "pro", file.string()});
    machine.wait<channel::Done>();
    machine.open();
    CHECK(machine.failure_of(machine.send(channel::AttachSimulated{0, "toaster", file.string()})).code ==
          wire::errors::unknown_model);
    machine.send(channel::DetachSimulated{});
    machine.wait<channel::Done>();
    machine.wait<channel::TokenLost>();
    CHECK(machine.wait<channel::TokensSeen>().tokens.empty());
    machine.thread->stop();
    std::filesystem::remove(file);
}
