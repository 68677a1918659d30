// The forms of a picture that is not a file. Pure.
// Thread: any.
#pragma once

#include "base/secret.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::desktop {

// A BMP file of 8 bits a pixel, brightness only: small enough for several large screens. `grey`: row by row from the
// top, width * height bytes. Source: Microsoft's BITMAPFILEHEADER and BITMAPINFOHEADER.
[[nodiscard]] base::SecretBytes bmp_file(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height);

// 0 to 255, after ITU-R BT.601.
[[nodiscard]] constexpr std::uint8_t brightness(unsigned red, unsigned green, unsigned blue) {
    return static_cast<std::uint8_t>((red * 299 + green * 587 + blue * 114 + 500) / 1000);
}

// The files of a text/uri-list (RFC 2483), without those of other computers.
[[nodiscard]] std::vector<std::string> files_of_uri_list(std::string_view list);

// The forms of a picture's own bytes that can be read, the ones without loss first.
inline constexpr std::array<std::string_view, 6> picture_form_names{"image/png",      "image/bmp",  "image/x-bmp",
                                                                    "image/x-MS-bmp", "image/jpeg", "image/gif"};
// Of the forms in which a clipboard offers what it holds, the one to ask for; nothing: it is neither picture nor files.
[[nodiscard]] std::optional<std::string> wanted_form(std::span<const std::string> offered);
inline constexpr std::string_view uri_list_form = "text/uri-list";

}  // namespace tokendeck::desktop
