#include "desktop/x11_selection_linux.hpp"

#include "base/one_line.hpp"
#include "desktop/clipboard_forms.hpp"
#include "qr/decode.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tokendeck::desktop::x11 {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds look_interval{50};
constexpr std::size_t longest_text = std::size_t{1} << 20U;
constexpr std::uint32_t short_words = 64;

}  // namespace

std::vector<xcb_atom_t> Property::atoms() const {
    std::vector<xcb_atom_t> atoms(bytes.size() / sizeof(xcb_atom_t));
    if (!atoms.empty()) std::memcpy(atoms.data(), bytes.bytes().data(), atoms.size() * sizeof(xcb_atom_t));
    return atoms;
}

// ---- the client ----

Client::Client() : connection_(nullptr), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    int number = 0;
    connection_ = xcb_connect(nullptr, &number);
    if (is_broken()) return;
    auto screens = xcb_setup_roots_iterator(xcb_get_setup(connection_));
    for (; screens.rem > 0 && number > 0; --number) xcb_screen_next(&screens);
    if (screens.rem <= 0) return;
    screen_ = screens.data;
    window_ = xcb_generate_id(connection_);
    const std::array<std::uint32_t, 2> values{1, XCB_EVENT_MASK_PROPERTY_CHANGE};
    xcb_create_window(connection_, 0, window_, screen_->root, -1, -1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
                      XCB_COPY_FROM_PARENT, XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values.data());
}

Client::~Client() {
    xcb_disconnect(connection_);
    if (bell_ >= 0) (void)::close(bell_);
}

std::unique_ptr<Client> Client::open() {
    std::unique_ptr<Client> made(new Client);
    if (made->screen_ == nullptr || made->bell_ < 0) return nullptr;
    return made;
}

xcb_atom_t Client::atom(std::string_view name) const {
    const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(
        connection_, xcb_intern_atom(connection_, 0, static_cast<std::uint16_t>(name.size()), name.data()), nullptr));
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
}

std::vector<std::string> Client::names_of(std::span<const xcb_atom_t> atoms) const {
    constexpr std::size_t most = 64;
    std::vector<std::string> names;
    for (const xcb_atom_t one : atoms.first(std::min(atoms.size(), most))) {
        if (one == XCB_ATOM_NONE) continue;
        const Reply<xcb_get_atom_name_reply_t> reply(
            xcb_get_atom_name_reply(connection_, xcb_get_atom_name(connection_, one), nullptr));
        if (!reply) continue;
        names.emplace_back(xcb_get_atom_name_name(reply.get()),
                           static_cast<std::size_t>(xcb_get_atom_name_name_length(reply.get())));
    }
    return names;
}

std::optional<Property> Client::read(const xcb_get_property_cookie_t& asked) const {
    const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(connection_, asked, nullptr));
    if (!reply) return std::nullopt;
    auto* const data = static_cast<std::uint8_t*>(xcb_get_property_value(reply.get()));
    const auto length = static_cast<std::size_t>(xcb_get_property_value_length(reply.get()));
    Property result{reply->type, reply->format, base::SecretBytes::copy_of({data, length}), reply->bytes_after > 0};
    base::wipe(data, length);
    return result;
}

std::optional<Property> Client::property(xcb_window_t window, xcb_atom_t name, std::uint32_t words,
                                         xcb_atom_t type) const {
    return read(xcb_get_property(connection_, 0, window, name, type, 0, words));
}

std::optional<Property> Client::take_property(xcb_atom_t name, std::uint32_t words, xcb_atom_t type) const {
    return read(xcb_get_property(connection_, 1, window_, name, type, 0, words));
}

void Client::set_property(xcb_window_t window, xcb_atom_t name, xcb_atom_t type, std::string_view text) const {
    xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, window, name, type, 8,
                        static_cast<std::uint32_t>(text.size()), text.data());
}

void Client::set_property(xcb_window_t window, xcb_atom_t name, xcb_atom_t type,
                          std::span<const std::uint32_t> values) const {
    xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, window, name, type, 32,
                        static_cast<std::uint32_t>(values.size()), values.data());
}

// The owner of a selection is mostly a window that nobody sees, and only another one of the same program says its
// class. A client's windows have the upper part of their numbers in common.
std::string Client::program_of(xcb_window_t window) const {
    std::vector<xcb_window_t> windows{window};
    const std::uint32_t mask = xcb_get_setup(connection_)->resource_id_mask;
    const Reply<xcb_query_tree_reply_t> tree(
        xcb_query_tree_reply(connection_, xcb_query_tree(connection_, screen_->root), nullptr));
    if (tree) {
        const std::span children(xcb_query_tree_children(tree.get()),
                                 static_cast<std::size_t>(xcb_query_tree_children_length(tree.get())));
        for (const xcb_window_t one : children)
            if ((one & ~mask) == (window & ~mask) && one != window) windows.push_back(one);
    }
    const auto text = [&](xcb_window_t of, xcb_atom_t name) -> std::string {
        const auto found = property(of, name, short_words);
        if (!found || found->format != 8) return {};
        return {reinterpret_cast<const char*>(found->bytes.bytes().data()), found->bytes.size()};
    };
    constexpr std::size_t longest = 40;
    for (const xcb_window_t one : windows) {
        const std::string both = text(one, XCB_ATOM_WM_CLASS);
        if (const std::size_t end = both.find('\0'); end != std::string::npos)
            return base::one_line(both.c_str() + end + 1, longest);
    }
    for (const xcb_window_t one : windows)
        if (const std::string name = text(one, XCB_ATOM_WM_NAME); !name.empty()) return base::one_line(name, longest);
    return {};
}

Reply<xcb_generic_event_t> Client::event() const {
    return Reply<xcb_generic_event_t>(xcb_poll_for_event(connection_));
}

// XCB sends the 32 bytes that every event has.
void Client::send_event(xcb_window_t to, const void* event, std::size_t size) const {
    std::array<char, event_bytes> bytes{};
    std::memcpy(bytes.data(), event, size);
    xcb_send_event(connection_, 0, to, XCB_EVENT_MASK_NO_EVENT, bytes.data());
    xcb_flush(connection_);
}

void Client::wait(Moment until) const {
    const auto left = std::chrono::ceil<milliseconds>(until - Steady::now()).count();
    std::array<pollfd, 2> lines{pollfd{xcb_get_file_descriptor(connection_), POLLIN, 0}, pollfd{bell_, POLLIN, 0}};
    (void)::poll(lines.data(), lines.size(), static_cast<int>(std::clamp<long long>(left, 0, 3'600'000)));
    std::uint64_t rings = 0;
    (void)!::read(bell_, &rings, sizeof rings);
}

void Client::ring() const {
    const std::uint64_t one = 1;
    (void)!::write(bell_, &one, sizeof one);
}

// ---- what another program offers ----

Selection::Selection(const Client& client, std::string_view name)
    : client_(client), atom_(client.atom(name)), property_(client.atom("TOKENDECK_SELECTION")) {}

xcb_window_t Selection::owner() const {
    xcb_connection_t* const connection = client_.connection();
    const Reply<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(connection, xcb_get_selection_owner(connection, atom_), nullptr));
    return reply ? reply->owner : xcb_window_t{XCB_NONE};
}

void Selection::ask(xcb_atom_t form, xcb_timestamp_t time, std::span<const xcb_atom_t> parameter) const {
    if (parameter.empty()) xcb_delete_property(client_.connection(), client_.window(), property_);
    else client_.set_property(client_.window(), property_, XCB_ATOM_ATOM, parameter);
    xcb_convert_selection(client_.connection(), client_.window(), atom_, form, property_, time);
    xcb_flush(client_.connection());
}

base::SecretBytes Selection::short_answer(xcb_atom_t form) const {
    auto found = client_.take_property(property_, short_words, form);
    if (!found || found->type != form) return {};
    return std::move(found->bytes);
}

Transferred Selection::content(std::string_view form, const IsCancelled& is_cancelled, xcb_timestamp_t time) const {
    xcb_atom_t type = XCB_NONE;
    ask(client_.atom(form), time);
    return receive(is_cancelled, qr::file_bytes_max, type);
}

std::variant<std::vector<std::string>, NotTransferred> Selection::forms(const IsCancelled& is_cancelled) const {
    Transferred listed = content("TARGETS", is_cancelled);
    if (const auto* reason = std::get_if<NotTransferred>(&listed)) return *reason;
    const Property list{.bytes = std::move(std::get<base::SecretBytes>(listed))};
    return client_.names_of(list.atoms());
}

base::SecretText Selection::text(const IsCancelled& is_cancelled) const {
    for (const xcb_atom_t form : {client_.atom("UTF8_STRING"), xcb_atom_t{XCB_ATOM_STRING}}) {
        xcb_atom_t type = XCB_NONE;
        ask(form);
        const Transferred handed = receive(is_cancelled, longest_text, type);
        if (const auto* given = std::get_if<base::SecretBytes>(&handed)) {
            if (type != form) return {};
            const auto bytes = given->bytes();
            const auto end = std::ranges::find(bytes, std::uint8_t{0});
            return base::SecretText::copy_of(
                {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(end - bytes.begin())});
        }
        if (std::get<NotTransferred>(handed) != NotTransferred::refused) return {};
    }
    return {};
}

// In pieces, each comes as a new value of the property, and an empty one is the end.
Transferred Selection::receive(const IsCancelled& is_cancelled, std::size_t most, xcb_atom_t& type) const {
    const auto answer = next(XCB_SELECTION_NOTIFY, is_cancelled);
    if (!answer) return NotTransferred::no_answer;
    if (reinterpret_cast<const xcb_selection_notify_event_t&>(*answer).property == XCB_NONE)
        return NotTransferred::refused;
    Transferred first = take(most, type);
    if (std::holds_alternative<NotTransferred>(first) || type != client_.atom("INCR")) return first;
    std::vector<base::SecretBytes> parts;
    std::size_t size = 0;
    while (const auto event = next(XCB_PROPERTY_NOTIFY, is_cancelled)) {
        const auto& change = reinterpret_cast<const xcb_property_notify_event_t&>(*event);
        if (change.atom != property_ || change.state != XCB_PROPERTY_NEW_VALUE) continue;
        Transferred piece = take(most, type);
        if (std::holds_alternative<NotTransferred>(piece)) return piece;
        auto& bytes = std::get<base::SecretBytes>(piece);
        if (bytes.empty()) return joined(parts);
        size += bytes.size();
        if (size > most) return NotTransferred::too_large;
        parts.push_back(std::move(bytes));
    }
    return NotTransferred::no_answer;
}

// What the property holds; it is deleted, which asks for the next piece.
Transferred Selection::take(std::size_t most, xcb_atom_t& type) const {
    auto found = client_.take_property(property_, static_cast<std::uint32_t>(most / 4));
    xcb_flush(client_.connection());
    if (!found) return NotTransferred::unreadable;
    if (found->more) return NotTransferred::too_large;
    type = found->type;
    return std::move(found->bytes);
}

// The next event of a kind; null if it does not come in time or nobody waits any more.
Reply<xcb_generic_event_t> Selection::next(std::uint8_t kind, const IsCancelled& is_cancelled) const {
    const auto deadline = Steady::now() + silence_limit;
    while (true) {
        while (auto event = client_.event())
            if ((event->response_type & 0x7FU) == kind) return event;
        if (client_.is_broken() || is_cancelled() || Steady::now() >= deadline) return {};
        client_.wait(Steady::now() + look_interval);
    }
}

// ---- what is offered ----

OwnSelection::OwnSelection(const Client& client, std::string_view name)
    : Selection(client, name),
      targets_(client.atom("TARGETS")),
      timestamp_(client.atom("TIMESTAMP")),
      multiple_(client.atom("MULTIPLE")),
      save_targets_(client.atom("SAVE_TARGETS")),
      clock_(client.atom("TOKENDECK_CLOCK")) {
    for (const char* const form : clipboard_text_forms) texts_.push_back(client.atom(form));
    for (const ClipboardMark& mark : clipboard_marks) marks_.push_back(client.atom(mark.name));
}

void OwnSelection::claim() {
    xcb_set_selection_owner(client_.connection(), client_.window(), atom(), XCB_CURRENT_TIME);
    client_.set_property(client_.window(), clock_, XCB_ATOM_STRING, "");  // its notification tells the server's time
    xcb_flush(client_.connection());
}

void OwnSelection::give_up() const {
    xcb_set_selection_owner(client_.connection(), XCB_NONE, atom(), XCB_CURRENT_TIME);
    (void)owner();
}

void OwnSelection::note(const xcb_property_notify_event_t& change) {
    if (change.atom == clock_) since_ = change.time;
}

bool OwnSelection::ask_manager(const Selection& manager) const {
    if (manager.owner() == XCB_NONE) return false;
    manager.ask(save_targets_, XCB_CURRENT_TIME, std::array{text_form()});
    return true;
}

void OwnSelection::serve(const xcb_selection_request_event_t& request, const base::SecretText* text,
                         bool secret) const {
    // Programs from before ICCCM 2 name no property.
    const xcb_atom_t into = request.property != XCB_NONE ? request.property : request.target;
    const bool done = text != nullptr && answer(request.requestor, request.target, into, *text, secret, false);
    xcb_selection_notify_event_t notify{};
    notify.response_type = XCB_SELECTION_NOTIFY;
    notify.time = request.time;
    notify.requestor = request.requestor;
    notify.selection = request.selection;
    notify.target = request.target;
    notify.property = done ? into : xcb_atom_t{XCB_NONE};
    client_.send(request.requestor, notify);
}

bool OwnSelection::answer(xcb_window_t to, xcb_atom_t form, xcb_atom_t into, const base::SecretText& text, bool secret,
                          bool one_of_several) const {
    const auto put = [&](xcb_atom_t type, const auto& value) {
        client_.set_property(to, into, type, value);
        return true;
    };
    if (form == XCB_NONE) return false;
    if (form == targets_) {
        std::vector<xcb_atom_t> offered{targets_, timestamp_, multiple_, save_targets_};
        offered.insert(offered.end(), texts_.begin(), texts_.end());
        if (secret) offered.insert(offered.end(), marks_.begin(), marks_.end());
        return put(XCB_ATOM_ATOM, std::span<const xcb_atom_t>(offered));
    }
    if (form == timestamp_) return since_ != 0 && put(XCB_ATOM_INTEGER, std::span(&since_, 1));
    if (form == multiple_) return !one_of_several && answer_several(to, into, text, secret);
    if (form == save_targets_) return put(XCB_NONE, std::span<const xcb_atom_t>());
    if (std::ranges::find(texts_, form) != texts_.end()) {
        const std::size_t largest = std::size_t{xcb_get_maximum_request_length(client_.connection())} * 4 - 256;
        return text.size() <= largest && put(form == texts_[2] ? text_form() : form, text.view());
    }
    for (std::size_t i = 0; secret && i < marks_.size(); ++i)
        if (form == marks_[i]) return put(form, std::string_view(clipboard_marks[i].content));
    return false;
}

// Pairs of form and property; a form that is not served becomes none.
bool OwnSelection::answer_several(xcb_window_t to, xcb_atom_t into, const base::SecretText& text, bool secret) const {
    constexpr std::uint32_t most = 128;  // words
    const auto asked = client_.property(to, into, most);
    if (!asked || asked->format != 32) return false;
    std::vector<xcb_atom_t> pairs = asked->atoms();
    if (pairs.empty()) return false;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
        if (!answer(to, pairs[i], pairs[i + 1], text, secret, true)) pairs[i] = XCB_NONE;
    client_.set_property(to, into, asked->type, pairs);
    return true;
}

}  // namespace tokendeck::desktop::x11
