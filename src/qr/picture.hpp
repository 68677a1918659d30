// A decoded picture, as brightness. The only place that knows stb_image is picture.cpp.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "qr/file_kind.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace tokendeck::qr {

// One byte a pixel, 0 black to 255 white, row by row without gaps.
struct Grey {
    std::size_t width = 0;
    std::size_t height = 0;
    base::SecretBytes pixels{};
};

struct Picture {
    Grey on_white{};                 // what a viewer with a white background shows
    std::optional<Grey> on_black{};  // only if some pixels are transparent
};

// Decodes the first frame, after its size was checked against the bounds in decode.hpp.
// Precondition: is_readable(kind). Errors: errors::side_too_long, picture_too_large, picture_needs_memory,
// picture_damaged.
[[nodiscard]] base::Result<Picture> decode_picture(std::span<const std::uint8_t> file_bytes, FileKind kind);

}  // namespace tokendeck::qr
