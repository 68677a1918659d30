#include "desktop/x11_transfer_linux.hpp"

#include "qr/decode.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <poll.h>

namespace tokendeck::desktop::x11 {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_interval{50};

}  // namespace

const xcb_screen_t* screen_of(xcb_connection_t* connection, int number) {
    auto screens = xcb_setup_roots_iterator(xcb_get_setup(connection));
    for (; screens.rem > 0 && number > 0; --number) xcb_screen_next(&screens);
    return screens.rem > 0 ? screens.data : nullptr;
}

xcb_atom_t atom(xcb_connection_t* connection, std::string_view name) {
    const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(
        connection, xcb_intern_atom(connection, 0, static_cast<std::uint16_t>(name.size()), name.data()), nullptr));
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
}

std::vector<std::string> names_of(xcb_connection_t* connection, std::span<const xcb_atom_t> atoms) {
    constexpr std::size_t most = 64;
    std::vector<std::string> names;
    for (const xcb_atom_t one : atoms.first(std::min(atoms.size(), most))) {
        if (one == XCB_ATOM_NONE) continue;
        const Reply<xcb_get_atom_name_reply_t> reply(
            xcb_get_atom_name_reply(connection, xcb_get_atom_name(connection, one), nullptr));
        if (!reply) continue;
        names.emplace_back(xcb_get_atom_name_name(reply.get()),
                           static_cast<std::size_t>(xcb_get_atom_name_name_length(reply.get())));
    }
    return names;
}

std::vector<xcb_atom_t> atoms_in(std::span<const std::uint8_t> bytes) {
    std::vector<xcb_atom_t> atoms(bytes.size() / sizeof(xcb_atom_t));
    if (!atoms.empty()) std::memcpy(atoms.data(), bytes.data(), atoms.size() * sizeof(xcb_atom_t));
    return atoms;
}

Transfer::Transfer(xcb_connection_t* connection, xcb_window_t window, xcb_atom_t selection,
                   const IsCancelled& is_cancelled)
    : connection_(connection),
      window_(window),
      selection_(selection),
      is_cancelled_(is_cancelled),
      property_(atom(connection, "TOKENDECK_PICTURE")),
      incr_(atom(connection, "INCR")) {}

Transferred Transfer::content(xcb_atom_t form, xcb_timestamp_t time) {
    xcb_delete_property(connection_, window_, property_);
    xcb_convert_selection(connection_, window_, selection_, form, property_, time);
    xcb_flush(connection_);
    const auto answer = next(XCB_SELECTION_NOTIFY);
    if (!answer) return NotTransferred::no_answer;
    const auto& notify = reinterpret_cast<const xcb_selection_notify_event_t&>(*answer);
    if (notify.property == XCB_NONE) return NotTransferred::refused;
    xcb_atom_t type = XCB_NONE;
    Transferred first = take(type);
    if (type != incr_ || std::holds_alternative<NotTransferred>(first)) return first;
    return pieces();
}

// Each piece comes as a new value of the property, an empty one is the end.
Transferred Transfer::pieces() {
    std::vector<base::SecretBytes> parts;
    std::size_t size = 0;
    while (true) {
        const auto event = next(XCB_PROPERTY_NOTIFY);
        if (!event) return NotTransferred::no_answer;
        const auto& change = reinterpret_cast<const xcb_property_notify_event_t&>(*event);
        if (change.atom != property_ || change.state != XCB_PROPERTY_NEW_VALUE) continue;
        xcb_atom_t type = XCB_NONE;
        Transferred piece = take(type);
        if (std::holds_alternative<NotTransferred>(piece)) return piece;
        auto& bytes = std::get<base::SecretBytes>(piece);
        if (bytes.empty()) break;
        size += bytes.size();
        if (size > qr::file_bytes_max) return NotTransferred::too_large;
        parts.push_back(std::move(bytes));
    }
    return joined(parts);
}

// What the property holds; it is deleted, which asks for the next piece.
Transferred Transfer::take(xcb_atom_t& type) {
    constexpr auto most = static_cast<std::uint32_t>(qr::file_bytes_max / 4);
    const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(
        connection_, xcb_get_property(connection_, 1, window_, property_, XCB_GET_PROPERTY_TYPE_ANY, 0, most),
        nullptr));
    xcb_flush(connection_);
    if (!reply) return NotTransferred::unreadable;
    auto* const data = static_cast<std::uint8_t*>(xcb_get_property_value(reply.get()));
    const auto length = static_cast<std::size_t>(xcb_get_property_value_length(reply.get()));
    type = reply->type;
    base::SecretBytes bytes = base::SecretBytes::copy_of({data, length});
    base::wipe(data, length);
    if (reply->bytes_after > 0) return NotTransferred::too_large;
    return bytes;
}

// The next event of a kind; null if it does not come in time or nobody waits any more.
Reply<xcb_generic_event_t> Transfer::next(std::uint8_t kind) {
    const auto deadline = Steady::now() + silence_limit;
    while (true) {
        while (Reply<xcb_generic_event_t> event{xcb_poll_for_event(connection_)}) {
            if ((event->response_type & 0x7FU) == kind) return event;
        }
        if (xcb_connection_has_error(connection_) != 0 || is_cancelled_() || Steady::now() >= deadline) return {};
        pollfd line{xcb_get_file_descriptor(connection_), POLLIN, 0};
        (void)::poll(&line, 1, static_cast<int>(look_interval.count()));
    }
}

}  // namespace tokendeck::desktop::x11
