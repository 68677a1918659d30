// The thread that talks with the desktop (on Linux over D-Bus): screen lock and suspend, its preferences, its dialogs,
// the tray, and the second start of the program. Where there is no bus, or nobody on it, that part is absent and
// nothing waits. On other systems all of it is absent.
// Thread: main makes it, calls it and destroys it. `wake` is called by the desktop's thread when it has news.
#pragma once

#include "desktop/messages.hpp"
#include "desktop/single_instance.hpp"

#include <memory>
#include <optional>

namespace tokendeck::desktop {

class DesktopBus {
  public:
    // `hold`: what claim_instance gave the first start; nothing if other starts are not to find this one.
    DesktopBus(std::unique_ptr<InstanceHold> hold, void (*wake)());
    // Open requests are given up and their dialogs closed.
    ~DesktopBus();
    DesktopBus(const DesktopBus&) = delete;
    DesktopBus& operator=(const DesktopBus&) = delete;

    // Moves from `command` only if it returns true; false: try again later. Never waits.
    [[nodiscard]] bool try_send(DesktopCommand&& command);
    [[nodiscard]] std::optional<DesktopEvent> take();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tokendeck::desktop
