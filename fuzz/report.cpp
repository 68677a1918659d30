// Any bytes as a token's reply (the first 64) to any request (the next 64), through everything that decodes replies.
// Seeds: tests/wiredata.
#include "demand.hpp"
#include "wire/models.hpp"
#include "wire/old_protocol.hpp"
#include "wire/pro.hpp"
#include "wire/storage.hpp"

#include <algorithm>

using namespace tokendeck;

namespace {

wire::Report take(std::span<const std::uint8_t>& input) {
    wire::Report report;
    const auto part = input.first(std::min(input.size(), wire::report_size));
    std::ranges::copy(part, report.bytes().begin());
    input = input.subspan(part.size());
    return report;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span<const std::uint8_t> input(data, size);
    auto reply = take(input);
    auto request = take(input);

    // With its checksum mended, the reply gets past the first check and no further than it should.
    if (wire::match(reply, request) == wire::Match::ours) demand(reply.bytes()[0] == 0);
    const std::uint32_t checksum = wire::checksum(reply.bytes().first<wire::checked_size>());
    for (std::size_t i = 0; i < 4; ++i) reply.bytes()[60 + i] = static_cast<std::uint8_t>(checksum >> (8 * i));
    if (wire::match(reply, request) == wire::Match::ours) {
        demand(reply.bytes()[0] == 0 && reply.bytes()[1] == request.bytes()[0] && reply.bytes()[6] != 1);
        demand(std::ranges::equal(reply.bytes().subspan(2, 4), request.bytes().subspan(60, 4)));
    }

    const auto slot = wire::decode_slot(reply);
    demand(slot.name.size() <= wire::slot_name_size && slot.name.find('\0') == std::string::npos);
    const auto text = wire::code_text(wire::decode_code(reply));
    demand(text.size() >= 6 && text.size() <= 10);
    demand(std::ranges::all_of(text.view(), [](char c) { return c >= '0' && c <= '9'; }));
    const auto status = wire::decode_status(reply);
    for (const char* model : {"pro", "storage"}) {
        const auto* profile =
            wire::find_profile(*wire::find_model(model), {status.firmware_major, status.firmware_minor, 0});
        if (profile != nullptr) {
            demand(profile->limits.totp_slots >= 14);
            (void)wire::old_protocol::decode_slot(reply, true, profile->decimal_counter);
        }
    }
    (void)wire::decode_device_status(reply);
    (void)wire::decode_high_watermark(reply);
    demand(!wire::name(wire::started_status_of(reply)).empty());
    (void)wire::decode_retry_count(reply);
    demand(!wire::name(wire::status_of(reply)).empty() && !wire::name(wire::command_of(request)).empty());
    (void)wire::echo_matches_name(reply, slot.name);
    (void)wire::echo_matches_secret(reply, request.bytes().first(40), 40);
    return 0;
}
