// A reply that gets lost on the way cannot be told from one that was never made (docs/protocol/pro-storage.md, section
// 11.16): what may have been used up by it is said, and read where it can be.
#include "device/token_bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::PinKind;
using wire::Command;

namespace {

enum class Lost { reply, request };

// After a request with this command nothing comes back for as long as the program waits for it.
void lose(TokenBench& bench, Command command, Lost lost = Lost::reply) {
    const base::Milliseconds wait =
        command == Command::factory_reset || command == Command::new_aes_key || command == Command::generate_new_keys
            ? base::Milliseconds{60'000}
            : base::Milliseconds{10'000};
    auto until = std::make_shared<base::SteadyTime>(base::SteadyTime::min());
    auto struck = std::make_shared<bool>(false);
    bench.on_send = [=, &bench](const wire::Report& report) {
        if (*struck || wire::command_of(report) != command) return SendFault::none;
        *struck = true;
        *until = bench.clock.steady() + wait;
        return lost == Lost::request ? SendFault::lost : SendFault::none;
    };
    bench.on_read = [=, &bench] { return bench.clock.steady() <= *until ? ReadFault::fails : ReadFault::none; };
}

template <typename Value>
channel::CommandFailed failed(CommandResult<Value> outcome) {
    REQUIRE_FALSE(outcome.ok());
    return std::move(outcome.failure());
}

bool says(const channel::CommandFailed& failure, base::ErrorCode remark) {
    return failure.error.remark == remark;
}

}  // namespace

TEST_CASE("A HOTP code whose reply was lost may have moved the counter, and that is said", "[lost]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(hotp(1), "bank", rfc_secret, 6, 5)).ok());
    const std::uint64_t stands = bench.counter_in(hotp(1));
    SECTION("it did") {
        lose(bench, Command::get_code);
        const auto failure = failed(bench.code(hotp(1)));
        CHECK(says(failure, errors::counter_may_have_moved));
        REQUIRE(failure.slot);
        CHECK(failure.slot->parameters.counter == stands + 1);
        CHECK(bench.counter_in(hotp(1)) == stands + 1);
    }
    SECTION("the request was lost: the counter is read, and nothing is claimed") {
        lose(bench, Command::get_code, Lost::request);
        const auto failure = failed(bench.code(hotp(1)));
        CHECK_FALSE(failure.error.remark.has_value());
        CHECK(bench.counter_in(hotp(1)) == stands);
    }
    SECTION("the token was pulled") {
        bench.on_send = [](const wire::Report& report) {
            return wire::command_of(report) == Command::get_code ? SendFault::pulled_after : SendFault::none;
        };
        const auto failure = failed(bench.code(hotp(1)));
        CHECK(failure.error.code == wire::errors::unplugged);
        CHECK(says(failure, errors::counter_may_have_moved));
    }
    SECTION("a TOTP code uses nothing up") {
        REQUIRE(bench.write(write_command(totp(1), "site", rfc_secret, 6, 30)).ok());
        lose(bench, Command::get_code);
        CHECK_FALSE(failed(bench.code(totp(1))).error.remark.has_value());
    }
}

TEST_CASE("A change of a HOTP slot that failed after it took a code says so", "[lost][edit]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    if (!bench.profile().keeps_secret) return;
    REQUIRE(bench.write(write_command(hotp(1), "bank", rfc_secret, 6, 5)).ok());
    const std::uint64_t stands = bench.counter_in(hotp(1));
    auto command = bench.edit_of(hotp(1));
    command.name = "new";
    SECTION("at its first code") {
        lose(bench, Command::get_code);
        CHECK(says(failed(bench.session->edit(std::move(command))), errors::counter_may_have_moved));
        CHECK(bench.counter_in(hotp(1)) == stands + 1);
    }
    SECTION("before anything was written") {
        lose(bench, bench.profile().authorises_packets ? Command::authorize : Command::send_otp_data);
        CHECK(says(failed(bench.session->edit(std::move(command))), errors::counter_may_have_moved));
        CHECK(bench.counter_in(hotp(1)) == stands + 1);
        CHECK(bench.name_in(hotp(1)) == "bank");
    }
    SECTION("at the write, and the token was pulled") {
        bench.on_send = [](const wire::Report& report) {
            return wire::command_of(report) == Command::write_to_slot ? SendFault::pulled_before : SendFault::none;
        };
        const auto failure = failed(bench.session->edit(std::move(command)));
        CHECK(failure.error.code == errors::write_broke_off);
        CHECK(says(failure, errors::counter_may_have_moved));
    }
    SECTION("at the write, which put the counter back") {
        lose(bench, Command::write_to_slot);
        const auto failure = failed(bench.session->edit(std::move(command)));
        CHECK(failure.error.code == errors::write_broke_off);
        CHECK_FALSE(failure.error.remark.has_value());
        CHECK(bench.counter_in(hotp(1)) == stands);
    }
}

TEST_CASE("A PIN whose reply was lost may have cost a try: that is said, the tries are read, and it is sent once",
          "[lost][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    std::optional<channel::CommandFailed> failure;
    PinKind kind = PinKind::admin;
    std::uint8_t left = 2;
    SECTION("the admin PIN of a write") {
        auto command = write_command(totp(1), "site", rfc_secret, 6, 30);
        command.admin_pin = text("87654321");
        lose(bench, Command::first_authenticate);
        failure = failed(bench.session->write(command));
    }
    SECTION("the user PIN of a code") {
        REQUIRE(bench.write(write_command(totp(1), "site", rfc_secret, 6, 30)).ok());
        bench.protect_codes();
        lose(bench, Command::user_authenticate);
        failure = failed(bench.code(totp(1), "654321"));
        kind = PinKind::user;
    }
    SECTION("the current PIN of a change") {
        lose(bench, bench.storage() ? Command::send_password : Command::change_user_pin);
        channel::ChangePin command;
        command.kind = PinKind::user;
        command.current_pin = text("654321");
        command.new_pin = text("111111");
        command.new_pin_again = text("111111");
        failure = failed(bench.session->change_pin(std::move(command)));
        kind = PinKind::user;
    }
    SECTION("the admin PIN of an unblocking") {
        lose(bench, bench.storage() ? Command::send_password : Command::unlock_user_password);
        channel::UnblockUserPin command;
        command.admin_pin = text("87654321");
        command.new_pin = text("111111");
        command.new_pin_again = text("111111");
        failure = failed(bench.session->unblock_user_pin(std::move(command)));
    }
    SECTION("the second PIN of a reset") {
        lose(bench, Command::factory_reset);
        channel::FactoryReset command;
        command.admin_pin = text(admin_pin);
        command.admin_pin_again = text(admin_pin);
        failure = failed(bench.session->factory_reset(std::move(command)));
        CHECK(failure->error.code == errors::reset_broke_off);
        left = 3;
    }
    SECTION("the second PIN of a new key") {
        lose(bench, bench.storage() ? Command::generate_new_keys : Command::new_aes_key);
        channel::NewAesKey command;
        command.admin_pin = text(admin_pin);
        command.admin_pin_again = text(admin_pin);
        failure = failed(bench.session->new_aes_key(std::move(command)));
        CHECK(failure->error.code == errors::key_broke_off);
        left = 3;
    }
    REQUIRE(failure);
    CHECK(says(*failure, errors::try_may_be_gone));
    REQUIRE(failure->pin);
    CHECK(failure->pin->pin == kind);
    REQUIRE(failure->pin->tries_left);
    CHECK(unsigned{*failure->pin->tries_left} == left);
    CHECK(unsigned{kind == PinKind::user ? bench.state().user_tries : bench.state().admin_tries} == left);
}

TEST_CASE("A PIN that was answered, right or wrong, is not said to be lost", "[lost][pin]") {
    TokenBench bench("pro-0.15");
    auto command = write_command(totp(1), "site", rfc_secret, 6, 30);
    command.admin_pin = text("87654321");
    const auto failure = failed(bench.session->write(command));
    CHECK(failure.error.code == errors::wrong_pin);
    CHECK_FALSE(failure.error.remark.has_value());
}
