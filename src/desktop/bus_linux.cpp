#include "desktop/bus.hpp"

#include "base/mailbox.hpp"
#include "desktop/activation_linux.hpp"
#include "desktop/portal_linux.hpp"
#include "desktop/session_linux.hpp"
#include "desktop/single_instance_linux.hpp"
#include "desktop/tray_linux.hpp"
#include "desktop/xfconf_linux.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

using namespace desktop;
using std::chrono::steady_clock;

// How soon news are offered again that did not fit into the mailbox.
constexpr std::chrono::milliseconds full_mailbox_retry{20};
// For a bus to greet; one that does not is as good as none.
constexpr std::chrono::seconds greeting_limit{5};
// Messages taken from one bus before the other and main have their turn.
constexpr int messages_in_a_turn = 64;

// One connection and when it is to be looked at again.
struct Line {
    Bus bus{};

    // False: it is lost.
    bool work() const {
        for (int i = 0; i < messages_in_a_turn; ++i) {
            const int done = sd_bus_process(bus.get(), nullptr);
            if (done < 0) return false;
            if (done == 0) return true;
        }
        return true;
    }

    [[nodiscard]] pollfd descriptor() const {
        if (!bus) return {-1, 0, 0};
        const int events = sd_bus_get_events(bus.get());
        return {sd_bus_get_fd(bus.get()), static_cast<short>(events < 0 ? 0 : events), 0};
    }

    // sd-bus counts microseconds of CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<Moment> next() const {
        std::uint64_t at = 0;
        if (!bus || sd_bus_get_timeout(bus.get(), &at) < 0 || at == std::numeric_limits<std::uint64_t>::max())
            return {};
        timespec now{};
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        const auto now_microseconds =
            static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
        const std::uint64_t left = at > now_microseconds ? at - now_microseconds : 0;
        return steady_clock::now() + std::chrono::microseconds(left);
    }
};

}  // namespace

struct DesktopBus::Parts {
    Parts(std::unique_ptr<InstanceHold> hold_given, void (*wake_given)())
        : wake(wake_given), bell(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        // Made by claim_instance of this system: it can be nothing else.
        hold.reset(static_cast<LinuxHold*>(hold_given.release()));
        thread = std::thread([this] { run(); });
    }
    ~Parts() {
        ending = true;
        ring();
        thread.join();
        if (bell >= 0) (void)::close(bell);
    }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    void ring() const {
        const std::uint64_t one = 1;
        (void)!::write(bell, &one, sizeof one);
    }

    // ---- from here: the desktop's thread ----

    void run();
    void open();
    void lose_session();
    void lose_system();
    void obey(DesktopCommand&& command);
    void tell(DesktopEvent&& event) { news.push_back(std::move(event)); }
    void hand_over();
    void tell_status();
    void sleep() const;

    void (*const wake)();
    const int bell;
    base::Mailbox<DesktopCommand> commands{63};
    base::Mailbox<DesktopEvent> events{63};
    std::atomic<bool> ending = false;

    std::unique_ptr<LinuxHold> hold{};
    Line session{}, system{};
    std::optional<Activation> activation{};
    std::optional<ScreenSaverWatch> screen_saver{};
    std::optional<LogindWatch> logind{};
    std::optional<Portal> portal{};
    std::optional<Tray> tray{};
    std::optional<XfconfTheme> theme{};
    std::deque<DesktopEvent> news{};
    std::optional<DesktopStatus> told_status{};
    Moment greeting_ends{};
    std::thread thread{};
};

void DesktopBus::Parts::open() {
    const Tell tell_main = [this](DesktopEvent&& event) { tell(std::move(event)); };
    if (hold && hold->bus) {
        session.bus = std::move(hold->bus);
        activation.emplace(session.bus.get(), tell_main);
    } else {
        sd_bus* bus = nullptr;
        if (sd_bus_open_user(&bus) >= 0) session.bus.reset(bus);
    }
    sd_bus* bus = nullptr;
    if (sd_bus_open_system(&bus) >= 0) system.bus.reset(bus);
}

// Parts begin when their bus has greeted: before, nothing is known, not even our own name.
void DesktopBus::Parts::tell_status() {
    const Tell tell_main = [this](DesktopEvent&& event) { tell(std::move(event)); };
    DesktopStatus now;
    now.session_bus = session.bus && sd_bus_is_ready(session.bus.get()) > 0;
    now.system_bus = system.bus && sd_bus_is_ready(system.bus.get()) > 0;
    if (now.session_bus && !portal) {
        screen_saver.emplace(session.bus.get(), tell_main);
        portal.emplace(session.bus.get(), tell_main);
        tray.emplace(session.bus.get(), tell_main);
        theme.emplace(session.bus.get(), tell_main);
    }
    if (now.system_bus && !logind) logind.emplace(system.bus.get(), tell_main);
    now.sleep_told = logind && logind->there();
    now.preferences = portal && portal->has_preferences();
    now.tray = tray && tray->taken();
    if (told_status == now) return;
    told_status = now;
    tell(DesktopStatus{now});
}

void DesktopBus::Parts::lose_session() {
    activation.reset();
    screen_saver.reset();
    tray.reset();
    theme.reset();
    if (portal) portal->lost();
    portal.reset();
    session.bus.reset();
}

void DesktopBus::Parts::lose_system() {
    logind.reset();
    system.bus.reset();
}

void DesktopBus::Parts::obey(DesktopCommand&& command) {
    const auto absent = [&](DesktopRequestId id) {
        tell(DesktopRequestEnded{id, DesktopRequestEnded::Reason::absent});
    };
    if (auto* choose = std::get_if<ChooseFiles>(&command)) {
        if (portal) portal->choose_files(*choose);
        else absent(choose->id);
    } else if (auto* screenshot = std::get_if<TakeScreenshot>(&command)) {
        if (portal) portal->take_screenshot(*screenshot);
        else absent(screenshot->id);
    } else if (auto* print = std::get_if<PrintFile>(&command)) {
        if (portal) portal->print(*print);
        else absent(print->id);
    } else if (auto* cancel = std::get_if<CancelDesktopRequest>(&command)) {
        if (portal) portal->cancel(cancel->id);
    } else if (auto* show = std::get_if<ShowInTray>(&command)) {
        if (tray) tray->show(std::move(*show));
    } else if (std::holds_alternative<ReadyToSleep>(command)) {
        if (logind) logind->ready_to_sleep();
    }
}

void DesktopBus::Parts::hand_over() {
    bool handed = false;
    while (!news.empty() && events.try_push(std::move(news.front()))) {
        news.pop_front();
        handed = true;
    }
    if (handed && wake != nullptr) wake();
}

void DesktopBus::Parts::sleep() const {
    std::array<pollfd, 4> waiting{pollfd{bell, POLLIN, 0}, session.descriptor(), system.descriptor(),
                                  pollfd{hold ? hold->socket : -1, POLLIN, 0}};
    std::optional<Moment> until;
    const auto at_latest = [&](std::optional<Moment> moment) {
        if (moment) until = until ? std::min(*until, *moment) : *moment;
    };
    at_latest(session.next());
    at_latest(system.next());
    if (portal) at_latest(portal->next_limit());
    else if (session.bus) at_latest(greeting_ends);
    if (!news.empty()) at_latest(steady_clock::now() + full_mailbox_retry);
    int timeout = -1;
    if (until) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - steady_clock::now()).count();
        timeout = static_cast<int>(std::clamp<long long>(left, 0, 60'000));
    }
    (void)::poll(waiting.data(), waiting.size(), timeout);
    std::uint64_t rings = 0;
    (void)!::read(bell, &rings, sizeof rings);
}

void DesktopBus::Parts::run() {
    greeting_ends = steady_clock::now() + greeting_limit;
    open();
    while (!ending) {
        // A bus that is still greeting: what main asks for waits until it is known whether there is one.
        const bool greeting = session.bus && !portal;
        if (!greeting) {
            while (auto command = commands.try_pop()) obey(std::move(*command));
        }
        if (session.bus && !session.work()) lose_session();
        if (session.bus && !portal && steady_clock::now() >= greeting_ends && sd_bus_is_ready(session.bus.get()) <= 0) {
            lose_session();
        }
        if (system.bus && !system.work()) lose_system();
        if (hold && hold->socket >= 0) {
            while (answer_question(hold->socket)) tell(Activated{});
        }
        if (portal) portal->pass_time(steady_clock::now());
        tell_status();
        hand_over();
        if (!greeting || (session.bus && !portal)) sleep();
    }
    portal.reset();  // while there is a bus over which to close its dialogs
    lose_session();
    lose_system();
    hold.reset();
}

DesktopBus::DesktopBus(std::unique_ptr<InstanceHold> hold, void (*wake)())
    : parts_(std::make_unique<Parts>(std::move(hold), wake)) {}

DesktopBus::~DesktopBus() = default;

bool DesktopBus::try_send(DesktopCommand&& command) {
    if (!parts_->commands.try_push(std::move(command))) return false;
    parts_->ring();
    return true;
}

std::optional<DesktopEvent> DesktopBus::take() {
    return parts_->events.try_pop();
}

}  // namespace tokendeck::desktop
