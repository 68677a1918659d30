#include "desktop/services_linux.hpp"

#include <fcntl.h>

using namespace mocks;

TEST_CASE("The session's lock and the computer's sleep reach main, and sleep is held up until main has forgotten") {
    const Daemon daemon;
    const bool knows_auto = GENERATE(true, false);
    Logind logind(daemon.address(), knows_auto);
    const Buses buses("", daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    (void)status_with(desktop, [](const desktop::DesktopStatus& s) { return s.sleep_told; });
    logind.service.wait_for_call("org.freedesktop.login1.Manager.Inhibit");
    CHECK(logind.inhibited == "sleep/delay");

    logind.service.signal(session_path, "org.freedesktop.login1.Session", "Lock", "");
    (void)next<desktop::ScreenLocked>(desktop);
    logind.service.signal(session_path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                          "org.freedesktop.login1.Session", 2, "IdleHint", "b", 1, "LockedHint", "b", 1, 0);
    (void)next<desktop::ScreenLocked>(desktop);

    logind.service.signal("/org/freedesktop/login1", manager, "PrepareForSleep", "b", 1);
    (void)next<desktop::Sleeping>(desktop);
    char byte = 0;
    REQUIRE(fcntl(logind.reader, F_SETFL, O_NONBLOCK) == 0);
    CHECK(read(logind.reader, &byte, 1) < 0);  // still held: the other end is open
    send(desktop, desktop::ReadyToSleep{});
    REQUIRE(fcntl(logind.reader, F_SETFL, 0) == 0);
    CHECK(read(logind.reader, &byte, 1) == 0);  // waits until it is closed
    (void)close(logind.reader.exchange(-1));
    logind.service.signal("/org/freedesktop/login1", manager, "PrepareForSleep", "b", 0);
    (void)next<desktop::Woke>(desktop);
}

TEST_CASE("Another session's lock is not ours, and neither is an unlocked screen") {
    const Daemon daemon;
    Logind logind(daemon.address());
    const Buses buses("", daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    (void)status_with(desktop, [](const desktop::DesktopStatus& s) { return s.sleep_told; });
    logind.service.signal("/org/freedesktop/login1/session/other", "org.freedesktop.login1.Session", "Lock", "");
    logind.service.signal(session_path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                          "org.freedesktop.login1.Session", 1, "LockedHint", "b", 0, 0);
    logind.service.signal("/org/freedesktop/login1", manager, "PrepareForSleep", "b", 1);
    while (true) {
        auto event = desktop.take();
        if (!event) continue;
        REQUIRE_FALSE(std::holds_alternative<desktop::ScreenLocked>(*event));
        if (std::holds_alternative<desktop::Sleeping>(*event)) break;
    }
}

TEST_CASE("A screen saver that covers the screen is a lock, whoever provides it") {
    const Daemon daemon;
    const std::string name = GENERATE("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.xfce.ScreenSaver",
                                      "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver");
    Service saver(daemon.address(), {name}, {});
    const Buses buses(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    (void)status_with(desktop, [](const desktop::DesktopStatus& s) { return s.session_bus; });
    // The bus carries out what was sent before this, so the match is there when the request has ended.
    send(desktop, desktop::ChooseFiles{1, "t", "", "", false});
    (void)next<desktop::DesktopRequestEnded>(desktop);
    saver.signal("/org/ScreenSaver", name.c_str(), "ActiveChanged", "b", 1);
    (void)next<desktop::ScreenLocked>(desktop);
}

TEST_CASE("Without any bus the desktop is absent at once, and nothing is awaited") {
    const Buses buses("");
    desktop::DesktopBus desktop(nullptr, nullptr);
    CHECK(next<desktop::DesktopStatus>(desktop) == desktop::DesktopStatus{});
    send(desktop, desktop::ChooseFiles{7, "t", "", "", false});
    const auto ended = next<desktop::DesktopRequestEnded>(desktop);
    CHECK(ended.id == 7);
    CHECK(ended.reason == desktop::DesktopRequestEnded::Reason::absent);
    send(desktop, desktop::ShowInTray{});
    send(desktop, desktop::ReadyToSleep{});
    send(desktop, desktop::CancelDesktopRequest{7});
}

TEST_CASE("A bus that goes away while the program runs is told, and what was asked ends") {
    Daemon daemon;
    Service portal(daemon.address(), {"org.freedesktop.portal.Desktop"}, [](sd_bus_message* call) {
        return sd_bus_reply_method_return(call, "o", "/org/freedesktop/portal/desktop/request/x/y") >= 0;
    });
    const Buses buses(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    send(desktop, desktop::ChooseFiles{3, "t", "", "", false});
    portal.wait_for_call("org.freedesktop.portal.FileChooser.OpenFile");
    daemon.end();
    CHECK(next<desktop::DesktopRequestEnded>(desktop).id == 3);
    send(desktop, desktop::TakeScreenshot{4, ""});
    CHECK(next<desktop::DesktopRequestEnded>(desktop).reason == desktop::DesktopRequestEnded::Reason::absent);
}
