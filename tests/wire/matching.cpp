// Which reply is ours. A token shows other answers too: the one before, another program's, a damaged one.
#include "base/bytes.hpp"
#include "support/catch.hpp"
#include "support/wiredata.hpp"
#include "wire/pro.hpp"

using namespace tokendeck;

namespace {

wire::Report request_of(std::uint16_t nonce) {
    auto request = wire::read_slot(0x20);
    wire::seal(request, nonce);
    return request;
}

void renew(wire::Report& report) {
    base::store_le32(report.bytes(), 60, wire::checksum(report.bytes().first<60>()));
}

wire::Report answer_to(const wire::Report& request, wire::CommandStatus status = wire::CommandStatus::ok) {
    wire::Report answer;
    answer.bytes()[1] = request.bytes()[0];
    base::store(answer.bytes(), 2, request.bytes().subspan(60, 4));
    answer.bytes()[6] = static_cast<std::uint8_t>(status);
    renew(answer);
    return answer;
}

}  // namespace

TEST_CASE("The answer to the request is ours, whatever status it has") {
    const auto request = request_of(1);
    CHECK(wire::match(answer_to(request), request) == wire::Match::ours);
    for (const unsigned status : {2U, 3U, 4U, 5U, 6U, 7U, 9U, 10U, 100U, 200U}) {
        const auto answer = answer_to(request, static_cast<wire::CommandStatus>(status));
        CHECK(wire::match(answer, request) == wire::Match::ours);
        CHECK(static_cast<unsigned>(wire::status_of(answer)) == status);
    }
}

TEST_CASE("A token that is busy, or has not begun, is asked again, whatever else the report shows") {
    const auto request = request_of(1);
    for (const std::uint8_t state : {std::uint8_t{1}, std::uint8_t{3}}) {
        auto answer = answer_to(request);
        answer.bytes()[0] = state;
        CHECK(wire::match(answer, request) == wire::Match::pending);
        wire::Report half_built;  // no checksum yet
        half_built.bytes()[0] = state;
        CHECK(wire::match(half_built, request) == wire::Match::pending);
    }
}

TEST_CASE("The answer to an equal request before this one is not ours: the nonce tells them apart") {
    const auto before = request_of(1);
    const auto now = request_of(2);
    CHECK(wire::match(answer_to(before), now) == wire::Match::not_ours);
    CHECK(wire::match(answer_to(before), before) == wire::Match::ours);
}

TEST_CASE("Another command's answer is not ours even with our checksum in it") {
    const auto request = request_of(1);
    auto answer = answer_to(request);
    answer.bytes()[1] ^= 1;
    renew(answer);
    CHECK(wire::match(answer, request) == wire::Match::not_ours);
}

TEST_CASE("One wrong bit anywhere in the answer is never taken for ours") {
    const auto request = request_of(1);
    for (std::size_t bit = 0; bit < 64 * 8; ++bit) {
        auto answer = answer_to(request);
        answer.bytes()[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        INFO(bit);
        CHECK(wire::match(answer, request) != wire::Match::ours);
    }
}

TEST_CASE("The blank report of before the first command is damaged, not ours") {
    auto request = wire::get_status();
    wire::seal(request, 0);
    CHECK(wire::match(wire::Report{}, request) == wire::Match::damaged);
}

TEST_CASE("A device status that no firmware has is damaged") {
    const auto request = request_of(1);
    for (unsigned state = 0; state < 256; ++state) {
        if (state == 0 || state == 1 || state == 3) continue;
        auto answer = answer_to(request);
        answer.bytes()[0] = static_cast<std::uint8_t>(state);
        CHECK(wire::match(answer, request) == wire::Match::damaged);
    }
}

TEST_CASE("A request that reached the token damaged was rejected, wherever the damage was") {
    const auto request = request_of(1);
    const auto in_checksum = answer_to(request, wire::CommandStatus::wrong_crc);  // the token computes what we sent
    CHECK(wire::match(in_checksum, request) == wire::Match::rejected);
    auto in_payload = answer_to(request, wire::CommandStatus::wrong_crc);
    in_payload.bytes()[2] ^= 0x40;
    renew(in_payload);
    CHECK(wire::match(in_payload, request) == wire::Match::rejected);
}

TEST_CASE("Sealing touches the nonce and the checksum only, and each nonce gives another checksum") {
    auto plain = wire::send_secret(std::vector<std::uint8_t>(25, 0xAA), std::vector<std::uint8_t>(40, 0xBB), 0);
    auto sealed = wire::Report::copy_of(plain.bytes());
    wire::seal(sealed, 0xBEEF);
    CHECK(std::ranges::equal(sealed.bytes().first(58), plain.bytes().first(58)));
    CHECK(unsigned{sealed.bytes()[58]} == 0xEF);
    CHECK(unsigned{sealed.bytes()[59]} == 0xBE);
    auto other = wire::Report::copy_of(plain.bytes());
    wire::seal(other, 0xBEF0);
    CHECK_FALSE(std::ranges::equal(sealed.bytes().subspan(60), other.bytes().subspan(60)));
}

TEST_CASE("Only commands that change nothing may be sent twice") {
    std::vector<unsigned> repeatable;
    for (unsigned id = 0; id < 256; ++id)
        if (wire::repeatable(static_cast<wire::Command>(id))) repeatable.push_back(id);
    CHECK(repeatable == std::vector<unsigned>{0x00, 0x02, 0x03, 0x09, 0x0F, 0x2E, 0x40, 0x70});
}
