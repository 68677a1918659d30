// What the desktop tells, joined to the window's state.
#include "app/desktop_link.hpp"
#include "desktop/services_linux.hpp"
#include "state/fixtures.hpp"
#include "support/languages.hpp"
#include "words/texts.hpp"

using namespace mocks;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

namespace {

otp::SlotId totp(std::uint8_t number) {
    return otp::NumberedSlot{otp::OtpKind::totp, number};
}

// The link with a window that only counts.
struct Main {
    explicit Main(AppState from) : state(std::move(from)) {}

    template <typename Wanted>
    void turn_until(Wanted wanted) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (true) {
            (void)link.turn(state);
            if (wanted()) return;
            REQUIRE(std::chrono::steady_clock::now() < until);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    // Until the desktop's thread has carried out all it was sent so far. There is no portal in such a test.
    void settle() {
        constexpr desktop::DesktopRequestId probe = 1'000'000;
        (void)link.turn(state);  // what is due goes before the probe
        REQUIRE(link.send(desktop::ChooseFiles{probe, "t", "", "", false}));
        turn_until([&] {
            const auto answer = link.take_answer();
            const auto* ended = answer ? std::get_if<desktop::DesktopRequestEnded>(&*answer) : nullptr;
            return ended != nullptr && ended->id == probe;
        });
    }

    AppState state;
    int raised = 0;
    app::DesktopLink link{nullptr, [this] { ++raised; }, nullptr};
};

std::vector<otp::SlotSummary> two_accounts() {
    auto slots = empty_slots();
    for (const std::size_t i : {std::size_t{3}, std::size_t{4}}) slots[i].state = otp::SlotState::programmed;
    slots[3].name = "github";
    slots[4].name = "mail";
    return slots;
}

void show_code(AppState& state, const otp::SlotSummary& slot, const char* code) {
    apply(state, CopyCode{slot.id});
    const auto get = take_command<channel::GetCode>(state);
    apply(state, channel::CodeRead{
                     get.id, slot, base::SecretText::copy_of(code), {start_unix * 1000}, {(start_unix + 30) * 1000}});
    REQUIRE(state.shown);
    REQUIRE(state.clipboard);
}

// All that has to go: a code shown and lent, another one awaited, a PIN accepted, a secret kept after the proof.
AppState with_all_to_forget() {
    AppState state = at_review(two_accounts());
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto write = take_command<channel::WriteSlot>(state);
    channel::SlotProven proven;
    proven.id = write.id;
    proven.slot = {write.slot, otp::SlotState::proven, write.name, write.parameters};
    proven.code = base::SecretText::copy_of("123456");
    proven.secret = std::move(write.secret);
    apply(state, std::move(proven));
    show_code(state, state.active->slots[3], "755224");
    state.active->status.pin_protected_codes = true;
    state.active->status.user_pin_held = true;
    state.active->user_pin_accepted_at = state.now;
    at(state, 27'000);
    apply(state, CopyCode{totp(2)});
    REQUIRE(state.shown);
    REQUIRE(state.awaited);
    REQUIRE(wizard_keeps_secret(*state.wizard));
    state.outbox.effects.clear();
    return state;
}

void check_all_forgotten(const AppState& state) {
    CHECK_FALSE(state.shown);
    CHECK_FALSE(state.awaited);
    CHECK(state.recent_hotp.empty());
    CHECK_FALSE(state.clipboard);
    CHECK(std::ranges::any_of(state.outbox.effects, [](const Effect& effect) {
        return std::holds_alternative<ClearClipboardIfOurs>(effect);
    }));
    CHECK_FALSE(wizard_keeps_secret(*state.wizard));
    CHECK_FALSE(state.active->status.user_pin_held);
    CHECK_FALSE(state.active->user_pin_accepted_at);
    CHECK(user_pin_needed(state));
    CHECK(std::ranges::any_of(state.outbox.device, [](const channel::DeviceCommand& command) {
        const auto* forget = std::get_if<channel::ForgetPins>(&command);
        return forget != nullptr && !forget->admin_only;
    }));
}

bool still_held_up(const Logind& logind) {
    char byte = 0;
    REQUIRE(fcntl(logind.reader, F_SETFL, O_NONBLOCK) == 0);
    return read(logind.reader, &byte, 1) < 0;
}

// What the menu shows, when it has become that.
void wait_for_menu(Main& main, sd_bus* tray, const std::string& item, const std::vector<std::string>& labels) {
    main.turn_until([&] {
        std::vector<std::string> shown;
        for (const auto& [number, label] : menu_of(tray, item)) shown.push_back(label);
        return shown == labels;
    });
}

}  // namespace

TEST_CASE("A lock of the screen takes away all that is secret or opens what is") {
    const Daemon daemon;
    Logind logind(daemon.address());
    const Buses buses("", daemon.address());
    Main main(with_all_to_forget());
    logind.service.wait_for_call("org.freedesktop.login1.Manager.Inhibit");
    CHECK_FALSE(main.link.take_forget());
    // Until it is heard: which session this is the link learns only after it knows that there is a logind.
    main.turn_until([&] {
        logind.service.signal(session_path, "org.freedesktop.login1.Session", "Lock", "");
        return main.link.take_forget();
    });
    check_all_forgotten(main.state);
    // A lock alone does not end what holds up the next sleep, not even when all is forgotten.
    apply(main.state, channel::Done{take_command<channel::ForgetPins>(main.state).id});
    main.settle();
    CHECK(still_held_up(logind));
}

TEST_CASE("The computer sleeps only when the device's thread has forgotten the PINs, however that ended") {
    const Daemon daemon;
    Logind logind(daemon.address());
    const Buses buses("", daemon.address());
    Main main(with_all_to_forget());
    logind.service.wait_for_call("org.freedesktop.login1.Manager.Inhibit");
    main.turn_until([&] { return main.link.status().sleep_told; });
    logind.service.signal("/org/freedesktop/login1", manager, "PrepareForSleep", "b", 1);
    main.turn_until([&] { return main.link.take_forget(); });
    check_all_forgotten(main.state);
    main.settle();
    CHECK(still_held_up(logind));
    const auto forget = take_command<channel::ForgetPins>(main.state);  // the device's thread has it now
    main.settle();
    CHECK(still_held_up(logind));
    if (GENERATE(true, false)) apply(main.state, channel::Done{forget.id});
    else apply(main.state, channel::CommandFailed{forget.id, base::Error{{"device.gone"}}});
    main.settle();
    char byte = 0;
    REQUIRE(fcntl(logind.reader, F_SETFL, 0) == 0);
    CHECK(read(logind.reader, &byte, 1) == 0);  // waits until it is closed
}

TEST_CASE("Dark and reduced motion are as the desktop says, and unknown while it says nothing") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Service portal(daemon.address(), {portal_name}, [](sd_bus_message* call) {
        if (!is_call(call, mocks::settings, "ReadAll")) return false;
        return sd_bus_reply_method_return(call, "a{sa{sv}}", 2, "org.freedesktop.appearance", 1, "color-scheme", "u",
                                          1U, "org.gnome.desktop.interface", 1, "enable-animations", "b", 0) >= 0;
    });
    Main main(fresh());
    CHECK_FALSE(main.link.dark());
    CHECK_FALSE(main.link.reduced_motion());
    main.turn_until([&] { return main.link.dark().has_value(); });
    CHECK(main.link.dark() == true);
    CHECK(main.link.reduced_motion() == true);
    const auto change = [&](const char* group, const char* key, unsigned value) {
        portal.signal("/org/freedesktop/portal/desktop", mocks::settings, "SettingChanged", "ssv", group, key, "u",
                      value);
    };
    change("org.freedesktop.appearance", "color-scheme", 2);
    main.turn_until([&] { return main.link.dark() == false; });
    change("org.freedesktop.appearance", "reduced-motion", 0);
    main.turn_until([&] { return main.link.reduced_motion() == false; });
    change("org.freedesktop.appearance", "color-scheme", 0);
    main.turn_until([&] { return !main.link.dark(); });
    CHECK(main.link.reduced_motion() == false);
}

TEST_CASE("The tray lists the used slots of the open token by name, never a code, and a click asks for that slot's") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Traffic traffic(daemon.address());
    Watcher watcher(daemon.address());
    Main main(with_token(two_accounts()));
    show_code(main.state, main.state.active->slots[3], "755224");
    main.turn_until([&] { return !watcher.item_name().empty(); });
    const std::string item = watcher.item_name();
    const Bus tray = connect(daemon.address());
    const std::string open(words::text(words::Key::tray_open));
    const std::string quit(words::text(words::Key::tray_quit));
    wait_for_menu(main, tray.get(), item, {"github", "mail", "-", open, quit});

    const auto shown = menu_of(tray.get(), item);
    SECTION("a code that the token gives at once") {
        click(tray.get(), item, shown[1].first);
        main.turn_until([&] { return has_command(main.state); });
        CHECK(take_command<channel::GetCode>(main.state).slot == totp(2));
        CHECK_FALSE(has_command(main.state));
        CHECK(main.raised == 0);
    }
    SECTION("a code for which a PIN has to be typed brings the window to the front") {
        main.state.active->status.pin_protected_codes = true;
        REQUIRE(user_pin_needed(main.state));
        click(tray.get(), item, shown[1].first);
        main.turn_until([&] { return has_command(main.state); });
        auto get = take_command<channel::GetCode>(main.state);
        CHECK(get.slot == totp(2));
        CHECK(get.user_pin.empty());
        CHECK(main.raised == 1);
    }
    SECTION("a code that is on display is lent again and not told to the tray") {
        main.state.clipboard.reset();
        click(tray.get(), item, shown[0].first);
        main.turn_until([&] { return main.state.clipboard.has_value(); });
        CHECK_FALSE(has_command(main.state));
    }
    SECTION("another name, another language, another token") {
        main.state.active->slots[4].name = "post";
        wait_for_menu(main, tray.get(), item, {"github", "post", "-", open, quit});
        words::set_language(in_german);
        const std::string german_open(words::text(words::Key::tray_open));
        const std::string german_quit(words::text(words::Key::tray_quit));
        CHECK(german_quit != quit);
        wait_for_menu(main, tray.get(), item, {"github", "post", "-", german_open, german_quit});
        words::set_language(words::Language::english);
        apply(main.state, channel::TokenLost{"a"});
        wait_for_menu(main, tray.get(), item, {open, quit});
    }
    REQUIRE(sd_bus_call_method(tray.get(), item.c_str(), "/StatusNotifierItem", "org.kde.StatusNotifierItem",
                               "Activate", nullptr, nullptr, "ii", 1, 2) >= 0);
    const std::string all = traffic.until("Activate");
    CHECK(all.find("github") != std::string::npos);
    CHECK(all.find("755224") == std::string::npos);
}

TEST_CASE("Opening from the tray brings the window to the front, quitting from it ends the program") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Watcher watcher(daemon.address());
    Main main(fresh());
    main.turn_until([&] { return !watcher.item_name().empty(); });
    const std::string item = watcher.item_name();
    const Bus tray = connect(daemon.address());
    const auto shown = menu_of(tray.get(), item);
    REQUIRE(shown.size() == 2);
    click(tray.get(), item, shown[0].first);
    main.turn_until([&] { return main.raised > 0; });
    CHECK_FALSE(main.link.quit());
    click(tray.get(), item, shown[1].first);
    main.turn_until([&] { return main.link.quit(); });
    CHECK(main.raised == 1);
}
