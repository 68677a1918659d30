// X11 by XCB, each time on a connection of its own.
#include "desktop/errors.hpp"
#include "desktop/picture_forms.hpp"
#include "desktop/picture_source_linux.hpp"
#include "desktop/x11_transfer_linux.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#include <xcb/xcb.h>

namespace tokendeck::desktop {

namespace {

using x11::Connection;
using x11::Reply;

PictureOutcome picture_of_clipboard(xcb_connection_t* connection, const xcb_screen_t& screen,
                                    const IsCancelled& is_cancelled) {
    const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
    const xcb_window_t window = xcb_generate_id(connection);
    xcb_create_window(connection, 0, window, screen.root, 0, 0, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
                      XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, &events);
    const xcb_atom_t clipboard = x11::atom(connection, "CLIPBOARD");
    const Reply<xcb_get_selection_owner_reply_t> owner(
        xcb_get_selection_owner_reply(connection, xcb_get_selection_owner(connection, clipboard), nullptr));
    if (!owner) return base::Error{errors::clipboard_unreadable};
    if (owner->owner == XCB_NONE) return base::Error{errors::clipboard_no_picture};
    x11::Transfer transfer(connection, window, clipboard, is_cancelled);
    auto listed = transfer.content(x11::atom(connection, "TARGETS"));
    if (const auto* reason = std::get_if<NotTransferred>(&listed)) return why_no_picture(*reason);
    const auto offered = x11::names_of(connection, x11::atoms_in(std::get<base::SecretBytes>(listed).bytes()));
    const auto form = wanted_form(offered);
    if (!form) return base::Error{errors::clipboard_no_picture};
    return picture_in(*form, transfer.content(x11::atom(connection, *form)));
}

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

PictureOutcome x11_clipboard_picture(const IsCancelled& is_cancelled) {
    int number = 0;
    const Connection connection(xcb_connect(nullptr, &number));
    if (xcb_connection_has_error(connection.get()) != 0) return base::Error{errors::clipboard_unreadable};
    const xcb_screen_t* const screen = x11::screen_of(connection.get(), number);
    if (screen == nullptr) return base::Error{errors::clipboard_unreadable};
    return picture_of_clipboard(connection.get(), *screen, is_cancelled);
}

PictureOutcome x11_screen_picture() {
    int number = 0;
    const Connection connection(xcb_connect(nullptr, &number));
    if (xcb_connection_has_error(connection.get()) != 0) return base::Error{errors::screen_absent};
    const xcb_screen_t* const screen = x11::screen_of(connection.get(), number);
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

}  // namespace tokendeck::desktop
