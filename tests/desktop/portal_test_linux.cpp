#include "desktop/file_uri.hpp"
#include "desktop/portal_linux.hpp"
#include "desktop/services_linux.hpp"
#include "desktop/xfconf_linux.hpp"

#include <algorithm>
#include <sstream>

using namespace mocks;
using Reason = desktop::DesktopRequestEnded::Reason;

TEST_CASE("The files that are chosen in the desktop's dialog reach main, whenever the answer comes") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    const std::vector<std::string> uris{"file:///home/a/qr%20code.png", "file://localhost/tmp/b%C3%A4.png"};
    SECTION("at the path that was foretold, before the reply to the call") {
        Portal portal(daemon.address());
        {
            const std::lock_guard guard(portal.mutex);
            portal.answered_at_once = uris;
        }
        desktop::DesktopBus desktop(nullptr, nullptr);
        send(desktop, desktop::ChooseFiles{5, "Choose", "Pictures", "", true});
        const auto chosen = next<desktop::FilesChosen>(desktop);
        CHECK(chosen.id == 5);
        CHECK(chosen.paths == std::vector<std::string>{"/home/a/qr code.png", "/tmp/b\xC3\xA4.png"});
    }
    SECTION("at a path of an old portal's own choice") {
        Portal portal(daemon.address(), true);
        desktop::DesktopBus desktop(nullptr, nullptr);
        send(desktop, desktop::ChooseFiles{5, "Choose", "", "", true});
        portal.service.wait_for_call(open_file);
        // The new match is on the bus when a later request of ours has been answered.
        send(desktop, desktop::TakeScreenshot{6, ""});
        portal.service.wait_for_call(take_screenshot);
        send(desktop, desktop::CancelDesktopRequest{6});
        portal.service.wait_for_call("org.freedesktop.portal.Request.Close");
        portal.respond_later(open_file, 0, uris);
        CHECK(next<desktop::FilesChosen>(desktop).paths.size() == 2);
    }
}

TEST_CASE(
    "A dialog that the user closes, that is refused, or that gives no file of this machine, ends with its reason") {
    struct Case {
        unsigned result;
        std::vector<std::string> uris;
        Reason reason;
    };
    const auto one = GENERATE(Case{1, {}, Reason::cancelled}, Case{2, {}, Reason::dismissed},
                              Case{0, {}, Reason::unreadable}, Case{0, {"https://x/y.png"}, Reason::unreadable},
                              Case{0, {"file:///a.png", "smb://b/c.png"}, Reason::unreadable});
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    send(desktop, desktop::ChooseFiles{9, "Choose", "", "", true});
    portal.respond_later(open_file, one.result, one.uris);
    const auto ended = next<desktop::DesktopRequestEnded>(desktop);
    CHECK(ended.id == 9);
    CHECK(ended.reason == one.reason);
}

TEST_CASE("A request that is cancelled closes its dialog, and ends once") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    send(desktop, desktop::ChooseFiles{1, "Choose", "", "", false});
    portal.service.wait_for_call(open_file);
    send(desktop, desktop::CancelDesktopRequest{1});
    CHECK(next<desktop::DesktopRequestEnded>(desktop).reason == Reason::cancelled);
    portal.service.wait_for_call("org.freedesktop.portal.Request.Close");
    portal.respond_later(open_file, 0, {"file:///late.png"});
    send(desktop, desktop::ChooseFiles{2, "Choose", "", "", false});
    send(desktop, desktop::CancelDesktopRequest{2});
    while (true) {
        auto event = desktop.take();
        if (!event) continue;
        REQUIRE_FALSE(std::holds_alternative<desktop::FilesChosen>(*event));
        const auto* ended = std::get_if<desktop::DesktopRequestEnded>(&*event);
        if (ended == nullptr) continue;
        CHECK(ended->id == 2);
        break;
    }
}

TEST_CASE("The dialog is closed when the program ends") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    {
        desktop::DesktopBus desktop(nullptr, nullptr);
        send(desktop, desktop::ChooseFiles{1, "Choose", "", "", false});
        portal.service.wait_for_call(open_file);
    }
    portal.service.wait_for_call("org.freedesktop.portal.Request.Close");
}

TEST_CASE("Nobody but the portal can answer a request") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Service other(daemon.address(), {}, {});
    desktop::DesktopBus desktop(nullptr, nullptr);
    send(desktop, desktop::ChooseFiles{1, "Choose", "", "", false});
    portal.service.wait_for_call(open_file);
    std::string path;
    {
        const std::lock_guard guard(portal.mutex);
        path = portal.handle;
    }
    other.run_there([&](sd_bus* bus) { Portal::respond(bus, path, 0, {"file:///etc/evil.png"}); });
    portal.respond_later(open_file, 0, {"file:///good.png"});
    CHECK(next<desktop::FilesChosen>(desktop).paths == std::vector<std::string>{"/good.png"});
}

TEST_CASE("A portal that goes away ends what it was asked; none at all is absent") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    {
        Portal portal(daemon.address());
        send(desktop, desktop::ChooseFiles{1, "Choose", "", "", false});
        portal.service.wait_for_call(open_file);
    }
    CHECK(next<desktop::DesktopRequestEnded>(desktop).reason == Reason::no_answer);
    send(desktop, desktop::TakeScreenshot{2, ""});
    CHECK(next<desktop::DesktopRequestEnded>(desktop).reason == Reason::absent);
    Service without(daemon.address(), {portal_name}, {});
    send(desktop, desktop::TakeScreenshot{3, ""});
    CHECK(next<desktop::DesktopRequestEnded>(desktop).reason == Reason::absent);
}

TEST_CASE("A picture of the screen is read and deleted, and nothing of its content goes over the bus") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Traffic traffic(daemon.address());
    Portal portal(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    const std::filesystem::path file = buses.folder.path / "Screenshot.png";
    const std::string content = "JBSWY3DPEHPK3PXP 755224";
    std::ofstream(file, std::ios::binary) << content;
    send(desktop, desktop::TakeScreenshot{4, ""});
    portal.respond_later(take_screenshot, 0, {"file://" + file.string()}, true);
    const auto taken = next<desktop::ScreenshotTaken>(desktop);
    CHECK(taken.id == 4);
    const auto bytes = taken.picture.bytes();
    CHECK(std::equal(bytes.begin(), bytes.end(), content.begin(), content.end()));
    CHECK_FALSE(std::filesystem::exists(file));
    const std::string all = traffic.until("Response");
    CHECK(all.find("Screenshot.png") != std::string::npos);
    CHECK(all.find("JBSWY3DPEHPK3PXP") == std::string::npos);
    CHECK(all.find("755224") == std::string::npos);
}

TEST_CASE("A picture of the screen that is a link, or none, is not followed") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    const std::filesystem::path real = buses.folder.path / "letter";
    std::ofstream(real) << "mine";
    const std::filesystem::path link = buses.folder.path / "shot.png";
    std::filesystem::create_symlink(real, link);
    send(desktop, desktop::TakeScreenshot{4, ""});
    portal.respond_later(take_screenshot, 0, {"file://" + link.string()}, true);
    CHECK(next<desktop::DesktopRequestEnded>(desktop).reason == Reason::unreadable);
    CHECK(std::filesystem::exists(real));
}

TEST_CASE("What the desktop prefers is told at start and when it changes") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Service portal(daemon.address(), {portal_name}, [](sd_bus_message* call) {
        if (!is_call(call, settings, "ReadAll")) return false;
        return sd_bus_reply_method_return(call, "a{sa{sv}}", 2, "org.freedesktop.appearance", 3, "color-scheme", "u",
                                          1U, "accent-color", "(ddd)", 0.1, 0.2, 0.3, "contrast", "u", 1U,
                                          "org.gnome.desktop.interface", 2, "enable-animations", "b", 0, "font-name",
                                          "s", "Sans") >= 0;
    });
    desktop::DesktopBus desktop(nullptr, nullptr);
    CHECK(next<desktop::DesktopPreferences>(desktop) == desktop::DesktopPreferences{true, true});
    constexpr const char* path = "/org/freedesktop/portal/desktop";
    portal.signal(path, settings, "SettingChanged", "ssv", "org.freedesktop.appearance", "color-scheme", "u", 2U);
    CHECK(next<desktop::DesktopPreferences>(desktop) == desktop::DesktopPreferences{false, true});
    portal.signal(path, settings, "SettingChanged", "ssv", "org.freedesktop.appearance", "color-scheme", "u", 99U);
    CHECK(next<desktop::DesktopPreferences>(desktop) == desktop::DesktopPreferences{std::nullopt, true});
    // The portal's own word on motion counts before GNOME's.
    portal.signal(path, settings, "SettingChanged", "ssv", "org.freedesktop.appearance", "reduced-motion", "u", 0U);
    CHECK(next<desktop::DesktopPreferences>(desktop) == desktop::DesktopPreferences{std::nullopt, false});
    // A value of another type is none, so GNOME's counts again.
    portal.signal(path, settings, "SettingChanged", "ssv", "org.freedesktop.appearance", "reduced-motion", "s", "high");
    CHECK(next<desktop::DesktopPreferences>(desktop) == desktop::DesktopPreferences{std::nullopt, true});
}

TEST_CASE("XFCE's theme is told by its name, at start and when it changes") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    constexpr const char* name = "org.xfce.Xfconf";
    Service xfconf(daemon.address(), {name}, [](sd_bus_message* call) {
        if (!is_call(call, name, "GetProperty")) return false;
        return sd_bus_reply_method_return(call, "v", "s", "Greybird-dark") >= 0;
    });
    desktop::DesktopBus desktop(nullptr, nullptr);
    CHECK(next<desktop::ThemeNamed>(desktop).dark == true);
    xfconf.signal("/org/xfce/Xfconf", name, "PropertyChanged", "ssv", "xsettings", "/Net/IconThemeName", "s", "dark");
    xfconf.signal("/org/xfce/Xfconf", name, "PropertyChanged", "ssv", "xsettings", "/Net/ThemeName", "s", "Greybird");
    CHECK(next<desktop::ThemeNamed>(desktop).dark == false);
}

TEST_CASE("A theme's name says that it is dark by the word alone") {
    using desktop::names_dark;
    for (const char* const dark :
         {"Adwaita-dark", "Greybird-dark", "Arc-Dark", "Mint-Y-Dark-Aqua", "Adwaita:dark", "Dark"})
        CHECK(names_dark(dark) == true);
    for (const char* const light : {"Adwaita", "Darkstar", "Arc-Darker", "Landarkia"})
        CHECK(names_dark(light) == false);
    CHECK_FALSE(names_dark("").has_value());
}

TEST_CASE("Only a file URI of this machine is a path") {
    using desktop::path_of_uri;
    CHECK(path_of_uri("file:///a/b%25c") == "/a/b%c");
    CHECK(path_of_uri("file://localhost/a") == "/a");
    CHECK_FALSE(path_of_uri("file://host/a"));
    CHECK_FALSE(path_of_uri("file:/a"));
    CHECK_FALSE(path_of_uri("/a"));
    CHECK_FALSE(path_of_uri("file:///a%0"));
    CHECK_FALSE(path_of_uri("file:///a%zz"));
    CHECK_FALSE(path_of_uri("file:///a%00b"));
    CHECK_FALSE(path_of_uri("file:///a?x"));
}
