// Several tokens at once, alike in everything that USB shows: told apart by their card serial, and a write never
// reaches another one than the one that was reviewed.
#include "device/machine.hpp"
#include "device/token_status.hpp"

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using wire::Command;

namespace {

// Two tokens in two places whose order can change, each pulled by itself.
struct TwoPlaces final : wire::TransportSource {
    TwoPlaces(base::Clock& clock, base::Random& random) : one(clock, random), two(clock, random) {}

    std::vector<wire::Sighting> look() override {
        std::vector<wire::Sighting> all;
        for (const bool second : {swapped.load(), !swapped.load()})
            for (wire::Sighting& sighting : (second ? two : one).look()) {
                sighting.key = (second ? "two:" : "one:") + sighting.key;
                all.push_back(std::move(sighting));
            }
        return all;
    }
    base::Result<std::unique_ptr<wire::Transport>> open(const wire::Sighting& sighting) override {
        ++opened;
        wire::Sighting inner = sighting;
        inner.key = sighting.key.substr(4);
        return (sighting.key.starts_with("two:") ? two : one).open(inner);
    }
    // PINs and writes that a token has got.
    static long touched(const simulator::SimulatedSource& source) {
        long sum = 0;
        for (const auto& sighting : const_cast<simulator::SimulatedSource&>(source).look())
            for (const auto& done : source.executed(sighting.key))
                for (const Command command : {Command::first_authenticate, Command::write_to_slot, Command::erase_slot,
                                              Command::factory_reset, Command::send_otp_data})
                    if (done.command == static_cast<std::uint8_t>(command)) ++sum;
        return sum;
    }

    simulator::SimulatedSource one;
    simulator::SimulatedSource two;
    std::atomic<bool> swapped{false};
    std::atomic<int> opened{0};
};

simulator::TokenState storage(base::Random& random, std::uint32_t serial) {
    auto state = simulator::new_token("storage-0.57", random);
    REQUIRE(state.ok());
    state.value().card_serial = serial;
    return std::move(state.value());
}

struct TwoStorages {
    TwoStorages() {
        places.one.attach_in_memory(storage(machine.random, 0x11111111));
        places.two.attach_in_memory(storage(machine.random, 0x22222222));
        machine.start({&places});
    }
    // Its key: that of the token with this serial, as it was told last.
    channel::TokenKey key_of(const channel::TokensSeen& seen, std::string_view serial) {
        for (const auto& token : seen.tokens)
            if (token.card_serial == serial) return token.key;
        FAIL("not seen");
        return {};
    }
    channel::TokenOpened open(const channel::TokenKey& key) {
        machine.send(channel::OpenToken{0, key});
        auto opened = machine.wait<channel::TokenOpened>();
        machine.key = key;
        return opened;
    }

    Machine machine;
    TwoPlaces places{machine.clock, machine.random};
    struct Stop {
        Machine& machine;
        ~Stop() { machine.thread->stop(); }
    } stop{machine};
};

}  // namespace

TEST_CASE("Two Storages alike on USB are told apart by their card serials from the first time they are seen",
          "[threads][several]") {
    TwoStorages tokens;
    const auto seen = tokens.machine.wait<channel::TokensSeen>();
    REQUIRE(seen.tokens.size() == 2);
    CHECK(seen.tokens[0].usb_serial == seen.tokens[1].usb_serial);
    CHECK(seen.tokens[0].card_serial == "11111111");
    CHECK(seen.tokens[1].card_serial == "22222222");
    CHECK(tokens.places.opened == 2);
    // Asked once in a plugging-in, however often is looked.
    tokens.places.swapped = true;
    const auto swapped = tokens.machine.wait<channel::TokensSeen>();
    REQUIRE(swapped.tokens.size() == 2);
    CHECK(swapped.tokens[0].card_serial == "22222222");
    CHECK(tokens.places.opened == 2);
    tokens.places.one.set_faults({.unplugged = true});
    tokens.machine.wait<channel::TokensSeen>();
    tokens.places.one.set_faults({});
    const auto again = tokens.machine.wait<channel::TokensSeen>();
    CHECK(tokens.places.opened == 3);
    CHECK(tokens.key_of(again, "11111111") != seen.tokens[0].key);
}

TEST_CASE("A write goes to the token that was reviewed, whichever is listed first", "[threads][several]") {
    TwoStorages tokens;
    const auto seen = tokens.machine.wait<channel::TokensSeen>();
    const auto first = tokens.key_of(seen, "11111111");
    const auto second = tokens.key_of(seen, "22222222");
    tokens.open(second);
    tokens.places.swapped = true;
    tokens.machine.wait<channel::TokensSeen>();
    tokens.machine.send(tokens.machine.write_to(totp(1)));
    tokens.machine.wait<channel::SlotProven>();
    CHECK(TwoPlaces::touched(tokens.places.one) == 0);
    CHECK(TwoPlaces::touched(tokens.places.two) > 0);
    // Another became the active one after the review.
    const auto opened = tokens.open(first);
    CHECK(opened.status.card_serial == "11111111");
    auto command = tokens.machine.write_to(totp(2));
    command.token = second;
    CHECK(tokens.machine.failure_of(tokens.machine.send(std::move(command))).code == errors::wrong_token);
    CHECK(TwoPlaces::touched(tokens.places.one) == 0);
}

TEST_CASE("A write after the reviewed token was pulled reaches no token, though another like it is there",
          "[threads][several]") {
    TwoStorages tokens;
    const auto seen = tokens.machine.wait<channel::TokensSeen>();
    tokens.open(tokens.key_of(seen, "22222222"));
    SECTION("pulled and gone") {
        tokens.places.two.set_faults({.unplugged = true});
    }
    SECTION("pulled and plugged in again, in another order") {
        tokens.places.two.set_faults({.unplugged = true});
        tokens.places.two.set_faults({});
        tokens.places.swapped = true;
    }
    const auto failure = tokens.machine.failure_of(tokens.machine.send(tokens.machine.write_to(totp(1))));
    const bool refused = failure.code == errors::no_active_token || failure.code == errors::wrong_token ||
                         failure.code == wire::errors::unplugged;
    CHECK(refused);
    CHECK(same(tokens.machine.last_failure.secret, bytes(rfc_secret)));
    CHECK(TwoPlaces::touched(tokens.places.one) == 0);
    CHECK(TwoPlaces::touched(tokens.places.two) == 0);
    // Nor does any command that was meant for it.
    for (const auto& error : {tokens.machine.failure_of(tokens.machine.send(
                                  channel::EraseSlot{0, tokens.machine.key, totp(1), text(admin_pin), false})),
                              tokens.machine.failure_of(tokens.machine.send(channel::FactoryReset{
                                  0, tokens.machine.key, text(admin_pin), text(admin_pin), false}))}) {
        const bool none = error.code == errors::no_active_token || error.code == errors::wrong_token;
        CHECK(none);
    }
    CHECK(TwoPlaces::touched(tokens.places.one) == 0);
}

TEST_CASE("A token that does not tell its serial when it is plugged in tells it when it is opened",
          "[threads][several]") {
    Machine machine;
    TwoPlaces places(machine.clock, machine.random);
    places.one.attach_in_memory(storage(machine.random, 0x33333333));
    places.one.set_faults({.fail_transfers = 1'000'000});
    machine.start({&places});
    const auto seen = machine.wait<channel::TokensSeen>();
    REQUIRE(seen.tokens.size() == 1);
    CHECK(seen.tokens[0].card_serial.empty());
    places.one.set_faults({});
    machine.send(channel::OpenToken{0, seen.tokens[0].key});
    CHECK(machine.wait<channel::TokenOpened>().status.info.card_serial == "33333333");
    CHECK(machine.wait<channel::TokensSeen>().tokens[0].card_serial == "33333333");
    machine.thread->stop();
}

TEST_CASE("A card's serial reads the same from a Pro's USB serial, from its status and as people type it") {
    const wire::Model& pro = *wire::find_model("pro");
    const std::string zeros(16, '0');
    for (const std::uint32_t serial : {0x5F11U, 0xA0000000U, 0xFFFFFFFFU, 1U}) {
        const std::string text = serial_text(serial);
        INFO(text);
        CHECK(text.size() == 8);
        CHECK(card_serial_in(zeros + text, pro) == text);  // firmware from 0.9
        CHECK(card_serial_in(text + zeros, pro) == text);  // up to 0.8
        CHECK(serial_number(text) == serial);
        CHECK(serial_number("0x" + text) == serial);
    }
    CHECK(card_serial_in(zeros + "0000af11", pro) == "0000AF11");
    // What says nothing: a card that did not answer, one that could not be read, another layout, a Storage.
    for (const std::string& nothing : {zeros + "00000000", std::string(24, ' '), zeros + "0000AF1", zeros + "0000AF1G"})
        CHECK(card_serial_in(nothing, pro).empty());
    CHECK(card_serial_in(zeros + "0000AF11", *wire::find_model("storage")).empty());
    for (const char* typed : {"", "0x", "123456789", "5G", " 5F11", "-1"}) CHECK_FALSE(serial_number(typed));
    CHECK(serial_number("5f11") == 0x5F11U);
}
