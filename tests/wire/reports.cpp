// Checksums, words for codes, codes as text, models, and decoders that are fed anything.
#include "base/bytes.hpp"
#include "support/catch.hpp"
#include "support/wiredata.hpp"
#include "wire/models.hpp"
#include "wire/pro.hpp"
#include "wire/transport.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <type_traits>

using namespace tokendeck;

namespace {

// CRC-32/MPEG-2, which the page names as an equal of the hardware's checksum when the bytes of each word are reversed.
std::uint32_t mpeg2(std::span<const std::uint8_t> bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const std::uint8_t byte : bytes) {
        crc ^= std::uint32_t{byte} << 24;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 31) != 0 ? (crc << 1) ^ 0x04C11DB7U : crc << 1;
    }
    return crc;
}

wire::Report random_report(std::mt19937& random) {
    wire::Report report;
    for (auto& byte : report.bytes()) byte = static_cast<std::uint8_t>(random());
    return report;
}

std::string text_of(const wire::Code& code) {
    return std::string(wire::code_text(code).view());  // codes of this test are nobody's
}

}  // namespace

TEST_CASE("The checksum has the values of the protocol page") {
    const auto vectors = read_checksums("wiredata/checksums.txt");
    REQUIRE(vectors.size() == 5);
    for (const auto& vector : vectors) {
        INFO(vector.name);
        CHECK(wire::checksum(vector.bytes) == vector.checksum);
    }
}

TEST_CASE("The checksum is CRC-32/MPEG-2 over words with their bytes reversed") {
    const std::uint8_t check[] = {'1', '2', '3', '4', '5', '6', '7', '8', '9'};
    REQUIRE(mpeg2(check) == 0x0376E6E7);
    std::mt19937 random(1);
    for (int i = 0; i < 1000; ++i) {
        const auto report = random_report(random);
        std::array<std::uint8_t, 60> reversed{};
        for (std::size_t k = 0; k < 60; ++k) reversed[k] = report.bytes()[k / 4 * 4 + 3 - k % 4];
        CHECK(wire::checksum(report.bytes().first<60>()) == mpeg2(reversed));
    }
}

TEST_CASE("A report is moved, wiped where it was, and never copied by accident") {
    static_assert(!std::is_copy_constructible_v<wire::Report> && !std::is_copy_assignable_v<wire::Report>);
    auto report = wire::authenticate(true, base::SecretText::copy_of("12345678"), std::vector<std::uint8_t>(25, 1));
    const auto blank = [](const wire::Report& r) {
        return std::ranges::all_of(r.bytes(), [](std::uint8_t byte) { return byte == 0; });
    };
    wire::Report other = std::move(report);
    CHECK(blank(report));
    CHECK_FALSE(blank(other));
    report = std::move(other);
    CHECK(blank(other));
    report.clear();
    CHECK(blank(report));
}

TEST_CASE("A code has as many digits as its slot says, with zeros in front") {
    CHECK(text_of({0, false}) == "000000");
    CHECK(text_of({0, true}) == "00000000");
    CHECK(text_of({7081804, true}) == "07081804");
    CHECK(text_of({5924, false}) == "005924");
    CHECK(text_of({999999, false}) == "999999");
    CHECK(text_of({99999999, true}) == "99999999");
    CHECK(text_of({UINT32_MAX, false}) == "4294967295");  // a token gone wrong is shown as it is, not cut
}

TEST_CASE("A slot's name ends at the first zero byte and may be any fifteen bytes") {
    wire::Report report;
    CHECK(wire::decode_slot(report).name.empty());
    std::ranges::fill(report.bytes().subspan(7, 15), std::uint8_t{0xFF});
    report.bytes()[22] = 'X';  // the config byte right after it
    CHECK(wire::decode_slot(report).name == std::string(15, '\xFF'));
    report.bytes()[10] = 0;
    CHECK(wire::decode_slot(report).name == std::string(3, '\xFF'));
    CHECK(unsigned{wire::decode_slot(report).config} == 'X');
}

TEST_CASE("Decoders take any 64 bytes") {
    std::mt19937 random(2);
    for (int i = 0; i < 5000; ++i) {
        auto report = random_report(random);
        auto request = random_report(random);
        if (i % 2 == 0) {  // with everything that is checked before decoding in order
            report.bytes()[0] = 0;
            report.bytes()[1] = request.bytes()[0];
            report.bytes()[21] = request.bytes()[0];
            report.bytes()[22] = 1;  // a started command's block says ok
            base::store(report.bytes(), 2, request.bytes().subspan(60, 4));
            base::store_le32(report.bytes(), 60, wire::checksum(report.bytes().first<60>()));
        }
        const auto match = wire::match(report, request);
        if (i % 2 == 0) CHECK(match == (report.bytes()[6] == 1 ? wire::Match::rejected : wire::Match::ours));
        else CHECK(match != wire::Match::ours);
        CHECK(wire::decode_slot(report).name.size() <= 15);
        const auto text = wire::code_text(wire::decode_code(report));
        CHECK((text.size() >= 6 && text.size() <= 10));
        CHECK(std::ranges::all_of(text.view(), [](char c) { return c >= '0' && c <= '9'; }));
        CHECK(wire::decode_status(report).card_serial == base::load_le32(report.bytes(), 9));
        CHECK(wire::decode_retry_count(report) == report.bytes()[7]);
        CHECK_FALSE(wire::name(wire::status_of(report)).empty());
        CHECK_FALSE(wire::name(wire::command_of(request)).empty());
    }
}

TEST_CASE("Every command and status has a name of its own, and what is in no table is unknown") {
    std::set<std::string_view> names;
    std::size_t known = 0;
    for (unsigned id = 0; id < 256; ++id) {
        const auto name = wire::name(static_cast<wire::Command>(id));
        if (name == "unknown") continue;
        ++known;
        names.insert(name);
    }
    CHECK(known == 62);
    CHECK(names.size() == known);
    names.clear();
    known = 0;
    for (unsigned value = 0; value < 256; ++value) {
        const auto name = wire::name(static_cast<wire::CommandStatus>(value));
        if (name == "unknown") continue;
        ++known;
        names.insert(name);
    }
    CHECK(known == 16);
    CHECK(names.size() == known);
}

TEST_CASE("Slots have the ids of the protocol page, and no others can be asked for") {
    const auto* pro = wire::find_model("pro");
    REQUIRE(pro != nullptr);
    const auto* profile = wire::find_profile(*pro, {0, 15, 0});
    REQUIRE(profile != nullptr);
    const auto* limits = &profile->limits;
    const auto id = [&](otp::OtpKind kind, unsigned number) {
        return wire::slot_code(otp::NumberedSlot{kind, static_cast<std::uint8_t>(number)}, *limits);
    };
    CHECK(id(otp::OtpKind::hotp, 1) == std::optional<std::uint8_t>{std::uint8_t{0x10}});
    CHECK(id(otp::OtpKind::hotp, 3) == std::optional<std::uint8_t>{std::uint8_t{0x12}});
    CHECK_FALSE(id(otp::OtpKind::hotp, 4));  // 0x13 is for VERIFY_OTP_CODE
    CHECK_FALSE(id(otp::OtpKind::hotp, 0));
    CHECK(id(otp::OtpKind::totp, 1) == std::optional<std::uint8_t>{std::uint8_t{0x20}});
    CHECK(id(otp::OtpKind::totp, 15) == std::optional<std::uint8_t>{std::uint8_t{0x2E}});
    CHECK_FALSE(id(otp::OtpKind::totp, 16));
    CHECK_FALSE(id(otp::OtpKind::totp, 0));
    CHECK_FALSE(id(otp::OtpKind::totp, 255));
    CHECK_FALSE(wire::slot_code(otp::NamedSlot{"github"}, *limits));
}

TEST_CASE("A token is recognised by vendor and product together, and served only when its protocol is spoken") {
    const auto* pro = wire::find_model(0x20A0, 0x4108);
    REQUIRE(pro != nullptr);
    CHECK(pro->key == "pro");
    CHECK(wire::find_model("pro") == pro);
    const auto* librem = wire::find_model(0x316D, 0x4C4B);
    REQUIRE(librem != nullptr);
    CHECK(librem->served());
    CHECK(wire::find_model(0x316D, 0x4108) == nullptr);
    CHECK(wire::find_model(0x20A0, 0x0000) == nullptr);
    CHECK(wire::find_model("") == nullptr);
    const auto* storage = wire::find_model(0x20A0, 0x4109);
    REQUIRE(storage != nullptr);
    CHECK(storage->served());
    const auto* other = wire::find_model("nk3");
    REQUIRE(other != nullptr);
    CHECK_FALSE(other->served());
    CHECK(wire::find_profile(*other, {1, 7, 0}) == nullptr);

    std::set<std::pair<unsigned, unsigned>> ids;
    std::set<std::string_view> keys;
    for (const auto& model : wire::models()) {
        ids.insert({model.vendor_id, model.product_id});
        keys.insert(model.key);
    }
    CHECK(ids.size() == wire::models().size());
    CHECK(keys.size() == wire::models().size());
}

TEST_CASE("A Pro 0.7 holds 20 bytes, from 0.8 on it holds 40, and older firmware is in no row") {
    const auto* pro = wire::find_model("pro");
    REQUIRE(pro != nullptr);
    CHECK(wire::find_profile(*pro, {0, 6, 0}) == nullptr);
    for (const std::uint8_t minor : {std::uint8_t{7}, std::uint8_t{8}, std::uint8_t{15}, std::uint8_t{255}}) {
        const auto* profile = wire::find_profile(*pro, {0, minor, 0});
        REQUIRE(profile != nullptr);
        const auto& limits = profile->limits;
        CHECK(limits.hotp_slots == 3);
        CHECK(limits.totp_slots == 15);
        CHECK(limits.secret_bytes_max == (minor == 7 ? 20U : 40U));
        CHECK(limits.name_bytes_max == 15);
        CHECK(limits.period_max == 65535);
        CHECK_FALSE(limits.seven_digits);
        CHECK_FALSE(limits.sha256);
        CHECK_FALSE(limits.sha512);
    }
}

TEST_CASE("The names of errors are different and carry their room") {
    std::set<std::string_view> names;
    for (const auto& code : wire::errors::all) {
        CHECK(code.name.rfind("wire.", 0) == 0);
        names.insert(code.name);
    }
    CHECK(names.size() == wire::errors::all.size());
}
