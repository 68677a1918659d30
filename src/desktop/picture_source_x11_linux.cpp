// X11 by XCB, each time on a connection of its own.
#include "desktop/errors.hpp"
#include "desktop/picture_forms.hpp"
#include "desktop/picture_source_linux.hpp"
#include "desktop/x11_selection_linux.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::desktop {

namespace {

// How a pixel of the screen says its colour.
struct PixelForm {
    std::size_t bytes = 4;
    std::size_t row_bytes = 0;
    bool low_byte_first = true;
    std::array<std::uint32_t, 3> masks{};  // red, green, blue
};

std::optional<PixelForm> pixel_form(const x11::Client& client) {
    const xcb_screen_t& screen = client.screen();
    const xcb_setup_t* const setup = xcb_get_setup(client.connection());
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
    const auto client = x11::Client::open();
    if (!client) return base::Error{errors::clipboard_unreadable};
    const x11::Selection clipboard(*client, "CLIPBOARD");
    const bool is_held = clipboard.owner() != XCB_NONE;
    if (client->is_broken()) return base::Error{errors::clipboard_unreadable};
    if (!is_held) return base::Error{errors::clipboard_no_picture};
    const auto offered = clipboard.forms(is_cancelled);
    if (const auto* reason = std::get_if<NotTransferred>(&offered)) return why_no_picture(*reason);
    const auto form = wanted_form(std::get<std::vector<std::string>>(offered));
    if (!form) return base::Error{errors::clipboard_no_picture};
    return picture_in(*form, clipboard.content(*form, is_cancelled));
}

PictureOutcome x11_screen_picture() {
    const auto client = x11::Client::open();
    if (!client) return base::Error{errors::screen_absent};
    const auto form = pixel_form(*client);
    if (!form) return base::Error{errors::screen_absent};
    const xcb_screen_t& screen = client->screen();
    const std::size_t width = screen.width_in_pixels;
    const std::size_t height = screen.height_in_pixels;
    xcb_connection_t* const connection = client->connection();
    const x11::Reply<xcb_get_image_reply_t> image(
        xcb_get_image_reply(connection,
                            xcb_get_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, screen.root, 0, 0,
                                          screen.width_in_pixels, screen.height_in_pixels, ~0U),
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
