// Objects of libwayland-client that end with their owner, and what another program offers over Wayland, in a drag or on
// the clipboard. Source: the core protocol, version 3 of "wl_data_device" and "wl_data_offer".
#pragma once

#include "desktop/transferred.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <wayland-client.h>

namespace tokendeck::desktop::wayland {

// libwayland-client's functions for it have no linkage, so they cannot be an argument of a template.
struct Destroy {
    void operator()(wl_event_queue* queue) const { wl_event_queue_destroy(queue); }
    void operator()(wl_display* wrapper) const { wl_proxy_wrapper_destroy(wrapper); }
    void operator()(wl_registry* registry) const { wl_registry_destroy(registry); }
    void operator()(wl_seat* seat) const { wl_seat_destroy(seat); }
    void operator()(wl_keyboard* keyboard) const { wl_keyboard_release(keyboard); }
    void operator()(wl_pointer* pointer) const { wl_pointer_release(pointer); }
    void operator()(wl_data_device_manager* manager) const { wl_data_device_manager_destroy(manager); }
    void operator()(wl_data_device* device) const { wl_data_device_release(device); }
    void operator()(wl_data_source* source) const { wl_data_source_destroy(source); }
    void operator()(wl_callback* callback) const { wl_callback_destroy(callback); }
};
template <typename T>
using Owned = std::unique_ptr<T, Destroy>;

using Queue = Owned<wl_event_queue>;
using OnQueue = Owned<wl_display>;  // a wrapper whose objects are on another queue
using Registry = Owned<wl_registry>;
using Seat = Owned<wl_seat>;  // of version 3, as its keyboard and pointer
using Keyboard = Owned<wl_keyboard>;
using Pointer = Owned<wl_pointer>;
using Manager = Owned<wl_data_device_manager>;
using Device = Owned<wl_data_device>;
using Source = Owned<wl_data_source>;
using Callback = Owned<wl_callback>;

// Closed at its end. Only the reading end does not block.
struct Pipe {
    Pipe();
    ~Pipe();
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] bool open() const { return ends[1] >= 0; }
    void close_writing_end();

    std::array<int, 2> ends{-1, -1};
};

class Offer {
  public:
    // `proxy`: as it came with the event `data_offer`, with nobody listening yet.
    explicit Offer(wl_data_offer* proxy);
    ~Offer();
    Offer(const Offer&) = delete;
    Offer& operator=(const Offer&) = delete;

    // The compositor is not told of the end of this object.
    void leave_alone();

    [[nodiscard]] wl_data_offer* proxy() const { return proxy_; }
    [[nodiscard]] const std::vector<std::string>& forms() const { return forms_; }
    // What letting go would do now: of wl_data_device_manager.dnd_action.
    [[nodiscard]] std::uint32_t action() const { return action_; }
    // Asks for it in this form; the content comes into the pipe, whose writing end is then closed here.
    void ask(wl_display* display, const std::string& form, Pipe& pipe) const;

  private:
    static const wl_data_offer_listener listener;

    wl_data_offer* proxy_;
    std::vector<std::string> forms_{};
    std::uint32_t action_ = WL_DATA_DEVICE_MANAGER_DND_ACTION_NONE;
};

}  // namespace tokendeck::desktop::wayland
