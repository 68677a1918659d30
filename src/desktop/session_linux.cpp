#include "desktop/session_linux.hpp"

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

constexpr const char* logind = "org.freedesktop.login1";
constexpr const char* manager_path = "/org/freedesktop/login1";
constexpr const char* manager = "org.freedesktop.login1.Manager";
constexpr const char* session = "org.freedesktop.login1.Session";

std::string signal_rule(const std::string& sender, const std::string& path, const std::string& interface,
                        const std::string& member) {
    std::string rule = "type='signal',sender='" + sender + "',interface='" + interface + "',member='" + member + "'";
    if (!path.empty()) rule += ",path='" + path + "'";
    return rule;
}

}  // namespace

LogindWatch::LogindWatch(sd_bus* system_bus, Tell tell) : bus_(system_bus), tell_(std::move(tell)) {
    sleep_ = watch(bus_, signal_rule(logind, manager_path, manager, "PrepareForSleep"), on_sleep, this);
    ask_session("GetSession");
    hold_sleep();
}

LogindWatch::~LogindWatch() {
    ready_to_sleep();
}

// A program that the user's service manager started is in no session itself; "auto" then means the user's display.
void LogindWatch::ask_session(const char* method) {
    const BusMessage call = new_call(bus_, logind, manager_path, manager, method);
    if (!call) return;
    const char* const named = std::getenv("XDG_SESSION_ID");
    const char* const id = named != nullptr && *named != '\0' ? named : "auto";
    const int added =
        asked_by_process_ ? sd_bus_message_append(call.get(), "u", 0U) : sd_bus_message_append(call.get(), "s", id);
    if (added >= 0) ask_ = send_call(bus_, call, on_session, this);
}

int LogindWatch::on_session(sd_bus_message* message, void* self, sd_bus_error*) {
    auto& watch_ = *static_cast<LogindWatch*>(self);
    const char* path = nullptr;
    if (sd_bus_message_is_method_error(message, nullptr) > 0 || sd_bus_message_read(message, "o", &path) <= 0) {
        if (!std::exchange(watch_.asked_by_process_, true)) watch_.ask_session("GetSessionByPID");
        return 0;
    }
    watch_.there_ = true;
    watch_.lock_ = watch(watch_.bus_, signal_rule(logind, path, session, "Lock"), on_lock, self);
    watch_.properties_ =
        watch(watch_.bus_, signal_rule(logind, path, "org.freedesktop.DBus.Properties", "PropertiesChanged"),
              on_properties, self);
    return 0;
}

int LogindWatch::on_lock(sd_bus_message*, void* self, sd_bus_error*) {
    static_cast<LogindWatch*>(self)->tell_(ScreenLocked{});
    return 0;
}

// Screen lockers that do not wait to be told set the session's LockedHint.
int LogindWatch::on_properties(sd_bus_message* message, void* self, sd_bus_error*) {
    const char* interface = nullptr;
    if (sd_bus_message_read(message, "s", &interface) <= 0 || std::string_view(interface) != session) return 0;
    if (sd_bus_message_enter_container(message, 'a', "{sv}") <= 0) return 0;
    while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
        const char* key = nullptr;
        if (sd_bus_message_read(message, "s", &key) <= 0) return 0;
        const bool hint = std::string_view(key) == "LockedHint";
        const auto number = take_number(message);
        if (hint && number && *number != 0) static_cast<LogindWatch*>(self)->tell_(ScreenLocked{});
        if (sd_bus_message_exit_container(message) < 0) return 0;
    }
    return 0;
}

int LogindWatch::on_sleep(sd_bus_message* message, void* self, sd_bus_error*) {
    auto& watch_ = *static_cast<LogindWatch*>(self);
    int going = 0;
    if (sd_bus_message_read(message, "b", &going) <= 0) return 0;
    if (going != 0) {
        watch_.tell_(Sleeping{});
    } else {
        watch_.tell_(Woke{});
        watch_.hold_sleep();
    }
    return 0;
}

void LogindWatch::hold_sleep() {
    if (inhibitor_ >= 0) return;
    const BusMessage call = new_call(bus_, logind, manager_path, manager, "Inhibit");
    if (!call || sd_bus_message_append(call.get(), "ssss", "sleep", "tokendeck", "Forgetting codes", "delay") < 0)
        return;
    inhibit_ = send_call(bus_, call, on_inhibited, this);
}

int LogindWatch::on_inhibited(sd_bus_message* message, void* self, sd_bus_error*) {
    auto& watch_ = *static_cast<LogindWatch*>(self);
    int descriptor = -1;
    if (sd_bus_message_is_method_error(message, nullptr) > 0 || sd_bus_message_read(message, "h", &descriptor) <= 0) {
        return 0;
    }
    watch_.ready_to_sleep();
    watch_.inhibitor_ = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);  // the message's own ends with the message
    return 0;
}

void LogindWatch::ready_to_sleep() {
    if (inhibitor_ >= 0) (void)::close(std::exchange(inhibitor_, -1));
}

ScreenSaverWatch::ScreenSaverWatch(sd_bus* session_bus, Tell tell) : tell_(std::move(tell)) {
    for (std::size_t i = 0; i < savers.size(); ++i)
        watches_[i] = watch(session_bus, signal_rule(savers[i], {}, savers[i], "ActiveChanged"), on_active, this);
}

int ScreenSaverWatch::on_active(sd_bus_message* message, void* self, sd_bus_error*) {
    int active = 0;
    if (sd_bus_message_read(message, "b", &active) <= 0) return 0;
    if (active != 0) static_cast<ScreenSaverWatch*>(self)->tell_(ScreenLocked{});
    return 0;
}

}  // namespace tokendeck::desktop
