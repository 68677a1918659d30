// The services of a desktop that tests answer for: logind, the portal, the tray.
#pragma once

#include "desktop/mocks_linux.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>

namespace mocks {

// ---- logind ----

inline constexpr const char* manager = "org.freedesktop.login1.Manager";
inline constexpr const char* session_path = "/org/freedesktop/login1/session/_37";

// logind with one session; `reader` gets the end of a pipe whose other end is the inhibitor.
struct Logind {
    explicit Logind(const std::string& address, bool knows_auto = true)
        : service(address, {"org.freedesktop.login1"}, [this, knows_auto](sd_bus_message* call) {
              if (is_call(call, manager, "GetSession") && knows_auto) {
                  return sd_bus_reply_method_return(call, "o", session_path) >= 0;
              }
              if (is_call(call, manager, "GetSessionByPID")) {
                  return sd_bus_reply_method_return(call, "o", session_path) >= 0;
              }
              if (!is_call(call, manager, "Inhibit")) return false;
              const char* what[4]{};
              (void)sd_bus_message_read(call, "ssss", &what[0], &what[1], &what[2], &what[3]);
              inhibited = std::string(what[0]) + "/" + what[3];
              int ends[2];
              if (pipe2(ends, O_CLOEXEC) != 0) return false;
              const int sent = sd_bus_reply_method_return(call, "h", ends[1]);
              (void)close(ends[1]);
              reader = ends[0];
              return sent >= 0;
          }) {}
    ~Logind() {
        if (reader >= 0) (void)close(reader);
    }
    Logind(const Logind&) = delete;
    Logind& operator=(const Logind&) = delete;

    std::string inhibited{};
    std::atomic<int> reader = -1;
    Service service;
};

// ---- the portal ----

inline constexpr const char* portal_name = "org.freedesktop.portal.Desktop";
inline constexpr const char* chooser = "org.freedesktop.portal.FileChooser";
inline constexpr const char* screenshot = "org.freedesktop.portal.Screenshot";
inline constexpr const char* request_interface = "org.freedesktop.portal.Request";
inline constexpr const char* settings = "org.freedesktop.portal.Settings";

// The value of a text option in a{sv}, where the message stands.
inline std::string option_of(sd_bus_message* call, const std::string& wanted) {
    std::string result;
    must(sd_bus_message_enter_container(call, 'a', "{sv}") >= 0);
    while (sd_bus_message_enter_container(call, 'e', "sv") > 0) {
        const char* key = nullptr;
        (void)sd_bus_message_read(call, "s", &key);
        const char* value = nullptr;
        if (wanted == key && sd_bus_message_read(call, "v", "s", &value) > 0) result = value;
        else (void)sd_bus_message_skip(call, "v");
        (void)sd_bus_message_exit_container(call);
    }
    return result;
}

// Where the caller listens, by the portal's documentation.
inline std::string handle_of(sd_bus_message* call, const std::string& token) {
    std::string sender = sd_bus_message_get_sender(call);
    sender.erase(0, 1);
    std::replace(sender.begin(), sender.end(), '.', '_');
    return "/org/freedesktop/portal/desktop/request/" + sender + "/" + token;
}

// A portal whose requests a test answers.
struct Portal {
    explicit Portal(const std::string& address, bool old_handles = false)
        : service(address, {portal_name},
                  [this, old_handles](sd_bus_message* call) { return answer(call, old_handles); }) {}

    bool answer(sd_bus_message* call, bool old_handles) {
        const bool choose = is_call(call, chooser, "OpenFile");
        if (is_call(call, request_interface, "Close")) return sd_bus_reply_method_return(call, nullptr) >= 0;
        if (!choose && !is_call(call, screenshot, "Screenshot")) return false;
        const char* window = nullptr;
        (void)sd_bus_message_read(call, "s", &window);
        if (choose) (void)sd_bus_message_skip(call, "s");
        const std::string token = option_of(call, "handle_token");
        const std::string path = old_handles ? "/org/freedesktop/portal/desktop/request/old" : handle_of(call, token);
        const std::lock_guard guard(mutex);
        handle = path;
        parent = window != nullptr ? window : "";
        ++calls;
        // Before the reply: the answer may be faster than the reply to the call.
        if (!answered_at_once.empty()) respond(sd_bus_message_get_bus(call), path, 0, answered_at_once);
        return sd_bus_reply_method_return(call, "o", path.c_str()) >= 0;
    }

    static void respond(sd_bus* bus, const std::string& path, unsigned result, const std::vector<std::string>& uris,
                        bool one = false) {
        sd_bus_message* raw = nullptr;
        must(sd_bus_message_new_signal(bus, &raw, path.c_str(), request_interface, "Response") >= 0);
        const BusMessage signal(raw);
        must(sd_bus_message_append(raw, "u", result) >= 0);
        must(sd_bus_message_open_container(raw, 'a', "{sv}") >= 0);
        must(sd_bus_message_append(raw, "{sv}", "choices", "a(ss)", 0) >= 0);
        if (one) {
            must(sd_bus_message_append(raw, "{sv}", "uri", "s", uris.front().c_str()) >= 0);
        } else {
            must(sd_bus_message_open_container(raw, 'e', "sv") >= 0);
            must(sd_bus_message_append(raw, "s", "uris") >= 0);
            must(sd_bus_message_open_container(raw, 'v', "as") >= 0);
            must(sd_bus_message_open_container(raw, 'a', "s") >= 0);
            for (const std::string& uri : uris) must(sd_bus_message_append(raw, "s", uri.c_str()) >= 0);
            for (int i = 0; i < 3; ++i) must(sd_bus_message_close_container(raw) >= 0);
        }
        must(sd_bus_message_close_container(raw) >= 0);
        must(sd_bus_send(bus, raw, nullptr) >= 0);
    }
    void respond_later(const std::string& call, unsigned result, const std::vector<std::string>& uris,
                       bool one = false) {
        service.wait_for_call(call);
        service.run_there([&](sd_bus* bus) {
            const std::lock_guard guard(mutex);
            respond(bus, handle, result, uris, one);
        });
    }

    [[nodiscard]] std::string last_parent() {
        const std::lock_guard guard(mutex);
        return parent;
    }

    std::mutex mutex{};
    std::string parent{};  // the window that the last dialog belongs to
    std::atomic<int> calls = 0;
    std::string handle{};
    std::vector<std::string> answered_at_once{};
    Service service;
};

inline const std::string open_file = "org.freedesktop.portal.FileChooser.OpenFile";
inline const std::string take_screenshot = "org.freedesktop.portal.Screenshot.Screenshot";

// ---- the tray ----

inline constexpr const char* watcher_name = "org.kde.StatusNotifierWatcher";
inline constexpr const char* menu = "com.canonical.dbusmenu";

struct Watcher {
    explicit Watcher(const std::string& address)
        : service(address, {watcher_name}, [this](sd_bus_message* call) {
              if (!is_call(call, watcher_name, "RegisterStatusNotifierItem")) return false;
              const char* name = nullptr;
              (void)sd_bus_message_read(call, "s", &name);
              const std::lock_guard guard(mutex);
              item = name;
              return sd_bus_reply_method_return(call, nullptr) >= 0;
          }) {}
    [[nodiscard]] std::string item_name() {
        const std::lock_guard guard(mutex);
        return item;
    }

    std::mutex mutex{};
    std::string item{};
    Service service;
};

// What a tray sees of the menu: labels by number, in the menu's order; "-" for a separator.
inline std::vector<std::pair<int, std::string>> menu_of(sd_bus* bus, const std::string& item) {
    sd_bus_message* raw = nullptr;
    REQUIRE(sd_bus_call_method(bus, item.c_str(), "/MenuBar", menu, "GetLayout", nullptr, &raw, "iias", 0, -1, 0) >= 0);
    const BusMessage reply(raw);
    std::vector<std::pair<int, std::string>> result;
    REQUIRE(sd_bus_message_skip(raw, "u") >= 0);
    REQUIRE(sd_bus_message_enter_container(raw, 'r', "ia{sv}av") > 0);
    REQUIRE(sd_bus_message_skip(raw, "ia{sv}") >= 0);
    REQUIRE(sd_bus_message_enter_container(raw, 'a', "v") > 0);
    while (sd_bus_message_enter_container(raw, 'v', "(ia{sv}av)") > 0) {
        REQUIRE(sd_bus_message_enter_container(raw, 'r', "ia{sv}av") > 0);
        int number = 0;
        REQUIRE(sd_bus_message_read(raw, "i", &number) > 0);
        REQUIRE(sd_bus_message_enter_container(raw, 'a', "{sv}") > 0);
        std::string label;
        while (sd_bus_message_enter_container(raw, 'e', "sv") > 0) {
            const char* key = nullptr;
            const char* value = nullptr;
            REQUIRE(sd_bus_message_read(raw, "sv", &key, "s", &value) > 0);
            label = std::string(key) == "type" ? "-" : value;
            REQUIRE(sd_bus_message_exit_container(raw) >= 0);
        }
        REQUIRE(sd_bus_message_exit_container(raw) >= 0);
        REQUIRE(sd_bus_message_skip(raw, "av") >= 0);
        REQUIRE(sd_bus_message_exit_container(raw) >= 0);
        REQUIRE(sd_bus_message_exit_container(raw) >= 0);
        result.emplace_back(number, label);
    }
    return result;
}

inline void click(sd_bus* bus, const std::string& item, int number) {
    REQUIRE(sd_bus_call_method(bus, item.c_str(), "/MenuBar", menu, "Event", nullptr, nullptr, "isvu", number,
                               "clicked", "s", "", 0U) >= 0);
}

}  // namespace mocks
