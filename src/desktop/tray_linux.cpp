#include "desktop/tray_linux.hpp"

#include "base/one_line.hpp"
#include "desktop/icon.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace tokendeck::desktop {

namespace {

constexpr const char* watcher_name = "org.kde.StatusNotifierWatcher";
constexpr const char* watcher_path = "/StatusNotifierWatcher";
constexpr const char* item_path = "/StatusNotifierItem";
constexpr const char* item_interface = "org.kde.StatusNotifierItem";
constexpr const char* menu_path = "/MenuBar";
constexpr const char* menu_interface = "com.canonical.dbusmenu";

Tray& tray_of(void* self) {
    return *static_cast<Tray*>(self);
}

// ---- the item ----

int property_text(sd_bus*, const char*, const char*, const char* name, sd_bus_message* reply, void*, sd_bus_error*) {
    const std::string_view property = name;
    std::string value;
    if (property == "Category") value = "ApplicationStatus";
    else if (property == "Id" || property == "IconName" || property == "Title") value = "tokendeck";
    else if (property == "Status") value = "Active";
    return sd_bus_message_append(reply, "s", value.c_str());
}

// ARGB, most significant byte first.
int append_icons(sd_bus_message* reply) {
    int done = sd_bus_message_open_container(reply, 'a', "(iiay)");
    for (const int size : {22, 48}) {
        std::vector<std::uint8_t> pixels = window_icon(size);
        for (std::size_t i = 0; i + 3 < pixels.size(); i += 4) std::rotate(&pixels[i], &pixels[i + 3], &pixels[i] + 4);
        if (done >= 0) done = sd_bus_message_open_container(reply, 'r', "iiay");
        if (done >= 0) done = sd_bus_message_append(reply, "ii", size, size);
        if (done >= 0) done = sd_bus_message_append_array(reply, 'y', pixels.data(), pixels.size());
        if (done >= 0) done = sd_bus_message_close_container(reply);
    }
    return done < 0 ? done : sd_bus_message_close_container(reply);
}

int property_icon(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*, sd_bus_error*) {
    return append_icons(reply);
}

int property_tooltip(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*, sd_bus_error*) {
    return sd_bus_message_append(reply, "(sa(iiay)ss)", "", 0, "tokendeck", "");
}

int property_window(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*, sd_bus_error*) {
    return sd_bus_message_append(reply, "i", 0);
}

int property_is_menu(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*, sd_bus_error*) {
    return sd_bus_message_append(reply, "b", 0);
}

int property_menu(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*, sd_bus_error*) {
    return sd_bus_message_append(reply, "o", menu_path);
}

int on_open(sd_bus_message* call, void* self, sd_bus_error*) {
    tray_of(self).open();
    return sd_bus_reply_method_return(call, nullptr);
}

int on_nothing(sd_bus_message* call, void*, sd_bus_error*) {
    return sd_bus_reply_method_return(call, nullptr);
}

const sd_bus_vtable item_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Category", "s", property_text, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Id", "s", property_text, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Title", "s", property_text, 0, 0),
    SD_BUS_PROPERTY("Status", "s", property_text, 0, 0),
    SD_BUS_PROPERTY("WindowId", "i", property_window, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("IconName", "s", property_text, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("IconPixmap", "a(iiay)", property_icon, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("ToolTip", "(sa(iiay)ss)", property_tooltip, 0, 0),
    SD_BUS_PROPERTY("ItemIsMenu", "b", property_is_menu, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Menu", "o", property_menu, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_METHOD("Activate", "ii", nullptr, on_open, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("SecondaryActivate", "ii", nullptr, on_open, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("ContextMenu", "ii", nullptr, on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Scroll", "is", nullptr, on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};

// ---- the menu ----

int append_properties(sd_bus_message* reply, const Tray& tray, std::int32_t item) {
    int done = sd_bus_message_open_container(reply, 'a', "{sv}");
    if (item == Tray::root_item) {
        if (done >= 0) done = sd_bus_message_append(reply, "{sv}", "children-display", "s", "submenu");
    } else if (item == Tray::separator_item) {
        if (done >= 0) done = sd_bus_message_append(reply, "{sv}", "type", "s", "separator");
    } else {
        if (done >= 0) done = sd_bus_message_append(reply, "{sv}", "label", "s", tray.label_of(item).c_str());
    }
    return done < 0 ? done : sd_bus_message_close_container(reply);
}

int append_item(sd_bus_message* reply, const Tray& tray, std::int32_t item, bool with_children) {
    int done = sd_bus_message_open_container(reply, 'r', "ia{sv}av");
    if (done >= 0) done = sd_bus_message_append(reply, "i", item);
    if (done >= 0) done = append_properties(reply, tray, item);
    if (done >= 0) done = sd_bus_message_open_container(reply, 'a', "v");
    if (item == Tray::root_item && with_children) {
        std::vector<std::int32_t> children;
        for (const TraySlot& slot : tray.content().slots) children.push_back(tray.item_of(slot));
        if (!children.empty()) children.push_back(Tray::separator_item);
        children.insert(children.end(), {Tray::open_item, Tray::quit_item});
        for (const std::int32_t child : children) {
            if (done >= 0) done = sd_bus_message_open_container(reply, 'v', "(ia{sv}av)");
            if (done >= 0) done = append_item(reply, tray, child, false);
            if (done >= 0) done = sd_bus_message_close_container(reply);
        }
    }
    if (done >= 0) done = sd_bus_message_close_container(reply);
    return done < 0 ? done : sd_bus_message_close_container(reply);
}

int send_reply(sd_bus_message* call, const BusMessage& reply, int done) {
    return done < 0 ? done : sd_bus_send(sd_bus_message_get_bus(call), reply.get(), nullptr);
}

BusMessage new_reply(sd_bus_message* call) {
    sd_bus_message* reply = nullptr;
    return sd_bus_message_new_method_return(call, &reply) < 0 ? BusMessage{} : BusMessage(reply);
}

int on_layout(sd_bus_message* call, void* self, sd_bus_error*) {
    const Tray& tray = tray_of(self);
    std::int32_t parent = 0;
    std::int32_t depth = 0;
    int done = sd_bus_message_read(call, "ii", &parent, &depth);
    if (done < 0) return done;
    if (!tray.has_item(parent)) return -EINVAL;
    const BusMessage reply = new_reply(call);
    if (!reply) return -ENOMEM;
    done = sd_bus_message_append(reply.get(), "u", tray.revision());
    if (done >= 0) done = append_item(reply.get(), tray, parent, depth != 0);
    return send_reply(call, reply, done);
}

std::vector<std::int32_t> all_items(const Tray& tray) {
    std::vector<std::int32_t> items{Tray::root_item, Tray::open_item, Tray::quit_item, Tray::separator_item};
    for (const TraySlot& slot : tray.content().slots) items.push_back(tray.item_of(slot));
    return items;
}

// Of no number: of all items.
int on_group_properties(sd_bus_message* call, void* self, sd_bus_error*) {
    const Tray& tray = tray_of(self);
    const void* numbers = nullptr;
    std::size_t size = 0;
    int done = sd_bus_message_read_array(call, 'i', &numbers, &size);
    if (done < 0) return done;
    const auto* const first = static_cast<const std::int32_t*>(numbers);
    std::vector<std::int32_t> items(first, first + size / sizeof(std::int32_t));
    if (items.empty()) items = all_items(tray);
    const BusMessage reply = new_reply(call);
    if (!reply) return -ENOMEM;
    done = sd_bus_message_open_container(reply.get(), 'a', "(ia{sv})");
    for (const std::int32_t item : items) {
        if (!tray.has_item(item)) continue;
        if (done >= 0) done = sd_bus_message_open_container(reply.get(), 'r', "ia{sv}");
        if (done >= 0) done = sd_bus_message_append(reply.get(), "i", item);
        if (done >= 0) done = append_properties(reply.get(), tray, item);
        if (done >= 0) done = sd_bus_message_close_container(reply.get());
    }
    if (done >= 0) done = sd_bus_message_close_container(reply.get());
    return send_reply(call, reply, done);
}

int on_property(sd_bus_message* call, void* self, sd_bus_error*) {
    const Tray& tray = tray_of(self);
    std::int32_t item = 0;
    const char* name = nullptr;
    const int done = sd_bus_message_read(call, "is", &item, &name);
    if (done < 0) return done;
    if (!tray.has_item(item) || std::string_view(name) != "label") return -EINVAL;
    return sd_bus_reply_method_return(call, "v", "s", tray.label_of(item).c_str());
}

int on_event(sd_bus_message* call, void* self, sd_bus_error*) {
    std::int32_t item = 0;
    const char* event = nullptr;
    const int done = sd_bus_message_read(call, "is", &item, &event);
    if (done < 0) return done;
    if (std::string_view(event) == "clicked") tray_of(self).clicked(item);
    return sd_bus_reply_method_return(call, nullptr);
}

int on_event_group(sd_bus_message* call, void* self, sd_bus_error*) {
    int done = sd_bus_message_enter_container(call, 'a', "(isvu)");
    while (done >= 0 && (done = sd_bus_message_enter_container(call, 'r', "isvu")) > 0) {
        std::int32_t item = 0;
        const char* event = nullptr;
        done = sd_bus_message_read(call, "is", &item, &event);
        if (done >= 0 && std::string_view(event) == "clicked") tray_of(self).clicked(item);
        if (done >= 0) done = sd_bus_message_skip(call, "vu");
        if (done >= 0) done = sd_bus_message_exit_container(call);
    }
    return done < 0 ? done : sd_bus_reply_method_return(call, "ai", 0);
}

int on_about_to_show(sd_bus_message* call, void*, sd_bus_error*) {
    return sd_bus_reply_method_return(call, "b", 0);
}

int on_about_to_show_group(sd_bus_message* call, void*, sd_bus_error*) {
    return sd_bus_reply_method_return(call, "aiai", 0, 0);
}

int menu_property(sd_bus*, const char*, const char*, const char* name, sd_bus_message* reply, void*, sd_bus_error*) {
    const std::string_view property = name;
    if (property == "Version") return sd_bus_message_append(reply, "u", 3U);
    if (property == "IconThemePath") return sd_bus_message_append(reply, "as", 0);
    return sd_bus_message_append(reply, "s", property == "Status" ? "normal" : "ltr");
}

const sd_bus_vtable menu_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Version", "u", menu_property, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("TextDirection", "s", menu_property, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Status", "s", menu_property, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("IconThemePath", "as", menu_property, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_METHOD("GetLayout", "iias", "u(ia{sv}av)", on_layout, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetGroupProperties", "aias", "a(ia{sv})", on_group_properties, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetProperty", "is", "v", on_property, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Event", "isvu", nullptr, on_event, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("EventGroup", "a(isvu)", "ai", on_event_group, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("AboutToShow", "i", "b", on_about_to_show, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("AboutToShowGroup", "ai", "aiai", on_about_to_show_group, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_SIGNAL("LayoutUpdated", "ui", 0),
    SD_BUS_SIGNAL("ItemsPropertiesUpdated", "a(ia{sv})a(ias)", 0),
    SD_BUS_VTABLE_END,
};

BusSlot add_object(sd_bus* bus, const char* path, const char* interface, const sd_bus_vtable* table, Tray* tray) {
    sd_bus_slot* slot = nullptr;
    return sd_bus_add_object_vtable(bus, &slot, path, interface, table, tray) < 0 ? BusSlot{} : BusSlot(slot);
}

}  // namespace

std::string menu_label(std::string_view name) {
    std::string label;
    for (const char c : base::one_line(name)) {
        if (c == '_') label.push_back('_');
        label.push_back(c);
    }
    return label;
}

Tray::Tray(sd_bus* session_bus, Tell tell)
    : bus_(session_bus),
      tell_(std::move(tell)),
      name_("org.kde.StatusNotifierItem-" + std::to_string(::getpid()) + "-1") {
    owner_ = watch(bus_,
                   "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
                   "member='NameOwnerChanged',arg0='org.kde.StatusNotifierWatcher'",
                   on_watcher, this);
    const BusMessage call =
        new_call(bus_, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner");
    if (call && sd_bus_message_append(call.get(), "s", watcher_name) >= 0) {
        ask_ = send_call(bus_, call, on_watcher_known, this);
    }
}

bool Tray::has_item(std::int32_t item) const {
    if (item >= root_item && item <= separator_item) return true;
    return std::ranges::any_of(content_.slots, [&](const TraySlot& slot) { return item_of(slot) == item; });
}

std::int32_t Tray::item_of(const TraySlot& slot) const {
    const auto found = items_.find(slot.slot);
    return found != items_.end() ? found->second : -1;
}

std::string Tray::label_of(std::int32_t item) const {
    if (item == open_item) return menu_label(content_.open_text);
    if (item == quit_item) return menu_label(content_.quit_text);
    for (const TraySlot& slot : content_.slots) {
        if (item_of(slot) == item) return menu_label(slot.name.empty() ? otp::text(slot.slot) : slot.name);
    }
    return {};
}

void Tray::clicked(std::int32_t item) {
    if (!shown_) return;
    if (item == open_item) return tell_(OpenFromTray{});
    if (item == quit_item) return tell_(QuitFromTray{});
    for (const TraySlot& slot : content_.slots) {
        if (item_of(slot) == item) return tell_(CopySlot{slot.slot});
    }
}

void Tray::show(ShowInTray&& content) {
    content_ = std::move(content);
    for (const TraySlot& slot : content_.slots) {
        items_.emplace(slot.slot, first_slot_item + static_cast<std::int32_t>(items_.size()));
    }
    ++revision_;
    if (shown_) {
        (void)sd_bus_emit_signal(bus_, menu_path, menu_interface, "LayoutUpdated", "ui", revision_, root_item);
        return;
    }
    shown_ = true;
    offer();
}

// The item has a name of its own on the bus, because a watcher drops it only when that name goes.
void Tray::offer() {
    if (!shown_ || !watcher_) return;
    if (!item_object_) item_object_ = add_object(bus_, item_path, item_interface, item_table, this);
    if (!menu_object_) menu_object_ = add_object(bus_, menu_path, menu_interface, menu_table, this);
    if (named_) return register_item();
    sd_bus_slot* slot = nullptr;
    if (sd_bus_request_name_async(bus_, &slot, name_.c_str(), 0, on_name, this) >= 0) request_.reset(slot);
}

int Tray::on_name(sd_bus_message* message, void* self, sd_bus_error*) {
    Tray& tray = tray_of(self);
    std::uint32_t result = 0;
    tray.named_ = sd_bus_message_is_method_error(message, nullptr) <= 0 &&
                  sd_bus_message_read(message, "u", &result) > 0 && (result == 1 || result == 4);
    tray.register_item();
    return 0;
}

void Tray::register_item() {
    const char* unique = nullptr;
    (void)sd_bus_get_unique_name(bus_, &unique);
    const BusMessage call = new_call(bus_, watcher_name, watcher_path, watcher_name, "RegisterStatusNotifierItem");
    const char* const name = named_ || unique == nullptr ? name_.c_str() : unique;  // a sandbox may refuse names
    if (call && sd_bus_message_append(call.get(), "s", name) >= 0)
        register_ = send_call(bus_, call, on_registered, this);
}

int Tray::on_registered(sd_bus_message* message, void* self, sd_bus_error*) {
    tray_of(self).taken_ = sd_bus_message_is_method_error(message, nullptr) <= 0;
    return 0;
}

int Tray::on_watcher(sd_bus_message* message, void* self, sd_bus_error*) {
    Tray& tray = tray_of(self);
    const char* name = nullptr;
    const char* before = nullptr;
    const char* now = nullptr;
    if (sd_bus_message_read(message, "sss", &name, &before, &now) <= 0) return 0;
    tray.watcher_ = *now != '\0';
    tray.taken_ = false;
    tray.offer();
    return 0;
}

int Tray::on_watcher_known(sd_bus_message* message, void* self, sd_bus_error*) {
    Tray& tray = tray_of(self);
    int there = 0;
    if (sd_bus_message_is_method_error(message, nullptr) > 0 || sd_bus_message_read(message, "b", &there) <= 0)
        return 0;
    if (there == 0 || tray.watcher_) return 0;
    tray.watcher_ = true;
    tray.offer();
    return 0;
}

}  // namespace tokendeck::desktop
