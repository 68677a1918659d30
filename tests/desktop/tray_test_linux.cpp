#include "desktop/services_linux.hpp"
#include "desktop/tray_linux.hpp"

using namespace mocks;

namespace {

otp::SlotId totp(std::uint8_t number) {
    return otp::NumberedSlot{otp::OtpKind::totp, number};
}

desktop::ShowInTray content(std::vector<desktop::TraySlot> slots) {
    return {"Open tokendeck", "Quit", std::move(slots)};
}

bool in_tray(const desktop::DesktopStatus& status) {
    return status.tray;
}

}  // namespace

TEST_CASE("A click on a slot in the tray asks for that slot, by its name and nothing else") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Traffic traffic(daemon.address());
    Watcher watcher(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    send(desktop, content({{totp(3), "git_hub"}, {totp(1), "caf\xE9\n"}, {totp(2), ""}}));
    (void)status_with(desktop, in_tray);
    const Bus tray = connect(daemon.address());
    const std::string item = watcher.item_name();
    const auto shown = menu_of(tray.get(), item);
    REQUIRE(shown.size() == 6);
    CHECK(shown[0].second == "git__hub");
    CHECK(shown[1].second == "caf\xEF\xBF\xBD ");
    CHECK(shown[2].second == "totp:2");
    CHECK(shown[3].second == "-");
    CHECK(shown[4].second == "Open tokendeck");
    CHECK(shown[5].second == "Quit");
    click(tray.get(), item, shown[0].first);
    CHECK(next<desktop::CopySlot>(desktop).slot == totp(3));
    click(tray.get(), item, shown[4].first);
    (void)next<desktop::OpenFromTray>(desktop);
    click(tray.get(), item, shown[5].first);
    (void)next<desktop::QuitFromTray>(desktop);
    CHECK(sd_bus_call_method(tray.get(), item.c_str(), "/StatusNotifierItem", "org.kde.StatusNotifierItem", "Activate",
                             nullptr, nullptr, "ii", 1, 2) >= 0);
    (void)next<desktop::OpenFromTray>(desktop);
    // Of the slots only their names go out, in the menu's layout.
    const std::string all = traffic.until("Activate");
    CHECK(all.find("git__hub") != std::string::npos);
    CHECK(all.find("totp:3") == std::string::npos);
}

TEST_CASE("A click on a menu that is out of date never copies another slot") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Watcher watcher(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    send(desktop, content({{totp(1), "old"}, {totp(2), "both"}}));
    (void)status_with(desktop, in_tray);
    const Bus tray = connect(daemon.address());
    const std::string item = watcher.item_name();
    const auto before = menu_of(tray.get(), item);
    Traffic traffic(daemon.address());
    send(desktop, content({{totp(2), "both"}, {totp(3), "new"}}));
    (void)traffic.until("LayoutUpdated");
    const auto after = menu_of(tray.get(), item);
    CHECK(after[0].first == before[1].first);
    CHECK(after[1].first != before[0].first);
    click(tray.get(), item, before[0].first);
    click(tray.get(), item, before[1].first);
    CHECK(next<desktop::CopySlot>(desktop).slot == totp(2));
}

TEST_CASE("The item is there while there is a tray and a program, and gone after") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    std::optional<desktop::DesktopBus> desktop(std::in_place, nullptr, nullptr);
    send(*desktop, content({}));
    {
        Watcher late(daemon.address());
        (void)status_with(*desktop, in_tray);
    }
    (void)status_with(*desktop, [](const desktop::DesktopStatus& s) { return !s.tray; });
    Watcher again(daemon.address());
    (void)status_with(*desktop, in_tray);
    const std::string item = again.item_name();
    const Bus tray = connect(daemon.address());
    CHECK(menu_of(tray.get(), item).size() == 2);
    desktop.reset();
    // Its name goes, which is how a tray learns of it.
    const auto until = std::chrono::steady_clock::now() + patience;
    while (sd_bus_call_method(tray.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                              "GetNameOwner", nullptr, nullptr, "s", item.c_str()) >= 0) {
        REQUIRE(std::chrono::steady_clock::now() < until);
    }
}

TEST_CASE("A tray can read all of the item's and the menu's properties") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Watcher watcher(daemon.address());
    desktop::DesktopBus desktop(nullptr, nullptr);
    send(desktop, content({{totp(1), "one"}}));
    (void)status_with(desktop, in_tray);
    const Bus tray = connect(daemon.address());
    const std::string item = watcher.item_name();
    const auto count = [&](const char* path, const char* interface) {
        sd_bus_message* raw = nullptr;
        REQUIRE(sd_bus_call_method(tray.get(), item.c_str(), path, "org.freedesktop.DBus.Properties", "GetAll", nullptr,
                                   &raw, "s", interface) >= 0);
        const BusMessage reply(raw);
        REQUIRE(sd_bus_message_enter_container(raw, 'a', "{sv}") > 0);
        int properties = 0;
        while (sd_bus_message_skip(raw, "{sv}") > 0) ++properties;
        return properties;
    };
    CHECK(count("/StatusNotifierItem", "org.kde.StatusNotifierItem") == 10);
    CHECK(count("/MenuBar", menu) == 4);
    for (const char* const member : {"GetGroupProperties", "AboutToShowGroup", "EventGroup"}) {
        INFO(member);
        const std::string name = member;
        const int done =
            name == "GetGroupProperties"
                ? sd_bus_call_method(tray.get(), item.c_str(), "/MenuBar", menu, member, nullptr, nullptr, "aias", 0, 0)
            : name == "AboutToShowGroup"
                ? sd_bus_call_method(tray.get(), item.c_str(), "/MenuBar", menu, member, nullptr, nullptr, "ai", 1, 0)
                : sd_bus_call_method(tray.get(), item.c_str(), "/MenuBar", menu, member, nullptr, nullptr, "a(isvu)", 1,
                                     10, "clicked", "s", "", 0U);
        CHECK(done >= 0);
    }
    CHECK(next<desktop::CopySlot>(desktop).slot == totp(1));
    CHECK(sd_bus_call_method(tray.get(), item.c_str(), "/MenuBar", menu, "GetLayout", nullptr, nullptr, "iias", 99, -1,
                             0) < 0);
}
