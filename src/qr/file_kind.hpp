// What kind of file some bytes seem to be, by their first bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tokendeck::qr {

enum class FileKind : std::uint8_t { unknown, png, jpeg, bmp, gif, webp, heic, avif, tiff, svg, pdf, zip, text };

[[nodiscard]] FileKind kind_of(std::span<const std::uint8_t> file_bytes);

// As people call it: "PNG", "HEIC", "text"; empty for `unknown`.
[[nodiscard]] std::string_view name(FileKind kind);

// One of those that read_codes reads.
[[nodiscard]] bool is_readable(FileKind kind);

// True if a readable file surely lacks its end. Decoders fill up what is missing instead of complaining.
[[nodiscard]] bool lacks_end(FileKind kind, std::span<const std::uint8_t> file_bytes);

}  // namespace tokendeck::qr
