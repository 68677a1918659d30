// Screen lock and suspend: logind on the system bus, and the screen savers on the session bus. The computer's sleep is
// held up until main has forgotten what it must (logind limits that to some seconds by itself).
// Sources: org.freedesktop.login1(5), "Idle Inhibition Service Draft" (org.freedesktop.ScreenSaver).
// Thread: the desktop's.
#pragma once

#include "desktop/parts_linux.hpp"

#include <array>

namespace tokendeck::desktop {

class LogindWatch {
  public:
    LogindWatch(sd_bus* system_bus, Tell tell);
    ~LogindWatch();
    LogindWatch(const LogindWatch&) = delete;
    LogindWatch& operator=(const LogindWatch&) = delete;

    void ready_to_sleep();
    // True once logind has named our session.
    [[nodiscard]] bool there() const { return there_; }

  private:
    static int on_sleep(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_session(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_lock(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_properties(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_inhibited(sd_bus_message* message, void* self, sd_bus_error* error);
    void ask_session(const char* method);
    void hold_sleep();

    sd_bus* const bus_;
    const Tell tell_;
    bool there_ = false;
    bool asked_by_process_ = false;
    int inhibitor_ = -1;  // a descriptor; sleep waits until it is closed
    BusSlot sleep_{}, ask_{}, lock_{}, properties_{}, inhibit_{};
};

class ScreenSaverWatch {
  public:
    ScreenSaverWatch(sd_bus* session_bus, Tell tell);
    ScreenSaverWatch(const ScreenSaverWatch&) = delete;
    ScreenSaverWatch& operator=(const ScreenSaverWatch&) = delete;

  private:
    static int on_active(sd_bus_message* message, void* self, sd_bus_error* error);

    const Tell tell_;
    static constexpr std::array savers{"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.xfce.ScreenSaver",
                                       "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver"};
    std::array<BusSlot, savers.size()> watches_{};
};

}  // namespace tokendeck::desktop
