// The packets of the old protocol and of a Storage, against the worked examples of docs/protocol/pro-storage.md,
// sections 8.8 to 8.10.
#include "base/bytes.hpp"
#include "support/catch.hpp"
#include "wire/care.hpp"
#include "wire/old_protocol.hpp"
#include "wire/storage.hpp"

#include <string>
#include <string_view>

using namespace tokendeck;
using namespace tokendeck::wire;

namespace {

Report report_of(std::string_view hex) {
    Report report;
    std::size_t at = 0;
    for (std::size_t i = 0; i < hex.size(); ++i) {
        if (hex[i] == ' ' || hex[i] == '\n') continue;
        REQUIRE(at < report_size);
        report.bytes()[at++] = static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(i, 2)), nullptr, 16));
        ++i;
    }
    REQUIRE(at == report_size);
    return report;
}

bool same(const Report& a, const Report& b) {
    return std::ranges::equal(a.bytes(), b.bytes());
}

std::span<const std::uint8_t> bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

constexpr std::string_view temporary{"0123456789abcdef01234567\0", 25};

}  // namespace

TEST_CASE("A counter's top byte, where other requests have their nonce, arrives at a Pro 0.7", "[packets][old]") {
    otp::OtpParameters hotp;
    hotp.kind = otp::OtpKind::hotp;
    hotp.counter = 0x7122334455667788;
    Report packet = old_protocol::write_slot(0x10, "bank", bytes("12345678901234567890"), hotp, 0, false);
    seal_without_nonce(packet);
    const std::array<std::uint8_t, 9> wanted{0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x71, 0};
    CHECK(std::ranges::equal(packet.bytes().subspan(51, 9), wanted));
    CHECK(base::load_le32(packet.bytes(), checksum_at) == checksum(packet.bytes().first<checked_size>()));
}

TEST_CASE("The old protocol's slot write and its AUTHORIZE are those of the page", "[packets][old]") {
    Report packet =
        old_protocol::write_slot(0x20, "rfc6238", bytes("12345678901234567890"), otp::OtpParameters{}, 1, false);
    seal_without_nonce(packet);
    CHECK(same(packet, report_of("01 20 72 66 63 36 32 33 38 00 00 00 00 00 00 00"
                                 "00 31 32 33 34 35 36 37 38 39 30 31 32 33 34 35"
                                 "36 37 38 39 30 01 00 00 00 00 00 00 00 00 00 00"
                                 "00 00 00 1e 00 00 00 00 00 00 00 00 e6 08 76 1c")));
    Report authorize = old_protocol::authorize(true, packet, bytes(temporary));
    seal(authorize, 0);
    CHECK(same(authorize, report_of("08 e6 08 76 1c 30 31 32 33 34 35 36 37 38 39 61"
                                    "62 63 64 65 66 30 31 32 33 34 35 36 37 00 00 00"
                                    "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                    "00 00 00 00 00 00 00 00 00 00 00 00 9b fd 4b 09")));
    const Report reply = report_of(
        "00 08 9b fd 4b 09 00 00 00 00 00 00 00 00 00 00"
        "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
        "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
        "00 00 00 00 00 00 00 00 00 00 00 00 ee ae 7e eb");
    CHECK(match(reply, authorize) == Match::ours);
}

TEST_CASE("An old Storage's counter travels as decimal text, up to ten digits back", "[packets][old]") {
    otp::OtpParameters parameters;
    parameters.kind = otp::OtpKind::hotp;
    parameters.counter = 9'999'999;
    const Report packet = old_protocol::write_slot(0x11, "n", bytes("s"), parameters, 0, true);
    CHECK(std::string(packet.bytes().begin() + 51, packet.bytes().begin() + 58) == "9999999");
    CHECK(packet.bytes()[58] == 0);
    Report reply;
    reply.bytes()[result_at] = 'n';
    base::store(reply.bytes(), 36, bytes("4294967295"));
    const auto slot = old_protocol::decode_slot(reply, true, true);
    REQUIRE(slot);
    CHECK(slot->counter_or_interval == 4'294'967'295U);
    base::store(reply.bytes(), 36, bytes("12x4"));
    CHECK_FALSE(old_protocol::decode_slot(reply, true, true));
}

TEST_CASE("A Storage's status is read as the page shows it, and waited for while it is busy", "[packets][storage]") {
    Report request = get_device_status();
    seal(request, 0);
    CHECK(same(request, report_of("2e 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                  "00 00 00 00 00 00 00 00 00 00 00 00 ef c4 9b 84")));
    const Report busy = report_of(
        "00 2e ef c4 9b 84 00 00 00 00 00 00 00 00 00 00"
        "00 00 00 00 05 2e 02 00 00 00 00 00 00 00 00 00"
        "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
        "00 00 00 00 00 00 00 00 00 00 00 00 4d 55 5b aa");
    CHECK(match(busy, request) == Match::pending);
    CHECK_FALSE(decode_device_status(busy));
    const Report done = report_of(
        "00 2e ef c4 9b 84 00 00 00 00 00 00 00 00 00 00"
        "00 00 00 00 05 2e 01 00 00 00 03 00 1c 18 33 01"
        "00 00 35 00 00 00 00 01 01 78 3b cc da 01 00 03"
        "03 3a 5e 00 00 00 00 00 00 00 00 00 a7 ec df 30");
    CHECK(match(done, request) == Match::ours);
    const auto status = decode_device_status(done);
    REQUIRE(status);
    CHECK(status->firmware_major == 0);
    CHECK(status->firmware_minor == 53);
    CHECK(status->build == 0);
    CHECK(status->sd_card_serial == 0xDACC3B78);
    CHECK(status->card_serial == 0x5E3A);
    CHECK(status->user_tries == 3);
    CHECK(status->admin_tries == 3);
    CHECK(status->unencrypted_active);
    CHECK(status->unencrypted_read_only);
    CHECK_FALSE(status->encrypted_active);
    CHECK(status->new_sd_card);
    CHECK(status->filled_with_random);
    CHECK(status->keys_initialised);
    CHECK_FALSE(status->firmware_locked);
}

TEST_CASE("A Storage's change of PIN, settings and erasing are the packets of the page", "[packets][storage]") {
    Report current = send_password(StoragePin::user, base::SecretText::copy_of("123456"));
    seal(current, 0);
    CHECK(same(current, report_of("32 50 31 32 33 34 35 36 00 00 00 00 00 00 00 00"
                                  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                  "00 00 00 00 00 00 00 00 00 00 00 00 89 8c a3 5c")));
    Report fresh = send_new_password(StoragePin::user, base::SecretText::copy_of("654321"));
    seal(fresh, 0);
    CHECK(same(fresh, report_of("33 50 36 35 34 33 32 31 00 00 00 00 00 00 00 00"
                                "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                "00 00 00 00 00 00 00 00 00 00 00 00 7e 6f b8 60")));
    Report config = write_config(bytes(temporary), {0xFF, 0xFF, 0xFF, 1, 0});
    seal(config, 0);
    CHECK(same(config, report_of("05 ff ff ff 01 00 30 31 32 33 34 35 36 37 38 39"
                                 "61 62 63 64 65 66 30 31 32 33 34 35 36 37 00 00"
                                 "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                 "00 00 00 00 00 00 00 00 00 00 00 00 d9 a0 fb c0")));
    Report erase = erase_slot(bytes(temporary), 0x20);
    seal(erase, 0);
    CHECK(same(erase, report_of("06 20 30 31 32 33 34 35 36 37 38 39 61 62 63 64"
                                "65 66 30 31 32 33 34 35 36 37 00 00 00 00 00 00"
                                "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                                "00 00 00 00 00 00 00 00 00 00 00 00 cd 5b 51 be")));
}

TEST_CASE("A started command that is not there shows the one before, and is not taken for done", "[packets][storage]") {
    Report request = check_smartcard_usage();
    seal(request, 0);
    Report reply;
    reply.bytes()[1] = 0x40;
    std::copy_n(request.bytes().begin() + 60, 4, reply.bytes().begin() + 2);
    reply.bytes()[21] = 0x2E;
    reply.bytes()[22] = 1;
    base::store_le32(reply.bytes(), 60, checksum(reply.bytes().first<checked_size>()));
    CHECK(match(reply, request) == Match::unknown);
}
