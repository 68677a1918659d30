// Wayland's drag and drop beside GLFW: data devices of our own on GLFW's connection, with a queue and a thread of their
// own. GLFW 3.4 takes files only; an offer without any it destroys at once.
//
// Which of a program's data devices is told of a drag is up to the compositor, and nothing says how it chooses. So two
// are made before the window is shown, and with the first keyboard focus, or the first drag, it is seen which of them
// are told:
//   only the newest   Mutter and Weston. GLFW's is told of nothing any more, neither of drags nor of the clipboard.
//                     All drags are taken here, and `WaylandClipboard` has the clipboard.
//   all               wlroots. GLFW's destroys the offer, and to wlroots the drag has then ended. So ours are given
//                     up, and only files can be dropped, by GLFW.
//   only the oldest   KWin's drags, while its clipboard is told to all: the same. It is GLFW's, and nobody can make one
//                     before it or take it away.
// Source: the core protocol, "wl_data_device", version 3.
#include "base/mailbox.hpp"
#include "desktop/clipboard_wayland_linux.hpp"
#include "desktop/drop_target_linux.hpp"
#include "desktop/pipe_linux.hpp"
#include "desktop/wayland_linux.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

using channel::Drag;
using wayland::Offer;

constexpr std::uint32_t version_needed = 3;  // of a data device that can finish a drag; of a seat, for its release

// The first seat, as GLFW takes it, and the manager. By name; 0: there is none.
struct Globals {
    std::uint32_t seat = 0;
    std::uint32_t manager = 0;
};

class WaylandDropTarget final : public DropTarget {
  public:
    WaylandDropTarget(wl_display* display, const wl_surface* surface, void (*wake)())
        : display_(display),
          surface_(surface),
          wake_(wake),
          queue_(wl_display_create_queue(display)),
          on_queue_(static_cast<wl_display*>(wl_proxy_create_wrapper(display))),
          ending_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        wl_proxy_set_queue(reinterpret_cast<wl_proxy*>(on_queue_.get()), queue_.get());
    }
    ~WaylandDropTarget() override {
        ended_ = true;
        const std::uint64_t one = 1;
        (void)!::write(ending_, &one, sizeof one);
        if (thread_.joinable()) thread_.join();
        for (Device* device : {&older_, &newer_}) end(*device);
        (void)wl_display_flush(display_);
        if (ending_ >= 0) (void)::close(ending_);
    }
    WaylandDropTarget(const WaylandDropTarget&) = delete;
    WaylandDropTarget& operator=(const WaylandDropTarget&) = delete;

    // False: this compositor has nothing for it. Waits for the compositor once, as GLFW has just done.
    [[nodiscard]] bool start() {
        Globals globals;
        registry_.reset(wl_display_get_registry(on_queue_.get()));
        wl_registry_add_listener(registry_.get(), &registry_listener, &globals);
        const bool answered = wl_display_roundtrip_queue(display_, queue_.get()) >= 0;
        wl_registry_set_user_data(registry_.get(), nullptr);  // what comes later is not looked at
        if (!answered || globals.seat == 0 || globals.manager == 0) return false;
        seat_.reset(
            static_cast<wl_seat*>(wl_registry_bind(registry_.get(), globals.seat, &wl_seat_interface, version_needed)));
        wl_seat_add_listener(seat_.get(), &seat_listener, this);
        manager_.reset(static_cast<wl_data_device_manager*>(
            wl_registry_bind(registry_.get(), globals.manager, &wl_data_device_manager_interface, version_needed)));
        for (Device* device : {&older_, &newer_}) {
            device->proxy.reset(wl_data_device_manager_get_data_device(manager_.get(), seat_.get()));
            wl_data_device_add_listener(device->proxy.get(), &device_listener, device);
        }
        (void)wl_display_flush(display_);
        thread_ = std::thread([this] { run(); });
        return true;
    }

    [[nodiscard]] Drag drag() const override { return drag_; }
    [[nodiscard]] std::optional<Dropped> take() override { return dropped_.try_pop(); }
    void refuse(bool yes) override { refusing_ = yes; }
    [[nodiscard]] bool files_only() const override { return told_ == Told::others; }
    [[nodiscard]] ClipboardSystem* clipboard() override { return told_ == Told::newest ? clipboard_.get() : nullptr; }
    [[nodiscard]] std::optional<PictureOutcome> copied_picture(const IsCancelled& is_cancelled) override {
        if (told_ != Told::newest) return std::nullopt;
        return clipboard_->picture(is_cancelled);
    }

  private:
    enum class Told : std::uint8_t { unknown, newest, others };

    struct Device {
        explicit Device(WaylandDropTarget* owner_) : owner(owner_) {}
        WaylandDropTarget* owner;
        wayland::Device proxy{};
        bool told = false;                             // of anything
        std::vector<std::unique_ptr<Offer>> offers{};  // that have just come
        std::unique_ptr<Offer> dragged{};
        std::uint32_t serial = 0;  // of that one's entering
    };

    // ---- the thread ----

    void run() {
        sigset_t broken_pipe;
        sigemptyset(&broken_pipe);
        sigaddset(&broken_pipe, SIGPIPE);
        (void)pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
        while (!ended_ && told_ != Told::others && handled()) {
        }
        if (told_ == Told::others) {
            for (Device* device : {&older_, &newer_}) end(*device);
            (void)wl_display_flush(display_);
        }
        show(Drag::none);
    }

    // What comes next. False: the connection has ended.
    bool handled() {
        while (wl_display_prepare_read_queue(display_, queue_.get()) != 0)
            if (wl_display_dispatch_queue_pending(display_, queue_.get()) < 0) return false;
        (void)wl_display_flush(display_);
        std::array<pollfd, 2> lines{{{wl_display_get_fd(display_), POLLIN, 0}, {ending_, POLLIN, 0}}};
        (void)::poll(lines.data(), lines.size(), ending_ < 0 ? 100 : -1);
        if (lines[0].revents == 0) wl_display_cancel_read(display_);
        else if (wl_display_read_events(display_) < 0) return false;
        return wl_display_dispatch_queue_pending(display_, queue_.get()) >= 0;
    }

    void heard(Device& device) {
        device.told = true;
        if (told_ != Told::unknown || barrier_) return;
        // What is told to the other one at the same time is here before the answer to this.
        barrier_.reset(wl_display_sync(on_queue_.get()));
        wl_callback_add_listener(barrier_.get(), &barrier_listener, this);
    }

    void learn() {
        barrier_.reset();
        if (!newer_.told || older_.told) {
            told_ = Told::others;
        } else {
            clipboard_ = std::make_unique<WaylandClipboard>(display_, manager_.get(), newer_.proxy.get());
            clipboard_->listen(seat_.get(), capabilities_);
            clipboard_->select(std::move(copied_));
            told_ = Told::newest;
            end(older_);
            answer();
        }
        if (wake_ != nullptr) wake_();
    }

    void end(Device& device) {
        leave_alone(device);
        device.dragged.reset();
        device.offers.clear();
        device.proxy.reset();
    }

    // Where GLFW's device is told of the same drag, no offer is destroyed: wlroots would end the drag.
    void leave_alone(Device& device) {
        if (told_ == Told::newest) return;
        if (device.dragged) device.dragged->leave_alone();
        for (const auto& offer : device.offers) offer->leave_alone();
    }

    static std::unique_ptr<Offer> taken_from(Device& device, const wl_data_offer* proxy) {
        const auto found = std::ranges::find_if(device.offers, [&](const auto& one) { return one->proxy() == proxy; });
        if (proxy == nullptr || found == device.offers.end()) return nullptr;
        auto offer = std::move(*found);
        device.offers.erase(found);
        return offer;
    }

    void select(Device& device, const wl_data_offer* proxy) {
        auto offer = taken_from(device, proxy);
        if (&device == &newer_) {
            if (clipboard_) clipboard_->select(std::move(offer));
            else copied_ = std::move(offer);
        }
        heard(device);
    }

    void enter(Device& device, std::uint32_t serial, const wl_surface* surface, const wl_data_offer* proxy) {
        forget(device);
        device.dragged = taken_from(device, proxy);
        device.serial = serial;
        forms_ =
            device.dragged && surface == surface_ ? forms_to_ask(device.dragged->forms()) : std::vector<std::string>{};
        answered_.reset();
        heard(device);
        answer();
    }

    [[nodiscard]] bool accepts() const { return !forms_.empty() && !refusing_; }

    // Says to the other program whether this is taken, if that has changed.
    void answer() {
        if (told_ != Told::newest || !newer_.dragged) return;
        const bool yes = accepts();
        show(yes ? Drag::takeable : Drag::unusable);
        if (std::exchange(answered_, yes) == yes) return;
        const std::uint32_t action =
            yes ? WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY : WL_DATA_DEVICE_MANAGER_DND_ACTION_NONE;
        wl_data_offer_accept(newer_.dragged->proxy(), newer_.serial, yes ? forms_.front().c_str() : nullptr);
        wl_data_offer_set_actions(newer_.dragged->proxy(), action, action);
    }

    void drop(Device& device) {
        if (told_ != Told::newest) return forget(device);
        if (device.dragged && answered_ == true) {
            show(Drag::receiving);
            Dropped content = receive(*device.dragged);
            const bool taken = !std::holds_alternative<base::Error>(content);
            while (!ended_ && !dropped_.try_push(std::move(content))) (void)::poll(nullptr, 0, 20);
            // Without an action it would be against the protocol, and end the connection.
            if (taken && device.dragged->action() == WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY)
                wl_data_offer_finish(device.dragged->proxy());
        }
        forget(device);
        if (wake_ != nullptr) wake_();
    }

    Dropped receive(const Offer& offer) {
        const IsCancelled is_cancelled = [this] { return ended_.load(); };
        return receive_best(forms_, [&](const std::string& form) -> Transferred {
            wayland::Pipe pipe;
            if (!pipe.open()) return NotTransferred::unreadable;
            offer.ask(display_, form, pipe);
            return read_pipe(pipe.ends[0], is_cancelled);
        });
    }

    void forget(Device& device) {
        leave_alone(device);
        device.dragged.reset();
        if (&device != &newer_) return;
        forms_.clear();
        answered_.reset();
        show(Drag::none);
    }

    void show(Drag now) {
        if (drag_.exchange(now) != now && wake_ != nullptr) wake_();
    }

    // ---- what the compositor says ----

    static Device& device_of(void* data) { return *static_cast<Device*>(data); }

    static const wl_registry_listener registry_listener;
    static const wl_seat_listener seat_listener;
    static const wl_data_device_listener device_listener;
    static const wl_callback_listener barrier_listener;

    wl_display* const display_;
    const wl_surface* const surface_;
    void (*const wake_)();
    const wayland::Queue queue_;
    const wayland::OnQueue on_queue_;
    const int ending_;
    wayland::Registry registry_{};
    wayland::Seat seat_{};
    wayland::Manager manager_{};
    std::atomic<bool> ended_ = false;
    std::atomic<bool> refusing_ = false;
    std::atomic<Told> told_ = Told::unknown;
    std::atomic<Drag> drag_ = Drag::none;
    base::Mailbox<Dropped> dropped_{7};
    std::uint32_t capabilities_ = 0;  // of the seat
    Device older_{this}, newer_{this};
    wayland::Callback barrier_{};
    std::unique_ptr<Offer> copied_{};                // on the clipboard, until `clipboard_` is there
    std::vector<std::string> forms_{};               // of what is dragged, those to ask for
    std::optional<bool> answered_{};                 // the other program: whether it is taken
    std::unique_ptr<WaylandClipboard> clipboard_{};  // written once, before `told_` says so
    std::thread thread_{};
};

const wl_registry_listener WaylandDropTarget::registry_listener{
    [](void* data, wl_registry*, std::uint32_t name, const char* interface, std::uint32_t version) {
        auto* const globals = static_cast<Globals*>(data);
        if (globals == nullptr || version < version_needed) return;
        if (globals->seat == 0 && std::string_view(interface) == wl_seat_interface.name) globals->seat = name;
        if (std::string_view(interface) == wl_data_device_manager_interface.name) globals->manager = name;
    },
    [](void*, wl_registry*, std::uint32_t) {}};

const wl_seat_listener WaylandDropTarget::seat_listener{[](void* data, wl_seat* seat, std::uint32_t capabilities) {
                                                            auto& target = *static_cast<WaylandDropTarget*>(data);
                                                            target.capabilities_ = capabilities;
                                                            if (target.clipboard_)
                                                                target.clipboard_->listen(seat, capabilities);
                                                        },
                                                        [](void*, wl_seat*, const char*) {}};

const wl_data_device_listener WaylandDropTarget::device_listener{
    [](void* data, wl_data_device*, wl_data_offer* proxy) {
        device_of(data).offers.push_back(std::make_unique<Offer>(proxy));
    },
    [](void* data, wl_data_device*, std::uint32_t serial, wl_surface* surface, wl_fixed_t, wl_fixed_t,
       wl_data_offer* proxy) {
        Device& device = device_of(data);
        device.owner->enter(device, serial, surface, proxy);
    },
    [](void* data, wl_data_device*) { device_of(data).owner->forget(device_of(data)); },
    [](void* data, wl_data_device*, std::uint32_t, wl_fixed_t, wl_fixed_t) { device_of(data).owner->answer(); },
    [](void* data, wl_data_device*) { device_of(data).owner->drop(device_of(data)); },
    [](void* data, wl_data_device*, wl_data_offer* proxy) {
        Device& device = device_of(data);
        device.owner->select(device, proxy);
    }};

const wl_callback_listener WaylandDropTarget::barrier_listener{
    [](void* data, wl_callback*, std::uint32_t) { static_cast<WaylandDropTarget*>(data)->learn(); }};

}  // namespace

std::unique_ptr<DropTarget> wayland_drop_target(wl_display* display, const wl_surface* surface, void (*wake)()) {
    auto target = std::make_unique<WaylandDropTarget>(display, surface, wake);
    if (!target->start()) return nullptr;
    return target;
}

}  // namespace tokendeck::desktop
