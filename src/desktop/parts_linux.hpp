// Shared by the parts of the desktop's thread: owners of sd-bus objects, and functions that read messages.
// Thread: the desktop's.
#pragma once

#include "desktop/messages.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <systemd/sd-bus.h>

namespace tokendeck::desktop {

struct CloseBus {
    void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
};
struct LoseBusSlot {
    void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
};
struct LoseBusMessage {
    void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Bus = std::unique_ptr<sd_bus, CloseBus>;
using BusMessage = std::unique_ptr<sd_bus_message, LoseBusMessage>;
// A match, an object or a call under way; ends with this owner. Safe also within its own callback.
using BusSlot = std::unique_ptr<sd_bus_slot, LoseBusSlot>;

using Tell = std::function<void(DesktopEvent&&)>;
using Moment = std::chrono::steady_clock::time_point;

// Time for a service to answer; it may have to be started first.
inline constexpr std::uint64_t call_limit_microseconds = 20'000'000;

// A match that does not wait for the bus's confirmation.
[[nodiscard]] inline BusSlot watch(sd_bus* bus, const std::string& rule, sd_bus_message_handler_t handler,
                                   void* userdata) {
    sd_bus_slot* slot = nullptr;
    if (sd_bus_add_match_async(bus, &slot, rule.c_str(), handler, nullptr, userdata) < 0) return {};
    return BusSlot(slot);
}

[[nodiscard]] inline BusMessage new_call(sd_bus* bus, const char* service, const char* path, const char* interface,
                                         const char* member) {
    sd_bus_message* message = nullptr;
    if (sd_bus_message_new_method_call(bus, &message, service, path, interface, member) < 0) return {};
    return BusMessage(message);
}

// Nothing if it could not be sent.
[[nodiscard]] inline BusSlot send_call(sd_bus* bus, const BusMessage& message, sd_bus_message_handler_t on_reply,
                                       void* userdata) {
    sd_bus_slot* slot = nullptr;
    if (!message || sd_bus_call_async(bus, &slot, message.get(), on_reply, userdata, call_limit_microseconds) < 0)
        return {};
    return BusSlot(slot);
}

// A call whose answer nobody needs.
inline void send_without_reply(sd_bus* bus, const BusMessage& message) {
    if (!message || sd_bus_message_set_expect_reply(message.get(), 0) < 0) return;
    (void)sd_bus_send(bus, message.get(), nullptr);
}

// The number or truth in a variant, also in a variant within it; the message is then behind it. Nothing for other
// types.
[[nodiscard]] inline std::optional<std::uint32_t> take_number(sd_bus_message* message) {
    char type = 0;
    const char* content = nullptr;
    if (sd_bus_message_peek_type(message, &type, &content) <= 0 || type != 'v' || content == nullptr) {
        (void)sd_bus_message_skip(message, nullptr);
        return {};
    }
    const std::string inner = content;
    std::optional<std::uint32_t> result;
    if (inner == "u" || inner == "b") {
        std::uint32_t number = 0;
        int truth = 0;
        if (inner == "u" && sd_bus_message_read(message, "v", "u", &number) > 0) result = number;
        if (inner == "b" && sd_bus_message_read(message, "v", "b", &truth) > 0) result = truth != 0 ? 1U : 0U;
    } else if (inner == "v" && sd_bus_message_enter_container(message, 'v', "v") > 0) {
        result = take_number(message);
        (void)sd_bus_message_exit_container(message);
    } else {
        (void)sd_bus_message_skip(message, "v");
    }
    return result;
}

}  // namespace tokendeck::desktop
