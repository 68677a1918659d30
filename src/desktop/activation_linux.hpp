// How the first start answers later ones and the desktop: the interface org.freedesktop.Application.
// Source: Desktop Entry Specification, "D-Bus Activation". Thread: the desktop's.
#pragma once

#include "desktop/parts_linux.hpp"

namespace tokendeck::desktop {

class Activation {
  public:
    // `session_bus` owns the program's name already.
    Activation(sd_bus* session_bus, Tell tell);
    Activation(const Activation&) = delete;
    Activation& operator=(const Activation&) = delete;

    // For the methods' table.
    void tell() { tell_(Activated{}); }

  private:
    const Tell tell_;
    BusSlot object_{};
};

}  // namespace tokendeck::desktop
