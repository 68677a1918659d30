// Faults beyond those of source.cpp: each strikes as asked and then stops.
#include "bench.hpp"

using namespace bench;

namespace {

const char* const keys[] = {"pro-0.7", "pro-0.15", "storage-0.53", "storage-0.57"};

}  // namespace

TEST_CASE("A lost reply fails once and can then be read") {
    for (const char* key : keys) {
        INFO(key);
        Token token(known(key));
        simulator::Faults faults;
        faults.lose_replies = 1;
        const auto request = Request(0x09).sealed();
        (void)token.exchange(Request(0x00));
        token.send(request);
        for (int i = 0; i < 2; ++i) (void)token.read();
        token.source.set_faults(faults);
        CHECK(token.transport->receive_feature().error().code == wire::errors::transfer_failed);
        CHECK(unsigned{token.read().bytes()[1]} == 0x09);
    }
}

TEST_CASE("A duplicated reply comes for the next request, before its own") {
    for (const char* key : keys) {
        INFO(key);
        Token token(known(key));
        const auto first = token.exchange(Request(0x00));
        simulator::Faults faults;
        faults.duplicate_replies = 1;
        token.source.set_faults(faults);
        token.send(Request(0x02).byte(1, 0x20).sealed());
        const auto shown = token.storage ? token.read() : token.read_until_ready();
        CHECK(std::ranges::equal(shown.bytes(), first.bytes()));
        for (int i = 0; i < 2; ++i) (void)token.read();
        CHECK(unsigned{token.read().bytes()[1]} == 0x02);
    }
}

TEST_CASE("A pull after a command comes when it has taken its effect, on every model") {
    for (const char* key : keys) {
        for (const bool comes_back : {false, true}) {
            INFO(key << comes_back);
            Token token(known(key));
            REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
            simulator::Faults faults;
            (comes_back ? faults.power_loss_after : faults.unplug_after) = simulator::Trigger{0x04, 1};
            token.source.set_faults(faults);
            CHECK(token.transport->send_feature(Request(0x04).byte(1, 0x10).sealed()).ok());
            CHECK(token.transport->receive_feature().error().code == wire::errors::unplugged);
            CHECK(token.source.look().size() == (comes_back ? 1U : 0U));
            token.source.set_faults({});
            token.reopen();
            CHECK(token.code(0x10) == 287082);
        }
    }
}

TEST_CASE("A started command is finished before the pull that comes after it") {
    Token token(known("storage"), simulator::real_timing);
    simulator::Faults faults;
    faults.unplug_after = simulator::Trigger{0x26, 1};
    REQUIRE(token.write(0x20, "lost", rfc_secret, 30) == 0);
    token.source.set_faults(faults);
    CHECK(token.transport->send_feature(Request(0x26).byte(1, 'P').text(2, admin_pin).sealed()).ok());
    token.source.set_faults({});
    token.reopen();
    CHECK(token.slot_status(0x20) == 3);
}

TEST_CASE("Power lost between the packets of a write leaves the old slot and forgets the buffer") {
    for (const char* key : {"pro-0.15", "storage-0.57"}) {
        INFO(key);
        Token token(known(key));
        REQUIRE(token.write(0x20, "old", rfc_secret, 30) == 0);
        simulator::Faults faults;
        faults.power_loss_at = simulator::Trigger{0x01, 1};
        token.source.set_faults(faults);
        REQUIRE(token.send_name("new") == 0);
        CHECK_FALSE(token.transport->send_feature(Request(0x01).text(1, temporary()).byte(26, 0x20).sealed()).ok());
        token.reopen();
        CHECK(token.commit(0x20, 30) == 5);
        const auto slot = token.exchange(Request(0x02).byte(1, 0x20));
        CHECK(std::string_view(reinterpret_cast<const char*>(slot.bytes().data()) + 7, 3) == "old");
    }
}

TEST_CASE("Another program that authenticates in between takes the temporary password away, and no try") {
    for (const char* key : {"pro-0.15", "storage-0.57"}) {
        INFO(key);
        Token token(known(key));
        REQUIRE(token.authenticate() == 0);
        simulator::Faults faults;
        faults.other_program_at = simulator::Trigger{0x01, 1};
        token.source.set_faults(faults);
        REQUIRE(token.send_name("name") == 0);
        CHECK(token.commit(0x20, 30) == 5);
        CHECK(token.slot_status(0x20) == 3);
        CHECK(token.admin_tries() == 3);
        CHECK(token.authenticate() == 0);
        CHECK(token.send_name("name") == 0);
    }
}

TEST_CASE("Late answers of a Storage are late, started or not") {
    Token token(known("storage"));
    simulator::Faults faults;
    faults.late_reads = 5;
    token.source.set_faults(faults);
    (void)token.exchange(Request(0x00));
    const auto reads_until = [&](const wire::Report& request, auto over) {
        token.send(request);
        int reads = 1;
        while (!over(token.read())) ++reads;
        return reads;
    };
    CHECK(reads_until(Request(0x02).byte(1, 0x20).sealed(),
                      [](const wire::Report& reply) { return reply.bytes()[1] == 0x02; }) == 7);
    CHECK(reads_until(Request(0x2E).sealed(), [](const wire::Report& reply) {
              return reply.bytes()[1] == 0x2E && reply.bytes()[22] == 1;
          }) == 8);

    faults = {};
    faults.busy_longer = base::Milliseconds{500};
    token.source.set_faults(faults);
    const auto before = token.clock.steady();
    (void)token.exchange(Request(0x02).byte(1, 0x21));
    (void)token.exchange(Request(0x2E));
    CHECK(token.clock.steady() - before >= base::Milliseconds{990});
}

TEST_CASE("Timing is chosen by the control file's word") {
    Token token;
    const auto takes_time = [&] {
        const auto before = token.clock.steady();
        (void)token.authenticate();
        return token.clock.steady() - before > base::Milliseconds{50};
    };
    CHECK_FALSE(takes_time());
    const auto real = simulator::parse_control("timing=real\n");
    REQUIRE(real.ok());
    token.source.set_faults(real.value());
    CHECK(takes_time());
    token.source.set_faults({});
    CHECK_FALSE(takes_time());
}

TEST_CASE("The control file knows the words of the newer faults, and no others") {
    const auto faults = simulator::parse_control(
        "power_loss_at=01:2\npower_loss_after=17:3\nother_program_at=05:1\nlose_next=2\nduplicate_next=3\n"
        "steal_next=4\nreset_without_effect\ncard_in_use\ntiming=fast\ncard_start_ms=77\nhang_at=14:1\n");
    REQUIRE(faults.ok());
    CHECK(faults.value().power_loss_at->count == 2);
    CHECK(unsigned{faults.value().power_loss_after->command} == 0x17);
    CHECK(unsigned{faults.value().other_program_at->command} == 0x05);
    CHECK(unsigned{faults.value().hang_at->command} == 0x14);
    CHECK(faults.value().lose_replies == 2);
    CHECK(faults.value().duplicate_replies == 3);
    CHECK(faults.value().steal_payloads == 4);
    CHECK(faults.value().reset_without_effect);
    CHECK(faults.value().card_in_use);
    CHECK(faults.value().timing == simulator::TimingChoice::fast);
    CHECK(faults.value().card_start == base::Milliseconds{77});
    for (const char* bad : {"timing", "timing=", "timing=slow", "card_in_use=1", "card_start_ms=", "power_loss=01:1"})
        CHECK_FALSE(simulator::parse_control(bad).ok());
}
