// xdg-desktop-portal: the desktop's file chooser, screenshot and printing, and what the user prefers (colours,
// contrast, motion). A request's answer is a signal at a path that is known before the call is sent, so that none is
// missed. Source: XDG Desktop Portal documentation, "Requests", FileChooser, Screenshot, Print, Settings. Thread: the
// desktop's.
#pragma once

#include "desktop/parts_linux.hpp"

#include <string>
#include <vector>

namespace tokendeck::desktop {

class Portal {
  public:
    Portal(sd_bus* session_bus, Tell tell);
    ~Portal();
    Portal(const Portal&) = delete;
    Portal& operator=(const Portal&) = delete;

    void choose_files(const ChooseFiles& command);
    void take_screenshot(const TakeScreenshot& command);
    void print(const PrintFile& command);
    void cancel(DesktopRequestId id);
    // Ends the requests whose time is over.
    void pass_time(Moment now);
    // The bus is gone: all requests end.
    void lost();
    [[nodiscard]] std::optional<Moment> next_limit() const;
    // True once the portal has told the preferences.
    [[nodiscard]] bool has_preferences() const { return has_preferences_; }

  private:
    struct Request;
    enum class Wanted : std::uint8_t { files, screenshot, print };
    using Reason = DesktopRequestEnded::Reason;

    static int on_reply(sd_bus_message* message, void* request, sd_bus_error* error);
    static int on_response(sd_bus_message* message, void* request, sd_bus_error* error);
    static int on_owner(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_preferences(sd_bus_message* message, void* self, sd_bus_error* error);
    static int on_changed(sd_bus_message* message, void* self, sd_bus_error* error);

    Request* begin(DesktopRequestId id, Wanted wanted, std::chrono::minutes limit);
    void send(Request* request, const BusMessage& call);
    void await_response_at(Request& request, const std::string& path);
    void end(const Request& request, Reason reason);
    void end(const Request& request, DesktopEvent&& event);
    void close_dialog(const Request& request);
    void answered(const Request& request, std::vector<std::string> uris);
    void read_preferences();
    void note(const std::string& name_space, const std::string& key, std::optional<std::uint32_t> value);

    sd_bus* const bus_;
    const Tell tell_;
    std::uint64_t tokens_ = 0;
    std::vector<std::unique_ptr<Request>> requests_{};
    bool has_preferences_ = false;
    DesktopPreferences preferences_{};
    std::optional<std::uint32_t> animations_{};  // GNOME's, where the portal has no "reduced-motion"
    std::optional<std::uint32_t> reduced_motion_{};
    BusSlot owner_{}, changed_{}, read_{};
};

}  // namespace tokendeck::desktop
