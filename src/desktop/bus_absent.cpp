// Not there yet: every request ends at once as absent.
#include "desktop/bus.hpp"

#include <deque>
#include <utility>
#include <variant>

namespace tokendeck::desktop {

struct DesktopBus::Parts {
    std::deque<DesktopEvent> events{};
};

DesktopBus::DesktopBus(std::unique_ptr<InstanceHold>, void (*)()) : parts_(std::make_unique<Parts>()) {
    parts_->events.emplace_back(DesktopStatus{});
}

DesktopBus::~DesktopBus() = default;

bool DesktopBus::try_send(DesktopCommand&& command) {
    const auto ended = [&](DesktopRequestId id) {
        parts_->events.emplace_back(DesktopRequestEnded{id, DesktopRequestEnded::Reason::absent});
    };
    if (const auto* choose = std::get_if<ChooseFiles>(&command)) ended(choose->id);
    if (const auto* take_picture = std::get_if<TakeScreenshot>(&command)) ended(take_picture->id);
    if (const auto* print = std::get_if<PrintFile>(&command)) ended(print->id);
    return true;
}

std::optional<DesktopEvent> DesktopBus::take() {
    if (parts_->events.empty()) return std::nullopt;
    DesktopEvent event = std::move(parts_->events.front());
    parts_->events.pop_front();
    return event;
}

}  // namespace tokendeck::desktop
