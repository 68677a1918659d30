#include "device/bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::PinKind;
using channel::WriteStep;
using otp::SlotState;
using wire::Command;

// ---- opening ----

TEST_CASE("A new token shows its firmware, tries and eighteen empty places, HOTP first", "[session]") {
    Bench bench;
    const auto& status = bench.session->status();
    CHECK(status.firmware_minor == 15);
    CHECK(status.card_serial.size() == 8);
    CHECK(status.user_tries == 3);
    CHECK(status.admin_tries == 3);
    CHECK_FALSE(status.pin_protected_codes);
    const auto& slots = bench.session->slots();
    REQUIRE(slots.size() == 18);
    CHECK(slots[0].id == otp::SlotId{hotp(1)});
    CHECK(slots[3].id == otp::SlotId{totp(1)});
    CHECK(slots[17].id == otp::SlotId{totp(15)});
    for (const auto& slot : slots) CHECK(slot.state == SlotState::empty);
    // The place that only VERIFY_OTP_CODE uses is never touched, and opening asks for no code and no PIN.
    CHECK(bench.tap.count(Command::read_slot) == 18);
    CHECK(bench.tap.sent.size() == 21);
}

TEST_CASE("A token whose smart card is silent opens, without a serial", "[session]") {
    SeededRandom random;
    auto state = simulator::new_pro(random);
    REQUIRE(state.ok());
    state.value().card_serial = 0;
    Bench bench(std::move(state.value()));
    CHECK(bench.session->status().card_serial.empty());
}

// ---- vectors ----

TEST_CASE("The codes of RFC 4226 appendix D come out of a slot that was written and proven", "[session][vectors]") {
    const std::vector<std::string_view> codes{"755224", "287082", "359152", "969429", "338314",
                                              "254676", "287922", "162583", "399871", "520489"};
    Bench bench;
    auto written = bench.write(write_command(hotp(2), "rfc4226", rfc_secret, 6, 0));
    REQUIRE(written.ok());
    CHECK(written.value().slot.state == SlotState::proven);
    CHECK(written.value().code.view() == codes[0]);
    for (std::size_t i = 1; i < codes.size(); ++i) {
        auto code = bench.code(hotp(2));
        REQUIRE(code.ok());
        CHECK(code.value().code.view() == codes[i]);
        CHECK(code.value().slot.parameters.counter == i + 1);
        CHECK(code.value().slot.state == SlotState::proven);
    }
}

TEST_CASE("The SHA-1 codes of RFC 6238 appendix B come out of a slot that was written and proven",
          "[session][vectors]") {
    SECTION("at the times that a token may be set to") {
        const auto [time, code] = GENERATE(
            table<std::int64_t, std::string_view>({{2'000'000'000, "69279037"}, {20'000'000'000, "65353130"}}));
        // Half a minute before, so that the write is over when the vector's second comes.
        Bench bench(time - 30);
        REQUIRE(bench.write(write_command(totp(1), "rfc6238", rfc_secret, 8, 30)).ok());
        bench.clock.set_unix(time);
        auto read = bench.code(totp(1));
        REQUIRE(read.ok());
        CHECK(read.value().code.view() == code);
        CHECK(read.value().valid_from.seconds() == time / 30 * 30);
        CHECK(read.value().valid_until.seconds() == time / 30 * 30 + 30);
    }
    SECTION("as counters, where the time lies before 2014: setting such a time would spoil the token's memory") {
        const auto [time, code] = GENERATE(table<std::uint64_t, std::string_view>(
            {{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"}, {1234567890, "89005924"}}));
        Bench bench;
        auto written = bench.write(write_command(hotp(1), "rfc6238", rfc_secret, 8, time / 30));
        REQUIRE(written.ok());
        CHECK(written.value().code.view() == code);
        CHECK(written.value().slot.parameters.counter == time / 30 + 1);
    }
}

// ---- writing ----

TEST_CASE("A written TOTP slot is proven, and its code is the one of now", "[session][write]") {
    Bench bench;
    auto written = bench.write(write_command(totp(3), "github", rfc_secret, 6, 30));
    REQUIRE(written.ok());
    CHECK(same(written.value().code, bench.expected(rfc_secret, 6, bench.step(30))));
    CHECK(written.value().slot.state == SlotState::proven);
    CHECK(bench.listener.steps == std::vector{WriteStep::authenticating, WriteStep::sending, WriteStep::committing,
                                              WriteStep::reading_back, WriteStep::proving});
    CHECK(bench.tap.count(Command::first_authenticate) == 1);
    CHECK(bench.tap.count(Command::send_otp_data) == 3);
    CHECK(bench.tap.count(Command::write_to_slot) == 1);
    const auto slot = bench.read(totp(3));
    REQUIRE(slot.ok());
    CHECK(slot.value() == written.value().slot);
    CHECK(slot.value().name == "github");
    CHECK(slot.value().parameters.period == 30);
}

TEST_CASE("A slot holds what the person chose: name, digits, period, long secrets", "[session][write]") {
    Bench bench;
    const auto secret = GENERATE(std::string_view("k"), std::string_view("123456789012345678901234567890"),
                                 std::string_view("1234567890123456789012345678901234567890"));
    const auto period = GENERATE(1u, 2u, 15u, 60u, 65535u);
    auto written = bench.write(write_command(totp(15), "fifteen bytes!!", secret, 8, period));
    REQUIRE(written.ok());
    CHECK(written.value().code.size() == 8);
    CHECK(written.value().slot.name == "fifteen bytes!!");
    CHECK(written.value().slot.parameters.period == period);
    CHECK(bench.read(totp(15)).value() == written.value().slot);
}

TEST_CASE("After the proof of a HOTP slot its counter stays after the code that was handed out", "[session][write]") {
    Bench bench;
    const std::uint64_t counter = GENERATE(0u, 7u, 0x1'0000'0000u);
    auto written = bench.write(write_command(hotp(3), "bank", rfc_secret, 6, counter));
    REQUIRE(written.ok());
    CHECK(bench.listener.steps.back() == WriteStep::proving);
    CHECK(bench.tap.count(Command::write_to_slot) == 1);
    CHECK(same(written.value().code, bench.expected(rfc_secret, 6, counter)));
    CHECK(written.value().counter == counter);
    CHECK(written.value().slot.parameters.counter == counter + 1);
    CHECK(bench.read(hotp(3)).value().parameters.counter == counter + 1);
    auto code = bench.code(hotp(3));
    REQUIRE(code.ok());
    CHECK(same(code.value().code, bench.expected(rfc_secret, 6, counter + 1)));
}

TEST_CASE("No reply with a secret stays in the token's buffer, where every program can read it", "[session][write]") {
    Bench bench;
    const auto last_is_harmless = [&] {
        const auto last = bench.tap.sent.back();
        return last == Command::get_status || last == Command::read_slot;
    };
    REQUIRE(bench.write(write_command(totp(1), "one", rfc_secret, 6, 30)).ok());
    CHECK(last_is_harmless());
    REQUIRE(bench.write(write_command(hotp(1), "two", rfc_secret, 6, 0)).ok());
    CHECK(last_is_harmless());
    REQUIRE(bench.code(totp(1)).ok());
    CHECK(last_is_harmless());
    REQUIRE(bench.code(hotp(1)).ok());
    CHECK(last_is_harmless());
    // Nor after an attempt that was given up.
    bench.tap.on_reply = [](wire::Report& reply) {
        if (reply.bytes()[1] != 0x17) return;
        reply.bytes()[wire::result_at + 20] ^= 1;  // past the name: strikes at the secret
        reseal(reply);
    };
    CHECK_FALSE(bench.write(write_command(totp(2), "three", rfc_secret, 6, 30)).ok());
    CHECK(last_is_harmless());
}

TEST_CASE("An account that the token cannot hold is refused before anything is sent", "[session][write]") {
    Bench bench;
    const auto sent_before = bench.tap.sent.size();
    auto command = write_command(totp(1), "name", rfc_secret, 6, 30);
    base::ErrorCode wanted;
    SECTION("a secret of 41 bytes") {
        command.secret = base::SecretBytes(41);
        command.secret.bytes()[0] = 1;
        wanted = otp::errors::secret_too_long;
    }
    SECTION("a secret of zeros, which the token takes as 'keep the old one'") {
        command.secret = base::SecretBytes(20);
        wanted = otp::errors::secret_all_zero;
    }
    SECTION("a name of 16 bytes") {
        command.name = "0123456789abcdef";
        wanted = otp::errors::name_too_long;
    }
    SECTION("no name") {
        command.name.clear();
        wanted = otp::errors::name_empty;
    }
    SECTION("SHA-256") {
        command.parameters.algorithm = otp::HashAlgorithm::sha256;
        wanted = otp::errors::algorithm_unsupported;
    }
    SECTION("seven digits") {
        command.parameters.digits = 7;
        wanted = otp::errors::digits_unsupported;
    }
    SECTION("a period of zero") {
        command.parameters.period = 0;
        wanted = otp::errors::period_unsupported;
    }
    SECTION("a period of 65536") {
        command.parameters.period = 65536;
        wanted = otp::errors::period_unsupported;
    }
    SECTION("a slot that is not there") {
        command.slot = totp(16);
        wanted = errors::wrong_slot;
    }
    SECTION("the HOTP slot that only VERIFY_OTP_CODE uses") {
        command.slot = hotp(4);
        command.parameters.kind = otp::OtpKind::hotp;
        wanted = errors::wrong_slot;
    }
    SECTION("a named slot") {
        command.slot = otp::NamedSlot{"x"};
        wanted = errors::wrong_slot;
    }
    SECTION("a TOTP account for a HOTP slot") {
        command.slot = hotp(1);
        wanted = errors::kind_differs;
    }
    SECTION("a PIN of seven bytes") {
        command.admin_pin = text("1234567");
        wanted = errors::pin_too_short;
    }
    auto outcome = bench.session->write(command);
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.failure().error.code == wanted);
    CHECK_FALSE(outcome.failure().slot.has_value());
    CHECK(bench.tap.sent.size() == sent_before);
    CHECK_FALSE(command.secret.empty());  // for another try
}

TEST_CASE("An echo that differs ends the write before the commit", "[session][write]") {
    Bench bench;
    REQUIRE(bench.write(write_command(totp(1), "old", "the secret of before", 6, 30)).ok());
    const int piece = GENERATE(1, 2, 3);
    int echoes = 0;
    std::uint32_t checksum_seen = 0;
    bench.tap.on_reply = [&](wire::Report& reply) {
        const auto bytes_ = reply.bytes();
        if (bytes_[1] != 0x17 || bytes_[6] != 0) return;
        if (const auto checksum = base::load_le32(bytes_, 2); checksum != checksum_seen) {
            checksum_seen = checksum;
            ++echoes;
        }
        if (echoes != piece) return;
        bytes_[wire::result_at + (piece == 3 ? 39 : 2)] ^= 0x20;
        reseal(reply);
    };
    auto outcome = bench.write(write_command(totp(1), "new", rfc_secret, 6, 30));
    bench.tap.on_reply = nullptr;
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.failure().error.code == errors::echo_differs);
    CHECK(outcome.failure().error.field == (piece == 1 ? "name" : "secret"));
    CHECK(bench.tap.count(Command::write_to_slot) == 1);  // the first write's
    CHECK(bench.read(totp(1)).value().name == "old");
    CHECK(bench.slot(totp(1)).state == SlotState::proven);
    auto code = bench.code(totp(1));
    REQUIRE(code.ok());
    CHECK(same(code.value().code, bench.expected("the secret of before", 6, bench.step(30))));
}

TEST_CASE("A short secret after a long one that was given up is not mixed with it", "[session][write]") {
    Bench bench;
    // The long write dies between its pieces and the commit, with the token still powered.
    int sends = 0;
    const auto wait_for_third = [&](const wire::Report& request) {
        if (wire::command_of(request) == Command::send_otp_data && ++sends == 3) bench.stop = true;
    };
    bench.tap.after_send = wait_for_third;
    auto broken = bench.write(write_command(totp(1), "long", "1234567890123456789012345678901234567890", 6, 30));
    REQUIRE_FALSE(broken.ok());
    CHECK(bench.tap.count(Command::write_to_slot) == 0);
    bench.tap.after_send = nullptr;
    bench.stop = false;
    bench.reopen();  // the token keeps its buffer
    auto written = bench.write(write_command(totp(1), "short", "abcde", 6, 30));
    REQUIRE(written.ok());
    CHECK(same(written.value().code, bench.expected("abcde", 6, bench.step(30))));
}

// ---- the proof ----

TEST_CASE("A token that gives a wrong code is not called proven", "[session][proof]") {
    Bench bench;
    bench.source.set_faults({.wrong_code = true});
    const auto slot = GENERATE(totp(4), hotp(2));
    auto written = bench.write(write_command(slot, "wrong", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::code_differs);
    REQUIRE(written.failure().slot.has_value());
    CHECK(written.failure().slot->state == SlotState::mismatch);
    CHECK(bench.read(slot).value().state == SlotState::mismatch);
    bench.replug();
    CHECK(bench.slot(slot).state == SlotState::mismatch);
    // Once the fault is gone, writing again helps.
    REQUIRE(bench.write(write_command(slot, "right", rfc_secret, 6, 30)).ok());
    CHECK(bench.read(slot).value().state == SlotState::proven);
}

TEST_CASE("When nobody can say which code is right, the slot is not called proven", "[session][proof]") {
    Bench bench;
    bench.oracle.fails = true;
    auto written = bench.write(write_command(totp(4), "x", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::proof_unavailable);
    CHECK(written.failure().error.subject == errors::code_unanswered.name);
    CHECK(written.failure().slot->state == SlotState::unsure);
}

TEST_CASE("A token that stored other settings than were sent is not called proven", "[session][proof]") {
    Bench bench;
    const auto [offset, field] =
        GENERATE(table<std::size_t, std::string>({{0, "name"}, {15, "digits"}, {29, "period"}}));
    bool struck = false;
    bench.tap.on_reply = [&, at = offset](wire::Report& reply) {
        if (reply.bytes()[1] != 0x03 || reply.bytes()[6] != 0) return;
        struck = true;
        reply.bytes()[wire::result_at + at] ^= 1;
        reseal(reply);
    };
    auto written = bench.write(write_command(totp(4), "name", rfc_secret, 6, 30));
    REQUIRE(struck);
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::readback_differs);
    CHECK(written.failure().error.field == field);
    CHECK(written.failure().slot->state == SlotState::unsure);
    CHECK(bench.tap.count(Command::get_code) == 0);
}

// ---- PINs ----

TEST_CASE("A wrong admin PIN costs exactly one try and says how many are left", "[session][pin]") {
    Bench bench;
    auto command = write_command(totp(1), "x", rfc_secret, 6, 30);
    command.admin_pin = text("87654321");
    auto written = bench.session->write(command);
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::wrong_pin);
    CHECK(written.failure().error.field == "admin-pin");
    CHECK(written.failure().pin->pin == PinKind::admin);
    CHECK(written.failure().pin->kind == channel::PinProblem::Kind::wrong);
    CHECK(written.failure().pin->tries_left == 2);
    CHECK(bench.tap.count(Command::first_authenticate) == 1);
    CHECK(bench.tries(PinKind::admin) == 2);
    CHECK(bench.tap.count(Command::write_to_slot) == 0);
    CHECK(same(command.secret, bytes(rfc_secret)));  // for another try without the picture
    CHECK(command.admin_pin.empty());

    auto erased = bench.erase(totp(1), "87654321");
    REQUIRE_FALSE(erased.ok());
    CHECK(erased.failure().pin->tries_left == 1);
    // The last try is used only if the person agreed to that; the right PIN puts the tries back.
    auto right = write_command(totp(1), "x", rfc_secret, 6, 30);
    auto refused = bench.session->write(right);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.failure().error.code == errors::pin_last_try);
    CHECK(refused.failure().pin->tries_left == 1);
    CHECK(refused.failure().pin->kind == channel::PinProblem::Kind::other);
    CHECK(bench.tap.count(Command::first_authenticate) == 2);
    right.last_try = true;
    REQUIRE(bench.session->write(right).ok());
    CHECK(bench.tries(PinKind::admin) == 3);
}

TEST_CASE("A blocked PIN is not sent any more", "[session][pin]") {
    SeededRandom random;
    auto state = simulator::new_pro(random);
    REQUIRE(state.ok());
    state.value().admin_tries = 0;
    state.value().user_tries = 0;
    state.value().config[3] = 1;
    Bench bench(std::move(state.value()));
    auto written = bench.write(write_command(totp(1), "x", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(written.failure().error.code == errors::both_pins_blocked);
    CHECK(written.failure().pin->pin == PinKind::admin);
    CHECK(written.failure().pin->tries_left == 0);
    CHECK(written.failure().pin->kind == channel::PinProblem::Kind::none_left);
    auto erased = bench.erase(totp(1));
    REQUIRE_FALSE(erased.ok());
    CHECK(erased.failure().error.code == errors::both_pins_blocked);
    CHECK(bench.tap.count(Command::first_authenticate) == 0);
    CHECK(bench.tap.count(Command::user_authenticate) == 0);
}

namespace {

simulator::TokenState protected_token() {
    SeededRandom random;
    auto state = simulator::new_pro(random);
    REQUIRE(state.ok());
    state.value().config[3] = 1;
    return std::move(state.value());
}

}  // namespace

TEST_CASE("PIN-protected codes: the user PIN is asked for once and holds while the token is open", "[session][pin]") {
    Bench bench(protected_token());
    CHECK(bench.session->status().pin_protected_codes);
    auto command = write_command(totp(1), "x", rfc_secret, 6, 30);
    SECTION("without it nothing is written") {
        auto written = bench.session->write(command);
        REQUIRE_FALSE(written.ok());
        CHECK(written.failure().error.code == errors::user_pin_needed);
        CHECK(written.failure().pin->kind == channel::PinProblem::Kind::missing);
        CHECK(written.failure().pin->pin == PinKind::user);
        CHECK(bench.tap.count(Command::first_authenticate) == 0);
    }
    SECTION("with a wrong one nothing is written, and it costs one try") {
        command.user_pin = text("654321");
        auto written = bench.session->write(command);
        REQUIRE_FALSE(written.ok());
        CHECK(written.failure().error.code == errors::wrong_pin);
        CHECK(written.failure().pin->pin == PinKind::user);
        CHECK(written.failure().pin->tries_left == 2);
        CHECK(bench.tap.count(Command::user_authenticate) == 1);
        CHECK(bench.tap.count(Command::first_authenticate) == 0);
        CHECK(bench.tap.count(Command::write_to_slot) == 0);
    }
    SECTION("with the right one it is proven, and codes need no PIN after that") {
        command.user_pin = text(user_pin);
        REQUIRE(bench.session->write(command).ok());
        auto code = bench.code(totp(1));
        REQUIRE(code.ok());
        CHECK(same(code.value().code, bench.expected(rfc_secret, 6, bench.step(30))));
        CHECK(bench.tap.count(Command::user_authenticate) == 1);
        // A PIN that comes along unneeded is not tried: it could only cost something.
        REQUIRE(bench.code(totp(1), "654321").ok());
        CHECK(bench.tap.count(Command::user_authenticate) == 1);
    }
    SECTION("the HOTP proof and its codes too") {
        auto counting = write_command(hotp(1), "y", rfc_secret, 6, 5);
        counting.user_pin = text(user_pin);
        REQUIRE(bench.session->write(counting).ok());
        auto code = bench.code(hotp(1));
        REQUIRE(code.ok());
        CHECK(same(code.value().code, bench.expected(rfc_secret, 6, 6)));
    }
}

TEST_CASE("When another program replaces the user authentication, the PIN is asked for again and not used by itself",
          "[session][pin]") {
    Bench bench(protected_token());
    auto command = write_command(totp(1), "x", rfc_secret, 6, 30);
    command.user_pin = text(user_pin);
    REQUIRE(bench.session->write(command).ok());

    // The other program, with a connection of its own to the same token.
    auto other = bench.source.open(bench.source.look().front());
    REQUIRE(other.ok());
    Exchanger exchanger(*other.value(), bench.clock, bench.log, 1000, nullptr);
    REQUIRE(TokenDriver(exchanger, *wire::find_model("pro")).authenticate_user(text(user_pin), bench.random).ok());

    auto code = bench.code(totp(1));
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::not_authorised);
    CHECK(code.failure().error.field == "user-pin");
    CHECK(code.failure().pin->kind == channel::PinProblem::Kind::forgotten);
    CHECK(code.failure().pin->pin == PinKind::user);
    code = bench.code(totp(1));
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::user_pin_needed);
    CHECK(bench.tap.count(Command::user_authenticate) == 1);
    CHECK(bench.code(totp(1), user_pin).ok());
}

TEST_CASE("When another program turns PIN protection on, the next code says that it needs the PIN", "[session][pin]") {
    Bench bench;
    REQUIRE(bench.write(write_command(totp(1), "x", rfc_secret, 6, 30)).ok());
    auto other = bench.source.open(bench.source.look().front());
    REQUIRE(other.ok());
    Exchanger exchanger(*other.value(), bench.clock, bench.log, 1000, nullptr);
    // WRITE_CONFIG by hand: bytes 1..5 config, 6..30 temporary password.
    wire::Report login = wire::authenticate(true, text(admin_pin), bytes("0123456789012345678901234").bytes());
    REQUIRE(exchanger.exchange(std::move(login), acting).ok());
    wire::Report config;
    config.bytes()[0] = 0x05;
    for (std::size_t i = 1; i <= 5; ++i) config.bytes()[i] = i == 4 ? 1 : 0xFF;
    base::store(config.bytes(), 6, bytes("0123456789012345678901234").bytes());
    REQUIRE(exchanger.exchange(std::move(config), acting).ok());

    auto code = bench.code(totp(1));
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().pin->pin == PinKind::user);
    CHECK(bench.session->status().pin_protected_codes);
    CHECK(bench.code(totp(1), user_pin).ok());
}

// ---- codes and erasing ----

TEST_CASE("A code of an empty slot is refused", "[session]") {
    Bench bench;
    const auto slot = GENERATE(totp(1), hotp(1));
    auto code = bench.code(slot);
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::slot_not_programmed);
    CHECK(code.failure().error.subject == otp::text(slot));
    CHECK(bench.tap.count(Command::get_code) == 0);
}

TEST_CASE("A slot that another program gave a period of zero is not asked for its meaningless code", "[session]") {
    SeededRandom random;
    auto state = simulator::new_pro(random);
    REQUIRE(state.ok());
    simulator::OtpRecord record;
    record.name[0] = 'z';
    record.interval = GENERATE(0u, 65536u);
    state.value().slots[0x20] = std::move(record);
    Bench bench(std::move(state.value()));
    auto code = bench.code(totp(1));
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::period_unusable);
    CHECK(bench.tap.count(Command::get_code) == 0);
}

TEST_CASE("An erased slot is empty, as read from the token", "[session]") {
    Bench bench;
    REQUIRE(bench.write(write_command(totp(7), "gone", rfc_secret, 6, 30)).ok());
    auto erased = bench.erase(totp(7));
    REQUIRE(erased.ok());
    CHECK(erased.value().state == SlotState::empty);
    CHECK(bench.read(totp(7)).value().state == SlotState::empty);
    CHECK(bench.tap.count(Command::erase_slot) == 1);
    // What is written there later by another program is not called proven because of what was there before.
    bench.replug();
    CHECK(bench.slot(totp(7)).state == SlotState::empty);
}

TEST_CASE("An erase that the token only pretends is told", "[session]") {
    Bench bench;
    REQUIRE(bench.write(write_command(totp(7), "stays", rfc_secret, 6, 30)).ok());
    // The request is lost on the way, and an "ok" comes all the same.
    std::uint32_t checksum = 0;
    bench.tap.before_send = [&](const wire::Report& request) {
        checksum = 0;
        if (wire::command_of(request) != Command::erase_slot) return;
        checksum = base::load_le32(request.bytes(), wire::checksum_at);
        bench.source.set_faults({.drop_requests = 1});
    };
    bench.tap.on_reply = [&](wire::Report& reply) {
        if (checksum == 0) return;
        reply.clear();
        reply.bytes()[1] = 0x06;
        base::store_le32(reply.bytes(), 2, checksum);
        reseal(reply);
    };
    auto erased = bench.erase(totp(7));
    REQUIRE_FALSE(erased.ok());
    CHECK(erased.failure().error.code == errors::erase_not_done);
    CHECK(erased.failure().slot->name == "stays");
}

TEST_CASE("Another account that was put in a proven slot by another program is not called proven", "[session]") {
    SlotMarks marks;
    otp::SlotSummary proven{totp(1), SlotState::proven, "mine", {}};
    marks.put("card", proven);
    otp::SlotSummary now{totp(1), SlotState::programmed, "mine", {}};
    marks.apply("card", now);
    CHECK(now.state == SlotState::proven);
    now = {totp(1), SlotState::programmed, "theirs", {}};
    marks.apply("card", now);
    CHECK(now.state == SlotState::programmed);
    now = {totp(1), SlotState::programmed, "mine", {}};
    marks.apply("card", now);
    CHECK(now.state == SlotState::programmed);  // it was seen to change: nothing is known any more
    marks.apply("another card", proven);
    CHECK(proven.state == SlotState::proven);
}

TEST_CASE("A used HOTP slot is still the proven one", "[session]") {
    SlotMarks marks;
    otp::SlotSummary slot{hotp(1), SlotState::proven, "mine", {}};
    slot.parameters.kind = otp::OtpKind::hotp;
    marks.put("card", slot);
    slot.state = SlotState::programmed;
    slot.parameters.counter = 12;
    marks.apply("card", slot);
    CHECK(slot.state == SlotState::proven);
}
