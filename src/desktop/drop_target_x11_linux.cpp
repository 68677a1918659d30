// X11's drag and drop beside GLFW: what is meant for GLFW's window is sent to a window of ours (XdndProxy), on a
// connection and a thread of its own. Source: "Drag-and-Drop Protocol for the X Window System", version 5.
#include "base/mailbox.hpp"
#include "desktop/drop_target_linux.hpp"
#include "desktop/x11_selection_linux.hpp"

#include <array>
#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>

namespace tokendeck::desktop {

namespace {

using channel::Drag;

constexpr std::uint32_t xdnd_version = 5;
constexpr std::uint32_t version_least = 3;  // older ones time nothing

struct Atoms {
    explicit Atoms(const x11::Client& client)
        : aware(client.atom("XdndAware")),
          proxy(client.atom("XdndProxy")),
          enter(client.atom("XdndEnter")),
          position(client.atom("XdndPosition")),
          status(client.atom("XdndStatus")),
          leave(client.atom("XdndLeave")),
          drop(client.atom("XdndDrop")),
          finished(client.atom("XdndFinished")),
          type_list(client.atom("XdndTypeList")),
          copy(client.atom("XdndActionCopy")) {}
    xcb_atom_t aware, proxy, enter, position, status, leave, drop, finished, type_list, copy;
};

class X11DropTarget final : public DropTarget {
  public:
    X11DropTarget(std::unique_ptr<x11::Client> client, xcb_window_t window, void (*wake)())
        : client_(std::move(client)), window_(window), wake_(wake) {
        client_->set_property(proxy_, atoms_.aware, XCB_ATOM_ATOM, std::array{xdnd_version});
        // A proxy names itself, so that nobody takes one for real whose program has died.
        for (const xcb_window_t one : {proxy_, window_})
            client_->set_property(one, atoms_.proxy, XCB_ATOM_WINDOW, std::array{proxy_});
        xcb_flush(client_->connection());
        thread_ = std::thread([this] { run(); });
    }
    ~X11DropTarget() override {
        ended_ = true;
        client_->ring();
        thread_.join();
        xcb_delete_property(client_->connection(), window_, atoms_.proxy);
        xcb_flush(client_->connection());
    }
    X11DropTarget(const X11DropTarget&) = delete;
    X11DropTarget& operator=(const X11DropTarget&) = delete;

    [[nodiscard]] Drag drag() const override { return drag_; }
    [[nodiscard]] std::optional<Dropped> take() override { return dropped_.try_pop(); }
    void refuse(bool yes) override { refusing_ = yes; }

  private:
    // ---- the thread ----

    void run() {
        while (!ended_ && !client_->is_broken()) {
            while (const auto event = client_->event()) handle(*event);
            client_->wait();
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
            if (const auto list = client_->property(source, atoms_.type_list, most, XCB_ATOM_ATOM))
                types = list->atoms();
        }
        forms_ = forms_to_ask(client_->names_of(types));
        const std::uint32_t wanted = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
        xcb_change_window_attributes(client_->connection(), source, XCB_CW_EVENT_MASK, &wanted);
        xcb_flush(client_->connection());
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
        return receive_best(forms_,
                            [&](const std::string& form) { return selection_.content(form, is_cancelled, time); });
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
        client_->send(source_, message);
    }

    void forget() {
        if (source_ != XCB_NONE) {
            const std::uint32_t nothing = XCB_EVENT_MASK_NO_EVENT;
            xcb_change_window_attributes(client_->connection(), source_, XCB_CW_EVENT_MASK, &nothing);
            xcb_flush(client_->connection());
        }
        source_ = XCB_NONE;
        forms_.clear();
        show(Drag::none);
    }

    void show(Drag now) {
        if (drag_.exchange(now) != now && wake_ != nullptr) wake_();
    }

    const std::unique_ptr<x11::Client> client_;
    const xcb_window_t window_;
    const xcb_window_t proxy_ = client_->window();
    const Atoms atoms_{*client_};
    const x11::Selection selection_{*client_, "XdndSelection"};
    void (*const wake_)();
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
    auto client = x11::Client::open();
    if (!client) return nullptr;
    return std::make_unique<X11DropTarget>(std::move(client), window, wake);
}

}  // namespace tokendeck::desktop
