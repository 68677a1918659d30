// What every simulated token can do, by the table of models.
#include "bench.hpp"
#include "simulator/token_store.hpp"

#include <fstream>
#include <iterator>

using namespace bench;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("Every model shows itself on USB as itself") {
    struct Expected {
        const char* key;
        unsigned vendor, product;
        const char* name;
        const char* serial;
    };
    const std::string zeros(16, '0');
    const Expected expected[] = {
        {"pro-0.7", 0x20A0, 0x4108, "Nitrokey Pro", "00005F110000000000000000"},
        {"pro-0.8", 0x20A0, 0x4108, "Nitrokey Pro", "00005F110000000000000000"},
        {"pro-0.10", 0x20A0, 0x4108, "Nitrokey Pro", "000000000000000000005F11"},
        {"pro-0.11", 0x20A0, 0x4108, "Nitrokey Pro", "000000000000000000005F11"},
        {"pro-0.15", 0x20A0, 0x4108, "Nitrokey Pro", "000000000000000000005F11"},
        {"pro", 0x20A0, 0x4108, "Nitrokey Pro", "000000000000000000005F11"},
        {"storage-0.53", 0x20A0, 0x4109, "Nitrokey Storage", "0000000000000"},
        {"storage-0.57", 0x20A0, 0x4109, "Nitrokey Storage", "0000000000000"},
        {"storage", 0x20A0, 0x4109, "Nitrokey Storage", "0000000000000"},
        {"librem", 0x316D, 0x4C4B, "Librem Key", "000000000000000000005F11"},
    };
    REQUIRE(simulator::simulated_models().size() == std::size(expected));
    for (const auto& row : expected) {
        INFO(row.key);
        Token token(known(row.key));
        const auto seen = token.source.look();
        REQUIRE(seen.size() == 1);
        CHECK(unsigned{seen[0].vendor_id} == row.vendor);
        CHECK(unsigned{seen[0].product_id} == row.product);
        CHECK(seen[0].product == row.name);
        CHECK(seen[0].usb_serial == row.serial);
    }
}

TEST_CASE("Every model writes slots by its own protocol and computes the codes of the RFCs") {
    for (const auto& model : simulator::simulated_models()) {
        INFO(model.key);
        Token token(known(model.key));
        REQUIRE(token.write(0x10, "rfc4226", rfc_secret, 0) == 0);
        for (const std::uint32_t code : {755224U, 287082U, 359152U}) CHECK(token.code(0x10) == code);
        const unsigned last_totp = token.storage && !token.old_protocol ? 0x2D : 0x2E;
        REQUIRE(token.write(last_totp, "rfc6238", rfc_secret, 30, 1) == 0);
        REQUIRE(token.set_time(1111111109) == 0);
        CHECK(token.code(last_totp) == 7081804);
        REQUIRE(token.set_time(1234567890) == 0);
        CHECK(token.code(last_totp) == 89005924);
        CHECK(token.slot_status(0x11) == 3);
        CHECK(token.code_status(0x2F) == (model.key == "pro-0.7" ? 3 : 2));  // quirk Q-P10
    }
}

TEST_CASE("On every model a wrong PIN costs exactly one try, also without power") {
    for (const auto& model : simulator::simulated_models()) {
        INFO(model.key);
        Token token(known(model.key));
        const auto tries = [&] {
            if (token.storage) (void)token.started(Request(0x2E));  // old firmware tells what it read then
            return std::pair{token.admin_tries(), token.user_tries()};
        };
        CHECK(token.authenticate("87654321") == 4);
        CHECK(tries() == std::pair{2U, 3U});
        CHECK(token.authenticate_user("000000") == 4);
        token.replug();
        CHECK(tries() == std::pair{2U, 2U});
        CHECK(token.authenticate() == 0);
        CHECK(token.authenticate_user() == 0);
        CHECK(tries() == std::pair{3U, 3U});
    }
}

TEST_CASE("On every model PIN protection of codes holds, and the config survives") {
    for (const auto& model : simulator::simulated_models()) {
        INFO(model.key);
        Token token(known(model.key));
        REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
        Request config(0x05);
        config.byte(1, 0xFF).byte(2, 0xFF).byte(3, 0xFF).byte(4, 1);
        REQUIRE(token.authenticate() == 0);
        if (token.old_protocol) REQUIRE(token.authorize(config.sealed()) == 0);
        else config.text(6, temporary());
        REQUIRE(token.status(config) == 0);
        token.replug();
        CHECK(unsigned{token.exchange(Request(0x00)).bytes()[16]} == 1);
        CHECK(token.code_status(0x10) == 5);
        REQUIRE(token.authenticate_user() == 0);
        Request code(0x04);
        code.byte(1, 0x10);
        if (token.old_protocol) REQUIRE(token.authorize(code.sealed(), false, temporary('u')) == 0);
        else code.text(19, temporary('u'));
        CHECK(base::load_le32(token.exchange(code).bytes(), 7) == 755224);
    }
}

TEST_CASE("A failed authentication ends the temporary password before it, except in Pro 0.7 and 0.8") {
    for (const auto& model : simulator::simulated_models()) {
        INFO(model.key);
        Token token(known(model.key));
        REQUIRE(token.authenticate() == 0);
        REQUIRE(token.authenticate("87654321") == 4);
        const bool kept = model.key == "pro-0.7" || model.key == "pro-0.8";  // quirk Q-P7
        if (token.old_protocol) {
            const auto packet = token.old_write_packet(0x20, "name", rfc_secret, 30);
            CHECK(token.authorize(packet) == 0);
            CHECK(unsigned{token.exchange(packet).bytes()[6]} == (kept ? 0 : 5));
        } else {
            CHECK(token.send_name("name") == (kept ? 0 : 5));
        }
    }
}

TEST_CASE("The state file of every model is read and written again the same, byte for byte") {
    const Folder folder;
    for (const auto& model : simulator::simulated_models()) {
        INFO(model.key);
        const std::string path = folder.file(std::string(model.key));
        {
            Token token(path, std::string(model.key));
            REQUIRE(token.write(0x10, "hotp", rfc_secret, 5) == 0);
            REQUIRE(token.write(0x21, "totp", rfc_secret, 60, 1) == 0);
            REQUIRE(token.code(0x10) == 254676);
            REQUIRE(token.authenticate_user("000000") == 4);
            if (token.storage) REQUIRE(token.started(Request(0x32).byte(1, 'P').text(2, user_pin)) == 1);
            if (token.storage)
                REQUIRE(token.started(Request(0x31).byte(1, 2).byte(2, 10).byte(3, 90).text(4, "hidden")) == 1);
        }
        const std::string before = content_of(path);
        const auto state = simulator::parse_state(before);
        REQUIRE(state.ok());
        CHECK(simulator::write_state(state.value()).view() == before);
        CHECK(state.value().hotp_counters[0] == 6);
        CHECK(state.value().slots.size() == 2);
        for (std::size_t length = 0; length < before.size(); length += 7)
            if (simulator::parse_state(std::string_view(before).substr(0, length)).ok()) FAIL("cut at " << length);
        Token again(path, std::string(model.key));
        CHECK(again.code(0x10) == 287922);
    }
}

TEST_CASE("A file of the first format is still read") {
    const Folder folder;
    const std::string path = folder.file("token");
    {
        Token token(path);
        REQUIRE(token.write(0x10, "hotp", rfc_secret, 5) == 0);
    }
    std::string text = content_of(path);
    const auto format = text.find("format 3");
    REQUIRE(format != std::string::npos);
    text[format + 7] = '1';
    for (auto at = text.find("hotp_marks"); at != std::string::npos; at = text.find("hotp_marks"))
        text.erase(at, text.find('\n', at) + 1 - at);
    std::ofstream(path, std::ios::binary) << text;
    Token token(path);
    CHECK(token.code(0x10) == 254676);

    // It knew neither other models nor the old protocol.
    for (const auto& [from, to] : {std::pair{"model = pro", "model = librem"}, {"minor = 15", "minor = 7"}}) {
        std::string bad = text;
        bad.replace(bad.find(from), std::string_view(from).size(), to);
        CHECK_FALSE(simulator::parse_state(bad).ok());
    }
}

TEST_CASE("A file keeps its own firmware, and one of another token than was asked for is refused and left alone") {
    const Folder folder;
    for (const auto& made : simulator::simulated_models()) {
        const std::string path = folder.file(std::string(made.key));
        (void)Token(path, std::string(made.key));
        const std::string content = content_of(path);
        for (const auto& asked : simulator::simulated_models()) {
            INFO(made.key << " as " << asked.key);
            base::ManualClock clock{0};
            CountingRandom random;
            simulator::SimulatedSource source(clock, random);
            const auto attached = source.attach(std::string(asked.key), path);
            const bool right =
                asked.model == made.model && (!asked.names_firmware() || asked.firmware_minor == made.firmware_minor);
            CHECK(attached.ok() == right);
            if (right) continue;
            CHECK(attached.error().code == wire::errors::state_other_model);
            CHECK(attached.error().subject.find(": " + std::string(made.model) + "-0." +
                                                std::to_string(unsigned{made.firmware_minor})) != std::string::npos);
            CHECK(content_of(path) == content);
        }
    }
    std::size_t files = 0;  // nor is anything left beside them
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path)) ++files;
    CHECK(files == simulator::simulated_models().size());
}
