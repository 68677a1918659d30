// Whatever a reply says that is ours and whole by all its signs, no value that cannot be is taken from it.
#include "device/token_bench.hpp"

#include <random>

using namespace tokendeck;
using namespace tokendeck::device;
using namespace tokendeck::device::test;
using otp::SlotState;
using wire::Command;

namespace {

// Writes random bytes into replies. The same reply gets the same ones each time it is read, so that reading it again
// does not tell.
class Scribbler {
  public:
    explicit Scribbler(unsigned seed) : seed_(seed) {}

    void operator()(wire::Report& reply) const {
        auto bytes = reply.bytes();
        std::mt19937 engine(seed_ ^ base::load_le32(bytes, 2));
        const auto below = [&](unsigned limit) { return static_cast<unsigned>(engine() % limit); };
        const bool started = wire::is_started(static_cast<Command>(bytes[1]));
        // A started command's block is what says that it is done, and the magic that there is a status.
        const std::size_t first = started ? wire::device_status_at + 2 : wire::result_at;
        switch (below(4)) {
            case 0:
            case 1: return;
            case 2:
                for (unsigned many = 1 + below(3); many > 0; --many)
                    bytes[first + below(static_cast<unsigned>(wire::checksum_at - first))] = odd(engine);
                break;
            default:
                for (std::size_t at = first; at < wire::checksum_at; ++at) bytes[at] = odd(engine);
                break;
        }
        const auto device_status = std::exchange(bytes[0], std::uint8_t{0});
        reseal(reply);
        bytes[0] = device_status;
    }

  private:
    // Small numbers are what may look right.
    static std::uint8_t odd(std::mt19937& engine) {
        return static_cast<std::uint8_t>(engine() % 2 == 0 ? engine() % 8 : engine());
    }

    unsigned seed_;
};

void check_possible(const Session& session) {
    const channel::TokenStatus& status = session.status();
    CHECK(status.firmware_major <= 9);
    CHECK(status.firmware_minor <= 99);
    CHECK(status.user_tries.value_or(0) <= 3);
    CHECK(status.admin_tries.value_or(0) <= 3);
    for (const otp::SlotSummary& slot : session.slots()) {
        INFO(otp::text(slot.id) << " " << otp::name(slot.state) << ", counter " << slot.parameters.counter
                                << ", period " << slot.parameters.period);
        CHECK((slot.parameters.digits == 6 || slot.parameters.digits == 8));
        if (slot.state == SlotState::unreadable) {
            const bool hotp = slot.parameters.kind == otp::OtpKind::hotp;
            CHECK((hotp ? slot.parameters.counter : slot.parameters.period) == 0);
        } else if (slot.state != SlotState::empty && slot.parameters.kind == otp::OtpKind::totp) {
            CHECK(slot.parameters.period <= status.limits.period_max);
        } else if (slot.state != SlotState::empty) {
            // An old Storage counts further than is written to it here; all ones is an erased counter.
            const std::uint64_t most = std::max<std::uint64_t>(status.limits.counter_max, UINT32_MAX);
            CHECK((slot.parameters.counter <= most || slot.parameters.counter == UINT64_MAX));
        }
    }
}

}  // namespace

TEST_CASE("Of replies with random contents and right checksums no impossible value is taken") {
    const auto* const model = GENERATE("pro-0.7", "pro-0.8", "pro-0.15", "librem", "storage-0.53", "storage-0.57");
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "github", rfc_secret, 6, 30)).ok());
    REQUIRE(bench.write(write_command(totp(2), "FIFTEEN LETTERS", rfc_secret, 8, 60)).ok());
    REQUIRE(bench.write(write_command(hotp(1), "bank", rfc_secret, 6, 3)).ok());
    unsigned accepted = 0, refused = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        INFO(model << ", seed " << seed);
        bench.change_read = Scribbler(seed * 7919);
        const bool read = bench.session->refresh().ok();
        ++(read ? accepted : refused);
        // What a session that could not read everything has is from before.
        check_possible(*bench.session);
        for (const auto& slot : {totp(1), totp(2)}) {
            auto code = bench.code(slot);
            if (!code.ok()) continue;
            CHECK(std::to_string(code.value().code.size()) == std::to_string(code.value().slot.parameters.digits));
            CHECK(code.value().slot.parameters.period > 0);
            CHECK(code.value().slot.state != SlotState::unreadable);
        }
    }
    CHECK(accepted > 0);
    CHECK(refused > 0);
}

// Before, the session was left without the table's row for its firmware, and its next command crashed.
TEST_CASE("A token that names another firmware than when it was opened is not believed, and goes on being served") {
    const auto* const model = GENERATE("pro-0.15", "storage-0.57");
    const std::uint8_t minor = GENERATE(std::uint8_t{3}, std::uint8_t{8}, std::uint8_t{53}, std::uint8_t{99});
    INFO(model << ", 0." << int{minor});
    TokenBench bench(model);
    REQUIRE(bench.write(write_command(totp(1), "github", rfc_secret, 6, 30)).ok());
    bench.change_read = [&](wire::Report& reply) {
        auto bytes = reply.bytes();
        const auto command = static_cast<Command>(bytes[1]);
        if (command == (bench.storage() ? Command::get_device_status : Command::get_status))
            bytes[bench.storage() ? wire::device_status_at + 5 : wire::result_at] = minor;
        const auto device_status = std::exchange(bytes[0], std::uint8_t{0});
        reseal(reply);
        bytes[0] = device_status;
    };
    const auto refreshed = bench.session->refresh();
    REQUIRE_FALSE(refreshed.ok());
    CHECK(refreshed.error().code == errors::impossible_firmware);
    CHECK(bench.session->status().firmware_minor == bench.state().firmware_minor);
    CHECK(bench.code(totp(1)).ok());
}

TEST_CASE("A period that cannot be gives no code, and is not called 0 seconds") {
    TokenBench bench("storage-0.57");
    REQUIRE(bench.write(write_command(totp(1), "github", rfc_secret, 6, 30)).ok());
    bench.change_read = [](wire::Report& reply) {
        if (static_cast<Command>(reply.bytes()[1]) != Command::read_slot || reply.bytes()[7] == 0) return;
        base::store_le64(reply.bytes(), 36, 0xFFFF'FFFF);
        reseal(reply);
    };
    REQUIRE(bench.session->refresh().ok());
    CHECK(bench.slot(totp(1)).state == SlotState::unreadable);
    auto code = bench.code(totp(1));
    REQUIRE_FALSE(code.ok());
    CHECK(code.failure().error.code == errors::impossible_value);
    CHECK(code.failure().error.field == "period");
    CHECK_FALSE(code.failure().error.actual.has_value());
}
