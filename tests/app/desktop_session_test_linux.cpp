#include "desktop_services_linux.hpp"

#include <fcntl.h>

using namespace mocks;

TEST_CASE("The session's lock and the computer's sleep reach main, and sleep is held up until main has forgotten") {
    const Daemon daemon;
    const bool knows_auto = GENERATE(true, false);
    Logind logind(daemon.address(), knows_auto);
    const Buses buses("", daemon.address());
    app::DesktopBus desktop(nullptr, nullptr);
    (void)status_with(desktop, [](const app::DesktopStatus& s) { return s.sleep_told; });
    logind.service.wait_for_call("org.freedesktop.login1.Manager.Inhibit");
    CHECK(logind.inhibited == "sleep/delay");

    logind.service.signal(session_path, "org.freedesktop.login1.Session", "Lock", "");
    (void)next<app::ScreenLocked>(desktop);
    logind.service.signal(session_path, "org.freedesktop.login1.Session", "Unlock", "");
    (void)next<app::ScreenUnlocked>(desktop);
    logind.service.signal(session_path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                          "org.freedesktop.login1.Session", 2, "IdleHint", "b", 1, "LockedHint", "b", 1, 0);
    (void)next<app::ScreenLocked>(desktop);

    logind.service.signal("/org/freedesktop/login1", manager, "PrepareForSleep", "b", 1);
    (void)next<app::Sleeping>(desktop);
    char byte = 0;
    REQUIRE(fcntl(logind.reader, F_SETFL, O_NONBLOCK) == 0);
    CHECK(read(logind.reader, &byte, 1) < 0);  // still held: the other end is open
    send(desktop, app::ReadyToSleep{});
    REQUIRE(fcntl(logind.reader, F_SETFL, 0) == 0);
    CHECK(read(logind.reader, &byte, 1) == 0);  // waits until it is closed
    (void)close(logind.reader.exchange(-1));
    logind.service.signal("/org/freedesktop/login1", manager, "PrepareForSleep", "b", 0);
    (void)next<app::Woke>(desktop);
}

TEST_CASE("Another session's lock is not ours") {
    const Daemon daemon;
    Logind logind(daemon.address());
    const Buses buses("", daemon.address());
    app::DesktopBus desktop(nullptr, nullptr);
    (void)status_with(desktop, [](const app::DesktopStatus& s) { return s.sleep_told; });
    logind.service.signal("/org/freedesktop/login1/session/other", "org.freedesktop.login1.Session", "Lock", "");
    logind.service.signal(session_path, "org.freedesktop.login1.Session", "Unlock", "");
    while (true) {
        auto event = desktop.take();
        if (!event) continue;
        REQUIRE_FALSE(std::holds_alternative<app::ScreenLocked>(*event));
        if (std::holds_alternative<app::ScreenUnlocked>(*event)) break;
    }
}

TEST_CASE("A screen saver that covers the screen is a lock, whoever provides it") {
    const Daemon daemon;
    const std::string name = GENERATE("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.xfce.ScreenSaver",
                                      "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver");
    Service saver(daemon.address(), {name}, {});
    const Buses buses(daemon.address());
    app::DesktopBus desktop(nullptr, nullptr);
    (void)status_with(desktop, [](const app::DesktopStatus& s) { return s.session_bus; });
    // The bus carries out what was sent before this, so the match is there when the request has ended.
    send(desktop, app::ChooseFiles{1, "t", "", "", false});
    (void)next<app::DesktopRequestEnded>(desktop);
    saver.signal("/org/ScreenSaver", name.c_str(), "ActiveChanged", "b", 1);
    (void)next<app::ScreenLocked>(desktop);
    saver.signal("/org/ScreenSaver", name.c_str(), "ActiveChanged", "b", 0);
    (void)next<app::ScreenUnlocked>(desktop);
}

TEST_CASE("Without any bus the desktop is absent at once, and nothing is awaited") {
    const Buses buses("");
    app::DesktopBus desktop(nullptr, nullptr);
    CHECK(next<app::DesktopStatus>(desktop) == app::DesktopStatus{});
    send(desktop, app::ChooseFiles{7, "t", "", "", false});
    const auto ended = next<app::DesktopRequestEnded>(desktop);
    CHECK(ended.id == 7);
    CHECK(ended.reason == app::DesktopRequestEnded::Reason::absent);
    send(desktop, app::ShowInTray{});
    send(desktop, app::LeaveTray{});
    send(desktop, app::ReadyToSleep{});
    send(desktop, app::CancelDesktopRequest{7});
}

TEST_CASE("A bus that goes away while the program runs is told, and what was asked ends") {
    Daemon daemon;
    Service portal(daemon.address(), {"org.freedesktop.portal.Desktop"}, [](sd_bus_message* call) {
        return sd_bus_reply_method_return(call, "o", "/org/freedesktop/portal/desktop/request/x/y") >= 0;
    });
    const Buses buses(daemon.address());
    app::DesktopBus desktop(nullptr, nullptr);
    send(desktop, app::ChooseFiles{3, "t", "", "", false});
    portal.wait_for_call("org.freedesktop.portal.FileChooser.OpenFile");
    daemon.end();
    CHECK(next<app::DesktopRequestEnded>(desktop).id == 3);
    send(desktop, app::TakeScreenshot{4, ""});
    CHECK(next<app::DesktopRequestEnded>(desktop).reason == app::DesktopRequestEnded::Reason::absent);
}
