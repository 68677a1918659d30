#include "desktop/clipboard_wayland_linux.hpp"

#include "desktop/clipboard_forms.hpp"
#include "desktop/drop_forms.hpp"
#include "desktop/errors.hpp"
#include "desktop/picture_forms.hpp"
#include "desktop/picture_source_linux.hpp"
#include "desktop/pipe_linux.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace tokendeck::desktop {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds answer_limit{200};
constexpr std::chrono::milliseconds taking_limit{1'000};  // of another program, for what it asked for

// To a program that may not read on. SIGPIPE is blocked on this thread.
void write_all(int pipe, std::string_view text) {
    (void)::fcntl(pipe, F_SETFL, O_NONBLOCK);
    const auto deadline = Steady::now() + taking_limit;
    while (!text.empty() && Steady::now() < deadline) {
        const ssize_t written = ::write(pipe, text.data(), text.size());
        if (written > 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (written < 0 && errno == EAGAIN) {
            pollfd line{pipe, POLLOUT, 0};
            (void)::poll(&line, 1, 50);
        } else if (written < 0 && errno != EINTR) {
            return;
        }
    }
}

}  // namespace

const wl_data_source_listener WaylandClipboard::source_listener{
    .target = [](void*, wl_data_source*, const char*) {},
    .send = [](void* data, wl_data_source* source, const char* form,
               std::int32_t pipe) { static_cast<WaylandClipboard*>(data)->serve(source, form, pipe); },
    .cancelled = [](void* data, wl_data_source* source) { static_cast<WaylandClipboard*>(data)->lose(source); },
    .dnd_drop_performed = [](void*, wl_data_source*) {},
    .dnd_finished = [](void*, wl_data_source*) {},
    .action = [](void*, wl_data_source*, std::uint32_t) {}};

// Of version 3.
const wl_keyboard_listener WaylandClipboard::keyboard_listener{
    .keymap = [](void*, wl_keyboard*, std::uint32_t, std::int32_t file, std::uint32_t) { (void)::close(file); },
    .enter = [](void* data, wl_keyboard*, std::uint32_t serial, wl_surface*,
                wl_array*) { static_cast<WaylandClipboard*>(data)->serial_ = serial; },
    .leave = [](void*, wl_keyboard*, std::uint32_t, wl_surface*) {},
    .key = [](void* data, wl_keyboard*, std::uint32_t serial, std::uint32_t, std::uint32_t,
              std::uint32_t) { static_cast<WaylandClipboard*>(data)->serial_ = serial; },
    .modifiers = [](void*, wl_keyboard*, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t) {},
    .repeat_info = [](void*, wl_keyboard*, std::int32_t, std::int32_t) {}};

const wl_pointer_listener WaylandClipboard::pointer_listener = [] {
    wl_pointer_listener listener{};
    listener.enter = [](void*, wl_pointer*, std::uint32_t, wl_surface*, wl_fixed_t, wl_fixed_t) {};
    listener.leave = [](void*, wl_pointer*, std::uint32_t, wl_surface*) {};
    listener.motion = [](void*, wl_pointer*, std::uint32_t, wl_fixed_t, wl_fixed_t) {};
    listener.button = [](void* data, wl_pointer*, std::uint32_t serial, std::uint32_t, std::uint32_t, std::uint32_t) {
        static_cast<WaylandClipboard*>(data)->serial_ = serial;
    };
    listener.axis = [](void*, wl_pointer*, std::uint32_t, std::uint32_t, wl_fixed_t) {};
    return listener;
}();

WaylandClipboard::WaylandClipboard(wl_display* display, wl_data_device_manager* manager, wl_data_device* device)
    : display_(display), manager_(manager), device_(device) {}

void WaylandClipboard::select(std::unique_ptr<wayland::Offer> offer) {
    const std::lock_guard lock(mutex_);
    offer_ = std::move(offer);
}

void WaylandClipboard::listen(wl_seat* seat, std::uint32_t capabilities) {
    const bool keyboard = (capabilities & WL_SEAT_CAPABILITY_KEYBOARD) != 0;
    const bool pointer = (capabilities & WL_SEAT_CAPABILITY_POINTER) != 0;
    if (!keyboard) keyboard_.reset();
    if (!pointer) pointer_.reset();
    if (keyboard && !keyboard_) {
        keyboard_.reset(wl_seat_get_keyboard(seat));
        wl_keyboard_add_listener(keyboard_.get(), &keyboard_listener, this);
    }
    if (pointer && !pointer_) {
        pointer_.reset(wl_seat_get_pointer(seat));
        wl_pointer_add_listener(pointer_.get(), &pointer_listener, this);
    }
}

// What is ours already gets another text in its place: the compositor takes a new owner only from the window that has
// the keyboard.
void WaylandClipboard::write(const char* text, bool secret) {
    {
        const std::lock_guard lock(mutex_);
        text_ = base::SecretText::copy_of(text);
        if (own_ && secret_ == secret) return;
        secret_ = secret;
        own_.reset(wl_data_device_manager_create_data_source(manager_));
        wl_data_source_add_listener(own_.get(), &source_listener, this);
        for (const char* form : clipboard_text_forms) wl_data_source_offer(own_.get(), form);
        if (secret)
            for (const ClipboardMark& mark : clipboard_marks) wl_data_source_offer(own_.get(), mark.name);
        wl_data_device_set_selection(device_, own_.get(), serial_);
    }
    (void)wl_display_flush(display_);
}

void WaylandClipboard::clear(const base::SecretText&) {
    {
        const std::lock_guard lock(mutex_);
        text_.clear();
        if (own_) return;
    }
    write("", false);
}

base::SecretText WaylandClipboard::read() {
    wayland::Pipe pipe;
    {
        const std::lock_guard lock(mutex_);
        if (own_) return base::SecretText::copy_of(text_.view());
        if (!offer_ || !pipe.open()) return {};
        constexpr std::array texts{"text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING"};
        const auto form = std::ranges::find_if(
            texts, [&](const char* text) { return std::ranges::count(offer_->forms(), text) != 0; });
        if (form == texts.end()) return {};
        offer_->ask(display_, *form, pipe);
    }
    const auto deadline = Steady::now() + answer_limit;
    const auto handed = read_pipe(pipe.ends[0], [&] { return Steady::now() >= deadline; });
    const auto* bytes = std::get_if<base::SecretBytes>(&handed);
    return bytes != nullptr ? text_of_form(bytes->bytes()) : base::SecretText{};
}

PictureOutcome WaylandClipboard::picture(const IsCancelled& is_cancelled) {
    wayland::Pipe pipe;
    std::optional<std::string> form;
    {
        const std::lock_guard lock(mutex_);
        if (offer_ && !own_) form = wanted_form(offer_->forms());
        if (!form) return base::Error{errors::clipboard_no_picture};
        if (!pipe.open()) return base::Error{errors::clipboard_unreadable};
        offer_->ask(display_, *form, pipe);
    }
    return picture_in(*form, read_pipe(pipe.ends[0], is_cancelled));
}

void WaylandClipboard::serve(wl_data_source* source, const char* form, int pipe) {
    base::SecretText text;
    {
        const std::lock_guard lock(mutex_);
        const auto mark = std::ranges::find_if(
            clipboard_marks, [&](const ClipboardMark& one) { return std::string_view(one.name) == form; });
        if (source == own_.get())
            text = base::SecretText::copy_of(mark != clipboard_marks.end() ? std::string_view(mark->content)
                                                                           : text_.view());
    }
    write_all(pipe, text.view());
    (void)::close(pipe);
}

void WaylandClipboard::lose(wl_data_source* source) {
    const std::lock_guard lock(mutex_);
    if (source != own_.get()) return;
    own_.reset();
    text_.clear();
}

}  // namespace tokendeck::desktop
