#include "desktop/clipboard_x11_linux.hpp"

#include "base/one_line.hpp"
#include "base/random.hpp"
#include "desktop/clipboard_forms.hpp"
#include "desktop/x11_transfer_linux.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <span>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <xcb/xcb.h>

namespace tokendeck::desktop {

namespace {

using Steady = std::chrono::steady_clock;
using Moment = Steady::time_point;
using std::chrono::milliseconds;

// So long after clearing the code is nobody's but a clipboard manager's doing; later it may be the person's.
constexpr milliseconds watch_time{10'000};
// For another program to say what it offers.
constexpr milliseconds answer_limit{500};
// At the end, for clipboard managers to take what is offered; and how long after the last one asked.
constexpr milliseconds leave_limit{900};
constexpr milliseconds leave_rest{120};
// Who asks that often and over that long for one text is a clipboard manager that looks again and again.
constexpr int poller_asks = 3;
constexpr milliseconds poller_time{800};
// What such a manager gets at the end in place of the code: it ignores an empty text and would put the code back.
constexpr const char* harmless = " ";

using x11::Reply;

// Tells whether a text is the one that was cleared, so that no code has to be kept for it. It is no lock: whoever can
// read this memory finds the key, too.
class Fingerprint {
  public:
    Fingerprint() { (void)base::SystemRandom().fill({reinterpret_cast<std::uint8_t*>(&key_), sizeof key_}); }
    [[nodiscard]] std::uint64_t of(std::string_view text) const {
        std::uint64_t state = key_;
        for (const char c : text) {
            state = (state ^ static_cast<unsigned char>(c)) * 0x9E3779B97F4A7C15U;
            state ^= state >> 32U;
        }
        return (state ^ key_) * 0xBF58476D1CE4E5B9U + text.size();
    }

  private:
    std::uint64_t key_ = 0;
};

std::string_view text_of(const base::SecretBytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.bytes().data()), bytes.size()};
}

}  // namespace

struct X11Clipboard::Parts {
    ~Parts() {
        if (thread.joinable()) {
            ending = true;
            ring();
            thread.join();
        }
        if (bell >= 0) (void)::close(bell);
    }

    // ---- any thread ----

    void ring() const {
        const std::uint64_t one = 1;
        (void)!::write(bell, &one, sizeof one);
    }
    bool open(const char* display_name);
    xcb_window_t owner_of(xcb_atom_t selection) const;

    // ---- with `guard` held ----

    void claim(base::SecretText text, Kind kind);
    void ask();
    void came_back(xcb_window_t owner);
    void tell_replaced();

    // ---- the thread's ----

    void run();
    void work();
    void sleep(Moment until) const;
    void leave();
    void save_with_manager(Moment deadline);
    void handle(const xcb_generic_event_t& event);
    void serve(const xcb_selection_request_event_t& request);
    bool answer(xcb_window_t requestor, xcb_atom_t target, xcb_atom_t property, int depth);
    bool answer_several(xcb_window_t requestor, xcb_atom_t property);
    void note_asker(xcb_window_t requestor);
    void lost();
    void told(const xcb_selection_notify_event_t& notify);
    void pass_time(Moment now);
    base::SecretBytes take_property();
    std::string text_property(xcb_window_t window, xcb_atom_t property) const;
    std::string name_of(xcb_window_t owner) const;

    struct Watch {
        Moment until{};
        bool elsewhere = false;  // the first look: it was never cleared yet
        int returns = 0;
    };
    struct Asker {
        Moment first{};
        int times = 0;
    };

    x11::Connection connection{};
    xcb_window_t root = XCB_NONE;
    xcb_window_t window = XCB_NONE;
    xcb_atom_t clipboard = XCB_NONE, manager = XCB_NONE, targets = XCB_NONE, timestamp = XCB_NONE, multiple = XCB_NONE,
               save_targets = XCB_NONE, property = XCB_NONE, clock = XCB_NONE, utf8 = XCB_NONE;
    std::vector<xcb_atom_t> texts{};
    std::vector<xcb_atom_t> hints{};  // in the order of `clipboard_marks`
    std::size_t largest = 0;
    int bell = -1;
    void (*wake)() = nullptr;
    std::thread thread{};
    std::atomic<bool> ending = false;

    mutable std::mutex guard{};
    // -------------------------------------------------------------------------
    const Fingerprint fingerprint{};
    base::SecretText content{};
    Kind kind = Kind::plain;
    bool owned = false;
    std::uint64_t claims = 0;  // how often it was claimed
    std::uint32_t owned_since = 0;
    std::optional<std::uint64_t> cleared{};  // the fingerprint of what was cleared last
    std::optional<std::uint64_t> taken{};  // of a secret whose place another program took, until that has said by what
    std::optional<Watch> watch{};
    std::optional<Moment> asked_until{};
    std::map<xcb_window_t, Asker> askers{};  // of the text that is offered now
    bool polled = false;                     // a manager that looks again and again is about
    std::optional<Moment> asked_last{};
    std::optional<std::string> returned{};
    bool replaced = false;
    bool saved = false;
};

bool X11Clipboard::Parts::open(const char* display_name) {
    int number = 0;
    connection.reset(xcb_connect(display_name, &number));
    if (xcb_connection_has_error(connection.get()) != 0) return false;
    const xcb_screen_t* const screen = x11::screen_of(connection.get(), number);
    if (screen == nullptr) return false;
    bell = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (bell < 0) return false;
    root = screen->root;
    window = xcb_generate_id(connection.get());
    const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_create_window(connection.get(), 0, window, root, 0, 0, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
                      XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, &events);
    constexpr std::string_view name = "tokendeck";
    constexpr std::string_view wm_class("tokendeck\0tokendeck\0", 20);
    xcb_change_property(connection.get(), XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_NAME, XCB_ATOM_STRING, 8,
                        static_cast<std::uint32_t>(name.size()), name.data());
    xcb_change_property(connection.get(), XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_CLASS, XCB_ATOM_STRING, 8,
                        static_cast<std::uint32_t>(wm_class.size()), wm_class.data());
    const auto atom = [&](std::string_view form) { return x11::atom(connection.get(), form); };
    clipboard = atom("CLIPBOARD");
    manager = atom("CLIPBOARD_MANAGER");
    targets = atom("TARGETS");
    timestamp = atom("TIMESTAMP");
    multiple = atom("MULTIPLE");
    save_targets = atom("SAVE_TARGETS");
    property = atom("TOKENDECK_CLIPBOARD");
    clock = atom("TOKENDECK_CLOCK");
    for (const char* const form : clipboard_text_forms) texts.push_back(atom(form));
    for (const ClipboardMark& mark : clipboard_marks) hints.push_back(atom(mark.name));
    utf8 = texts.front();
    largest = std::size_t{xcb_get_maximum_request_length(connection.get())} * 4 - 256;
    return true;
}

xcb_window_t X11Clipboard::Parts::owner_of(xcb_atom_t selection) const {
    const Reply<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(connection.get(), xcb_get_selection_owner(connection.get(), selection), nullptr));
    return reply ? reply->owner : xcb_window_t{XCB_NONE};
}

void X11Clipboard::Parts::claim(base::SecretText text, Kind what) {
    content = std::move(text);
    kind = what;
    owned = true;
    ++claims;
    askers.clear();
    asked_last.reset();
    xcb_set_selection_owner(connection.get(), window, clipboard, XCB_CURRENT_TIME);
    // Its notification tells the server's time.
    xcb_change_property(connection.get(), XCB_PROP_MODE_APPEND, window, clock, XCB_ATOM_STRING, 8, 0, nullptr);
    xcb_flush(connection.get());
}

// What the owner offers; `told` has the answer.
void X11Clipboard::Parts::ask() {
    asked_until = Steady::now() + answer_limit;
    xcb_delete_property(connection.get(), window, property);
    xcb_convert_selection(connection.get(), window, clipboard, utf8, property, XCB_CURRENT_TIME);
    xcb_flush(connection.get());
}

// ---- the thread ----

void X11Clipboard::Parts::run() {
    while (!ending && xcb_connection_has_error(connection.get()) == 0) {
        work();
        Moment until = Steady::now() + std::chrono::hours(1);
        {
            const std::lock_guard lock(guard);
            if (asked_until) until = std::min(until, *asked_until);
        }
        sleep(until);
    }
    if (xcb_connection_has_error(connection.get()) == 0) leave();
    const std::lock_guard lock(guard);
    content.clear();
}

void X11Clipboard::Parts::work() {
    while (const Reply<xcb_generic_event_t> event{xcb_poll_for_event(connection.get())}) handle(*event);
    pass_time(Steady::now());
}

// Main's round trips may put events into the connection's queue, where poll does not see them: it rings then.
void X11Clipboard::Parts::sleep(Moment until) const {
    const auto left = std::chrono::ceil<milliseconds>(until - Steady::now()).count();
    std::array<pollfd, 2> lines{pollfd{xcb_get_file_descriptor(connection.get()), POLLIN, 0}, pollfd{bell, POLLIN, 0}};
    (void)::poll(lines.data(), lines.size(), static_cast<int>(std::clamp<long long>(left, 0, 3'600'000)));
    std::uint64_t rings = 0;
    (void)!::read(bell, &rings, sizeof rings);
}

void X11Clipboard::Parts::pass_time(Moment now) {
    const std::lock_guard lock(guard);
    if (!asked_until || now < *asked_until) return;
    asked_until.reset();  // a program that does not answer is not asked again
    taken.reset();
    watch.reset();
}

void X11Clipboard::Parts::handle(const xcb_generic_event_t& event) {
    switch (event.response_type & 0x7FU) {
        case XCB_SELECTION_REQUEST: return serve(reinterpret_cast<const xcb_selection_request_event_t&>(event));
        case XCB_SELECTION_CLEAR:
            if (reinterpret_cast<const xcb_selection_clear_event_t&>(event).selection == clipboard) lost();
            return;
        case XCB_SELECTION_NOTIFY: return told(reinterpret_cast<const xcb_selection_notify_event_t&>(event));
        case XCB_PROPERTY_NOTIFY: {
            const auto& change = reinterpret_cast<const xcb_property_notify_event_t&>(event);
            const std::lock_guard lock(guard);
            if (change.atom == clock) owned_since = change.time;
            return;
        }
        default: return;
    }
}

void X11Clipboard::Parts::serve(const xcb_selection_request_event_t& request) {
    // Programs from before ICCCM 2 name no property.
    const xcb_atom_t into = request.property != XCB_NONE ? request.property : request.target;
    bool done = false;
    {
        const std::lock_guard lock(guard);
        if (owned && request.selection == clipboard && request.owner == window) {
            note_asker(request.requestor);
            done = answer(request.requestor, request.target, into, 0);
        }
    }
    xcb_selection_notify_event_t notify{};
    notify.response_type = XCB_SELECTION_NOTIFY;
    notify.time = request.time;
    notify.requestor = request.requestor;
    notify.selection = request.selection;
    notify.target = request.target;
    notify.property = done ? into : xcb_atom_t{XCB_NONE};
    // XCB sends the 32 bytes that every event has.
    std::array<char, 32> bytes{};
    static_assert(sizeof notify <= bytes.size());
    std::memcpy(bytes.data(), &notify, sizeof notify);
    xcb_send_event(connection.get(), 0, request.requestor, XCB_EVENT_MASK_NO_EVENT, bytes.data());
    xcb_flush(connection.get());
}

void X11Clipboard::Parts::note_asker(xcb_window_t requestor) {
    const Moment now = Steady::now();
    asked_last = now;
    Asker& asker = askers.try_emplace(requestor, Asker{now, 0}).first->second;
    ++asker.times;
    if (asker.times >= poller_asks && now - asker.first >= poller_time) polled = true;
}

bool X11Clipboard::Parts::answer(xcb_window_t requestor, xcb_atom_t target, xcb_atom_t into, int depth) {
    const auto put = [&](xcb_atom_t type, std::uint8_t format, std::size_t count, const void* data) {
        xcb_change_property(connection.get(), XCB_PROP_MODE_REPLACE, requestor, into, type, format,
                            static_cast<std::uint32_t>(count), data);
        return true;
    };
    if (target == XCB_NONE) return false;
    if (target == targets) {
        std::vector<xcb_atom_t> offered{targets, timestamp, multiple, save_targets};
        offered.insert(offered.end(), texts.begin(), texts.end());
        if (kind == Kind::secret) offered.insert(offered.end(), hints.begin(), hints.end());
        return put(XCB_ATOM_ATOM, 32, offered.size(), offered.data());
    }
    if (target == timestamp) return owned_since != 0 && put(XCB_ATOM_INTEGER, 32, 1, &owned_since);
    if (target == multiple) return depth == 0 && answer_several(requestor, into);
    if (target == save_targets) return put(XCB_NONE, 32, 0, nullptr);
    if (std::ranges::find(texts, target) != texts.end()) {
        if (content.size() > largest) return false;
        return put(target == texts[2] ? utf8 : target, 8, content.size(), content.c_str());
    }
    if (kind == Kind::secret) {
        for (std::size_t i = 0; i < clipboard_marks.size(); ++i)
            if (target == hints[i])
                return put(target, 8, std::strlen(clipboard_marks[i].content), clipboard_marks[i].content);
    }
    return false;
}

// Pairs of target and property; a target that is not served becomes none.
bool X11Clipboard::Parts::answer_several(xcb_window_t requestor, xcb_atom_t into) {
    constexpr std::uint32_t most = 128;  // words
    const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(
        connection.get(), xcb_get_property(connection.get(), 0, requestor, into, XCB_GET_PROPERTY_TYPE_ANY, 0, most),
        nullptr));
    if (!reply || reply->format != 32) return false;
    const auto size = static_cast<std::size_t>(xcb_get_property_value_length(reply.get()));
    std::vector<xcb_atom_t> pairs(size / sizeof(xcb_atom_t));
    if (pairs.empty()) return false;
    std::memcpy(pairs.data(), xcb_get_property_value(reply.get()), pairs.size() * sizeof(xcb_atom_t));
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
        if (!answer(requestor, pairs[i], pairs[i + 1], 1)) pairs[i] = XCB_NONE;
    xcb_change_property(connection.get(), XCB_PROP_MODE_REPLACE, requestor, into, reply->type, 32,
                        static_cast<std::uint32_t>(pairs.size()), pairs.data());
    return true;
}

// ---- after clearing ----

void X11Clipboard::Parts::lost() {
    const xcb_window_t now = owner_of(clipboard);
    const std::lock_guard lock(guard);
    if (now == window) return;  // claimed again since
    const bool secret = owned && kind == Kind::secret && !content.empty();
    if (secret) taken = fingerprint.of(content.view());
    owned = false;
    content.clear();
    if (!watch && secret) {
        if (now != XCB_NONE) return ask();
        taken.reset();
        return tell_replaced();
    }
    if (!watch) return;
    if (Steady::now() >= watch->until) return watch.reset();
    if (now == XCB_NONE) claim({}, Kind::plain);
    else ask();
}

void X11Clipboard::Parts::told(const xcb_selection_notify_event_t& notify) {
    if (notify.selection == manager) {
        saved = true;
        return;
    }
    if (notify.selection != clipboard) return;
    const base::SecretBytes text = notify.property != XCB_NONE ? take_property() : base::SecretBytes{};
    const xcb_window_t now = owner_of(clipboard);
    const std::lock_guard lock(guard);
    if (!std::exchange(asked_until, std::nullopt) || owned) return;
    if (!watch) {
        const std::optional<std::uint64_t> was = std::exchange(taken, std::nullopt);
        if (was && (text.empty() || fingerprint.of(text_of(text)) != *was)) tell_replaced();
        return;
    }
    if (cleared && !text.empty() && fingerprint.of(text_of(text)) == *cleared) came_back(now);
    else watch.reset();  // something else is there: the person's
}

void X11Clipboard::Parts::came_back(xcb_window_t owner) {
    if (!std::exchange(watch->elsewhere, false)) ++watch->returns;
    if (watch->returns < 2) {
        watch->until = Steady::now() + watch_time;
        return claim({}, Kind::plain);
    }
    watch.reset();
    returned = name_of(owner);
    if (wake != nullptr) wake();
}

void X11Clipboard::Parts::tell_replaced() {
    replaced = true;
    if (wake != nullptr) wake();
}

// What is large comes in pieces, is no code, and is left.
base::SecretBytes X11Clipboard::Parts::take_property() {
    constexpr std::uint32_t most = 64;  // words
    const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(
        connection.get(), xcb_get_property(connection.get(), 1, window, property, utf8, 0, most), nullptr));
    if (!reply || reply->type != utf8) return {};
    auto* const data = static_cast<std::uint8_t*>(xcb_get_property_value(reply.get()));
    const auto length = static_cast<std::size_t>(xcb_get_property_value_length(reply.get()));
    auto bytes = base::SecretBytes::copy_of({data, length});
    base::wipe(data, length);
    return bytes;
}

std::string X11Clipboard::Parts::text_property(xcb_window_t of, xcb_atom_t name) const {
    const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(
        connection.get(), xcb_get_property(connection.get(), 0, of, name, XCB_GET_PROPERTY_TYPE_ANY, 0, 64), nullptr));
    if (!reply || reply->format != 8) return {};
    return {static_cast<const char*>(xcb_get_property_value(reply.get())),
            static_cast<std::size_t>(xcb_get_property_value_length(reply.get()))};
}

// The owner is mostly a window that nobody sees, and only another one of the same program says its class. A client's
// windows have the upper part of their numbers in common.
std::string X11Clipboard::Parts::name_of(xcb_window_t owner) const {
    std::vector<xcb_window_t> windows{owner};
    const std::uint32_t mask = xcb_get_setup(connection.get())->resource_id_mask;
    const Reply<xcb_query_tree_reply_t> tree(
        xcb_query_tree_reply(connection.get(), xcb_query_tree(connection.get(), root), nullptr));
    if (tree) {
        const std::span children(xcb_query_tree_children(tree.get()),
                                 static_cast<std::size_t>(xcb_query_tree_children_length(tree.get())));
        for (const xcb_window_t one : children)
            if ((one & ~mask) == (owner & ~mask) && one != owner) windows.push_back(one);
    }
    constexpr std::size_t longest = 40;
    for (const xcb_window_t one : windows) {
        const std::string both = text_property(one, XCB_ATOM_WM_CLASS);
        if (const std::size_t end = both.find('\0'); end != std::string::npos)
            return base::one_line(both.c_str() + end + 1, longest);
    }
    for (const xcb_window_t one : windows)
        if (const std::string name = text_property(one, XCB_ATOM_WM_NAME); !name.empty())
            return base::one_line(name, longest);
    return {};
}

// ---- the end ----

void X11Clipboard::Parts::leave() {
    const Moment began = Steady::now();
    const Moment deadline = began + leave_limit;
    bool wait = false;
    bool keep = false;
    {
        const std::lock_guard lock(guard);
        if (!owned) return;
        keep = !content.empty() && kind == Kind::plain;  // a code is never handed to a manager
        if (!keep && polled && cleared) claim(base::SecretText::copy_of(harmless), Kind::plain);
        wait = !keep && cleared.has_value();
        watch.reset();
    }
    if (keep) save_with_manager(deadline);
    // A manager that has just been given the text asks at once; one that looks again and again within half a second.
    while (wait && Steady::now() < deadline) {
        work();
        const Moment now = Steady::now();
        {
            const std::lock_guard lock(guard);
            if (!owned) return;
            if (asked_last && now - *asked_last >= leave_rest) break;
            if (!asked_last && !polled && now - began >= 3 * leave_rest) break;
        }
        sleep(std::min(deadline, now + leave_rest / 4));
    }
    xcb_set_selection_owner(connection.get(), XCB_NONE, clipboard, XCB_CURRENT_TIME);
    xcb_flush(connection.get());
    (void)owner_of(clipboard);  // it has arrived
}

// A text that was copied to stay, the report for example, outlives the program where a manager keeps it.
void X11Clipboard::Parts::save_with_manager(Moment deadline) {
    if (owner_of(manager) == XCB_NONE) return;
    xcb_change_property(connection.get(), XCB_PROP_MODE_REPLACE, window, property, XCB_ATOM_ATOM, 32, 1, &utf8);
    xcb_convert_selection(connection.get(), window, manager, save_targets, property, XCB_CURRENT_TIME);
    xcb_flush(connection.get());
    while (!saved && Steady::now() < deadline) {
        work();
        if (!saved) sleep(std::min(deadline, Steady::now() + leave_rest));
    }
}

// ---- main ----

X11Clipboard::X11Clipboard() : parts_(std::make_unique<Parts>()) {}
X11Clipboard::~X11Clipboard() = default;

std::unique_ptr<X11Clipboard> X11Clipboard::open(const char* display_name, void (*wake)()) {
    std::unique_ptr<X11Clipboard> made(new X11Clipboard);
    if (!made->parts_->open(display_name)) return nullptr;
    made->parts_->wake = wake;
    made->parts_->thread = std::thread([parts = made->parts_.get()] { parts->run(); });
    return made;
}

void X11Clipboard::offer(const char* text, Kind kind) {
    {
        const std::lock_guard lock(parts_->guard);
        parts_->watch.reset();
        parts_->asked_until.reset();
        parts_->taken.reset();
        parts_->replaced = false;
        parts_->claim(base::SecretText::copy_of(text), kind);
    }
    (void)owner();  // it has arrived, and a second look at once sees us
}

void X11Clipboard::clear(const base::SecretText& secret) {
    {
        const std::lock_guard lock(parts_->guard);
        parts_->cleared = parts_->fingerprint.of(secret.view());
        parts_->taken.reset();
        parts_->watch = Parts::Watch{Steady::now() + watch_time};
        parts_->claim({}, Kind::plain);
    }
    (void)owner();
}

void X11Clipboard::clear_elsewhere(const base::SecretText& secret) {
    {
        const std::lock_guard lock(parts_->guard);
        parts_->cleared = parts_->fingerprint.of(secret.view());
        parts_->taken.reset();
        parts_->watch = Parts::Watch{Steady::now() + watch_time, true};
        parts_->ask();
    }
    parts_->ring();
}

std::uint32_t X11Clipboard::owner() {
    const std::uint32_t now = parts_->owner_of(parts_->clipboard);
    parts_->ring();
    return now;
}

bool X11Clipboard::is_own(std::uint32_t owner) const {
    return owner == parts_->window;
}

base::SecretText X11Clipboard::own_text() const {
    const std::lock_guard lock(parts_->guard);
    return parts_->content.clone();
}

bool X11Clipboard::take_replaced() {
    const std::lock_guard lock(parts_->guard);
    return std::exchange(parts_->replaced, false);
}

std::optional<std::string> X11Clipboard::take_return() {
    const std::lock_guard lock(parts_->guard);
    return std::exchange(parts_->returned, std::nullopt);
}

}  // namespace tokendeck::desktop
