#include "app/desktop_link.hpp"

#include "base/overload.hpp"
#include "desktop/errors.hpp"
#include "state/apply.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <variant>

namespace tokendeck::app {
namespace {

bool same(const std::vector<desktop::TraySlot>& a, const std::vector<desktop::TraySlot>& b) {
    return std::ranges::equal(a, b, [](const desktop::TraySlot& x, const desktop::TraySlot& y) {
        return x.slot == y.slot && x.name == y.name;
    });
}

}  // namespace

void DesktopLink::forget(state::AppState& state) {
    state::apply(state, state::Intent{state::ForgetShown{}});
    forget_ = true;
}

void DesktopLink::handle(state::AppState& state, desktop::DesktopEvent event) {
    std::visit(base::Overload{
                   [&](desktop::DesktopStatus& e) {
                       status_ = e;
                       const auto tray = e.tray          ? state::TrayState::shown
                                         : e.session_bus ? state::TrayState::no_tray
                                                         : state::TrayState::no_bus;
                       state::apply(state, state::Intent{state::TrayTold{tray}});
                   },
                   [&](desktop::ScreenLocked&) { forget(state); },
                   [&](desktop::Sleeping&) {
                       forget(state);
                       going_to_sleep_ = true;
                   },
                   [&](desktop::Woke&) { going_to_sleep_ = false; },
                   [&](desktop::DesktopPreferences& e) {
                       dark_ = e.dark;
                       reduced_motion_ = e.reduced_motion;
                   },
                   [&](desktop::ThemeNamed& e) { named_dark_ = e.dark; },
                   [&](desktop::Activated&) { raise_(); },
                   [&](desktop::OpenFromTray&) { raise_(); },
                   [&](desktop::QuitFromTray&) {
                       state::apply(state, state::Intent{state::AskToClose{}});
                       if (state.may_close) quit_ = true;
                       else raise_();
                   },
                   [&](desktop::CopySlot& e) {
                       state::apply(state, state::Intent{state::CopyCode{e.slot}});
                       if (state::user_pin_needed(state)) raise_();  // it asks for the PIN
                   },
                   [&](desktop::FilesChosen& e) { answers_.emplace_back(std::move(e)); },
                   [&](desktop::ScreenshotTaken& e) { answers_.emplace_back(std::move(e)); },
                   [&](desktop::FilePrinted& e) { (void)print_ended(state, e.id, std::nullopt); },
                   [&](desktop::DesktopRequestEnded& e) {
                       if (!print_ended(state, e.id, e.reason)) answers_.emplace_back(e);
                   },
                   [](auto&) {},
               },
               event);
}

void DesktopLink::show_slots(const state::AppState& state) {
    std::vector<desktop::TraySlot> slots;
    if (state.active)
        for (const otp::SlotSummary& slot : state.active->slots)
            if (otp::occupied(slot)) slots.push_back({slot.id, slot.name});
    if (shown_ && same(*shown_, slots) && shown_in_ == words::language()) return;
    desktop::ShowInTray shown{std::string(words::text(words::Key::tray_open)),
                              std::string(words::text(words::Key::tray_quit)), slots};
    if (!bus_.try_send(desktop::DesktopCommand{std::move(shown)})) {
        waiting_ = true;
        return;
    }
    shown_ = std::move(slots);
    shown_in_ = words::language();
}

void DesktopLink::hand_over_print() {
    if (printing_ || to_print_.empty()) return;
    const desktop::DesktopRequestId id = to_print_.front().id;
    if (!bus_.try_send(desktop::DesktopCommand{std::move(to_print_.front())})) {
        waiting_ = true;
        return;
    }
    to_print_.pop_front();
    printing_ = id;
}

// False: it was about something else.
bool DesktopLink::print_ended(state::AppState& state, desktop::DesktopRequestId id,
                              std::optional<desktop::DesktopRequestEnded::Reason> reason) {
    if (printing_ != id) return false;
    printing_.reset();
    using Reason = desktop::DesktopRequestEnded::Reason;
    state::SheetHandedOver ended{id};
    if (reason == Reason::absent) ended.error = base::Error{desktop::errors::print_absent};
    else if (reason && *reason != Reason::cancelled) ended.error = base::Error{desktop::errors::print_failed};
    state::apply(state, state::Intent{std::move(ended)});
    return true;
}

std::optional<desktop::DesktopEvent> DesktopLink::take_answer() {
    if (answers_.empty()) return std::nullopt;
    desktop::DesktopEvent answer = std::move(answers_.front());
    answers_.pop_front();
    return answer;
}

bool DesktopLink::turn(state::AppState& state) {
    bool news = false;
    waiting_ = false;
    while (auto event = bus_.take()) {
        handle(state, std::move(*event));
        news = true;
    }
    // The computer may sleep as soon as the device thread has dropped the PIN's authentication.
    if (going_to_sleep_ && state::find_pending(state, state::Wait::forget) == nullptr) {
        if (bus_.try_send(desktop::DesktopCommand{desktop::ReadyToSleep{}})) going_to_sleep_ = false;
        else waiting_ = true;
    }
    hand_over_print();
    show_slots(state);
    return news;
}

}  // namespace tokendeck::app
