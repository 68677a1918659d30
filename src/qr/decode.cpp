#include "qr/decode.hpp"

#include "base/error_number.hpp"
#include "qr/errors.hpp"
#include "qr/file_kind.hpp"
#include "qr/finders.hpp"
#include "qr/picture.hpp"
#include "qr/reader.hpp"
#include "qr/without_margin.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <iterator>
#include <utility>

namespace tokendeck::qr {
namespace {

// ---- the picture, changed so that ZXing may find more in it ----

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

// By `halves` / 2, each pixel made of the four that are nearest to its place (bilinear).
Grey smoothly_larger(const Grey& from, std::size_t halves) {
    Grey to{from.width * halves / 2, from.height * halves / 2, {}};
    to.pixels = base::SecretBytes(to.width * to.height);
    // The place of each of `length` pixels among `most` ones: the first of the two nearest, and 256ths of the second.
    struct Place {
        std::size_t first, second;
        unsigned part;
    };
    const auto places = [halves](std::size_t length, std::size_t most) {
        std::vector<Place> all;
        for (std::size_t i = 0; i < length; ++i) {
            const std::size_t middle = (2 * i + 1) * 256 / halves;  // in 256ths of a pixel
            const std::size_t at = std::max<std::size_t>(middle, 128) - 128;
            const std::size_t first = std::min(at / 256, most - 1);
            all.push_back({first, std::min(first + 1, most - 1), static_cast<unsigned>(at % 256)});
        }
        return all;
    };
    const std::vector<Place> across = places(to.width, from.width), down = places(to.height, from.height);
    const auto in = from.pixels.bytes();
    auto out = to.pixels.bytes().begin();
    for (const Place& row : down)
        for (const Place& column : across) {
            const auto between = [&](std::size_t y) {
                return in[y * from.width + column.first] * (256 - column.part) +
                       in[y * from.width + column.second] * column.part;
            };
            const unsigned sum = between(row.first) * (256 - row.part) + between(row.second) * row.part;
            *out++ = static_cast<std::uint8_t>((sum + 32768) >> 16U);
        }
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

// Brightness spread so that one pixel in a hundred is black and one white, at least. Helps where a code is grey on
// grey.
Grey stretched(const Grey& from) {
    std::array<std::size_t, 256> count{};
    for (const std::uint8_t pixel : from.pixels.bytes()) ++count[pixel];
    const std::size_t few = from.pixels.size() / 100;
    std::size_t low = 0, high = 255;
    for (std::size_t sum = count[low]; sum <= few && low < 255; sum += count[low]) ++low;
    for (std::size_t sum = count[high]; sum <= few && high > 0; sum += count[high]) --high;
    Grey to{from.width, from.height, from.pixels.clone()};
    if (high <= low) return to;
    for (std::uint8_t& pixel : to.pixels.bytes()) {
        const std::size_t above = std::max<std::size_t>(pixel, low) - low;
        pixel = static_cast<std::uint8_t>(std::min<std::size_t>(above * 255 / (high - low), 255));
    }
    return to;
}

// Each pixel the mean of the square of 2 * reach + 1 pixels around it, as far as there are. Joins round dots to modules
// and takes away noise and the stripes of a photographed screen.
Grey blurred(const Grey& from, std::size_t reach) {
    Grey across{from.width, from.height, base::SecretBytes(from.width * from.height)};
    Grey to{from.width, from.height, base::SecretBytes(from.width * from.height)};
    // One line of `length` pixels, `step` apart.
    const auto line = [reach](const std::uint8_t* in, std::uint8_t* out, std::size_t length, std::size_t step) {
        std::size_t sum = 0, first = 0, end = 0;
        for (std::size_t i = 0; i < length; ++i) {
            for (; end < length && end <= i + reach; ++end) sum += in[end * step];
            for (; first + reach < i; ++first) sum -= in[first * step];
            out[i * step] = static_cast<std::uint8_t>(sum / (end - first));
        }
    };
    for (std::size_t y = 0; y < from.height; ++y)
        line(from.pixels.bytes().data() + y * from.width, across.pixels.bytes().data() + y * from.width, from.width, 1);
    for (std::size_t x = 0; x < from.width; ++x)
        line(across.pixels.bytes().data() + x, to.pixels.bytes().data() + x, from.height, from.width);
    return to;
}

// ---- attempts ----

// One search through a picture and what is made of it.
class Search {
  public:
    explicit Search(const Picture& picture) : picture_(picture) {}
    [[nodiscard]] std::vector<Found> run();

  private:
    using Clock = std::chrono::steady_clock;
    using Way = std::vector<Found> (Search::*)(const Grey&);

    // How much may be looked at. ZXing's time grows with the pixels, so they are counted: an attempt that the rest does
    // not suffice for is not made. It also grows with finder patterns, up to what finders.hpp lets pass: hence a time,
    // too, after which no attempt begins.
    struct Budget {
        std::size_t pixels;
        Clock::time_point end;
    };

    void try_both(Way way);
    std::vector<Found> attempt(const Grey& grey, Threshold threshold);
    std::vector<Found> look(const Grey& grey, Threshold threshold = Threshold::local);
    std::vector<Found> look_at_whole(const Grey& grey) { return look(grey); }
    std::vector<Found> look_at_smaller(const Grey& grey);
    std::vector<Found> look_without_margin(const Grey& grey);
    std::vector<Found> look_harder(const Grey& grey);
    std::vector<Found> look_differently(const Grey& grey);

    const Picture& picture_;
    const Clock::time_point began_ = Clock::now();
    Budget budget_{};
    bool promising_ = false;  // there is what looks like the corners of a code
    std::vector<Found> found_{};
};

std::vector<Found> Search::attempt(const Grey& grey, Threshold threshold) {
    const std::size_t pixels = grey.width * grey.height;
    if (pixels > budget_.pixels || Clock::now() > budget_.end) return {};
    budget_.pixels -= pixels;
    const Finders finders = count_finders(grey, threshold);
    promising_ = promising_ || finders.like_a_code;
    return finders.estimate <= finders_max ? find_codes(grey, threshold) : std::vector<Found>();
}

// Dark on light, then light on dark.
std::vector<Found> Search::look(const Grey& grey, Threshold threshold) {
    std::vector<Found> found = attempt(grey, threshold);
    if (found.empty()) found = attempt(inverted(grey), threshold);
    return found;
}

// Each half the size of the one before, down to where a code of 21 modules and its margin has 5 pixels a module.
std::vector<Found> Search::look_at_smaller(const Grey& grey) {
    constexpr std::size_t shortest = 145;
    std::vector<Found> found;
    if (std::min(grey.width, grey.height) < 2 * shortest) return found;
    Grey smaller = half_as_large(grey);
    found = look(smaller);
    if (found.empty()) found = look_at_smaller(smaller);
    return found;
}

std::vector<Found> Search::look_without_margin(const Grey& grey) {
    std::vector<Found> all;
    for (const bool invert : {false, true}) {
        for (const Grey& code : invert ? freed_from_dark(inverted(grey)) : freed_from_dark(grey)) {
            std::vector<Found> found = attempt(code, Threshold::local);
            std::ranges::move(found, std::back_inserter(all));
        }
        if (!all.empty()) break;
    }
    return all;
}

// What helps with codes that were cut off close to their edge, or are too small.
std::vector<Found> Search::look_harder(const Grey& grey) {
    constexpr std::size_t small_enough_to_grow = 2'000'000;  // pixels
    std::vector<Found> found = attempt(with_margin(grey), Threshold::local);
    if (found.empty()) found = attempt(with_margin(inverted(grey)), Threshold::local);
    if (!found.empty() || grey.width * grey.height > small_enough_to_grow) return found;
    const Grey wide = with_margin(grey);
    found = look(twice_as_large(wide));
    for (const std::size_t halves : {3U, 4U})
        if (found.empty()) found = look(smoothly_larger(wide, halves));
    return found;
}

// What helps with pale codes, noise, round dots and photographed screens: other thresholds, contrast, blurs, and with
// each of them a smaller picture.
std::vector<Found> Search::look_differently(const Grey& grey) {
    const Grey clear = stretched(grey);
    std::vector<Found> found = look(grey, Threshold::global);
    const auto next = [&](const Grey& changed) {
        if (found.empty()) found = look(changed, Threshold::global);
        if (found.empty()) found = look(changed, Threshold::local);
    };
    if (found.empty()) next(clear);
    for (const std::size_t reach : {1U, 2U, 4U}) {
        if (!found.empty() || Clock::now() > budget_.end) break;
        const Grey soft = stretched(blurred(clear, reach));
        next(soft);
        if (found.empty()) next(with_margin(soft));
        if (found.empty() && std::min(soft.width, soft.height) >= 2) next(half_as_large(soft));
    }
    return found;
}

void Search::try_both(Way way) {
    if (found_.empty()) found_ = (this->*way)(picture_.on_white);
    if (found_.empty() && picture_.on_black) found_ = (this->*way)(*picture_.on_black);
}

std::vector<Found> Search::run() {
    constexpr std::size_t moderate = 6'000'000;  // pixels: a larger picture has margins enough
    // The first attempts at the largest picture, transparent, take 4 times its size and a third for the smaller ones.
    constexpr std::size_t look_at_most = 6 * pixels_max;
    // Later attempts at a picture that has no code cost a person seconds: about 40 of a picture of one megapixel.
    constexpr std::size_t differently_at_most = 60'000'000;
    // Far beyond what real pictures need on a slow computer.
    constexpr std::chrono::seconds look_at_longest{20};
    constexpr std::chrono::seconds differently_at_longest{4};
    // Where nothing looks like a code, from the beginning on: so that the answer for a screen comes within half a
    // second.
    const std::size_t pixels = picture_.on_white.width * picture_.on_white.height;
    const std::chrono::milliseconds without_promise{std::max<std::size_t>(300, 150 * pixels / 1'000'000)};
    budget_ = {look_at_most, began_ + look_at_longest};
    try_both(&Search::look_at_whole);
    try_both(&Search::look_at_smaller);
    if (pixels > moderate) return std::move(found_);
    try_both(&Search::look_without_margin);
    if (!promising_) budget_.end = began_ + without_promise;
    try_both(&Search::look_harder);
    budget_ = {differently_at_most, promising_ ? Clock::now() + differently_at_longest : began_ + without_promise};
    try_both(&Search::look_differently);
    return std::move(found_);
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

base::Result<Codes> read(std::span<const std::uint8_t> file_bytes) {
    if (file_bytes.empty()) return base::Error{errors::file_empty};
    if (file_bytes.size() > file_bytes_max) {
        return base::Error{.code = errors::file_too_large,
                           .actual = base::number(file_bytes.size()),
                           .limit = base::number(file_bytes_max)};
    }
    const FileKind kind = kind_of(file_bytes);
    if (!is_readable(kind)) {
        return base::Error{.code = errors::not_a_picture, .subject = std::string(name(kind))};
    }

    const auto picture = decode_picture(file_bytes, kind);
    if (!picture) return picture.error();
    std::vector<Found> found = Search(picture.value()).run();
    if (found.empty()) {
        if (!lacks_end(kind, file_bytes)) return base::Error{errors::no_code};
        return base::Error{.code = errors::picture_damaged, .subject = std::string(name(kind))};
    }
    put_in_reading_order(found);

    Codes codes;
    for (Found& code : found) {
        if (code.part) {
            codes.parts.push_back({code.part->index, code.part->count, code.part->parity, std::move(code.text)});
            continue;
        }
        const bool known =
            std::ranges::any_of(codes.texts, [&](const base::SecretText& text) { return same(text, code.text); });
        if (!known) codes.texts.push_back(std::move(code.text));
    }
    return codes;
}

}  // namespace

base::Result<Codes> read_codes(std::span<const std::uint8_t> file_bytes) {
    try {
        return read(file_bytes);
    } catch (const std::exception&) {  // memory ran out, or ZXing met what it did not expect
        return base::Error{errors::reader_failed};
    }
}

}  // namespace tokendeck::qr
