// X11 by XCB: connections, and what another program hands over by a selection. Source: ICCCM 2.0, "Peer-to-Peer
// Communication by Means of Selections", with 2.7.2 for what comes in pieces (INCR).
// Thread: the connection's; one at a time.
#pragma once

#include "desktop/transferred.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xcb/xcb.h>

namespace tokendeck::desktop::x11 {

struct Disconnect {
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
};
using Connection = std::unique_ptr<xcb_connection_t, Disconnect>;

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename T>
using Reply = std::unique_ptr<T, Free>;

// Null if there is no screen to be reached.
[[nodiscard]] const xcb_screen_t* screen_of(xcb_connection_t* connection, int number);
[[nodiscard]] xcb_atom_t atom(xcb_connection_t* connection, std::string_view name);
// No more than 64 of them: nobody offers more in earnest.
[[nodiscard]] std::vector<std::string> names_of(xcb_connection_t* connection, std::span<const xcb_atom_t> atoms);
[[nodiscard]] std::vector<xcb_atom_t> atoms_in(std::span<const std::uint8_t> bytes);

// Asks the owner of a selection for it, in one form after the other, and waits for the answer; other events of the
// connection are lost meanwhile.
class Transfer {
  public:
    // `window`: a window of ours on that connection that is told of changes of its properties. Both outlive this.
    Transfer(xcb_connection_t* connection, xcb_window_t window, xcb_atom_t selection, const IsCancelled& is_cancelled);

    // `time`: of the event that this answers.
    [[nodiscard]] Transferred content(xcb_atom_t form, xcb_timestamp_t time = XCB_CURRENT_TIME);

  private:
    [[nodiscard]] Transferred pieces();
    [[nodiscard]] Transferred take(xcb_atom_t& type);
    [[nodiscard]] Reply<xcb_generic_event_t> next(std::uint8_t kind);

    xcb_connection_t* connection_;
    xcb_window_t window_;
    xcb_atom_t selection_;
    const IsCancelled& is_cancelled_;
    xcb_atom_t property_, incr_;
};

}  // namespace tokendeck::desktop::x11
