// The selections of X11 by XCB, for the clipboard, pictures and drops: a connection to the server, what another program
// hands over, and what is offered to other programs.
// Source: ICCCM 2.0, "Peer-to-Peer Communication by Means of Selections", with 2.7.2 for what comes in pieces (INCR).
#pragma once

#include "desktop/transferred.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <xcb/xcb.h>

namespace tokendeck::desktop::x11 {

using Moment = std::chrono::steady_clock::time_point;

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename T>
using Reply = std::unique_ptr<T, Free>;

struct Property {
    xcb_atom_t type = XCB_NONE;
    std::uint8_t format = 0;  // bits of each value
    base::SecretBytes bytes{};
    bool more = false;  // `bytes` is only the beginning

    [[nodiscard]] std::vector<xcb_atom_t> atoms() const;
};

// A connection of its own, with a window of ours that is never shown and is told of changes of its properties.
// Thread: any, but only one takes events and waits.
class Client {
  public:
    // The server that GLFW uses, too. Null if it cannot be reached.
    [[nodiscard]] static std::unique_ptr<Client> open();
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] xcb_connection_t* connection() const { return connection_; }
    [[nodiscard]] const xcb_screen_t& screen() const { return *screen_; }
    [[nodiscard]] xcb_window_t window() const { return window_; }
    [[nodiscard]] bool is_broken() const { return xcb_connection_has_error(connection_) != 0; }
    [[nodiscard]] xcb_atom_t atom(std::string_view name) const;
    // At most 64 of them: no real program offers more.
    [[nodiscard]] std::vector<std::string> names_of(std::span<const xcb_atom_t> atoms) const;

    // `words`: at most so many times 4 bytes. Nothing if the window is gone; empty if the property has another type.
    [[nodiscard]] std::optional<Property> property(xcb_window_t window, xcb_atom_t name, std::uint32_t words,
                                                   xcb_atom_t type = XCB_GET_PROPERTY_TYPE_ANY) const;
    // Of our window. Deletes the property if it was read to its end, which tells its writer that it has arrived.
    [[nodiscard]] std::optional<Property> take_property(xcb_atom_t name, std::uint32_t words,
                                                        xcb_atom_t type = XCB_GET_PROPERTY_TYPE_ANY) const;
    void set_property(xcb_window_t window, xcb_atom_t name, xcb_atom_t type, std::string_view text) const;
    void set_property(xcb_window_t window, xcb_atom_t name, xcb_atom_t type,
                      std::span<const std::uint32_t> values) const;
    // What the program that made `window` calls itself; empty if it does not tell.
    [[nodiscard]] std::string program_of(xcb_window_t window) const;

    // The next event that has come; null if there is none.
    [[nodiscard]] Reply<xcb_generic_event_t> event() const;
    // `Event`: one of the server's event types.
    template <typename Event>
    void send(xcb_window_t to, const Event& event) const {
        static_assert(sizeof event <= event_bytes);
        send_event(to, &event, sizeof event);
    }
    // Until the server says something, `ring` is called, or `until` is over. Replies that another thread waits for may
    // bring events along unseen: it then has to ring.
    void wait(Moment until = Moment::max()) const;
    // Any thread.
    void ring() const;

  private:
    static constexpr std::size_t event_bytes = 32;

    Client();
    void send_event(xcb_window_t to, const void* event, std::size_t size) const;
    [[nodiscard]] std::optional<Property> read(const xcb_get_property_cookie_t& asked) const;

    xcb_connection_t* connection_;
    const xcb_screen_t* screen_ = nullptr;
    xcb_window_t window_ = XCB_NONE;
    int bell_;
};

// One of the places where a program offers something to others: "CLIPBOARD", "XdndSelection".
// Thread: the one that takes the client's events; `owner` any. Lifetime: within the client's.
class Selection {
  public:
    Selection(const Client& client, std::string_view name);

    [[nodiscard]] xcb_atom_t atom() const { return atom_; }
    // The window that holds it; XCB_NONE: none.
    [[nodiscard]] xcb_window_t owner() const;

    // ---- what another program offers ----

    // The answer is a SelectionNotify. `parameter`: atoms that the owner is told with it.
    void ask(xcb_atom_t form, xcb_timestamp_t time = XCB_CURRENT_TIME,
             std::span<const xcb_atom_t> parameter = {}) const;
    // The answer, if it is a short text (256 bytes); for a longer one nothing or its beginning.
    [[nodiscard]] base::SecretBytes short_answer(xcb_atom_t form) const;

    // These ask, and wait for the answer; other events of the client are lost meanwhile.
    // `time`: of the event that this answers.
    [[nodiscard]] Transferred content(std::string_view form, const IsCancelled& is_cancelled,
                                      xcb_timestamp_t time = XCB_CURRENT_TIME) const;
    [[nodiscard]] std::variant<std::vector<std::string>, NotTransferred> forms(const IsCancelled& is_cancelled) const;
    // Empty if there is none, or more than a megabyte of it.
    [[nodiscard]] base::SecretText text(const IsCancelled& is_cancelled) const;

  protected:
    const Client& client_;

  private:
    [[nodiscard]] Transferred receive(const IsCancelled& is_cancelled, std::size_t most, xcb_atom_t& type) const;
    [[nodiscard]] Transferred take(std::size_t most, xcb_atom_t& type) const;
    [[nodiscard]] Reply<xcb_generic_event_t> next(std::uint8_t kind, const IsCancelled& is_cancelled) const;

    const xcb_atom_t atom_, property_;
};

// A selection in which a text of ours is offered.
// Thread: the one that takes the client's events; `claim` any.
class OwnSelection final : public Selection {
  public:
    OwnSelection(const Client& client, std::string_view name);

    void claim();
    // It has arrived at the server when this returns.
    void give_up() const;
    // Learns the time since which it is ours. Pass every change of a property of our window.
    void note(const xcb_property_notify_event_t& change);
    // `text` null: nothing is offered. `secret`: with the marks by which clipboard managers leave passwords out.
    void serve(const xcb_selection_request_event_t& request, const base::SecretText* text, bool secret) const;
    // Has what is offered taken over by the clipboard manager that runs, which outlives us. The answer is its
    // SelectionNotify. False if there is none.
    [[nodiscard]] bool ask_manager(const Selection& manager) const;
    // In which a text is asked for.
    [[nodiscard]] xcb_atom_t text_form() const { return texts_.front(); }

  private:
    bool answer(xcb_window_t to, xcb_atom_t form, xcb_atom_t into, const base::SecretText& text, bool secret,
                bool one_of_several) const;
    bool answer_several(xcb_window_t to, xcb_atom_t into, const base::SecretText& text, bool secret) const;

    const xcb_atom_t targets_, timestamp_, multiple_, save_targets_, clock_;
    std::vector<xcb_atom_t> texts_{};  // in the order of `clipboard_text_forms`
    std::vector<xcb_atom_t> marks_{};  // in the order of `clipboard_marks`
    xcb_timestamp_t since_ = 0;
};

}  // namespace tokendeck::desktop::x11
