// XFCE's theme, which is chosen by name alone: its portal tells no preference for dark.
// Source: xfconf's D-Bus interface, org.xfce.Xfconf; freedesktop.org, XSETTINGS registry, Net/ThemeName.
// Thread: the desktop's.
#pragma once

#include "desktop/parts_linux.hpp"

#include <string_view>

namespace tokendeck::desktop {

class XfconfTheme {
  public:
    XfconfTheme(sd_bus* session_bus, Tell tell);
    XfconfTheme(const XfconfTheme&) = delete;
    XfconfTheme& operator=(const XfconfTheme&) = delete;

  private:
    static int on_owner(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_theme(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_changed(sd_bus_message* message, void* self, sd_bus_error* error);
    void read();
    void take_name(sd_bus_message* message);

    sd_bus* const bus_;
    const Tell tell_;
    BusSlot owner_{}, changed_{}, read_{};
};

// "Greybird-dark", "Adwaita-dark", "Mint-Y-Dark-Aqua", "Adwaita:dark"; nothing for no name.
[[nodiscard]] std::optional<bool> names_dark(std::string_view theme);

}  // namespace tokendeck::desktop
