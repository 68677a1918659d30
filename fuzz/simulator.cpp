// Any bytes as a simulated token's state file; and any bytes, 64 at a time and with their checksum mended, as requests
// to one of any model, whose state and power must stay such that they can be written and read again.
// Seeds: tests/wiredata.
#include "base/random.hpp"
#include "demand.hpp"
#include "simulator/simulated_token.hpp"

#include <algorithm>

using namespace tokendeck;

namespace {

// The same in every run.
class Constant final : public base::Random {
  public:
    base::Result<void> fill(std::span<std::uint8_t> bytes) override {
        std::ranges::fill(bytes, std::uint8_t{1});
        return {};
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = simulator::parse_state({reinterpret_cast<const char*>(data), size});
    if (read) demand(simulator::parse_state(simulator::write_state(read.value()).view()).ok());

    Constant random;
    const auto models = simulator::simulated_models();
    auto fresh = simulator::new_token(models[size % models.size()], random);
    demand(fresh.ok());
    const simulator::TimingProfile timing{};
    simulator::SimulatedToken token(std::move(fresh).value(), random, timing);
    const simulator::Faults faults;
    base::SteadyTime now{};
    demand(token.plug_in(now).ok());
    for (std::span<const std::uint8_t> left(data, size); !left.empty() && token.power_on() != 0;) {
        wire::Report request;
        const auto part = left.first(std::min(left.size(), wire::report_size));
        std::ranges::copy(part, request.bytes().begin());
        left = left.subspan(part.size());
        const std::uint32_t checksum = wire::checksum(request.bytes().first<wire::checked_size>());
        for (std::size_t i = 0; i < 4; ++i) request.bytes()[60 + i] = static_cast<std::uint8_t>(checksum >> (8 * i));
        now += std::chrono::seconds{2};
        const auto taken = token.firmware().set_report(request, now, faults);
        demand(taken.ok() && taken.value());
        const auto reply = token.firmware().get_report(now, faults);
        demand(reply.ok() && reply.value().bytes()[0] == 0 && reply.value().bytes()[1] == request.bytes()[0]);
    }
    demand(simulator::parse_state(simulator::write_state(token.state()).view()).ok());
    const auto power = simulator::write_power(token.power(), "boot");
    demand(simulator::parse_power(power.view(), "boot").has_value());
    return 0;
}
