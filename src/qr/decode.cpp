#include "qr/decode.hpp"

#include "qr/errors.hpp"
#include "qr/file_kind.hpp"
#include "qr/picture.hpp"
#include "qr/reader.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace tokendeck::qr {
namespace {

// ---- the picture, changed so that ZXing may find more in it
// -----------------------------------------------------------

Grey inverted(const Grey& from) {
    Grey to{from.width, from.height, from.pixels.clone()};
    for (std::uint8_t& pixel : to.pixels.bytes()) pixel = static_cast<std::uint8_t>(255 - pixel);
    return to;
}

// With a white margin: a QR code needs four modules of it, which is a fifth of the smallest code, and no code is larger
// than the shorter side.
Grey with_margin(const Grey& from) {
    const std::size_t margin = std::min(from.width, from.height) / 5 + 4;
    Grey to{from.width + 2 * margin, from.height + 2 * margin, {}};
    to.pixels = base::SecretBytes(to.width * to.height);
    const auto pixels = to.pixels.bytes();
    std::fill(pixels.begin(), pixels.end(), std::uint8_t{255});
    for (std::size_t y = 0; y < from.height; ++y) {
        const auto row = from.pixels.bytes().subspan(y * from.width, from.width);
        std::copy(row.begin(), row.end(),
                  pixels.begin() + static_cast<std::ptrdiff_t>((y + margin) * to.width + margin));
    }
    return to;
}

Grey twice_as_large(const Grey& from) {
    Grey to{from.width * 2, from.height * 2, base::SecretBytes(from.width * from.height * 4)};
    const auto pixels = to.pixels.bytes();
    for (std::size_t y = 0; y < to.height; ++y)
        for (std::size_t x = 0; x < to.width; ++x)
            pixels[y * to.width + x] = from.pixels.bytes()[(y / 2) * from.width + x / 2];
    return to;
}

// Each pixel the mean of four; takes away noise as well. Precondition: both sides at least 2.
Grey half_as_large(const Grey& from) {
    Grey to{from.width / 2, from.height / 2, base::SecretBytes((from.width / 2) * (from.height / 2))};
    const auto in = from.pixels.bytes();
    const auto out = to.pixels.bytes();
    for (std::size_t y = 0; y < to.height; ++y)
        for (std::size_t x = 0; x < to.width; ++x) {
            const std::size_t at = 2 * y * from.width + 2 * x;
            const unsigned sum = 2U + in[at] + in[at + 1] + in[at + from.width] + in[at + from.width + 1];
            out[y * to.width + x] = static_cast<std::uint8_t>(sum / 4);
        }
    return to;
}

// ---- attempts
// ---------------------------------------------------------------------------------------------------------

// Dark on light, then light on dark.
std::vector<Found> look(const Grey& grey) {
    std::vector<Found> found = find_codes(grey);
    if (found.empty()) found = find_codes(inverted(grey));
    return found;
}

// Each half the size of the one before, down to where a code of 21 modules and its margin has 5 pixels a module.
std::vector<Found> look_at_smaller(const Grey& grey) {
    constexpr std::size_t shortest = 145;
    std::vector<Found> found;
    if (std::min(grey.width, grey.height) < 2 * shortest) return found;
    Grey smaller = half_as_large(grey);
    found = look(smaller);
    if (found.empty()) found = look_at_smaller(smaller);
    return found;
}

// What helps with codes that were cut off close to their edge, or are too small.
std::vector<Found> look_harder(const Grey& grey) {
    constexpr std::size_t small_enough_to_grow = 2'000'000;  // pixels
    std::vector<Found> found = find_codes(with_margin(grey));
    if (found.empty()) found = find_codes(with_margin(inverted(grey)));
    if (found.empty() && grey.width * grey.height <= small_enough_to_grow)
        found = look(with_margin(twice_as_large(grey)));
    return found;
}

std::vector<Found> search(const Picture& picture) {
    constexpr std::size_t moderate = 6'000'000;  // pixels: a larger picture has margins enough
    std::vector<Found> found;
    const auto try_both = [&](auto way) {
        if (found.empty()) found = way(picture.on_white);
        if (found.empty() && picture.on_black) found = way(*picture.on_black);
    };
    try_both(look);
    try_both(look_at_smaller);
    if (picture.on_white.width * picture.on_white.height <= moderate) try_both(look_harder);
    return found;
}

// Rows from top to bottom, in each from left to right; codes are in one row if the middle of one lies within the upper
// and lower edge of its first.
void put_in_reading_order(std::vector<Found>& found) {
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.y < b.y; });
    for (auto row = found.begin(); row != found.end();) {
        const int lowest = row->y + row->height / 2;
        const auto end = std::find_if(row, found.end(), [&](const Found& f) { return f.y > lowest; });
        std::sort(row, end, [](const Found& a, const Found& b) { return a.x < b.x; });
        row = end;
    }
}

base::Result<std::vector<base::SecretText>> read(std::span<const std::uint8_t> file_bytes) {
    if (file_bytes.empty()) return base::Error{errors::file_empty};
    if (file_bytes.size() > file_bytes_max) {
        base::Error error{errors::file_too_large};
        error.actual = static_cast<std::int64_t>(file_bytes.size());
        error.limit = static_cast<std::int64_t>(file_bytes_max);
        return error;
    }
    const FileKind kind = kind_of(file_bytes);
    if (!is_readable(kind)) {
        base::Error error{errors::not_a_picture};
        error.subject = name(kind);
        return error;
    }

    const auto picture = decode_picture(file_bytes, kind);
    if (!picture) return picture.error();
    std::vector<Found> found = search(picture.value());
    if (found.empty()) {
        if (!lacks_end(kind, file_bytes)) return base::Error{errors::no_code};
        base::Error error{errors::picture_damaged};
        error.subject = name(kind);
        return error;
    }
    put_in_reading_order(found);

    std::vector<base::SecretText> texts;
    for (Found& code : found) {
        if (code.parts > 1) {
            base::Error error{errors::code_in_parts};
            error.actual = code.parts;
            return error;
        }
        const bool known = std::any_of(texts.begin(), texts.end(),
                                       [&](const base::SecretText& text) { return same(text, code.text); });
        if (!known) texts.push_back(std::move(code.text));
    }
    return texts;
}

}  // namespace

base::Result<std::vector<base::SecretText>> read_codes(std::span<const std::uint8_t> file_bytes) {
    try {
        return read(file_bytes);
    } catch (const std::exception&) {  // memory ran out, or ZXing met what it did not expect
        return base::Error{errors::reader_failed};
    }
}

}  // namespace tokendeck::qr
