// The tray: an item with a menu of slots by name. Codes are never part of it: what is in a menu, every program of the
// session can read. The item is offered only while there is a StatusNotifierWatcher.
// Sources: StatusNotifierItem specification, com.canonical.dbusmenu (its interface description).
// Thread: the desktop's.
#pragma once

#include "desktop/parts_linux.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tokendeck::desktop {

class Tray {
  public:
    Tray(sd_bus* session_bus, Tell tell);
    Tray(const Tray&) = delete;
    Tray& operator=(const Tray&) = delete;

    void show(ShowInTray&& content);
    // True while a watcher has taken the item.
    [[nodiscard]] bool taken() const { return taken_; }

    // For the tables of methods and properties.
    // -------------------------------------------------------------------------
    static constexpr std::int32_t root_item = 0, open_item = 1, quit_item = 2, separator_item = 3, first_slot_item = 10;
    [[nodiscard]] const ShowInTray& content() const { return content_; }
    [[nodiscard]] std::uint32_t revision() const { return revision_; }
    [[nodiscard]] bool has_item(std::int32_t item) const;
    [[nodiscard]] std::int32_t item_of(const TraySlot& slot) const;
    [[nodiscard]] std::string label_of(std::int32_t item) const;
    void clicked(std::int32_t item);
    void open() { tell_(OpenFromTray{}); }

  private:
    static int on_watcher(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_watcher_known(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_name(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_registered(sd_bus_message* message, void* self, sd_bus_error* error);
    void offer();
    void register_item();

    sd_bus* const bus_;
    const Tell tell_;
    const std::string name_;
    bool shown_ = false;
    bool watcher_ = false;
    bool named_ = false;
    bool taken_ = false;
    ShowInTray content_{};
    std::uint32_t revision_ = 1;
    // A slot keeps its number for the whole run: a click on a menu that is out of date never meets another slot.
    std::map<otp::SlotId, std::int32_t> items_{};
    BusSlot owner_{}, ask_{}, request_{}, register_{}, item_object_{}, menu_object_{};
};

// As a menu shows it: well-formed, without control characters, underscores doubled (one alone marks a shortcut).
[[nodiscard]] std::string menu_label(std::string_view name);

}  // namespace tokendeck::desktop
