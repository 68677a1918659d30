#include "desktop/xfconf_linux.hpp"

#include "base/ascii.hpp"

#include <string>
#include <utility>

namespace tokendeck::desktop {

namespace {

constexpr const char* service = "org.xfce.Xfconf";
constexpr const char* object = "/org/xfce/Xfconf";
constexpr std::string_view channel = "xsettings";
constexpr std::string_view property = "/Net/ThemeName";

}  // namespace

std::optional<bool> names_dark(std::string_view theme) {
    if (theme.empty()) return std::nullopt;
    constexpr std::string_view word = "dark";
    const auto end_of_word = [](char c) { return c == '-' || c == ':' || c == '_' || c == ' '; };
    const std::string small = base::lowered(theme);
    for (std::size_t at = small.find(word); at != std::string::npos; at = small.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || end_of_word(small[at - 1])) && (end == small.size() || end_of_word(small[end]))) return true;
    }
    return false;
}

XfconfTheme::XfconfTheme(sd_bus* session_bus, Tell tell) : bus_(session_bus), tell_(std::move(tell)) {
    owner_ = watch(bus_,
                   "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
                   "member='NameOwnerChanged',arg0='org.xfce.Xfconf'",
                   on_owner, this);
    changed_ = watch(bus_,
                     "type='signal',sender='org.xfce.Xfconf',path='/org/xfce/Xfconf',interface='org.xfce.Xfconf',"
                     "member='PropertyChanged',arg0='xsettings'",
                     on_changed, this);
    read();
}

// Another desktop's session must not get xfconf started by this question.
void XfconfTheme::read() {
    const BusMessage call = new_call(bus_, service, object, service, "GetProperty");
    if (!call || sd_bus_message_set_auto_start(call.get(), 0) < 0 ||
        sd_bus_message_append(call.get(), "ss", channel.data(), property.data()) < 0)
        return;
    read_ = send_call(bus_, call, on_theme, this);
}

int XfconfTheme::on_owner(sd_bus_message* message, void* self, sd_bus_error*) {
    const char* name = nullptr;
    const char* before = nullptr;
    const char* now = nullptr;
    if (sd_bus_message_read(message, "sss", &name, &before, &now) > 0 && *now != '\0')
        static_cast<XfconfTheme*>(self)->read();
    return 0;
}

int XfconfTheme::on_theme(sd_bus_message* message, void* self, sd_bus_error*) {
    if (sd_bus_message_is_method_error(message, nullptr) > 0) return 0;
    static_cast<XfconfTheme*>(self)->take_name(message);
    return 0;
}

int XfconfTheme::on_changed(sd_bus_message* message, void* self, sd_bus_error*) {
    const char* of = nullptr;
    const char* what = nullptr;
    if (sd_bus_message_read(message, "ss", &of, &what) <= 0) return 0;
    if (of == channel && what == property) static_cast<XfconfTheme*>(self)->take_name(message);
    return 0;
}

void XfconfTheme::take_name(sd_bus_message* message) {
    const char* name = nullptr;
    if (sd_bus_message_read(message, "v", "s", &name) <= 0 || name == nullptr) return;
    tell_(ThemeNamed{names_dark(name)});
}

}  // namespace tokendeck::desktop
