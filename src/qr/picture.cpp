#include "qr/picture.hpp"

#include "base/error_number.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <cstring>
#include <limits>

// ---- stb_image's memory
// -----------------------------------------------------------------------------------------------

namespace tokendeck::qr {
namespace {

// Every piece of memory that stb_image asks for while this object lives, on this thread: limited in sum, wiped when it
// is freed, and freed at the end even where stb_image forgets it, as it does with some damaged files.
class StbMemory {
  public:
    StbMemory() {
        assert(current_ == nullptr);
        current_ = this;
    }
    ~StbMemory() {
        while (blocks_ != nullptr) release(blocks_ + 1);
        current_ = nullptr;
    }
    StbMemory(const StbMemory&) = delete;
    StbMemory& operator=(const StbMemory&) = delete;

    [[nodiscard]] static StbMemory& current() {
        assert(current_ != nullptr);
        return *current_;
    }

    // What it asked for and did not get, with what it had then, in bytes; 0: it got everything.
    [[nodiscard]] std::size_t refused() const { return refused_; }

    [[nodiscard]] void* allocate(std::size_t size) {
        auto* block = size > bytes_max - in_use_ ? nullptr : static_cast<Block*>(std::malloc(sizeof(Block) + size));
        if (block == nullptr) {
            refused_ = in_use_ + size;
            return nullptr;
        }
        *block = {nullptr, blocks_, size};
        if (blocks_ != nullptr) blocks_->previous = block;
        blocks_ = block;
        in_use_ += size;
        return block + 1;
    }

    void release(void* memory) {
        if (memory == nullptr) return;
        Block* const block = static_cast<Block*>(memory) - 1;
        (block->previous != nullptr ? block->previous->next : blocks_) = block->next;
        if (block->next != nullptr) block->next->previous = block->previous;
        in_use_ -= block->size;
        base::wipe(block, sizeof(Block) + block->size);
        std::free(block);
    }

    [[nodiscard]] void* reallocate(void* memory, std::size_t size) {
        void* const moved = allocate(size);
        if (moved == nullptr || memory == nullptr) return moved;
        std::memcpy(moved, memory, std::min(size, (static_cast<Block*>(memory) - 1)->size));
        release(memory);
        return moved;
    }

    // A picture of the largest size, four times over. What needs most is an interlaced PNG: the unpacked bytes are a
    // little more than stb_image guesses, so it doubles the room for them (2); beside them stand the picture (1) and
    // the last of the seven passes (1/2), and while they are unpacked the file's own bytes.
    static constexpr std::size_t bytes_max = pixels_max * 4 * 4;

  private:
    struct alignas(std::max_align_t) Block {
        Block* previous;
        Block* next;
        std::size_t size;
    };

    static thread_local StbMemory* current_;
    Block* blocks_ = nullptr;
    std::size_t in_use_ = 0;
    std::size_t refused_ = 0;
};

thread_local StbMemory* StbMemory::current_ = nullptr;

}  // namespace
}  // namespace tokendeck::qr

#define STBI_MALLOC(size) tokendeck::qr::StbMemory::current().allocate(size)
#define STBI_REALLOC(memory, size) tokendeck::qr::StbMemory::current().reallocate(memory, size)
#define STBI_FREE(memory) tokendeck::qr::StbMemory::current().release(memory)
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_MAX_DIMENSIONS 16384
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#if __has_include(<stb/stb_image.h>)
#include <stb/stb_image.h>
#else
#include <stb_image.h>
#endif

static_assert(STBI_MAX_DIMENSIONS == tokendeck::qr::side_max);

// ---- decoding
// ---------------------------------------------------------------------------------------------------------

namespace tokendeck::qr {
namespace {

base::Error damaged(FileKind kind) {
    return base::Error{.code = errors::picture_damaged, .subject = std::string(name(kind))};
}

base::Error too_much(base::ErrorCode code, std::size_t actual, std::size_t limit) {
    return base::Error{.code = code, .actual = base::number(actual), .limit = base::number(limit)};
}

// What has to be known of a JPEG before stb_image may see it, because some of its versions trust the file:
// - A Huffman table names at most 256 symbols. stb_image before 2.28 writes past the end of its table if there are
// more.
// - A progressive JPEG goes over all its pixels once for each scan, and a scan can be a few bytes long: without a bound
//   a small file keeps a processor busy for an hour. Real ones have about ten scans.
// Source: ITU-T T.81, annex B.
class JpegCheck {
  public:
    explicit JpegCheck(std::span<const std::uint8_t> file_bytes) : bytes_(file_bytes) {}

    [[nodiscard]] bool passes() {
        // Up to the first scan: segment by segment, over whatever stands between them.
        std::size_t at = 2;  // behind the start of the image
        while (const auto marker = next_marker(at)) {
            if (*marker == start_of_scan) break;
            if (*marker == huffman_tables && !tables_fit(at)) return false;
            if (at + 2 > bytes_.size()) return true;
            at += byte(at) << 8 | byte(at + 1);  // the length counts itself
        }
        // From there on a marker is not found by lengths. What only looks like one inside a comment is checked as well.
        std::size_t scans = 1;
        while (const auto marker = next_marker(at)) {
            if (*marker == start_of_scan && ++scans > scans_max) return false;
            if (*marker == huffman_tables && !tables_fit(at)) return false;
        }
        return true;
    }

  private:
    static constexpr std::uint8_t start_of_scan = 0xDA, huffman_tables = 0xC4;
    static constexpr std::size_t scans_max = 100;

    // The first marker from `at` on, which is moved behind it.
    [[nodiscard]] std::optional<std::uint8_t> next_marker(std::size_t& at) const {
        for (; at + 1 < bytes_.size(); ++at) {
            if (bytes_[at] != 0xFF || bytes_[at + 1] == 0xFF || bytes_[at + 1] == 0) continue;
            at += 2;
            return bytes_[at - 1];
        }
        return std::nullopt;
    }

    // Behind the end there are zeros, for stb_image.
    [[nodiscard]] std::size_t byte(std::size_t at) const { return at < bytes_.size() ? bytes_[at] : 0; }

    // A segment of tables: its length, then for each table a number, how many codes of each of 16 lengths, the symbols.
    [[nodiscard]] bool tables_fit(std::size_t at) const {
        constexpr std::size_t symbols_max = 256;
        const std::size_t end = at + (byte(at) << 8 | byte(at + 1));
        for (at += 2; at < end;) {
            std::size_t symbols = 0;
            for (std::size_t i = 1; i <= 16; ++i) symbols += byte(at + i);
            if (symbols > symbols_max) return false;
            at += 1 + 16 + symbols;
        }
        return true;
    }

    std::span<const std::uint8_t> bytes_;
};

// The two dimensions that a picture claims, before anything of it is decoded.
struct Claimed {
    int width = 0;
    int height = 0;
    int channels = 0;
};

base::Result<Claimed> claimed_size(std::span<const std::uint8_t> file_bytes, FileKind kind) {
    const int size = static_cast<int>(file_bytes.size());
    Claimed claimed;
    // stb_image itself refuses longer sides, without saying how long they are. In a PNG they are easily found.
    if (kind == FileKind::png && file_bytes.size() >= 24) {
        const auto big_endian = [&](std::size_t at) {
            return std::size_t{file_bytes[at]} << 24 | std::size_t{file_bytes[at + 1]} << 16 |
                   std::size_t{file_bytes[at + 2]} << 8 | std::size_t{file_bytes[at + 3]};
        };
        const std::size_t longer = std::max(big_endian(16), big_endian(20));  // IHDR: width, height
        if (longer > side_max) return too_much(errors::side_too_long, longer, side_max);
    }
    if (stbi_info_from_memory(file_bytes.data(), size, &claimed.width, &claimed.height, &claimed.channels) == 0 ||
        claimed.width <= 0 || claimed.height <= 0) {
        const char* const reason = stbi_failure_reason();
        if (reason == nullptr || std::strcmp(reason, "too large") != 0) return damaged(kind);
        return base::Error{.code = errors::side_too_long, .limit = base::number(side_max)};
    }

    const auto width = static_cast<std::size_t>(claimed.width), height = static_cast<std::size_t>(claimed.height);
    if (std::max(width, height) > side_max) return too_much(errors::side_too_long, std::max(width, height), side_max);
    // Sixteen bits a channel need twice the memory.
    const std::size_t limit = stbi_is_16_bit_from_memory(file_bytes.data(), size) != 0 ? pixels_max / 2 : pixels_max;
    if (width * height > limit) return too_much(errors::picture_too_large, width * height, limit);
    return claimed;
}

// ITU-R BT.601, in 1/256.
std::uint8_t luma(const std::uint8_t* rgb) {
    return static_cast<std::uint8_t>((77U * rgb[0] + 150U * rgb[1] + 29U * rgb[2] + 128U) >> 8);
}

std::uint8_t blend(std::uint8_t value, std::uint8_t alpha, std::uint8_t ground) {
    return static_cast<std::uint8_t>((unsigned{value} * alpha + unsigned{ground} * (255U - alpha) + 127U) / 255U);
}

Picture to_grey(const std::uint8_t* pixels, std::size_t width, std::size_t height, std::size_t channels) {
    const std::size_t count = width * height;
    Picture picture{{width, height, base::SecretBytes(count)}, {}};
    const bool colour = channels >= 3, alpha = channels % 2 == 0;
    bool transparent = false;
    const auto to = picture.on_white.pixels.bytes();
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t* const pixel = pixels + i * channels;
        const std::uint8_t value = colour ? luma(pixel) : pixel[0];
        to[i] = alpha ? blend(value, pixel[channels - 1], 255) : value;
        transparent = transparent || (alpha && pixel[channels - 1] != 255);
    }
    if (transparent) {
        picture.on_black.emplace(Grey{width, height, base::SecretBytes(count)});
        const auto dark = picture.on_black->pixels.bytes();
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint8_t* const pixel = pixels + i * channels;
            dark[i] = blend(colour ? luma(pixel) : pixel[0], pixel[channels - 1], 0);
        }
    }
    return picture;
}

}  // namespace

base::Result<Picture> decode_picture(std::span<const std::uint8_t> file_bytes, FileKind kind) {
    assert(is_readable(kind) && file_bytes.size() <= file_bytes_max);
    StbMemory memory;
    if (kind == FileKind::jpeg && !JpegCheck(file_bytes).passes()) return damaged(kind);
    const auto claimed = claimed_size(file_bytes, kind);
    if (!claimed) return claimed.error();

    int width = 0, height = 0, channels = 0;
    // A JPEG carries its brightness apart from its colours.
    const int wanted_channels = kind == FileKind::jpeg ? 1 : 0;
    stbi_uc* const pixels = stbi_load_from_memory(file_bytes.data(), static_cast<int>(file_bytes.size()), &width,
                                                  &height, &channels, wanted_channels);
    if (pixels == nullptr && memory.refused() > 0)
        return too_much(errors::picture_needs_memory, memory.refused(), StbMemory::bytes_max);
    if (pixels == nullptr || width != claimed.value().width || height != claimed.value().height || channels < 1 ||
        channels > 4)
        return damaged(kind);
    return to_grey(pixels, static_cast<std::size_t>(width), static_cast<std::size_t>(height),
                   static_cast<std::size_t>(wanted_channels != 0 ? wanted_channels : channels));
}

}  // namespace tokendeck::qr
