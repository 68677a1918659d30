#include "desktop/clipboard_x11_linux.hpp"

#include "base/random.hpp"
#include "desktop/x11_selection_linux.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

namespace tokendeck::desktop {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;
using x11::Moment;

// So long after clearing the code is nobody's but a clipboard manager's doing; later it may be the person's.
constexpr milliseconds watch_time{10'000};
// For another program to say what it offers.
constexpr milliseconds answer_limit{500};
// The same, while the main thread waits for it.
constexpr milliseconds read_limit{200};
// At the end, for clipboard managers to take what is offered; and how long after the last one asked.
constexpr milliseconds leave_limit{900};
constexpr milliseconds leave_rest{120};
// Who asks that often and over that long for one text is a clipboard manager that looks again and again.
constexpr int poller_asks = 3;
constexpr milliseconds poller_time{800};
// What such a manager gets at the end in place of the code: it ignores an empty text and would put the code back.
constexpr const char* harmless = " ";

// Tells whether a text is the one that was cleared, so that no code has to be kept for it. It is no lock: whoever can
// read this memory finds the key, too.
class Fingerprint {
  public:
    Fingerprint() { (void)base::SystemRandom().fill({reinterpret_cast<std::uint8_t*>(&key_), sizeof key_}); }
    [[nodiscard]] std::uint64_t of(std::span<const std::uint8_t> text) const {
        std::uint64_t state = key_;
        for (const std::uint8_t c : text) {
            state = (state ^ c) * 0x9E3779B97F4A7C15U;
            state ^= state >> 32U;
        }
        return (state ^ key_) * 0xBF58476D1CE4E5B9U + text.size();
    }

  private:
    std::uint64_t key_ = 0;
};

class X11Clipboard final : public ClipboardSystem {
  public:
    X11Clipboard(std::unique_ptr<x11::Client> client, void (*wake)()) : client_(std::move(client)), wake_(wake) {
        const x11::Client& of = *client_;
        of.set_property(of.window(), XCB_ATOM_WM_NAME, XCB_ATOM_STRING, "tokendeck");
        of.set_property(of.window(), XCB_ATOM_WM_CLASS, XCB_ATOM_STRING, {"tokendeck\0tokendeck\0", 20});
        thread_ = std::thread([this] { run(); });
    }
    ~X11Clipboard() override {
        ending_ = true;
        client_->ring();
        thread_.join();
    }
    X11Clipboard(const X11Clipboard&) = delete;
    X11Clipboard& operator=(const X11Clipboard&) = delete;

    // ---- main; each but `read` takes a round trip to the server at most ----

    void write(const char* text, bool secret) override {
        {
            const std::lock_guard lock(guard_);
            watch_.reset();
            asked_until_.reset();
            taken_.reset();
            replaced_ = false;
            claim(base::SecretText::copy_of(text), secret);
        }
        (void)holder();  // it has arrived, and a second look at once sees us
    }
    std::optional<std::uint64_t> holder() override {
        const xcb_window_t now = clipboard_.owner();
        client_->ring();
        return now;
    }
    base::SecretText read() override;
    void clear(const base::SecretText& lent) override {
        {
            const std::lock_guard lock(guard_);
            start_watch(lent, false);
            claim({}, false);
        }
        (void)holder();
    }
    void clear_elsewhere(const base::SecretText& lent) override {
        {
            const std::lock_guard lock(guard_);
            start_watch(lent, true);
            ask();
        }
        client_->ring();
    }
    std::optional<std::string> take_return() override {
        const std::lock_guard lock(guard_);
        return std::exchange(returned_, std::nullopt);
    }
    // One that offers the same, as clipboard managers do, does not count.
    bool take_replaced() override {
        const std::lock_guard lock(guard_);
        return std::exchange(replaced_, false);
    }

  private:
    struct Watch {
        Moment until{};
        bool elsewhere = false;  // the first look: it was never cleared yet
        int returns = 0;
    };
    struct Asker {
        Moment first{};
        int times = 0;
    };

    // ---- with `guard_` held ----

    void claim(base::SecretText text, bool secret);
    void start_watch(const base::SecretText& lent, bool elsewhere);
    void ask();
    void came_back(xcb_window_t owner);
    void tell_replaced();

    // ---- the thread's ----

    void run();
    void work();
    void handle(const xcb_generic_event_t& event);
    void serve(const xcb_selection_request_event_t& request);
    void note_asker(xcb_window_t requestor);
    void lost();
    void told(const xcb_selection_notify_event_t& notify);
    void leave();
    void save_with_manager(Moment deadline);

    const std::unique_ptr<x11::Client> client_;
    x11::OwnSelection clipboard_{*client_, "CLIPBOARD"};
    const x11::Selection manager_{*client_, "CLIPBOARD_MANAGER"};
    void (*const wake_)();
    std::atomic<bool> ending_ = false;
    bool saved_ = false;  // the thread's

    std::mutex guard_{};
    // -------------------------------------------------------------------------
    const Fingerprint fingerprint_{};
    base::SecretText content_{};
    bool secret_ = false;
    bool owned_ = false;
    std::optional<std::uint64_t> cleared_{};  // the fingerprint of what was cleared last
    std::optional<std::uint64_t> taken_{};  // of a secret whose place another program took, until that has said by what
    std::optional<Watch> watch_{};
    std::optional<Moment> asked_until_{};
    std::map<xcb_window_t, Asker> askers_{};  // of the text that is offered now
    bool polled_ = false;                     // a manager that looks again and again is about
    std::optional<Moment> asked_last_{};
    std::optional<std::string> returned_{};
    bool replaced_ = false;
    // -------------------------------------------------------------------------
    std::thread thread_{};
};

base::SecretText X11Clipboard::read() {
    const auto now = holder();
    if (now == client_->window()) {
        const std::lock_guard lock(guard_);
        return content_.clone();
    }
    if (now == XCB_NONE) return {};
    const auto asking = x11::Client::open();  // this one's answers are the thread's
    if (!asking) return {};
    return x11::Selection(*asking, "CLIPBOARD").text([until = Steady::now() + read_limit] {
        return Steady::now() >= until;
    });
}

void X11Clipboard::claim(base::SecretText text, bool secret) {
    content_ = std::move(text);
    secret_ = secret;
    owned_ = true;
    askers_.clear();
    asked_last_.reset();
    clipboard_.claim();
}

void X11Clipboard::start_watch(const base::SecretText& lent, bool elsewhere) {
    cleared_ = fingerprint_.of(lent.bytes());
    taken_.reset();
    watch_ = Watch{Steady::now() + watch_time, elsewhere};
}

// What the owner offers; `told` has the answer.
void X11Clipboard::ask() {
    asked_until_ = Steady::now() + answer_limit;
    clipboard_.ask(clipboard_.text_form());
}

// ---- the thread ----

void X11Clipboard::run() {
    while (!ending_ && !client_->is_broken()) {
        work();
        Moment until = Moment::max();
        {
            const std::lock_guard lock(guard_);
            if (asked_until_) until = *asked_until_;
        }
        client_->wait(until);
    }
    if (!client_->is_broken()) leave();
    const std::lock_guard lock(guard_);
    content_.clear();
}

void X11Clipboard::work() {
    while (const auto event = client_->event()) handle(*event);
    const std::lock_guard lock(guard_);
    if (!asked_until_ || Steady::now() < *asked_until_) return;
    asked_until_.reset();  // a program that does not answer is not asked again
    taken_.reset();
    watch_.reset();
}

void X11Clipboard::handle(const xcb_generic_event_t& event) {
    switch (event.response_type & 0x7FU) {
        case XCB_SELECTION_REQUEST: return serve(reinterpret_cast<const xcb_selection_request_event_t&>(event));
        case XCB_SELECTION_CLEAR:
            if (reinterpret_cast<const xcb_selection_clear_event_t&>(event).selection == clipboard_.atom()) lost();
            return;
        case XCB_SELECTION_NOTIFY: return told(reinterpret_cast<const xcb_selection_notify_event_t&>(event));
        case XCB_PROPERTY_NOTIFY: return clipboard_.note(reinterpret_cast<const xcb_property_notify_event_t&>(event));
        default: return;
    }
}

void X11Clipboard::serve(const xcb_selection_request_event_t& request) {
    const std::lock_guard lock(guard_);
    const bool ours = owned_ && request.selection == clipboard_.atom() && request.owner == client_->window();
    if (ours) note_asker(request.requestor);
    clipboard_.serve(request, ours ? &content_ : nullptr, secret_);
}

void X11Clipboard::note_asker(xcb_window_t requestor) {
    const Moment now = Steady::now();
    asked_last_ = now;
    Asker& asker = askers_.try_emplace(requestor, Asker{now, 0}).first->second;
    ++asker.times;
    if (asker.times >= poller_asks && now - asker.first >= poller_time) polled_ = true;
}

// ---- after clearing ----

void X11Clipboard::lost() {
    const xcb_window_t now = clipboard_.owner();
    const std::lock_guard lock(guard_);
    if (now == client_->window()) return;  // claimed again since
    const bool secret = owned_ && secret_ && !content_.empty();
    if (secret) taken_ = fingerprint_.of(content_.bytes());
    owned_ = false;
    content_.clear();
    if (!watch_ && secret) {
        if (now != XCB_NONE) return ask();
        taken_.reset();
        return tell_replaced();
    }
    if (!watch_) return;
    if (Steady::now() >= watch_->until) return watch_.reset();
    if (now == XCB_NONE) claim({}, false);
    else ask();
}

void X11Clipboard::told(const xcb_selection_notify_event_t& notify) {
    if (notify.selection == manager_.atom()) {
        saved_ = true;
        return;
    }
    if (notify.selection != clipboard_.atom()) return;
    // What is large comes in pieces, is no code, and is left.
    const base::SecretBytes text =
        notify.property != XCB_NONE ? clipboard_.short_answer(clipboard_.text_form()) : base::SecretBytes{};
    const xcb_window_t now = clipboard_.owner();
    const std::lock_guard lock(guard_);
    if (!std::exchange(asked_until_, std::nullopt) || owned_) return;
    if (!watch_) {
        const std::optional<std::uint64_t> was = std::exchange(taken_, std::nullopt);
        if (was && (text.empty() || fingerprint_.of(text.bytes()) != *was)) tell_replaced();
        return;
    }
    if (cleared_ && !text.empty() && fingerprint_.of(text.bytes()) == *cleared_) came_back(now);
    else watch_.reset();  // something else is there: the person's
}

void X11Clipboard::came_back(xcb_window_t owner) {
    if (!std::exchange(watch_->elsewhere, false)) ++watch_->returns;
    if (watch_->returns < 2) {
        watch_->until = Steady::now() + watch_time;
        return claim({}, false);
    }
    watch_.reset();
    returned_ = client_->program_of(owner);
    if (wake_ != nullptr) wake_();
}

void X11Clipboard::tell_replaced() {
    replaced_ = true;
    if (wake_ != nullptr) wake_();
}

// ---- the end ----

void X11Clipboard::leave() {
    const Moment began = Steady::now();
    const Moment deadline = began + leave_limit;
    bool wait = false;
    bool keep = false;
    {
        const std::lock_guard lock(guard_);
        if (!owned_) return;
        keep = !content_.empty() && !secret_;  // a code is never handed to a manager
        if (!keep && polled_ && cleared_) claim(base::SecretText::copy_of(harmless), false);
        wait = !keep && cleared_.has_value();
        watch_.reset();
    }
    if (keep) save_with_manager(deadline);
    // A manager that has just been given the text asks at once; one that looks again and again within half a second.
    while (wait && Steady::now() < deadline) {
        work();
        const Moment now = Steady::now();
        {
            const std::lock_guard lock(guard_);
            if (!owned_) return;
            if (asked_last_ && now - *asked_last_ >= leave_rest) break;
            if (!asked_last_ && !polled_ && now - began >= 3 * leave_rest) break;
        }
        client_->wait(std::min(deadline, now + leave_rest / 4));
    }
    clipboard_.give_up();
}

// A text that was copied to stay, the report for example, outlives the program where a manager keeps it.
void X11Clipboard::save_with_manager(Moment deadline) {
    if (!clipboard_.ask_manager(manager_)) return;
    while (!saved_ && Steady::now() < deadline) {
        work();
        if (!saved_) client_->wait(std::min(deadline, Steady::now() + leave_rest));
    }
}

}  // namespace

std::unique_ptr<ClipboardSystem> x11_clipboard(void (*wake)()) {
    auto client = x11::Client::open();
    if (!client) return nullptr;
    return std::make_unique<X11Clipboard>(std::move(client), wake);
}

}  // namespace tokendeck::desktop
