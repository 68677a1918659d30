// The product's encoders and decoders against the worked packets of the protocol page.
#include "support/catch.hpp"
#include "support/wiredata.hpp"
#include "wire/pro.hpp"

#include <algorithm>
#include <string>

using namespace tokendeck;

namespace {

const WorkedPackets& packets() {
    static const WorkedPackets read = read_packets("wiredata/pro-0.15.txt");
    return read;
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

const std::string admin_password("0123456789abcdef01234567\0", 25);
const std::string user_password = "usertemp" + std::string(17, '\0');
constexpr std::string_view secret = "12345678901234567890";

// The page's packets have no nonce.
bool is(wire::Report&& request, const char* name) {
    wire::seal(request, 0);
    return std::ranges::equal(request.bytes(), packets().request(name));
}

wire::Report reply(const char* name) {
    return wire::Report::copy_of(packets().reply(name));
}

}  // namespace

TEST_CASE("Each request is, byte for byte, the worked packet of the protocol page") {
    const auto admin = bytes_of(admin_password);
    CHECK(is(wire::get_status(), "get-status"));
    CHECK(is(wire::authenticate(true, base::SecretText::copy_of("12345678"), admin), "first-authenticate"));
    CHECK(is(wire::send_name(admin, "rfc6238"), "send-name"));
    CHECK(is(wire::send_secret(admin, bytes_of(secret), 0), "send-secret-0"));
    CHECK(is(wire::send_secret(admin, bytes_of(secret), 1), "send-secret-1"));
    otp::OtpParameters parameters;
    parameters.digits = 8;
    CHECK(is(wire::write_slot(admin, 0x20, parameters, wire::config_eight_digits), "write-to-slot"));
    CHECK(is(wire::set_time(59, true), "set-time"));
    CHECK(is(wire::get_code(0x20, {}), "get-code"));
    CHECK(is(wire::get_code(0x20, bytes_of(user_password)), "get-code-with-password"));
    CHECK(is(wire::read_slot(0x20), "read-slot"));
    CHECK(is(wire::erase_slot(admin, 0x20), "erase-slot"));
}

TEST_CASE("Requests without a worked packet have their fields where the protocol page has them") {
    const auto admin_tries = wire::get_retry_count(true);
    CHECK(unsigned{admin_tries.bytes()[0]} == 0x09);
    CHECK(unsigned{wire::get_retry_count(false).bytes()[0]} == 0x0F);
    const auto user = wire::authenticate(false, base::SecretText::copy_of("123456"), bytes_of(admin_password));
    CHECK(unsigned{user.bytes()[0]} == 0x0E);
    CHECK(std::ranges::equal(user.bytes().subspan(1, 7), bytes_of(std::string_view("123456\0", 7))));
    CHECK(std::ranges::equal(user.bytes().subspan(26, 25), bytes_of(admin_password)));

    CHECK(unsigned{wire::set_time(1, false).bytes()[1]} == 0);
    const auto late = wire::set_time(0x0102030405060708, false);
    const std::uint8_t little_endian[] = {8, 7, 6, 5, 4, 3, 2, 1};
    CHECK(std::ranges::equal(late.bytes().subspan(2, 8), little_endian));

    otp::OtpParameters hotp;
    hotp.kind = otp::OtpKind::hotp;
    hotp.counter = 0x0102030405060708;
    hotp.period = 30;  // means nothing for HOTP
    const auto write = wire::write_slot(bytes_of(admin_password), 0x12, hotp, 0);
    CHECK(unsigned{write.bytes()[26]} == 0x12);
    CHECK(std::ranges::equal(write.bytes().subspan(27, 8), little_endian));
    CHECK(std::ranges::all_of(write.bytes().subspan(35), [](std::uint8_t byte) { return byte == 0; }));
}

TEST_CASE("A secret of 31 to 40 bytes is split after 30, a longer PIN or name fills its field") {
    std::string forty;
    for (char c = 0; c < 40; ++c) forty.push_back(static_cast<char>('A' + c));
    for (const std::size_t size : {30U, 31U, 39U, 40U}) {
        INFO(size);
        const auto used = bytes_of(forty).first(size);
        const auto first = wire::send_secret(bytes_of(admin_password), used, 0);
        const auto second = wire::send_secret(bytes_of(admin_password), used, 1);
        CHECK(std::ranges::equal(first.bytes().subspan(28, 30), used.first(30)));
        CHECK(std::ranges::equal(second.bytes().subspan(28, size - 30), used.subspan(30)));
        CHECK(std::ranges::all_of(second.bytes().subspan(28 + size - 30), [](std::uint8_t b) { return b == 0; }));
    }
    const std::string pin(25, '7');
    const auto full = wire::authenticate(true, base::SecretText::copy_of(pin), bytes_of(std::string(25, 'p')));
    CHECK(std::ranges::equal(full.bytes().subspan(1, 50), bytes_of(pin + std::string(25, 'p'))));
    const std::string name = "fifteen bytes !";
    const auto named = wire::send_name(bytes_of(admin_password), name);
    CHECK(std::ranges::equal(named.bytes().subspan(28, 15), bytes_of(name)));
}

TEST_CASE("The replies of the protocol page are decoded to what it says they mean") {
    const auto status = wire::decode_status(reply("get-status"));
    CHECK(unsigned{status.firmware_major} == 0);
    CHECK(unsigned{status.firmware_minor} == 15);
    CHECK(status.card_serial == 0x5F11);
    CHECK(std::ranges::all_of(status.config, [](std::uint8_t byte) { return byte == 0xFF; }));
    CHECK_FALSE(status.pin_protected_codes());

    const auto slot = wire::decode_slot(reply("read-slot"));
    CHECK(slot.name == "rfc6238");
    CHECK(unsigned{slot.config} == 1);
    CHECK(slot.counter_or_interval == 30);

    const auto code = wire::decode_code(reply("get-code"));
    CHECK(code.value == 94287082);
    CHECK(code.eight_digits);

    CHECK(wire::echo_matches_name(reply("send-name"), "rfc6238"));
    CHECK(wire::echo_matches_secret(reply("send-secret-0"), bytes_of(secret), 30));
    CHECK(wire::echo_matches_secret(reply("send-secret-1"), bytes_of(secret), 40));
}

TEST_CASE("Only a config byte of exactly 1 protects codes by PIN") {
    for (unsigned value = 0; value < 256; ++value) {
        auto report = reply("get-status");
        report.bytes()[16] = static_cast<std::uint8_t>(value);
        CHECK(wire::decode_status(report).pin_protected_codes() == (value == 1));
    }
}

TEST_CASE("An echo that differs in any byte does not match") {
    const auto name = reply("send-name");
    for (std::size_t i = 0; i < 15; ++i) {
        auto other = wire::Report::copy_of(name.bytes());
        other.bytes()[7 + i] ^= 1;
        CHECK_FALSE(wire::echo_matches_name(other, "rfc6238"));
    }
    CHECK_FALSE(wire::echo_matches_name(name, "rfc623"));
    CHECK_FALSE(wire::echo_matches_name(name, "rfc62380"));
    const auto whole = reply("send-secret-1");
    for (std::size_t i = 0; i < 40; ++i) {
        auto other = wire::Report::copy_of(whole.bytes());
        other.bytes()[7 + i] ^= 0x80;
        CHECK_FALSE(wire::echo_matches_secret(other, bytes_of(secret), 40));
        // After the first piece the last ten bytes are not ours to judge.
        CHECK(wire::echo_matches_secret(other, bytes_of(secret), 30) == (i >= 30));
    }
}

TEST_CASE("Every single reply of the protocol page is taken for the answer to its request, and for no other") {
    for (const auto& [reply_name, reply_bytes] : packets().replies) {
        for (const auto& [request_name, request_bytes] : packets().requests) {
            INFO(reply_name << " after " << request_name);
            const auto match = wire::match(wire::Report::copy_of(reply_bytes), wire::Report::copy_of(request_bytes));
            if (reply_name == "get-status-without-checksum" && request_name == "get-status")
                CHECK(match == wire::Match::rejected);
            else CHECK(match == (reply_name == request_name ? wire::Match::ours : wire::Match::not_ours));
        }
    }
}
