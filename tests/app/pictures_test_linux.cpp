// What the wizard asks the app for, from the wish to the intent that ends it.
#include "app/pictures.hpp"
#include "desktop/errors.hpp"
#include "desktop/services_linux.hpp"
#include "state/fixtures.hpp"

using namespace mocks;
using namespace tokendeck::state;
using namespace tokendeck::state::test;

namespace {

const std::string close_request = "org.freedesktop.portal.Request.Close";

// Clipboard and screen that give what a test says.
struct Source {
    desktop::PictureSource source() {
        return {[this](const desktop::IsCancelled& is_cancelled) -> desktop::PictureOutcome {
                    ++clipboard_asked;
                    while (clipboard_silent && !is_cancelled()) std::this_thread::yield();
                    return base::SecretBytes::copy_of(std::vector<std::uint8_t>{7, 8});
                },
                [this]() -> desktop::PictureOutcome {
                    ++screen_asked;
                    if (screen_fails) return base::Error{desktop::errors::screen_absent};
                    return base::SecretBytes::copy_of(std::vector<std::uint8_t>{1, 2, 3});
                }};
    }
    std::atomic<int> clipboard_asked = 0;
    std::atomic<int> screen_asked = 0;
    std::atomic<bool> clipboard_silent = false;
    std::atomic<bool> screen_fails = false;
};

struct Main {
    Main() { apply(state, StartWizard{}); }

    // A wish as the wizard has it; what it wants of the app is handed over.
    template <typename Wish>
    void wish(Wish wish) {
        apply(state, std::move(wish));
        hand_over();
    }
    void hand_over() {
        while (!state.outbox.effects.empty()) {
            const Effect effect = std::move(state.outbox.effects.front());
            state.outbox.effects.pop_front();
            pictures.ask(state, effect);
        }
    }
    void turn() {
        (void)link.turn(state);
        (void)pictures.turn(state);
        hand_over();
    }
    template <typename Wanted>
    void turn_until(Wanted wanted) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (true) {
            turn();
            if (wanted()) return;
            REQUIRE(std::chrono::steady_clock::now() < until);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    void wait_for_ends(int wanted) {
        turn_until([&] { return ends >= wanted; });
        CHECK(ends == wanted);
    }
    // The window has been off the screen for its time.
    void let_hide() {
        REQUIRE(pictures.due());
        at(state, app::Pictures::hiding_time.count());
    }
    void take_screen() {
        wish(PictureOfScreen{});
        let_hide();
    }

    AppState state = with_token();
    int asides = 0;
    int ends = 0;  // each end brings the window back
    Source source{};
    app::DesktopLink link{nullptr, [] {}, nullptr};
    app::Pictures pictures{
        {[this] { ++asides; }, [this] { ++ends; }, [] { return "x11:2a"; }}, link, source.source(), nullptr};
};

bool holds(const base::SecretBytes& picture, const std::string& content) {
    const auto bytes = picture.bytes();
    return std::equal(bytes.begin(), bytes.end(), content.begin(), content.end());
}

bool browser_open(const AppState& state) {
    const auto* const input = state.wizard->in<state::InputStep>();
    return input != nullptr && input->browser.open;
}

std::string error_of(const AppState& state) {
    const auto* const input = state.wizard->in<state::InputStep>();
    return input != nullptr && input->error ? std::string(input->error->code.name) : "none";
}

std::string screenshot_file(const Buses& buses, const std::string& name, const std::string& content) {
    const std::filesystem::path file = buses.folder.path / name;
    std::ofstream(file, std::ios::binary) << content;
    return file.string();
}

// What a question leaves that was given up: the page as it was before, without a word.
void check_quiet(const AppState& state) {
    REQUIRE(state.wizard);
    CHECK(step_of(*state.wizard) == WizardStep::input);
    CHECK(state.wizard->asked_app == 0);
    CHECK(error_of(state) == "none");
    CHECK_FALSE(browser_open(state));
    CHECK(state.outbox.crypto.empty());
    CHECK_FALSE(state.notice);
}

}  // namespace

TEST_CASE("A picture of the screen is taken without our window on it, read, and its file is gone") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.wish(PictureOfScreen{});
    CHECK(main.asides == 1);
    REQUIRE(main.pictures.due());
    CHECK(*main.pictures.due() == main.state.now + app::Pictures::hiding_time);
    at(main.state, app::Pictures::hiding_time.count() - 1);
    main.turn();
    CHECK(main.pictures.due());  // the desktop is not asked while the window may still be seen
    at(main.state, app::Pictures::hiding_time.count());
    main.turn();
    CHECK_FALSE(main.pictures.due());
    CHECK(main.ends == 0);
    const std::string file = screenshot_file(buses, "Screenshot.png", "otpauth picture");
    portal.respond_later(take_screenshot, 0, {"file://" + file}, true);
    main.wait_for_ends(1);
    const auto read = take_request<channel::ReadAccountsInPicture>(main.state);
    CHECK(read.id == main.state.wizard->in<state::ReadingStep>()->request);
    CHECK(holds(read.picture, "otpauth picture"));
    CHECK(step_of(*main.state.wizard) == WizardStep::reading);
    CHECK(main.state.wizard->asked_app == 0);
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(main.source.screen_asked == 0);
}

TEST_CASE("A picture of the screen that cannot be read is told; a question that the person cancels is not") {
    struct Case {
        unsigned result;
        std::vector<std::string> uris;
        std::string error;
    };
    const auto one = GENERATE(Case{1, {}, "none"}, Case{0, {"file:///no/such/file.png"}, "app.screen-unreadable"});
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.take_screen();
    main.turn();
    const std::vector<std::string> uris = one.uris.empty() ? std::vector<std::string>{"file:///none"} : one.uris;
    portal.respond_later(take_screenshot, one.result, uris, true);
    main.wait_for_ends(1);
    CHECK(error_of(main.state) == one.error);
    CHECK(step_of(*main.state.wizard) == WizardStep::input);
    CHECK(main.state.wizard->asked_app == 0);
    CHECK(main.state.outbox.crypto.empty());
    // What the person did not want is not taken by another way.
    CHECK(main.source.screen_asked == 0);
}

TEST_CASE("Where the desktop's way to the screen fails, the window system's is taken if there is one") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.source.screen_fails = GENERATE(false, true);
    main.take_screen();
    main.turn();
    portal.respond_later(take_screenshot, 2, {"file:///none"}, true);
    main.wait_for_ends(1);
    CHECK(main.source.screen_asked == 1);
    if (main.source.screen_fails) CHECK(error_of(main.state) == "app.screen-absent");
    else CHECK(holds(take_request<channel::ReadAccountsInPicture>(main.state).picture, "\x01\x02\x03"));
}

TEST_CASE("A chooser that was closed leads back to the page, not to a list of folders") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.wish(ChooseFile{});
    main.turn();
    portal.respond_later(open_file, 2, {});
    main.wait_for_ends(1);
    check_quiet(main.state);
}

TEST_CASE(
    "When the portal goes away while it is asked for the screen the window system is, and the window comes back") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Main main;
    main.take_screen();
    {
        Portal portal(daemon.address());
        main.turn();
        portal.service.wait_for_call(take_screenshot);
    }
    main.wait_for_ends(1);
    CHECK(main.source.screen_asked == 1);
    CHECK(error_of(main.state) == "none");
}

TEST_CASE("Without a portal the screen is taken from the window system") {
    const Buses buses("");
    Main main;
    SECTION("which gives it") {
        main.take_screen();
        main.wait_for_ends(1);
        CHECK(holds(take_request<channel::ReadAccountsInPicture>(main.state).picture, "\x01\x02\x03"));
    }
    SECTION("which cannot, either") {
        main.source.screen_fails = true;
        main.take_screen();
        main.wait_for_ends(1);
        CHECK(error_of(main.state) == "app.screen-absent");
        CHECK(step_of(*main.state.wizard) == WizardStep::input);
        CHECK(main.state.outbox.crypto.empty());
    }
    CHECK(main.asides == 1);
    CHECK(main.source.screen_asked == 1);
    CHECK(main.state.wizard->asked_app == 0);
}

TEST_CASE("The pictures that are chosen in the desktop's chooser are read") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.wish(ChooseFile{});
    portal.respond_later(open_file, 0, {"file:///home/a/one%20qr.png", "file:///home/a/two.png"});
    main.wait_for_ends(1);
    CHECK(take_request<channel::ReadAccountsInImage>(main.state).path == "/home/a/one qr.png");
    CHECK(main.state.wizard->in<state::ReadingStep>()->to_read == std::vector<std::string>{"/home/a/two.png"});
    CHECK_FALSE(browser_open(main.state));
    CHECK(main.asides == 0);
}

TEST_CASE("A chooser that is closed leaves the page; one that gives no file of this computer is told") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.wish(ChooseFile{});
    SECTION("closed") {
        portal.respond_later(open_file, 1, {});
        main.wait_for_ends(1);
        check_quiet(main.state);
    }
    SECTION("elsewhere") {
        portal.respond_later(open_file, 0, {"https://example.org/qr.png"});
        main.wait_for_ends(1);
        CHECK(error_of(main.state) == "app.chooser-unreadable");
        CHECK_FALSE(browser_open(main.state));
    }
}

TEST_CASE("A portal that goes away while its chooser is open is told above the folder list") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    std::optional<Portal> portal;
    portal.emplace(daemon.address());
    Main main;
    main.wish(ChooseFile{});
    portal->service.wait_for_call(mocks::open_file);
    portal.reset();
    main.wait_for_ends(1);
    REQUIRE(browser_open(main.state));
    const auto& browser = main.state.wizard->in<state::InputStep>()->browser;
    REQUIRE(browser.error);
    CHECK(std::string(browser.error->code.name) == "app.chooser-gone");
}

TEST_CASE("The desktop's dialogs are told which window they belong to") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.wish(ChooseFile{});
    main.turn_until([&] { return portal.calls == 1; });
    CHECK(portal.last_parent() == "x11:2a");
    main.take_screen();
    main.turn_until([&] { return portal.calls == 2; });
    CHECK(portal.last_parent() == "x11:2a");
}

TEST_CASE("Without a chooser of the desktop's the folder list opens") {
    const Buses buses("");
    Main main;
    main.wish(ChooseFile{});
    main.wait_for_ends(1);
    CHECK(browser_open(main.state));
    CHECK(take_request<channel::ListFolder>(main.state).path.empty());
    CHECK(error_of(main.state) == "none");
}

TEST_CASE("A question that is given up ends once and quietly, and its late answer is nobody's") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    const auto cancel = [&] {
        const channel::MessageId id = main.state.wizard->asked_app;
        REQUIRE(id != 0);
        main.pictures.ask(main.state, Effect{CancelPicture{id + 1'000}});  // of another question
        CHECK(main.ends == 0);
        main.pictures.ask(main.state, Effect{CancelPicture{id}});
        CHECK(main.ends == 1);
        check_quiet(main.state);
        main.pictures.ask(main.state, Effect{CancelPicture{id}});
    };
    SECTION("while the window hides") {
        main.wish(PictureOfScreen{});
        cancel();
        at(main.state, 1'000);
        main.turn();
        CHECK_FALSE(portal.service.was_called(take_screenshot));
    }
    SECTION("while the desktop takes the picture") {
        main.take_screen();
        main.turn();
        portal.service.wait_for_call(take_screenshot);
        cancel();
        portal.service.wait_for_call(close_request);
        const std::string late = screenshot_file(buses, "late.png", "late");
        portal.respond_later(take_screenshot, 0, {"file://" + late}, true);
    }
    SECTION("while the chooser is open") {
        main.wish(ChooseFile{});
        portal.service.wait_for_call(open_file);
        cancel();
        portal.service.wait_for_call(close_request);
        portal.respond_later(open_file, 0, {"file:///late.png"});
    }
    SECTION("while the clipboard's owner is silent") {
        main.source.clipboard_silent = true;
        main.wish(PictureFromClipboard{});
        while (main.source.clipboard_asked == 0) std::this_thread::yield();
        cancel();
        main.source.clipboard_silent = false;
    }
    // The next question gets its own answer, and nothing came in between.
    main.wish(PictureFromClipboard{});
    main.wait_for_ends(2);
    CHECK(holds(take_request<channel::ReadAccountsInPicture>(main.state).picture, "\x07\x08"));
    CHECK(main.state.outbox.crypto.empty());
}

TEST_CASE("A new question takes the place of the one before, whose dialogue is closed") {
    const Daemon daemon;
    const Buses buses(daemon.address());
    Portal portal(daemon.address());
    Main main;
    main.wish(ChooseFile{});
    portal.service.wait_for_call(open_file);
    main.take_screen();
    CHECK(main.ends == 1);
    portal.service.wait_for_call(close_request);
    main.turn();
    const std::string file = screenshot_file(buses, "shot.png", "second");
    portal.respond_later(take_screenshot, 0, {"file://" + file}, true);
    main.wait_for_ends(2);
    CHECK(holds(take_request<channel::ReadAccountsInPicture>(main.state).picture, "second"));
    CHECK(main.state.outbox.crypto.empty());
}
