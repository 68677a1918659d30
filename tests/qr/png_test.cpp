// PNG pictures of every kind, at the sizes that are still read.
#include "support/catch.hpp"

#include "qr/decode.hpp"
#include "qr/errors.hpp"
#include "qr/picture.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace tokendeck;

namespace {

// A stream as zlib's deflate makes it of few long runs: fixed codes, literals, and repetitions of the byte before.
// Source: RFC 1951.
class Runs {
  public:
    Runs() { bits(3, 3); }  // the last block, with fixed codes

    void run(std::uint8_t byte, std::size_t count) {
        if (count == 0) return;
        literal(byte);
        for (--count; count >= 258; count -= 258) {
            code(0b11000101, 8);  // length 258
            code(0, 5);           // distance 1
        }
        for (; count > 0; --count) literal(byte);
    }
    [[nodiscard]] std::string take() {
        code(0, 7);  // the end
        bits(0, 7);
        return "\x78\x01" + std::move(out_) + std::string(4, '\0');
    }

  private:
    void bits(unsigned value, int count) {
        for (int i = 0; i < count; ++i) {
            byte_ |= (value >> i & 1U) << filled_;
            if (++filled_ < 8) continue;
            out_.push_back(static_cast<char>(byte_));
            byte_ = 0;
            filled_ = 0;
        }
    }
    void code(unsigned value, int count) {  // the highest bit first
        for (int i = count - 1; i >= 0; --i) bits(value >> i & 1U, 1);
    }
    void literal(std::uint8_t byte) { byte < 144 ? code(0x30U + byte, 8) : code(0x190U + byte - 144U, 9); }

    std::string out_{};
    unsigned byte_ = 0;
    int filled_ = 0;
};

struct Kind {
    const char* name;
    std::uint8_t colour;
    std::uint8_t depth;
    std::size_t channels;
};
constexpr std::array kinds{Kind{"grey, 1 bit", 0, 1, 1},
                           Kind{"grey", 0, 8, 1},
                           Kind{"grey, 16 bit", 0, 16, 1},
                           Kind{"colour", 2, 8, 3},
                           Kind{"colour, 16 bit", 2, 16, 3},
                           Kind{"palette", 3, 8, 1},
                           Kind{"palette, 4 bit", 3, 4, 1},
                           Kind{"grey and alpha", 4, 8, 2},
                           Kind{"grey and alpha, 16 bit", 4, 16, 2},
                           Kind{"colour and alpha", 6, 8, 4},
                           Kind{"colour and alpha, 16 bit", 6, 16, 4}};

std::string number(std::size_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

// Without checksums, at which stb_image does not look (the command line's tests read pictures that have them).
std::string chunk(const char* name, const std::string& content) {
    return number(content.size()) + name + content + std::string(4, '\0');
}

// A file's beginning, up to its pixels.
std::string head(const Kind& kind, std::size_t width, std::size_t height, bool interlaced) {
    std::string header = number(width) + number(height);
    for (const unsigned value : {unsigned{kind.depth}, unsigned{kind.colour}, 0U, 0U, interlaced ? 1U : 0U})
        header.push_back(static_cast<char>(value));
    std::string palette;
    if (kind.colour == 3)
        palette = chunk("PLTE", std::string((std::size_t{1} << kind.depth) * 3 - 3, '\0') + "\xFF\xFF\xFF");
    return "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + palette;
}

std::string with_pixels(const std::string& beginning, Runs& rows) {
    return beginning + chunk("IDAT", rows.take()) + chunk("IEND", "");
}

// All its bytes are 255: white and opaque, or the last colour of the palette, which is white as well.
std::string white_png(const Kind& kind, std::size_t width, std::size_t height, bool interlaced) {
    struct Pass {
        std::size_t x, y, every_x, every_y;
    };
    constexpr std::array<Pass, 7> seven{
        {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}};
    constexpr std::array<Pass, 1> one{{{0, 0, 1, 1}}};
    Runs rows;
    for (const Pass& pass : interlaced ? std::span<const Pass>(seven) : std::span<const Pass>(one)) {
        const std::size_t across = (width - std::min(width, pass.x) + pass.every_x - 1) / pass.every_x;
        const std::size_t down = (height - std::min(height, pass.y) + pass.every_y - 1) / pass.every_y;
        for (std::size_t row = 0; across > 0 && row < down; ++row) {
            rows.run(0, 1);  // no filter
            rows.run(255, (across * kind.channels * kind.depth + 7) / 8);
        }
    }
    return with_pixels(head(kind, width, height, interlaced), rows);
}

base::Result<qr::Picture> decode(const std::string& file) {
    return qr::decode_picture({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()}, qr::FileKind::png);
}

void check_white(const base::Result<qr::Picture>& picture, std::size_t width, std::size_t height) {
    REQUIRE(picture.ok());
    CHECK(picture.value().on_white.width == width);
    CHECK(picture.value().on_white.height == height);
    CHECK_FALSE(picture.value().on_black);
    const auto pixels = picture.value().on_white.pixels.bytes();
    REQUIRE(pixels.size() == width * height);
    CHECK(static_cast<std::size_t>(std::ranges::count(pixels, std::uint8_t{255})) == pixels.size());
}

}  // namespace

TEST_CASE("PNG pictures of every kind are read, interlaced or not, also tiny ones") {
    for (const Kind& kind : kinds)
        for (const bool interlaced : {false, true})
            for (const auto& [width, height] : {std::pair{1, 1}, std::pair{3, 2}, std::pair{5, 9}, std::pair{80, 61}}) {
                INFO(kind.name << (interlaced ? ", interlaced, " : ", ") << width << " x " << height);
                const auto w = static_cast<std::size_t>(width), h = static_cast<std::size_t>(height);
                check_white(decode(white_png(kind, w, h, interlaced)), w, h);
            }
}

TEST_CASE("The largest pictures are read with as many channels and bits as a PNG can have, interlaced") {
    check_white(decode(white_png(kinds[9], 8000, 5000, true)), 8000, 5000);
    check_white(decode(white_png(kinds[10], 5000, 4000, true)), 5000, 4000);
}

TEST_CASE("One row more than the largest picture is refused with both numbers, whatever its kind") {
    for (const Kind& kind : kinds) {
        INFO(kind.name);
        const std::size_t limit = kind.depth == 16 ? qr::pixels_max / 2 : qr::pixels_max;
        const std::size_t height = limit / 8000 + 1;
        const auto refused = decode(head(kind, 8000, height, true) + chunk("IDAT", std::string(100, '\0')));
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == qr::errors::picture_too_large);
        CHECK(refused.error().actual == static_cast<std::int64_t>(8000 * height));
        CHECK(refused.error().limit == static_cast<std::int64_t>(limit));
    }
}

TEST_CASE("A PNG that unpacks to far more than it claims is said to need too much memory, and not to be damaged") {
    Runs rows;
    for (int i = 0; i < 5000; ++i) rows.run(0, 200'000);
    const auto refused = decode(with_pixels(head(kinds[9], 8000, 5000, false), rows));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == qr::errors::picture_needs_memory);
    CHECK(refused.error().actual > refused.error().limit);
}
