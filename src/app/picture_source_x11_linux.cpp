// X11 by XCB, each time on a connection of its own. Source of the clipboard's ways: ICCCM 2.0, "Peer-to-Peer
// Communication by Means of Selections", with 2.7.2 for what comes in pieces (INCR).
#include "app/errors.hpp"
#include "app/picture_forms.hpp"
#include "app/picture_source_linux.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <poll.h>
#include <xcb/xcb.h>

namespace tokendeck::app {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds silence_limit{3'000};
constexpr std::chrono::milliseconds look_interval{50};

struct Disconnect {
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
};
using Connection = std::unique_ptr<xcb_connection_t, Disconnect>;

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename T>
using Reply = std::unique_ptr<T, Free>;

base::Error too_large() {
    base::Error error{qr::errors::file_too_large};
    error.limit = static_cast<std::int64_t>(qr::file_bytes_max);
    return error;
}

// Null if there is no screen to be reached.
const xcb_screen_t* screen_of(xcb_connection_t* connection, int number) {
    auto screens = xcb_setup_roots_iterator(xcb_get_setup(connection));
    for (; screens.rem > 0 && number > 0; --number) xcb_screen_next(&screens);
    return screens.rem > 0 ? screens.data : nullptr;
}

class Selection {
  public:
    Selection(Connection connection, const xcb_screen_t& screen, const GivenUp& given_up)
        : connection_(std::move(connection)), given_up_(given_up), window_(xcb_generate_id(connection_.get())) {
        const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
        xcb_create_window(connection_.get(), 0, window_, screen.root, 0, 0, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
                          XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, &events);
        clipboard_ = atom("CLIPBOARD");
        targets_ = atom("TARGETS");
        property_ = atom("TOKENDECK_PICTURE");
        incr_ = atom("INCR");
    }

    PictureOutcome picture() {
        const Reply<xcb_get_selection_owner_reply_t> owner(xcb_get_selection_owner_reply(
            connection_.get(), xcb_get_selection_owner(connection_.get(), clipboard_), nullptr));
        if (!owner) return base::Error{errors::clipboard_unreadable};
        if (owner->owner == XCB_NONE) return base::Error{errors::clipboard_no_picture};
        auto listed = convert(targets_);
        if (auto* error = std::get_if<base::Error>(&listed)) return std::move(*error);
        const auto form = wanted_form(names_in(std::get<base::SecretBytes>(listed).bytes()));
        if (!form) return base::Error{errors::clipboard_no_picture};
        auto content = convert(atom(*form));
        if (auto* error = std::get_if<base::Error>(&content)) return std::move(*error);
        auto& bytes = std::get<base::SecretBytes>(content);
        if (bytes.empty()) return base::Error{errors::clipboard_no_picture};
        if (*form != uri_list_form) return std::move(bytes);
        auto files = files_of_uri_list({reinterpret_cast<const char*>(bytes.bytes().data()), bytes.size()});
        if (files.empty()) return base::Error{errors::clipboard_no_picture};
        return files;
    }

  private:
    using Content = std::variant<base::SecretBytes, base::Error>;

    xcb_atom_t atom(std::string_view name) {
        const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(
            connection_.get(),
            xcb_intern_atom(connection_.get(), 0, static_cast<std::uint16_t>(name.size()), name.data()), nullptr));
        return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
    }

    std::vector<std::string> names_in(std::span<const std::uint8_t> bytes) {
        constexpr std::size_t most = 64;  // no clipboard offers more in earnest
        std::vector<xcb_atom_t> atoms(std::min(bytes.size() / sizeof(xcb_atom_t), most));
        if (!atoms.empty()) std::memcpy(atoms.data(), bytes.data(), atoms.size() * sizeof(xcb_atom_t));
        std::vector<std::string> names;
        for (const xcb_atom_t one : atoms) {
            const Reply<xcb_get_atom_name_reply_t> reply(
                xcb_get_atom_name_reply(connection_.get(), xcb_get_atom_name(connection_.get(), one), nullptr));
            if (!reply) continue;
            names.emplace_back(xcb_get_atom_name_name(reply.get()),
                               static_cast<std::size_t>(xcb_get_atom_name_name_length(reply.get())));
        }
        return names;
    }

    Content convert(xcb_atom_t form) {
        xcb_delete_property(connection_.get(), window_, property_);
        xcb_convert_selection(connection_.get(), window_, clipboard_, form, property_, XCB_CURRENT_TIME);
        xcb_flush(connection_.get());
        const auto answer = next(XCB_SELECTION_NOTIFY);
        if (!answer) return no_answer();
        const auto& notify = reinterpret_cast<const xcb_selection_notify_event_t&>(*answer);
        if (notify.property == XCB_NONE) return base::Error{errors::clipboard_no_picture};
        xcb_atom_t type = XCB_NONE;
        Content first = take(type);
        if (type != incr_ || std::holds_alternative<base::Error>(first)) return first;
        return pieces();
    }

    // Each piece comes as a new value of the property, an empty one is the end.
    Content pieces() {
        std::vector<base::SecretBytes> parts;
        std::size_t size = 0;
        while (true) {
            const auto event = next(XCB_PROPERTY_NOTIFY);
            if (!event) return no_answer();
            const auto& change = reinterpret_cast<const xcb_property_notify_event_t&>(*event);
            if (change.atom != property_ || change.state != XCB_PROPERTY_NEW_VALUE) continue;
            xcb_atom_t type = XCB_NONE;
            Content piece = take(type);
            if (std::holds_alternative<base::Error>(piece)) return piece;
            auto& bytes = std::get<base::SecretBytes>(piece);
            if (bytes.empty()) break;
            size += bytes.size();
            if (size > qr::file_bytes_max) return too_large();
            parts.push_back(std::move(bytes));
        }
        base::SecretBytes whole(size);
        auto at = whole.bytes().begin();
        for (const base::SecretBytes& part : parts) at = std::ranges::copy(part.bytes(), at).out;
        return whole;
    }

    // What the property holds; it is deleted, which asks for the next piece.
    Content take(xcb_atom_t& type) {
        constexpr auto most = static_cast<std::uint32_t>(qr::file_bytes_max / 4);
        const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(
            connection_.get(),
            xcb_get_property(connection_.get(), 1, window_, property_, XCB_GET_PROPERTY_TYPE_ANY, 0, most), nullptr));
        xcb_flush(connection_.get());
        if (!reply) return base::Error{errors::clipboard_unreadable};
        auto* const data = static_cast<std::uint8_t*>(xcb_get_property_value(reply.get()));
        const auto length = static_cast<std::size_t>(xcb_get_property_value_length(reply.get()));
        type = reply->type;
        base::SecretBytes bytes = base::SecretBytes::copy_of({data, length});
        base::wipe(data, length);
        if (reply->bytes_after > 0) return too_large();
        return bytes;
    }

    // The next event of a kind; null if it does not come in time or nobody waits any more.
    Reply<xcb_generic_event_t> next(std::uint8_t kind) {
        const auto deadline = Steady::now() + silence_limit;
        while (true) {
            while (Reply<xcb_generic_event_t> event{xcb_poll_for_event(connection_.get())}) {
                if ((event->response_type & 0x7FU) == kind) return event;
            }
            if (xcb_connection_has_error(connection_.get()) != 0 || given_up_() || Steady::now() >= deadline) return {};
            pollfd line{xcb_get_file_descriptor(connection_.get()), POLLIN, 0};
            (void)::poll(&line, 1, static_cast<int>(look_interval.count()));
        }
    }

    static base::Error no_answer() {
        base::Error error{errors::clipboard_no_answer};
        error.limit = silence_limit.count();
        return error;
    }

    Connection connection_;
    const GivenUp& given_up_;
    xcb_window_t window_;
    xcb_atom_t clipboard_ = XCB_NONE, targets_ = XCB_NONE, property_ = XCB_NONE, incr_ = XCB_NONE;
};

// How a pixel of the screen says its colour.
struct PixelForm {
    std::size_t bytes = 4;
    std::size_t row_bytes = 0;
    bool low_byte_first = true;
    std::array<std::uint32_t, 3> masks{};  // red, green, blue
};

std::optional<PixelForm> pixel_form(xcb_connection_t* connection, const xcb_screen_t& screen) {
    const xcb_setup_t* const setup = xcb_get_setup(connection);
    PixelForm form;
    form.low_byte_first = setup->image_byte_order == XCB_IMAGE_ORDER_LSB_FIRST;
    bool known = false;
    for (auto formats = xcb_setup_pixmap_formats_iterator(setup); formats.rem > 0; xcb_format_next(&formats)) {
        if (formats.data->depth != screen.root_depth) continue;
        form.bytes = formats.data->bits_per_pixel / 8U;
        const std::size_t pad = std::max<std::size_t>(formats.data->scanline_pad / 8U, 1);
        form.row_bytes = (screen.width_in_pixels * form.bytes + pad - 1) / pad * pad;
        known = form.bytes >= 2 && form.bytes <= 4;
    }
    for (auto depths = xcb_screen_allowed_depths_iterator(&screen); depths.rem > 0; xcb_depth_next(&depths)) {
        for (auto visuals = xcb_depth_visuals_iterator(depths.data); visuals.rem > 0; xcb_visualtype_next(&visuals)) {
            if (visuals.data->visual_id == screen.root_visual)
                form.masks = {visuals.data->red_mask, visuals.data->green_mask, visuals.data->blue_mask};
        }
    }
    if (!known || form.masks[0] == 0 || form.masks[1] == 0 || form.masks[2] == 0) return std::nullopt;
    return form;
}

std::uint8_t brightness_of(const std::uint8_t* pixel, const PixelForm& form) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < form.bytes; ++i) {
        const std::size_t place = form.low_byte_first ? i : form.bytes - 1 - i;
        value |= static_cast<std::uint32_t>(pixel[i]) << (8 * place);
    }
    std::array<unsigned, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const int shift = std::countr_zero(form.masks[i]);
        parts[i] = ((value & form.masks[i]) >> shift) * 255U / (form.masks[i] >> shift);
    }
    return brightness(parts[0], parts[1], parts[2]);
}

}  // namespace

PictureOutcome x11_clipboard_picture(const GivenUp& given_up) {
    int number = 0;
    Connection connection(xcb_connect(nullptr, &number));
    if (xcb_connection_has_error(connection.get()) != 0) return base::Error{errors::clipboard_unreadable};
    const xcb_screen_t* const screen = screen_of(connection.get(), number);
    if (screen == nullptr) return base::Error{errors::clipboard_unreadable};
    return Selection(std::move(connection), *screen, given_up).picture();
}

PictureOutcome x11_screen_picture() {
    int number = 0;
    const Connection connection(xcb_connect(nullptr, &number));
    if (xcb_connection_has_error(connection.get()) != 0) return base::Error{errors::screen_absent};
    const xcb_screen_t* const screen = screen_of(connection.get(), number);
    if (screen == nullptr) return base::Error{errors::screen_absent};
    const auto form = pixel_form(connection.get(), *screen);
    if (!form) return base::Error{errors::screen_absent};
    const std::size_t width = screen->width_in_pixels;
    const std::size_t height = screen->height_in_pixels;
    const Reply<xcb_get_image_reply_t> image(
        xcb_get_image_reply(connection.get(),
                            xcb_get_image(connection.get(), XCB_IMAGE_FORMAT_Z_PIXMAP, screen->root, 0, 0,
                                          screen->width_in_pixels, screen->height_in_pixels, ~0U),
                            nullptr));
    if (!image) return base::Error{errors::screen_absent};
    std::uint8_t* const data = xcb_get_image_data(image.get());
    const auto length = static_cast<std::size_t>(xcb_get_image_data_length(image.get()));
    if (length < form->row_bytes * height) {
        base::wipe(data, length);
        return base::Error{errors::screen_unreadable};
    }
    base::SecretBytes grey(width * height);
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x)
            grey.bytes()[y * width + x] = brightness_of(data + y * form->row_bytes + x * form->bytes, *form);
    }
    base::wipe(data, length);
    return bmp_file(grey.bytes(), width, height);
}

}  // namespace tokendeck::app
