#include "desktop/portal_linux.hpp"

#include "base/outside_file.hpp"
#include "desktop/file_uri.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

constexpr const char* portal = "org.freedesktop.portal.Desktop";
constexpr const char* portal_path = "/org/freedesktop/portal/desktop";
constexpr const char* settings = "org.freedesktop.portal.Settings";
constexpr std::string_view appearance = "org.freedesktop.appearance";
constexpr std::string_view gnome_interface = "org.gnome.desktop.interface";

constexpr std::chrono::minutes chooser_limit{15};
constexpr std::chrono::minutes screenshot_limit{5};
constexpr std::size_t picture_bytes_most = 64 << 20;

// Reads a picture that was made for us, and deletes it, also if it cannot be read.
std::optional<base::SecretBytes> take_picture_file(const std::string& path) {
    auto file = base::OutsideFile::open(path, base::OutsideFile::Links::refused);
    if (!file || !file.value().is_own()) return {};
    auto picture = file.value().read(picture_bytes_most);
    (void)::unlink(path.c_str());
    if (!picture || picture.value().empty()) return {};
    return std::move(picture).value();
}

DesktopRequestEnded::Reason reason_of(sd_bus_message* reply) {
    using Reason = DesktopRequestEnded::Reason;
    const sd_bus_error* const error = sd_bus_message_get_error(reply);
    const std::string_view name = error != nullptr && error->name != nullptr ? error->name : "";
    for (const std::string_view there_is_none :
         {"org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
          "org.freedesktop.DBus.Error.UnknownMethod", "org.freedesktop.DBus.Error.UnknownInterface",
          "org.freedesktop.DBus.Error.UnknownObject"}) {
        if (name == there_is_none) return Reason::absent;
    }
    if (name.starts_with("org.freedesktop.DBus.Error.Spawn.")) return Reason::absent;
    if (name == "org.freedesktop.DBus.Error.NoReply" || name == "org.freedesktop.DBus.Error.Timeout" ||
        name == "org.freedesktop.DBus.Error.Disconnected") {
        return Reason::no_answer;
    }
    return Reason::refused;
}

bool append_option(sd_bus_message* call, const char* key, const char* value) {
    return sd_bus_message_append(call, "{sv}", key, "s", value) >= 0;
}

bool append_option(sd_bus_message* call, const char* key, bool value) {
    return sd_bus_message_append(call, "{sv}", key, "b", value ? 1 : 0) >= 0;
}

}  // namespace

struct Portal::Request {
    Portal* portal = nullptr;
    DesktopRequestId id = 0;
    Wanted wanted = Wanted::files;
    Moment limit{};
    std::string token{};
    std::string path{};
    BusSlot call{}, response{};
};

Portal::Portal(sd_bus* session_bus, Tell tell) : bus_(session_bus), tell_(std::move(tell)) {
    owner_ = watch(bus_,
                   "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
                   "member='NameOwnerChanged',arg0='org.freedesktop.portal.Desktop'",
                   on_owner, this);
    changed_ = watch(bus_,
                     "type='signal',sender='org.freedesktop.portal.Desktop',path='/org/freedesktop/portal/desktop',"
                     "interface='org.freedesktop.portal.Settings',member='SettingChanged'",
                     on_changed, this);
    read_preferences();
}

Portal::~Portal() {
    for (const auto& request : requests_) close_dialog(*request);
}

// ---- requests ----

Portal::Request* Portal::begin(DesktopRequestId id, Wanted wanted, std::chrono::minutes limit) {
    auto request = std::make_unique<Request>();
    request->portal = this;
    request->id = id;
    request->wanted = wanted;
    request->limit = std::chrono::steady_clock::now() + limit;
    request->token = "tokendeck" + std::to_string(++tokens_);
    const char* unique = nullptr;
    if (sd_bus_get_unique_name(bus_, &unique) >= 0 && unique != nullptr && *unique == ':') {
        std::string sender = unique + 1;
        std::ranges::replace(sender, '.', '_');
        await_response_at(*request, std::string(portal_path) + "/request/" + sender + "/" + request->token);
    }
    requests_.push_back(std::move(request));
    return requests_.back().get();
}

void Portal::await_response_at(Request& request, const std::string& path) {
    request.path = path;
    request.response = watch(bus_,
                             "type='signal',sender='org.freedesktop.portal.Desktop',path='" + path +
                                 "',interface='org.freedesktop.portal.Request',member='Response'",
                             on_response, &request);
}

void Portal::send(Request* request, const BusMessage& call) {
    if (call) request->call = send_call(bus_, call, on_reply, request);
    if (!request->call || !request->response) end(*request, Reason::absent);
}

void Portal::choose_files(const ChooseFiles& command) {
    Request* const request = begin(command.id, Wanted::files, chooser_limit);
    BusMessage call = new_call(bus_, portal, portal_path, "org.freedesktop.portal.FileChooser", "OpenFile");
    sd_bus_message* const m = call.get();
    bool made = call && sd_bus_message_append(m, "ss", command.parent_window.c_str(), command.title.c_str()) >= 0 &&
                sd_bus_message_open_container(m, 'a', "{sv}") >= 0 &&
                append_option(m, "handle_token", request->token.c_str()) && append_option(m, "modal", true) &&
                append_option(m, "multiple", command.several);
    if (made && !command.filter_name.empty()) {
        made = sd_bus_message_append(m, "{sv}", "filters", "a(sa(us))", 1, command.filter_name.c_str(), 6, 1U,
                                     "image/*", 0U, "*.json", 0U, "*.txt", 0U, "*.csv", 0U, "*.xml", 0U, "*.2fas") >= 0;
    }
    made = made && sd_bus_message_close_container(m) >= 0;
    if (!made) call.reset();
    send(request, call);
}

void Portal::take_screenshot(const TakeScreenshot& command) {
    Request* const request = begin(command.id, Wanted::screenshot, screenshot_limit);
    BusMessage call = new_call(bus_, portal, portal_path, "org.freedesktop.portal.Screenshot", "Screenshot");
    sd_bus_message* const m = call.get();
    const bool made = call && sd_bus_message_append(m, "s", command.parent_window.c_str()) >= 0 &&
                      sd_bus_message_open_container(m, 'a', "{sv}") >= 0 &&
                      append_option(m, "handle_token", request->token.c_str()) && append_option(m, "modal", true) &&
                      append_option(m, "interactive", true) && sd_bus_message_close_container(m) >= 0;
    if (!made) call.reset();
    send(request, call);
}

void Portal::print(const PrintFile& command) {
    Request* const request = begin(command.id, Wanted::print, chooser_limit);
    const int file = ::open(command.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    BusMessage call = new_call(bus_, portal, portal_path, "org.freedesktop.portal.Print", "Print");
    sd_bus_message* const m = call.get();
    const bool made =
        file >= 0 && call &&
        sd_bus_message_append(m, "ssh", command.parent_window.c_str(), command.title.c_str(), file) >= 0 &&
        sd_bus_message_open_container(m, 'a', "{sv}") >= 0 &&
        append_option(m, "handle_token", request->token.c_str()) && append_option(m, "modal", true) &&
        sd_bus_message_close_container(m) >= 0;
    if (file >= 0) (void)::close(file);  // the message has its own
    if (!made) return end(*request, Reason::unreadable);
    send(request, call);
}

void Portal::cancel(DesktopRequestId id) {
    const auto found = std::ranges::find_if(requests_, [&](const auto& request) { return request->id == id; });
    if (found == requests_.end()) return;
    close_dialog(**found);
    end(**found, Reason::cancelled);
}

void Portal::pass_time(Moment now) {
    for (std::size_t i = requests_.size(); i-- > 0;) {
        if (requests_[i]->limit > now) continue;
        close_dialog(*requests_[i]);
        end(*requests_[i], Reason::no_answer);
    }
}

std::optional<Moment> Portal::next_limit() const {
    std::optional<Moment> next;
    for (const auto& request : requests_) next = next ? std::min(*next, request->limit) : request->limit;
    return next;
}

void Portal::lost() {
    while (!requests_.empty()) end(*requests_.back(), Reason::no_answer);
}

void Portal::close_dialog(const Request& request) {
    const BusMessage call = new_call(bus_, portal, request.path.c_str(), "org.freedesktop.portal.Request", "Close");
    if (call) (void)sd_bus_message_set_auto_start(call.get(), 0);
    send_without_reply(bus_, call);
}

void Portal::end(const Request& request, Reason reason) {
    end(request, DesktopRequestEnded{request.id, reason});
}

void Portal::end(const Request& request, DesktopEvent&& event) {
    std::erase_if(requests_, [&](const auto& one) { return one.get() == &request; });
    tell_(std::move(event));
}

int Portal::on_reply(sd_bus_message* message, void* request, sd_bus_error*) {
    auto& asked = *static_cast<Request*>(request);
    if (sd_bus_message_is_method_error(message, nullptr) > 0) {
        asked.portal->end(asked, reason_of(message));
        return 0;
    }
    // Portals before 0.9 chose another path than the one that can be known beforehand.
    const char* path = nullptr;
    if (sd_bus_message_read(message, "o", &path) > 0 && asked.path != path)
        asked.portal->await_response_at(asked, path);
    return 0;
}

int Portal::on_response(sd_bus_message* message, void* request, sd_bus_error*) {
    auto& asked = *static_cast<Request*>(request);
    std::uint32_t response = 2;
    if (sd_bus_message_read(message, "u", &response) <= 0) response = 2;
    if (response != 0) {
        asked.portal->end(asked, response == 1 ? Reason::cancelled : Reason::dismissed);
        return 0;
    }
    if (asked.wanted == Wanted::print) {
        asked.portal->end(asked, FilePrinted{asked.id});
        return 0;
    }
    std::vector<std::string> uris;
    if (sd_bus_message_enter_container(message, 'a', "{sv}") > 0) {
        while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
            const char* key = nullptr;
            if (sd_bus_message_read(message, "s", &key) <= 0) break;
            char type = 0;
            const char* content = nullptr;
            (void)sd_bus_message_peek_type(message, &type, &content);
            const std::string_view inner = content != nullptr ? content : "";
            const std::string_view name = key;
            const char* uri = nullptr;
            if (name == "uri" && asked.wanted == Wanted::screenshot && inner == "s") {
                if (sd_bus_message_read(message, "v", "s", &uri) > 0) uris.emplace_back(uri);
            } else if (name == "uris" && asked.wanted == Wanted::files && inner == "as") {
                if (sd_bus_message_enter_container(message, 'v', "as") > 0 &&
                    sd_bus_message_enter_container(message, 'a', "s") > 0) {
                    while (sd_bus_message_read(message, "s", &uri) > 0) uris.emplace_back(uri);
                    (void)sd_bus_message_exit_container(message);
                    (void)sd_bus_message_exit_container(message);
                }
            } else if (sd_bus_message_skip(message, "v") < 0) {
                break;
            }
            if (sd_bus_message_exit_container(message) < 0) break;
        }
    }
    asked.portal->answered(asked, std::move(uris));
    return 0;
}

void Portal::answered(const Request& request, std::vector<std::string> uris) {
    std::vector<std::string> paths;
    for (const std::string& uri : uris) {
        if (auto path = path_of_uri(uri)) paths.push_back(std::move(*path));
    }
    if (paths.empty() || paths.size() != uris.size()) return end(request, Reason::unreadable);
    if (request.wanted == Wanted::files) return end(request, FilesChosen{request.id, std::move(paths)});
    auto picture = take_picture_file(paths.front());
    if (!picture) return end(request, Reason::unreadable);
    end(request, ScreenshotTaken{request.id, std::move(*picture)});
}

// A portal that ends takes its dialogs with it; a new one may prefer differently.
int Portal::on_owner(sd_bus_message* message, void* self, sd_bus_error*) {
    auto& portal_ = *static_cast<Portal*>(self);
    const char* name = nullptr;
    const char* before = nullptr;
    const char* now = nullptr;
    if (sd_bus_message_read(message, "sss", &name, &before, &now) <= 0) return 0;
    if (*before != '\0') portal_.lost();
    if (*now != '\0') portal_.read_preferences();
    return 0;
}

// ---- preferences ----

void Portal::read_preferences() {
    const BusMessage call = new_call(bus_, portal, portal_path, settings, "ReadAll");
    if (!call || sd_bus_message_append(call.get(), "as", 2, appearance.data(), gnome_interface.data()) < 0) return;
    read_ = send_call(bus_, call, on_preferences, this);
}

int Portal::on_preferences(sd_bus_message* message, void* self, sd_bus_error*) {
    auto& portal_ = *static_cast<Portal*>(self);
    if (sd_bus_message_is_method_error(message, nullptr) > 0) return 0;
    if (sd_bus_message_enter_container(message, 'a', "{sa{sv}}") < 0) return 0;
    while (sd_bus_message_enter_container(message, 'e', "sa{sv}") > 0) {
        const char* name_space = nullptr;
        if (sd_bus_message_read(message, "s", &name_space) <= 0) return 0;
        if (sd_bus_message_enter_container(message, 'a', "{sv}") < 0) return 0;
        while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
            const char* key = nullptr;
            if (sd_bus_message_read(message, "s", &key) <= 0) return 0;
            portal_.note(name_space, key, take_number(message));
            if (sd_bus_message_exit_container(message) < 0) return 0;
        }
        if (sd_bus_message_exit_container(message) < 0 || sd_bus_message_exit_container(message) < 0) return 0;
    }
    portal_.has_preferences_ = true;
    portal_.tell_(DesktopPreferences{portal_.preferences_});
    return 0;
}

int Portal::on_changed(sd_bus_message* message, void* self, sd_bus_error*) {
    auto& portal_ = *static_cast<Portal*>(self);
    const char* name_space = nullptr;
    const char* key = nullptr;
    if (sd_bus_message_read(message, "ss", &name_space, &key) <= 0) return 0;
    const DesktopPreferences before = portal_.preferences_;
    portal_.note(name_space, key, take_number(message));
    if (portal_.preferences_ != before) portal_.tell_(DesktopPreferences{portal_.preferences_});
    return 0;
}

// color-scheme: 0 no preference, 1 dark, 2 light. reduced-motion: 1 reduced. Other numbers mean 0.
void Portal::note(const std::string& name_space, const std::string& key, std::optional<std::uint32_t> value) {
    if (name_space == appearance && key == "color-scheme") {
        preferences_.dark.reset();
        if (value == 1U || value == 2U) preferences_.dark = value == 1U;
    } else if (name_space == appearance && key == "reduced-motion") {
        reduced_motion_ = value;
    } else if (name_space == gnome_interface && key == "enable-animations") {
        animations_ = value;
    }
    preferences_.reduced_motion.reset();
    if (reduced_motion_) preferences_.reduced_motion = reduced_motion_ == 1U;
    else if (animations_) preferences_.reduced_motion = animations_ == 0U;
}

}  // namespace tokendeck::desktop
