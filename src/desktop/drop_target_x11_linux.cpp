// X11's drag and drop beside GLFW: what is meant for GLFW's window is sent to a window of ours (XdndProxy), on a
// connection and a thread of its own. Source: "Drag-and-Drop Protocol for the X Window System", version 5.
#include "base/mailbox.hpp"
#include "desktop/drop_target_linux.hpp"
#include "desktop/x11_transfer_linux.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <xcb/xcb.h>

namespace tokendeck::desktop {

namespace {

using channel::Drag;

constexpr std::uint32_t xdnd_version = 5;
constexpr std::uint32_t version_least = 3;  // older ones time nothing

struct Atoms {
    explicit Atoms(xcb_connection_t* connection)
        : aware(x11::atom(connection, "XdndAware")),
          proxy(x11::atom(connection, "XdndProxy")),
          enter(x11::atom(connection, "XdndEnter")),
          position(x11::atom(connection, "XdndPosition")),
          status(x11::atom(connection, "XdndStatus")),
          leave(x11::atom(connection, "XdndLeave")),
          drop(x11::atom(connection, "XdndDrop")),
          finished(x11::atom(connection, "XdndFinished")),
          selection(x11::atom(connection, "XdndSelection")),
          type_list(x11::atom(connection, "XdndTypeList")),
          copy(x11::atom(connection, "XdndActionCopy")) {}
    xcb_atom_t aware, proxy, enter, position, status, leave, drop, finished, selection, type_list, copy;
};

class X11DropTarget final : public DropTarget {
  public:
    X11DropTarget(x11::Connection connection, const xcb_screen_t& screen, xcb_window_t window, void (*wake)())
        : connection_(std::move(connection)),
          window_(window),
          proxy_(xcb_generate_id(connection_.get())),
          atoms_(connection_.get()),
          wake_(wake),
          ending_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        const std::array<std::uint32_t, 2> values{1, XCB_EVENT_MASK_PROPERTY_CHANGE};
        xcb_create_window(connection_.get(), 0, proxy_, screen.root, -1, -1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
                          XCB_COPY_FROM_PARENT, XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values.data());
        xcb_change_property(connection_.get(), XCB_PROP_MODE_REPLACE, proxy_, atoms_.aware, XCB_ATOM_ATOM, 32, 1,
                            &xdnd_version);
        // A proxy names itself, so that nobody takes one for real whose program has died.
        for (const xcb_window_t one : {proxy_, window_})
            xcb_change_property(connection_.get(), XCB_PROP_MODE_REPLACE, one, atoms_.proxy, XCB_ATOM_WINDOW, 32, 1,
                                &proxy_);
        xcb_flush(connection_.get());
        thread_ = std::thread([this] { run(); });
    }
    ~X11DropTarget() override {
        ended_ = true;
        const std::uint64_t one = 1;
        (void)!::write(ending_, &one, sizeof one);
        thread_.join();
        xcb_delete_property(connection_.get(), window_, atoms_.proxy);
        xcb_flush(connection_.get());
        if (ending_ >= 0) (void)::close(ending_);
    }
    X11DropTarget(const X11DropTarget&) = delete;
    X11DropTarget& operator=(const X11DropTarget&) = delete;

    [[nodiscard]] Drag drag() const override { return drag_; }
    [[nodiscard]] std::optional<Dropped> take() override { return dropped_.try_pop(); }
    void refuse(bool yes) override { refusing_ = yes; }

  private:
    // ---- the thread ----

    void run() {
        while (!ended_ && xcb_connection_has_error(connection_.get()) == 0) {
            while (x11::Reply<xcb_generic_event_t> event{xcb_poll_for_event(connection_.get())}) handle(*event);
            std::array<pollfd, 2> lines{
                {{xcb_get_file_descriptor(connection_.get()), POLLIN, 0}, {ending_, POLLIN, 0}}};
            (void)::poll(lines.data(), lines.size(), ending_ < 0 ? 100 : -1);
        }
        show(Drag::none);
    }

    void handle(const xcb_generic_event_t& event) {
        const unsigned kind = event.response_type & 0x7FU;
        if (kind == XCB_DESTROY_NOTIFY) {
            // The program that something was dragged from has died in the middle of it.
            if (reinterpret_cast<const xcb_destroy_notify_event_t&>(event).window == source_) forget();
            return;
        }
        if (kind != XCB_CLIENT_MESSAGE) return;
        const auto& message = reinterpret_cast<const xcb_client_message_event_t&>(event);
        if (message.format != 32) return;
        const auto& data = message.data.data32;
        target_ = message.window;
        if (message.type == atoms_.enter) return enter(data[0], data[1], {data[2], data[3], data[4]});
        if (source_ == XCB_NONE || data[0] != source_) return;
        if (message.type == atoms_.position) position();
        else if (message.type == atoms_.leave) forget();
        else if (message.type == atoms_.drop) drop(data[2]);
    }

    void enter(xcb_window_t source, std::uint32_t flags, std::array<xcb_atom_t, 3> first_types) {
        forget();
        if (flags >> 24 < version_least) return;
        source_ = source;
        std::vector<xcb_atom_t> types(first_types.begin(), first_types.end());
        constexpr std::uint32_t more_than_three = 1;
        if ((flags & more_than_three) != 0) {
            constexpr std::uint32_t most = 256;
            const x11::Reply<xcb_get_property_reply_t> list(xcb_get_property_reply(
                connection_.get(),
                xcb_get_property(connection_.get(), 0, source, atoms_.type_list, XCB_ATOM_ATOM, 0, most), nullptr));
            if (list)
                types = x11::atoms_in({static_cast<const std::uint8_t*>(xcb_get_property_value(list.get())),
                                       static_cast<std::size_t>(xcb_get_property_value_length(list.get()))});
        }
        forms_ = forms_to_ask(x11::names_of(connection_.get(), types));
        const std::uint32_t wanted = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
        xcb_change_window_attributes(connection_.get(), source, XCB_CW_EVENT_MASK, &wanted);
        xcb_flush(connection_.get());
    }

    [[nodiscard]] bool accepts() const { return !forms_.empty() && !refusing_; }

    void position() {
        show(accepts() ? Drag::takeable : Drag::unusable);
        constexpr std::uint32_t accept = 1;
        constexpr std::uint32_t tell_every_move = 2;
        tell(atoms_.status, (accepts() ? accept : 0) | tell_every_move, 0, 0,
             accepts() ? atoms_.copy : xcb_atom_t{XCB_ATOM_NONE});
    }

    void drop(xcb_timestamp_t time) {
        bool taken = false;
        if (accepts()) {
            show(Drag::receiving);
            Dropped content = receive(time);
            taken = !std::holds_alternative<base::Error>(content);
            while (!ended_ && !dropped_.try_push(std::move(content))) (void)::poll(nullptr, 0, 20);
        }
        tell(atoms_.finished, taken ? 1 : 0, taken ? atoms_.copy : xcb_atom_t{XCB_ATOM_NONE}, 0, 0);
        forget();
        if (wake_ != nullptr) wake_();
    }

    Dropped receive(xcb_timestamp_t time) {
        const IsCancelled is_cancelled = [this] { return ended_.load(); };
        x11::Transfer transfer(connection_.get(), proxy_, atoms_.selection, is_cancelled);
        return receive_best(forms_, [&](const std::string& form) {
            return transfer.content(x11::atom(connection_.get(), form), time);
        });
    }

    // As the window that the source believes it talks to: by the specification ours, and with GTK and Chromium the
    // proxy.
    void tell(xcb_atom_t what, std::uint32_t b, std::uint32_t c, std::uint32_t d, std::uint32_t e) {
        xcb_client_message_event_t message{};
        message.response_type = XCB_CLIENT_MESSAGE;
        message.format = 32;
        message.window = source_;
        message.type = what;
        message.data.data32[0] = target_;
        message.data.data32[1] = b;
        message.data.data32[2] = c;
        message.data.data32[3] = d;
        message.data.data32[4] = e;
        xcb_send_event(connection_.get(), 0, source_, XCB_EVENT_MASK_NO_EVENT, reinterpret_cast<const char*>(&message));
        xcb_flush(connection_.get());
    }

    void forget() {
        if (source_ != XCB_NONE) {
            const std::uint32_t nothing = XCB_EVENT_MASK_NO_EVENT;
            xcb_change_window_attributes(connection_.get(), source_, XCB_CW_EVENT_MASK, &nothing);
            xcb_flush(connection_.get());
        }
        source_ = XCB_NONE;
        forms_.clear();
        show(Drag::none);
    }

    void show(Drag now) {
        if (drag_.exchange(now) != now && wake_ != nullptr) wake_();
    }

    const x11::Connection connection_;
    const xcb_window_t window_, proxy_;
    const Atoms atoms_;
    void (*const wake_)();
    const int ending_;
    std::atomic<bool> ended_ = false;
    std::atomic<bool> refusing_ = false;
    std::atomic<Drag> drag_ = Drag::none;
    base::Mailbox<Dropped> dropped_{7};
    xcb_window_t source_ = XCB_NONE;    // what is dragged comes from there
    xcb_window_t target_ = XCB_NONE;    // of its messages
    std::vector<std::string> forms_{};  // of what it offers, those to ask for
    std::thread thread_{};
};

}  // namespace

std::unique_ptr<DropTarget> x11_drop_target(std::uint32_t window, void (*wake)()) {
    int number = 0;
    x11::Connection connection(xcb_connect(nullptr, &number));
    if (xcb_connection_has_error(connection.get()) != 0) return nullptr;
    const xcb_screen_t* const screen = x11::screen_of(connection.get(), number);
    if (screen == nullptr) return nullptr;
    return std::make_unique<X11DropTarget>(std::move(connection), *screen, window, wake);
}

}  // namespace tokendeck::desktop
