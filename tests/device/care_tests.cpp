// Care of the token on every model: PINs, settings, reset, keys, lock, PIN-protected codes.
#include "device/token_bench.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using channel::PinKind;
using otp::SlotState;
using wire::Command;

namespace {

channel::ChangePin change(PinKind kind, std::string_view current, std::string_view fresh) {
    channel::ChangePin command;
    command.kind = kind;
    command.current_pin = text(current);
    command.new_pin = text(fresh);
    command.new_pin_again = text(fresh);
    return command;
}

channel::UnblockUserPin unblock(std::string_view admin, std::string_view fresh) {
    channel::UnblockUserPin command;
    command.admin_pin = text(admin);
    command.new_pin = text(fresh);
    command.new_pin_again = text(fresh);
    return command;
}

channel::FactoryReset reset(std::string_view pin) {
    channel::FactoryReset command;
    command.admin_pin = text(pin);
    command.admin_pin_again = text(pin);
    return command;
}

channel::NewAesKey new_key(std::string_view pin) {
    channel::NewAesKey command;
    command.admin_pin = text(pin);
    command.admin_pin_again = text(pin);
    return command;
}

bool holds(const base::SecretBytes& held, std::string_view pin) {
    return same(held, bytes(pin));
}

bool remarked(const Session::Remarks& remarks, base::ErrorCode code) {
    return std::ranges::any_of(remarks, [&](const base::Error& error) { return error.code == code; });
}

}  // namespace

// ---- PINs ----

TEST_CASE("A PIN is changed and the token asked to accept it, on every model", "[care][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    const auto kind = GENERATE(PinKind::user, PinKind::admin);
    INFO(model);
    TokenBench bench(model);
    const bool admin = kind == PinKind::admin;
    auto changed = bench.session->change_pin(change(kind, admin ? admin_pin : user_pin, "a new PIN"));
    REQUIRE(changed.ok());
    CHECK(holds(admin ? bench.state().admin_pin : bench.state().user_pin, "a new PIN"));
    CHECK(holds(admin ? bench.state().user_pin : bench.state().admin_pin, admin ? user_pin : admin_pin));
    CHECK(bench.pins() == 2);  // the current one, and the new one
    CHECK(unsigned{bench.state().user_tries} == 3);
    CHECK(unsigned{bench.state().admin_tries} == 3);
}

TEST_CASE("A wrong current PIN costs one try and changes nothing", "[care][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    const auto kind = GENERATE(PinKind::user, PinKind::admin);
    INFO(model);
    TokenBench bench(model);
    auto changed = bench.session->change_pin(change(kind, "99999999", "a new PIN"));
    REQUIRE_FALSE(changed.ok());
    CHECK(changed.failure().error.code == errors::wrong_pin);
    CHECK_FALSE(changed.failure().token_may_have_changed);
    CHECK(changed.failure().pin->pin == kind);
    CHECK(changed.failure().pin->tries_left == 2);
    CHECK(bench.pins() == 1);
    CHECK(holds(bench.state().user_pin, user_pin));
    CHECK(holds(bench.state().admin_pin, admin_pin));
}

TEST_CASE("PINs of a wrong form or typed unlike never reach the token", "[care][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    const auto code_of = [](CommandResult<Session::Remarks> outcome) {
        REQUIRE_FALSE(outcome.ok());
        return outcome.failure().error.code;
    };
    CHECK(code_of(bench.session->change_pin(change(PinKind::user, user_pin, "12345"))) == errors::new_pin_too_short);
    CHECK(code_of(bench.session->change_pin(change(PinKind::admin, admin_pin, "1234567"))) ==
          errors::new_pin_too_short);
    CHECK(code_of(bench.session->change_pin(change(PinKind::user, user_pin, std::string(21, '1')))) ==
          errors::new_pin_too_long);
    CHECK(code_of(bench.session->change_pin(change(PinKind::user, "", "654321"))) == errors::pin_too_short);
    CHECK(code_of(bench.session->change_pin(change(PinKind::user, user_pin,
                                                   std::string_view("6543\0"
                                                                    "210",
                                                                    8)))) == errors::pin_has_zero);
    auto unlike = change(PinKind::user, user_pin, "654321");
    unlike.new_pin_again = text("654322");
    CHECK(code_of(bench.session->change_pin(std::move(unlike))) == errors::pins_differ);
    CHECK(code_of(bench.session->unblock_user_pin(unblock(admin_pin, "12345"))) == errors::new_pin_too_short);
    CHECK(code_of(bench.session->unblock_user_pin(unblock(std::string(25, '1'), "654321"))) == errors::pin_too_long);
    if (bench.storage())
        CHECK(code_of(bench.session->change_pin(change(PinKind::user, std::string(21, '1'), "654321"))) ==
              errors::pin_too_long);
    auto apart = reset(admin_pin);
    apart.admin_pin_again = text("12345679");
    CHECK(code_of(bench.session->factory_reset(std::move(apart))) == errors::pins_differ);
    auto key = new_key(admin_pin);
    key.admin_pin_again = text("12345679");
    CHECK(code_of(bench.session->new_aes_key(std::move(key))) == errors::pins_differ);
    CHECK(bench.pins() == 0);
}

TEST_CASE("A blocked user PIN is opened again by the admin PIN, on every model", "[care][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    for (int i = 0; i < 3; ++i) {
        auto command = change(PinKind::user, "999999", "654321");
        command.last_try = true;
        auto wrong = bench.session->change_pin(std::move(command));
        REQUIRE_FALSE(wrong.ok());
        CHECK(wrong.failure().error.code == (i < 2 ? errors::wrong_pin : errors::user_pin_used_up));
        CHECK(wrong.failure().error.field == "user-pin");
    }
    CHECK(unsigned{bench.state().user_tries} == 0);
    auto blocked = bench.session->change_pin(change(PinKind::user, user_pin, "654321"));
    REQUIRE_FALSE(blocked.ok());
    CHECK(blocked.failure().error.code == errors::user_pin_blocked);
    const long pins = bench.pins();
    REQUIRE(bench.session->unblock_user_pin(unblock(admin_pin, "654321")).ok());
    CHECK(bench.pins() == pins + 2);  // the admin PIN, and the new user PIN
    CHECK(unsigned{bench.state().user_tries} == 3);
    CHECK(holds(bench.state().user_pin, "654321"));
    CHECK(holds(bench.state().admin_pin, admin_pin));
}

TEST_CASE("Unblocking with a wrong admin PIN costs one admin try and changes nothing", "[care][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    auto wrong = bench.session->unblock_user_pin(unblock("87654321", "654321"));
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.failure().error.code == errors::wrong_pin);
    CHECK(wrong.failure().pin->pin == PinKind::admin);
    CHECK(bench.pins() == 1);
    CHECK(unsigned{bench.state().admin_tries} == 2);
    CHECK(unsigned{bench.state().user_tries} == 3);
    CHECK(holds(bench.state().user_pin, user_pin));
}

TEST_CASE("A change of PIN that broke off says so, whatever the PIN is now, and nothing is sent twice", "[care][pin]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    const Command changing = bench.storage() ? Command::send_new_password : Command::change_user_pin;
    const bool arrives = GENERATE(false, true);
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) != changing) return SendFault::none;
        return arrives ? SendFault::pulled_after : SendFault::pulled_before;
    };
    auto broken = bench.session->change_pin(change(PinKind::user, user_pin, "654321"));
    REQUIRE_FALSE(broken.ok());
    CHECK(broken.failure().error.code == errors::pin_change_broke_off);
    CHECK(broken.failure().token_may_have_changed);
    CHECK(broken.failure().error.subject == wire::errors::unplugged.name);
    CHECK(holds(bench.state().user_pin, arrives ? "654321" : user_pin));
    CHECK(bench.pins() <= 1);
}

// ---- settings and protected codes ----

TEST_CASE("Protected codes need the user PIN, once for a session or on a Pro 0.7 for each code", "[care][config]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    REQUIRE(bench.write(write_command(hotp(1), "name", rfc_secret, 6, 0)).ok());
    bench.protect_codes();
    CHECK(unsigned{bench.state().config[3]} == 1);
    CHECK(bench.session->status().pin_protected_codes);
    const long pins = bench.pins();
    auto without = bench.code(totp(1));
    REQUIRE_FALSE(without.ok());
    CHECK(without.failure().error.code == errors::user_pin_needed);
    CHECK(bench.pins() == pins);

    const bool each = model == "pro-0.7";
    REQUIRE(bench.code(totp(1), user_pin).ok());
    CHECK(bench.session->status().user_pin_held == !each);
    REQUIRE(bench.code(totp(1), each ? user_pin : "").ok());
    REQUIRE(bench.code(hotp(1), each ? user_pin : "").ok());
    CHECK(bench.pins() == pins + (each ? 3 : 1));

    auto wrong = bench.code(totp(1), "999999");
    if (each) {
        REQUIRE_FALSE(wrong.ok());
        CHECK(wrong.failure().pin->tries_left == 2);
    } else {
        CHECK(wrong.ok());  // not asked for, not sent
    }
    CHECK(bench.pins() == pins + (each ? 4 : 1));
}

TEST_CASE("The user PIN is forgotten by the person's wish, by a lock, and when the token is pulled", "[care][config]") {
    const auto model = GENERATE(from_range(all_models()));
    const int how = GENERATE(0, 1, 2);
    INFO(model);
    if (model == "pro-0.7") return;  // never held
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    bench.protect_codes();
    REQUIRE(bench.code(totp(1), user_pin).ok());
    if (how == 0) bench.session->forget_user_pin();
    else if (how == 1) REQUIRE(bench.session->lock().ok());
    else bench.replug();
    CHECK_FALSE(bench.session->status().user_pin_held);
    auto code = bench.code(totp(1));
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::user_pin_needed);
}

TEST_CASE("When another program took over the authentication, the PIN is asked for anew and none is spent",
          "[care][config]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    if (model == "pro-0.7") return;
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    bench.protect_codes();
    REQUIRE(bench.code(totp(1), user_pin).ok());
    const long pins = bench.pins();
    bench.another_program();
    auto refused = bench.code(totp(1));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.failure().error.code == errors::not_authorised);
    CHECK(refused.failure().pin->pin == PinKind::user);
    CHECK_FALSE(bench.session->status().user_pin_held);
    REQUIRE(bench.code(totp(1), user_pin).ok());
    CHECK(bench.pins() == pins + 1);
}

TEST_CASE("Lock keys are set where the firmware honours them, and refused before a PIN where not", "[care][config]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    const std::uint8_t keys = bench.session->status().abilities.lock_key_slots;
    channel::WriteConfig command;
    command.admin_pin = text(admin_pin);
    command.config.capslock = 2;
    auto written = bench.session->write_config(std::move(command));
    if (keys >= 2) {
        REQUIRE(written.ok());
        CHECK(unsigned{bench.state().config[1]} == 1);
        CHECK(unsigned{bench.state().config[0]} == 0xFF);
        CHECK(bench.session->status().general.capslock == 2);
        CHECK(bench.pins() == 1);
    } else {
        REQUIRE_FALSE(written.ok());
        CHECK(written.failure().error.code == errors::setting_not_honoured);
        CHECK(written.failure().error.field == "capslock");
        CHECK(bench.pins() == 0);
    }
    channel::WriteConfig same_again;
    same_again.admin_pin = text(admin_pin);
    same_again.config = bench.session->status().general;
    // A slot beyond those that this firmware types.
    for (auto key :
         {&channel::GeneralConfig::numlock, &channel::GeneralConfig::capslock, &channel::GeneralConfig::scrolllock}) {
        const long pins = bench.pins();
        channel::WriteConfig beyond;
        beyond.admin_pin = text(admin_pin);
        beyond.config = bench.session->status().general;
        beyond.config.*key = static_cast<std::uint8_t>(keys + 1);
        auto refused = bench.session->write_config(std::move(beyond));
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.failure().error.code == (keys > 0 ? errors::lock_key_slot : errors::setting_not_honoured));
        if (keys > 0) CHECK(refused.failure().error.limit == keys);
        CHECK(bench.pins() == pins);
    }
    auto nothing = bench.session->write_config(std::move(same_again));
    REQUIRE_FALSE(nothing.ok());
    CHECK(nothing.failure().error.code == errors::nothing_to_change);
}

// ---- what a Storage says that is not so ----

TEST_CASE("Behind silenced errors nothing is called done: write, settings, erase, edit, code", "[care][quirks]") {
    TokenBench bench("storage-0.57");
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    // Another program speaks the old protocol to it (quirk Q-S3).
    wire::Report foreign;
    foreign.bytes()[0] = 0x08;
    wire::seal(foreign, 0);
    TokenBench::Line line(bench, bench.plugged);
    REQUIRE(line.send_feature(foreign).ok());
    for (int i = 0; i < 5; ++i) REQUIRE(line.receive_feature().ok());
    // And it authenticates just before each of ours arrives.
    Command at{};
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) == at) bench.another_program();
        return SendFault::none;
    };
    at = Command::send_otp_data;
    auto written = bench.write(write_command(totp(2), "two", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    at = Command::write_to_slot;
    written = bench.write(write_command(totp(2), "two", rfc_secret, 6, 30));
    REQUIRE_FALSE(written.ok());
    CHECK(bench.record(totp(2)) == nullptr);
    at = Command::erase_slot;
    auto erased = bench.erase(totp(1));
    REQUIRE_FALSE(erased.ok());
    CHECK(erased.failure().error.code == errors::erase_not_done);
    CHECK(bench.record(totp(1)) != nullptr);
    at = Command::write_config;
    channel::WriteConfig config;
    config.config.pin_protected_codes = true;
    config.admin_pin = text(admin_pin);
    auto set = bench.session->write_config(std::move(config));
    REQUIRE_FALSE(set.ok());
    CHECK(set.failure().error.code == errors::config_differs);
    CHECK(set.failure().token_may_have_changed);
    at = Command::write_to_slot;
    auto command = bench.edit_of(totp(1));
    command.name = "new";
    CHECK_FALSE(bench.session->edit(std::move(command)).ok());
    CHECK(bench.name_in(totp(1)) == "name");
    at = {};
    bench.protect_codes();
    bench.oracle.fails = false;
    at = Command::get_code;
    auto code = bench.code(totp(1), user_pin);
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::not_authorised);
}

// ---- reset, keys, lock ----

TEST_CASE("A factory reset erases everything, clears what a Pro keeps, and says what is left", "[care][reset]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    REQUIRE(bench.write(write_command(hotp(2), "name", rfc_secret, 6, 1)).ok());
    REQUIRE(bench.session->change_pin(change(PinKind::user, user_pin, "654321")).ok());
    bench.protect_codes();
    const long pins = bench.pins();
    auto done = bench.session->factory_reset(reset(admin_pin));
    REQUIRE(done.ok());
    CHECK(bench.pins() == pins + 2);
    CHECK(bench.state().slots.empty());
    CHECK(holds(bench.state().user_pin, user_pin));
    for (const std::uint8_t byte : bench.state().config) CHECK(unsigned{byte} == 0xFF);
    CHECK_FALSE(bench.session->status().pin_protected_codes);
    for (const auto& slot : bench.session->slots()) CHECK(slot.state == SlotState::empty);
    CHECK(remarked(done.value(), errors::reset_default_pins));
    CHECK(remarked(done.value(), errors::reset_needs_key));
    CHECK(remarked(done.value(), errors::reset_kept_clock));
    CHECK_FALSE(remarked(done.value(), errors::reset_unverified));
    CHECK_FALSE(remarked(done.value(), errors::reset_kept_config));
}

TEST_CASE("A reset with a wrong PIN costs exactly one try", "[care][reset]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    auto wrong = bench.session->factory_reset(reset("87654321"));
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.failure().error.code == errors::wrong_pin);
    CHECK(wrong.failure().pin->tries_left == 2);
    CHECK(bench.executed(Command::factory_reset) == 0);
    CHECK(bench.state().slots.size() == 1);
}

TEST_CASE("A reset that a Pro reports without having done it is not called done", "[care][reset][quirks]") {
    TokenBench bench("pro-0.15");
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    bench.protect_codes();
    bench.faults.reset_without_effect = true;
    auto done = bench.session->factory_reset(reset(admin_pin));
    REQUIRE_FALSE(done.ok());
    CHECK(done.failure().error.code == errors::reset_not_done);
    CHECK(done.failure().token_may_have_changed);
    // Nothing else was changed, then.
    CHECK(unsigned{bench.state().config[3]} == 1);
    CHECK(bench.has_secret(totp(1), rfc_secret));
}

TEST_CASE("A reset of a token without accounts says that nothing could be seen to vanish", "[care][reset]") {
    TokenBench bench("pro-0.15");
    auto done = bench.session->factory_reset(reset(admin_pin));
    REQUIRE(done.ok());
    CHECK(remarked(done.value(), errors::reset_unverified));
}

TEST_CASE("Settings that could not be cleared after a reset are told", "[care][reset]") {
    TokenBench bench("pro-0.15");
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    bench.protect_codes();
    bench.on_send = [&](const wire::Report& report) {
        if (wire::command_of(report) == Command::write_config) bench.another_program();
        return SendFault::none;
    };
    auto done = bench.session->factory_reset(reset(admin_pin));
    REQUIRE(done.ok());
    CHECK(remarked(done.value(), errors::reset_kept_config));
    CHECK(bench.session->status().pin_protected_codes);
}

TEST_CASE("A new key is made with the PIN checked first; a Storage's erases the accounts", "[care][key]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    REQUIRE(bench.session->factory_reset(reset(admin_pin)).ok());
    CHECK_FALSE(bench.state().aes_key);
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    const base::SecretBytes old_key = bench.state().safe_key.clone();
    const long pins = bench.pins();
    auto wrong = bench.session->new_aes_key(new_key("87654321"));
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.failure().error.code == errors::wrong_pin);
    CHECK(same(bench.state().safe_key, old_key));  // quirk Q-P3
    CHECK(bench.pins() == pins + 1);

    auto made = bench.session->new_aes_key(new_key(admin_pin));
    REQUIRE(made.ok());
    CHECK(bench.pins() == pins + 3);
    CHECK(bench.state().aes_key);
    CHECK((bench.record(totp(1)) == nullptr) == bench.storage());
    CHECK(bench.slot(totp(1)).state == (bench.storage() ? SlotState::empty : SlotState::proven));
    CHECK(remarked(made.value(), errors::key_unverified) == !bench.storage());
}

TEST_CASE("Locking says where it does not end what another program may do", "[care]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    auto locked = bench.session->lock();
    REQUIRE(locked.ok());
    CHECK(bench.executed(Command::lock_device) == 1);
    CHECK(remarked(locked.value(), errors::lock_keeps_passwords) == (model != "storage-0.57"));
}

// ---- time, and other programs ----

TEST_CASE("With the times of real tokens everything is done within its budget", "[care][timing]") {
    const auto model = GENERATE(from_range(all_models()));
    INFO(model);
    TokenBench bench(model);
    bench.timing = simulator::real_timing;
    REQUIRE(bench.write(write_command(totp(1), "name", rfc_secret, 6, 30)).ok());
    REQUIRE(bench.write(write_command(hotp(1), "name", rfc_secret, 6, 3)).ok());
    if (model != "storage-0.53") {
        auto command = bench.edit_of(totp(1));
        command.name = "new";
        REQUIRE(bench.session->edit(std::move(command)).ok());
    }
    REQUIRE(bench.session->change_pin(change(PinKind::admin, admin_pin, "another admin PIN")).ok());
    REQUIRE(bench.session->unblock_user_pin(unblock("another admin PIN", "another user PIN")).ok());
    REQUIRE(bench.session->factory_reset(reset("another admin PIN")).ok());
    REQUIRE(bench.session->new_aes_key(new_key(admin_pin)).ok());
    bench.protect_codes();
    REQUIRE(bench
                .write([] {
                    auto command = write_command(totp(1), "name", rfc_secret, 6, 30);
                    command.user_pin = text(user_pin);
                    return command;
                }())
                .ok());
    REQUIRE(bench.session->lock().ok());
    REQUIRE(bench.erase(totp(1)).ok());
}

TEST_CASE("While another program has a Storage's card, that is said and no PIN is sent", "[care][busy]") {
    const auto model = GENERATE(std::string("storage-0.53"), std::string("storage-0.57"));
    INFO(model);
    TokenBench bench(model);
    bench.faults.card_in_use = true;
    auto refreshed = bench.session->refresh();
    REQUIRE_FALSE(refreshed.ok());
    CHECK(refreshed.error().code == errors::card_busy);
    auto erased = bench.erase(totp(1));
    REQUIRE_FALSE(erased.ok());
    CHECK(erased.failure().error.code == errors::card_busy);
    CHECK(erased.failure().pin->pin == PinKind::admin);
    bench.faults.card_in_use = false;
    bench.clock.advance(std::chrono::seconds{5});
    REQUIRE(bench.session->refresh().ok());
    CHECK(bench.pins() == 0);
    CHECK(bench.session->status().admin_tries == 3);
    CHECK(bench.erase(totp(1)).ok());
}

TEST_CASE("While a Storage's card is not ready there are no tries, and no PIN is sent", "[care][quirks]") {
    TokenBench bench("storage-0.57");
    bench.timing.card_start = std::chrono::seconds{30};
    bench.replug();
    CHECK_FALSE(bench.session->status().admin_tries.has_value());
    auto erased = bench.erase(totp(1));
    REQUIRE_FALSE(erased.ok());
    CHECK(erased.failure().error.code == errors::card_silent);
    CHECK(bench.pins() == 0);
}
