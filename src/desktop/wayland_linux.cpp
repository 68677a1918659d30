#include "desktop/wayland_linux.hpp"

#include <cstddef>

#include <fcntl.h>
#include <unistd.h>

namespace tokendeck::desktop::wayland {

namespace {

constexpr std::size_t most_forms = 64;  // nobody offers more in earnest

}  // namespace

Pipe::Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) (void)::fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

Pipe::~Pipe() {
    for (const int end : ends)
        if (end >= 0) (void)::close(end);
}

void Pipe::close_writing_end() {
    if (const int end = std::exchange(ends[1], -1); end >= 0) (void)::close(end);
}

const wl_data_offer_listener Offer::listener{
    [](void* data, wl_data_offer*, const char* form) {
        auto& forms = static_cast<Offer*>(data)->forms_;
        if (forms.size() < most_forms) forms.emplace_back(form);
    },
    [](void*, wl_data_offer*, std::uint32_t) {},
    [](void* data, wl_data_offer*, std::uint32_t action) { static_cast<Offer*>(data)->action_ = action; }};

Offer::Offer(wl_data_offer* proxy) : proxy_(proxy) {
    wl_data_offer_add_listener(proxy, &listener, this);
}

Offer::~Offer() {
    if (proxy_ != nullptr) wl_data_offer_destroy(proxy_);
}

void Offer::leave_alone() {
    if (proxy_ != nullptr) wl_proxy_destroy(reinterpret_cast<wl_proxy*>(std::exchange(proxy_, nullptr)));
}

void Offer::ask(wl_display* display, const std::string& form, Pipe& pipe) const {
    wl_data_offer_receive(proxy_, form.c_str(), pipe.ends[1]);
    (void)wl_display_flush(display);
    pipe.close_writing_end();
}

}  // namespace tokendeck::desktop::wayland
