#include "desktop/single_instance.hpp"

#include "desktop/bus.hpp"
#include "desktop/mocks_linux.hpp"

using namespace mocks;
using Start = desktop::Claim::Start;
using namespace std::chrono_literals;

TEST_CASE("A second start brings the first to the front, and ends") {
    const bool with_bus = GENERATE(true, false);
    INFO((with_bus ? "over the bus" : "over the socket"));
    std::optional<Daemon> daemon;
    if (with_bus) daemon.emplace();
    const Buses buses(with_bus ? daemon->address() : "");
    desktop::Claim first = desktop::claim_instance(5s);
    REQUIRE(first.start == Start::first);
    REQUIRE(first.hold);
    {
        desktop::DesktopBus desktop(std::move(first.hold), nullptr);
        const desktop::Claim second = desktop::claim_instance(5s);
        CHECK(second.start == Start::second);
        CHECK_FALSE(second.hold);
        (void)next<desktop::Activated>(desktop);
    }
    // The first has ended, so the next is a first again.
    CHECK(desktop::claim_instance(5s).start == Start::first);
}

TEST_CASE("A first start that does not answer is told of, not waited for") {
    const bool with_bus = GENERATE(true, false);
    std::optional<Daemon> daemon;
    if (with_bus) daemon.emplace();
    const Buses buses(with_bus ? daemon->address() : "");
    const desktop::Claim first = desktop::claim_instance(5s);
    REQUIRE(first.start == Start::first);
    CHECK(desktop::claim_instance(100ms).start == Start::first_silent);
}

TEST_CASE("A bus that answers late is not taken for none, which would make a second first start") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    const desktop::Claim first = desktop::claim_instance(5s);
    REQUIRE(first.start == Start::first);
    daemon.pause();
    std::thread later([&] {
        std::this_thread::sleep_for(300ms);
        daemon.go_on();
    });
    CHECK(desktop::claim_instance(10ms).start == Start::first_silent);
    later.join();
}

TEST_CASE("A first start that broke off without the bus leaves nothing that keeps the next from being a first") {
    const Buses buses("");
    std::ofstream(buses.folder.path / "tokendeck.lock") << "";
    std::ofstream(buses.folder.path / "tokendeck.socket") << "";
    desktop::Claim first = desktop::claim_instance(5s);
    REQUIRE(first.start == Start::first);
    desktop::DesktopBus desktop(std::move(first.hold), nullptr);
    CHECK(desktop::claim_instance(5s).start == Start::second);
}

TEST_CASE("Without a bus and without a runtime folder each start is a first") {
    const Buses buses("");
    const Variable runtime("XDG_RUNTIME_DIR", "");
    const desktop::Claim first = desktop::claim_instance(1s);
    CHECK(first.start == Start::first);
    CHECK(desktop::claim_instance(1s).start == Start::first);
}

TEST_CASE("The desktop starts the program a second time through org.freedesktop.Application too") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    desktop::Claim first = desktop::claim_instance(5s);
    desktop::DesktopBus desktop(std::move(first.hold), nullptr);
    const Bus caller = connect(daemon.address());
    CHECK(sd_bus_call_method(caller.get(), "org.tokendeck.Tokendeck", "/org/tokendeck/Tokendeck",
                             "org.freedesktop.Application", "Open", nullptr, nullptr, "asa{sv}", 1, "file:///x", 2,
                             "other", "u", 3U, "desktop-startup-id", "s", "id-3") >= 0);
    (void)next<desktop::Activated>(desktop);
    CHECK(sd_bus_call_method(caller.get(), "org.tokendeck.Tokendeck", "/org/tokendeck/Tokendeck",
                             "org.freedesktop.Application", "ActivateAction", nullptr, nullptr, "sava{sv}", "x", 0,
                             0) >= 0);
    (void)next<desktop::Activated>(desktop);
}
